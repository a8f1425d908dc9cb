package vn.sotay.meetings;

import java.time.Instant;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import vn.sotay.api.change.ChangeType;
import vn.sotay.api.http.Text;
import vn.sotay.api.store.Sensitive;

/**
 * A member's answer to a meeting. An absence is a request (xin vắng): it stands open until a leader decides. What the server sets is not
 * looked at when a client sends it.
 *
 * @param reason for an absence, and only then
 * @param message to the leaders of the cell, who alone read it
 * @param at when it was given; the server's
 * @param late whether the meeting had begun by then; the server's
 * @param recordedBy the leader who wrote it down for the member, null if the member did; the server's
 * @param recordedByName the leader's name today; null in the change feed, and if there is nobody of that id any more; the server's
 * @param decision on a request, null while there is none; see {@link Decision}
 * @param base what the answer said when this one was written, as its writer saw it; what another phone has changed since is then not written
 *     over by what this one has left as it was. Null: whatever it said. Never told
 * @param other what was answered elsewhere meanwhile, and gave way to this; null if nothing did, or its writer has chosen since; the server's
 */
public record Answer(
        @Nullable UUID meeting,
        @Nullable UUID member,
        Kind answer,
        @Nullable @Sensitive AbsenceReason reason,

        @Nullable @Sensitive @Text(max = 1000, min = 0, lines = true)
        String message,

        @Nullable Instant at,
        @Nullable Boolean late,
        @Nullable UUID recordedBy,
        @Nullable @Text(max = 200) String recordedByName,
        @Nullable Decision decision,
        @Nullable Words base,
        @Nullable Other other) {

    static final ChangeType<Answer> TYPE = new ChangeType<>("meeting-answer", Answer.class);

    Answer recordedBy(@Nullable String name) {
        return new Answer(meeting, member, answer, reason, message, at, late, recordedBy, name, decision, null, other);
    }

    Answer decided(@Nullable Decision by) {
        return new Answer(
                meeting, member, answer, reason, message, at, late, recordedBy, recordedByName, by, null, other);
    }

    Answer withoutOther() {
        return new Answer(
                meeting, member, answer, reason, message, at, late, recordedBy, recordedByName, decision, null, null);
    }

    Words words() {
        return new Words(answer, reason, message);
    }

    /** This answer, as it is kept when it gives way to another. */
    Other givenWay() {
        return new Other(answer, reason, message, Objects.requireNonNull(at), recordedBy);
    }

    /**
     * What an answer says.
     *
     * @param answer null: there was none
     */
    public record Words(
            @Nullable Kind answer,
            @Nullable @Sensitive AbsenceReason reason,

            @Nullable @Sensitive @Text(max = 1000, min = 0, lines = true)
            String message) {}

    /**
     * An answer that gave way to one that came later.
     *
     * @param at when it had been given
     * @param recordedBy the leader who had written it down, null if the member had
     */
    public record Other(
            Kind answer,
            @Nullable @Sensitive AbsenceReason reason,

            @Nullable @Sensitive @Text(max = 1000, min = 0, lines = true)
            String message,

            Instant at,
            @Nullable UUID recordedBy) {}

    /** What a member answers. */
    public enum Kind {
        ATTENDING,
        ABSENT
    }

    /**
     * What a leader decided on a request.
     *
     * @param message to the member
     * @param at when; the server's
     * @param by the leader; the server's
     */
    public record Decision(
            boolean accepted,

            @Nullable @Sensitive @Text(max = 1000, min = 0, lines = true)
            String message,

            @Nullable Instant at,
            @Nullable UUID by) {}
}
