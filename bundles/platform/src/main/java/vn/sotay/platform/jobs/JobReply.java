package vn.sotay.platform.jobs;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import vn.sotay.api.job.JobAction;
import vn.sotay.api.job.JobColumn;
import vn.sotay.api.job.JobResult;
import vn.sotay.api.job.JobState;

/**
 * A job as its reader sees it, in the reader's language.
 *
 * @param progress of what it is at, in percent
 * @param actions what may be asked of it now, besides confirming columns
 * @param columns to be confirmed, while it waits for that
 */
public record JobReply(
        UUID id,
        String kind,
        UUID unit,
        JobState state,
        int progress,
        List<JobAction> actions,
        Instant startedAt,
        Instant changedAt,
        @Nullable List<JobColumn> columns,
        @Nullable Result result) {

    /**
     * As {@link JobResult}, in words.
     *
     * @param failure why it could not go on
     */
    public record Result(
            int taken,
            int added,
            int changed,
            int unchanged,
            int refusedLines,
            List<Line> refused,
            int warnedLines,
            List<Line> warnings,
            List<Line> kept,
            @Nullable String failure) {}

    /**
     * What is said of a line.
     *
     * @param line null if it is about the whole
     * @param field null if it is about the line
     * @param rule the same in every language
     * @param reason in the reader's language
     */
    public record Line(@Nullable Integer line, @Nullable String field, String rule, String reason) {}
}
