package vn.sotay.platform.jobs;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import vn.sotay.platform.module.Module;
import vn.sotay.platform.module.Words;

/** Puts jobs into words. Thread-safe. */
@Component(service = JobReplies.class)
public final class JobReplies {

    private final Jobs jobs;
    private final Words words;

    @Activate
    public JobReplies(@Reference Jobs jobs, @Reference Words words) {
        this.jobs = jobs;
        this.words = words;
    }

    /** A job as its reader sees it. */
    public JobReply of(Job job, Locale language) {
        List<JobColumn> columns = jobs.columns(job);
        Set<JobAction> all = jobs.actions(job);
        return new JobReply(
                job.id(),
                job.kind(),
                job.unit(),
                job.state(),
                job.progress(),
                Arrays.stream(JobAction.values())
                        .filter(action -> {
                            JobState to = action.from(job.state(), job.failedIn());
                            return to != null && to != job.state() && all.contains(action);
                        })
                        .toList(),
                job.startedAt(),
                job.changedAt(),
                columns.isEmpty() ? null : columns,
                job.result() == null ? null : result(job.result(), language));
    }

    /** The same without the lines of its result, for lists: counts say enough there. */
    JobReply brief(Job job, Locale language) {
        JobResult result = job.result();
        return of(result == null ? job : job.with(result.withoutLines()), language);
    }

    private JobReply.Result result(JobResult result, Locale language) {
        return new JobReply.Result(
                result.taken(),
                result.added(),
                result.changed(),
                result.unchanged(),
                result.refusedLines(),
                lines(result.refused(), language),
                result.warnedLines(),
                lines(result.warnings(), language),
                lines(result.kept(), language),
                result.failure() == null ? null : reason(result.failure(), language));
    }

    private List<JobReply.Line> lines(List<Finding> findings, Locale language) {
        return findings.stream()
                .map(finding -> new JobReply.Line(
                        finding.line() == 0 ? null : finding.line(),
                        finding.field().isEmpty() ? null : finding.field(),
                        finding.rule(),
                        reason(finding, language)))
                .toList();
    }

    private String reason(Finding finding, Locale language) {
        Map<String, Object> values = new TreeMap<>(finding.values());
        if (!finding.field().isEmpty()) {
            values.put("field", words.say(Module.PLATFORM, language, "roster.field." + finding.field(), Map.of()));
        }
        return words.say(Module.PLATFORM, language, "rule." + finding.rule(), values);
    }
}
