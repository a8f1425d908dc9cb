package vn.sotay.api.job;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a job found and did, by the lines of its input.
 *
 * @param taken lines that are taken
 * @param added of these, how many make something new
 * @param changed of these, how many change something
 * @param unchanged of these, how many say what is known
 * @param refused lines that are not, at most {@link #MOST_FINDINGS}, and why
 * @param refusedLines how many there are
 * @param warnings of lines that are taken and should be looked at, at most {@link #MOST_FINDINGS}
 * @param warnedLines how many there are
 * @param kept lines that could not be undone, and why
 * @param failure why it could not go on; null if it could
 */
public record JobResult(
        int taken,
        int added,
        int changed,
        int unchanged,
        List<Finding> refused,
        int refusedLines,
        List<Finding> warnings,
        int warnedLines,
        List<Finding> kept,
        @Nullable Finding failure) {

    /** More are counted, but not listed: nobody mends a thousand lines by reading them in a page. */
    public static final int MOST_FINDINGS = 1000;

    public static final JobResult NOTHING = new JobResult(0, 0, 0, 0, List.of(), 0, List.of(), 0, List.of(), null);

    public JobResult {
        refused = List.copyOf(refused);
        warnings = List.copyOf(warnings);
        kept = List.copyOf(kept);
    }

    /** The same, counts alone. */
    public JobResult withoutLines() {
        return new JobResult(
                taken, added, changed, unchanged, List.of(), refusedLines, List.of(), warnedLines, List.of(), failure);
    }

    /** The same, ended by this. */
    public JobResult failed(Finding why) {
        return new JobResult(taken, added, changed, unchanged, refused, refusedLines, warnings, warnedLines, kept, why);
    }
}
