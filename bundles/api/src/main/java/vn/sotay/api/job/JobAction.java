package vn.sotay.api.job;

import org.jspecify.annotations.Nullable;

/** What one may ask of a job. Asked twice, it is done once. */
public enum JobAction {
    APPLY,
    UNDO,
    CANCEL;

    /**
     * Where the action leads; null if it cannot be asked for now.
     *
     * @param failedIn what a failed job was at
     */
    public @Nullable JobState from(JobState state, @Nullable JobState failedIn) {
        boolean failedApplying = state == JobState.FAILED && failedIn == JobState.APPLYING;
        boolean failedUndoing = state == JobState.FAILED && failedIn == JobState.UNDOING;
        return switch (this) {
            case APPLY ->
                switch (state) {
                    case STAGED, APPLYING -> JobState.APPLYING;
                    case APPLIED -> JobState.APPLIED;
                    case FAILED -> failedApplying ? JobState.APPLYING : null;
                    default -> null;
                };
            case UNDO ->
                switch (state) {
                    case APPLIED, UNDOING -> JobState.UNDOING;
                    case UNDONE -> JobState.UNDONE;
                    case FAILED -> failedApplying || failedUndoing ? JobState.UNDOING : null;
                    default -> null;
                };
            case CANCEL ->
                switch (state) {
                    case RUNNING, COLUMNS, STAGED, CANCELLED -> JobState.CANCELLED;
                    // what is half done is put back
                    case APPLYING -> JobState.UNDOING;
                    case FAILED -> failedApplying || failedUndoing ? null : JobState.CANCELLED;
                    default -> null;
                };
        };
    }
}
