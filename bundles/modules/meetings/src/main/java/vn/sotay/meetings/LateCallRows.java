package vn.sotay.meetings;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.result.RowView;
import vn.sotay.api.store.Saved;
import vn.sotay.api.store.Transaction;

/** How a {@link LateCall} stands in its table. */
final class LateCallRows {

    private final SealedLine line;

    LateCallRows(SealedLine line) {
        this.line = line;
    }

    /** Of one member by one recorder in a meeting there is one. */
    static UUID id(UUID meeting, UUID member, UUID recordedBy) {
        return UUID.nameUUIDFromBytes((meeting + "/" + member + "/" + recordedBy).getBytes(StandardCharsets.UTF_8));
    }

    Optional<Saved<LateCall>> find(Transaction tx, UUID meeting, UUID id) {
        return tx.handle()
                .createQuery("select * from meeting_late_call where id = :id and meeting = :meeting")
                .bind("id", id)
                .bind("meeting", meeting)
                .map(this::call)
                .findFirst();
    }

    Saved<LateCall> call(RowView row) {
        return new Saved<>(
                new LateCall(
                        row.getColumn("id", UUID.class),
                        row.getColumn("meeting", UUID.class),
                        row.getColumn("member", UUID.class),
                        row.getColumn("recorded_by", UUID.class),
                        row.getColumn("present", Boolean.class),
                        line.lateReason(row),
                        row.getColumn("recorded_at", Instant.class),
                        row.getColumn("taken", Boolean.class),
                        row.getColumn("decided_at", Instant.class),
                        row.getColumn("decided_by", UUID.class)),
                row.getColumn("version", Long.class));
    }

    void write(Transaction tx, Saved<LateCall> call) {
        tx.handle()
                .createUpdate(
                        call.made()
                                ? "insert into meeting_late_call (id, meeting, member, recorded_by, present, reason_sealed,"
                                        + " recorded_at, taken, decided_at, decided_by, version) values (:id, :meeting,"
                                        + " :member, :recordedBy, :present, :sealed, :at, :taken, :decidedAt, :decidedBy,"
                                        + " :version)"
                                : "update meeting_late_call set present = :present, reason_sealed = :sealed,"
                                        + " recorded_at = :at, taken = :taken, decided_at = :decidedAt,"
                                        + " decided_by = :decidedBy, version = :version where id = :id")
                .bindMethods(call.value())
                .bind(
                        "sealed",
                        line.sealedLateReason(call.value().id(), call.value().reason()))
                .bind("version", call.version())
                .execute();
    }
}
