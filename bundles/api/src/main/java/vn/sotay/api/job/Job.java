package vn.sotay.api.job;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A job as it stands in the database.
 *
 * @param kind name of its {@link JobKind}
 * @param unit what it works on
 * @param account who started it; {@link #SYSTEM} for the command line
 * @param session by which it was started; null if by none, or by a version that did not keep it
 * @param progress of the state that it is in, in percent
 * @param data what its kind keeps for itself, as JSON
 * @param result null while there is none
 * @param failedIn what it was at when it failed; else null
 */
public record Job(
        UUID id,
        String kind,
        UUID unit,
        UUID account,
        @Nullable UUID session,
        JobState state,
        int progress,
        String data,
        @Nullable JobResult result,
        @Nullable JobState failedIn,
        Instant startedAt,
        Instant changedAt) {

    /** Who starts what nobody who is signed in has started. */
    public static final UUID SYSTEM = new UUID(0, 0);

    /** The same with another result. */
    public Job with(JobResult other) {
        return new Job(id, kind, unit, account, session, state, progress, data, other, failedIn, startedAt, changedAt);
    }
}
