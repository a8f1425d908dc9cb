package vn.sotay.platform.deploy;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What is remembered of modules across a restart. Thread-safe. */
interface ModuleRecords {

    /**
     * A module that was put in.
     *
     * @param file name of its jar in the folder
     * @param version of the jar that worked last; null if none has worked yet
     * @param sha256 of that jar
     * @param platform fingerprint of the platform that took that jar in to the end, and nothing since; null if none has
     * @param stop null if the module is to run
     */
    record Row(
            String id,
            String file,
            @Nullable String version,
            @Nullable String sha256,
            @Nullable String platform,
            @Nullable Stop stop) {

        /** One whose jar has not worked yet. */
        static Row of(String id, String file) {
            return new Row(id, file, null, null, null, null);
        }

        Row with(@Nullable Stop other) {
            return new Row(id, file, version, sha256, platform, other);
        }

        Row withFile(String other) {
            return new Row(id, other, version, sha256, platform, stop);
        }

        Row takenInBy(@Nullable String other) {
            return new Row(id, file, version, sha256, other, stop);
        }
    }

    /** The account of the administrator who stopped a module, and when. */
    record Stop(UUID by, Instant at) {}

    List<Row> all();

    void put(Row row);

    void remove(String id);
}
