package vn.sotay.meetings;

import java.util.UUID;
import org.jdbi.v3.core.result.RowView;
import org.jspecify.annotations.Nullable;
import vn.sotay.api.store.Seals;

/** What of a member's line in a meeting, and of messages, is sealed in the database: {@code sealed} of {@code module.json} names the columns. */
final class SealedLine {

    static final String ANSWER_REASON = "answer-reason";
    static final String ANSWER_MESSAGE = "answer-message";
    static final String OTHER_REASON = "other-reason";
    static final String OTHER_MESSAGE = "other-message";
    static final String DECISION_MESSAGE = "decision-message";
    static final String ATTENDANCE_REASON = "attendance-reason";
    static final String MESSAGE_TEXT = "message-text";
    static final String LATE_REASON = "late-call-reason";

    private final Seals seals;

    SealedLine(Seals seals) {
        this.seals = seals;
    }

    @Nullable String sealed(String field, UUID meeting, UUID member, @Nullable Object value) {
        return value == null ? null : seals.seal(field, Seals.key(meeting, member), value.toString());
    }

    /** @param column where it once stood plainly; {@code _sealed} behind it where it stands now */
    @Nullable String opened(String field, RowView row, String column) {
        return opened(
                field,
                Seals.key(row.getColumn("meeting", String.class), row.getColumn("member", String.class)),
                row.getColumn(column + "_sealed", String.class),
                row.getColumn(column, String.class));
    }

    @Nullable String opened(String field, String key, @Nullable String sealed, @Nullable String plain) {
        return seals.open(field, key, sealed, plain);
    }

    /** @param id of the message: a member may send several in a meeting */
    String sealedMessage(UUID id, String text) {
        return seals.seal(MESSAGE_TEXT, id.toString(), text);
    }

    String openedMessage(RowView row) {
        return seals.open(MESSAGE_TEXT, row.getColumn("id", String.class), row.getColumn("text_sealed", String.class));
    }

    @Nullable String sealedLateReason(UUID id, @Nullable AbsenceReason reason) {
        return reason == null ? null : seals.seal(LATE_REASON, id.toString(), reason.name());
    }

    @Nullable AbsenceReason lateReason(RowView row) {
        String reason = opened(
                LATE_REASON, row.getColumn("id", String.class), row.getColumn("reason_sealed", String.class), null);
        return reason == null ? null : AbsenceReason.valueOf(reason);
    }

    @Nullable AbsenceReason reason(String field, RowView row) {
        String reason = opened(field, row, "reason");
        return reason == null ? null : AbsenceReason.valueOf(reason);
    }

    /** @param column where it stands; it never stood plainly */
    @Nullable String openedSealed(String field, RowView row, String column) {
        return opened(
                field,
                Seals.key(row.getColumn("meeting", String.class), row.getColumn("member", String.class)),
                row.getColumn(column, String.class),
                null);
    }
}
