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
import vn.sotay.api.job.Finding;
import vn.sotay.api.job.Job;
import vn.sotay.api.job.JobAction;
import vn.sotay.api.job.JobColumn;
import vn.sotay.api.job.JobResult;
import vn.sotay.api.job.JobState;
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
                job.result() == null ? null : new Said(job, language).result(job.result()));
    }

    /** The same without the lines of its result, for lists: counts say enough there. */
    JobReply brief(Job job, Locale language) {
        JobResult result = job.result();
        return of(result == null ? job : job.with(result.withoutLines()), language);
    }

    /** The lines of a job's result, in the words of the module that its kind is of. */
    private final class Said {

        private final String module;
        private final Locale language;

        Said(Job job, Locale language) {
            // where there is no such module it is the platform's
            this.module = job.kind().substring(0, Math.max(0, job.kind().indexOf('.')));
            this.language = language;
        }

        JobReply.Result result(JobResult result) {
            return new JobReply.Result(
                    result.taken(),
                    result.added(),
                    result.changed(),
                    result.unchanged(),
                    result.refusedLines(),
                    lines(result.refused()),
                    result.warnedLines(),
                    lines(result.warnings()),
                    lines(result.kept()),
                    result.failure() == null ? null : reason(result.failure()));
        }

        private List<JobReply.Line> lines(List<Finding> findings) {
            return findings.stream()
                    .map(finding -> new JobReply.Line(
                            finding.line() == 0 ? null : finding.line(),
                            finding.field().isEmpty() ? null : finding.field(),
                            finding.rule(),
                            reason(finding)))
                    .toList();
        }

        private String reason(Finding finding) {
            Map<String, Object> values = new TreeMap<>(finding.values());
            if (!finding.field().isEmpty()) {
                values.put("field", words.say(module, language, "roster.field." + finding.field(), Map.of()));
            }
            return words.say(module, language, "rule." + finding.rule(), values);
        }
    }
}
