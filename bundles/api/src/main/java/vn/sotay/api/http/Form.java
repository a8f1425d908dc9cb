package vn.sotay.api.http;

import java.io.InputStream;
import java.util.Optional;
import org.osgi.annotation.versioning.ProviderType;

/** The parts of a {@code multipart/form-data} body; large ones wait on the disk, not in memory. */
@ProviderType
public interface Form {

    /** The text of a part, composed to NFC. */
    Optional<String> text(String name);

    /** The file in a part. */
    Optional<Upload> file(String name);

    /**
     * A file that was sent.
     *
     * @param name as the sender calls it, without folders
     * @param size bytes
     * @param content read once
     */
    record Upload(String name, long size, InputStream content) {}
}
