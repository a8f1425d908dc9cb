package vn.sotay.api.job;

/** What a job is at. */
public enum JobState {
    /** Reads and checks what it was given; nothing is changed yet. */
    RUNNING(true),
    /** Waits until somebody confirms what the columns of its file hold. */
    COLUMNS(false),
    /** Has told what it would do, and waits to be told to. */
    STAGED(false),
    /** Does it. */
    APPLYING(true),
    /** Has done it. */
    APPLIED(false),
    /** Puts back what was. */
    UNDOING(true),
    /** All is as it was before, apart from what the result names. */
    UNDONE(false),
    /** Ended before anything was changed. */
    CANCELLED(false),
    /** Could not go on; the result says why. */
    FAILED(false);

    private final boolean working;

    JobState(boolean working) {
        this.working = working;
    }

    /** Whether the worker has something to do. */
    public boolean isWorking() {
        return working;
    }
}
