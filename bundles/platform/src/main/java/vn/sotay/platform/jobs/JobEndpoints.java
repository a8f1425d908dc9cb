package vn.sotay.platform.jobs;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import vn.sotay.api.http.Endpoints;
import vn.sotay.api.http.Page;
import vn.sotay.api.http.Problem;
import vn.sotay.api.http.Reply;
import vn.sotay.api.http.Request;
import vn.sotay.api.http.Routes;
import vn.sotay.api.job.Job;
import vn.sotay.api.job.JobAction;

/** {@code /api/jobs}: how far long work is, and what is to become of it. */
@Component
public final class JobEndpoints implements Endpoints {

    private final Jobs jobs;
    private final JobReplies replies;

    @Activate
    public JobEndpoints(@Reference Jobs jobs, @Reference JobReplies replies) {
        this.jobs = jobs;
        this.replies = replies;
    }

    @Override
    public void routes(Routes routes) {
        routes.get("/api/jobs")
                .signedIn()
                .says("The jobs that the caller has started, newest first, without the lines of their results")
                .givesPage(JobReply.class)
                .to(this::list);
        routes.get("/api/jobs/{id}")
                .signedIn()
                .says("A job: what it is at, and what came out of it")
                .gives(JobReply.class)
                .to(request -> reply(request, jobs.get(request.caller(), request.id("id"))));
        act(routes, JobAction.APPLY, "Does what the job has staged");
        act(routes, JobAction.UNDO, "Puts back what the job has changed");
        act(routes, JobAction.CANCEL, "Ends the job; what it has done so far is put back");
    }

    private void act(Routes routes, JobAction action, String says) {
        routes.post("/api/jobs/{id}/" + action.name().toLowerCase(java.util.Locale.ROOT))
                .signedIn()
                .says(says)
                .gives(JobReply.class)
                .to(request -> reply(request, jobs.act(request.caller(), request.id("id"), action)));
    }

    private Reply reply(Request request, Job job) {
        return Reply.ok(replies.of(job, request.language()));
    }

    /** Where a page begins; nulls at the very beginning. */
    private record Cursor(
            @Nullable Instant before, @Nullable String beforeId) {

        static Cursor of(@Nullable List<String> after) {
            try {
                return after == null
                        ? new Cursor(null, null)
                        : new Cursor(Instant.ofEpochMilli(Long.parseLong(after.get(0))), after.get(1));
            } catch (NumberFormatException | IndexOutOfBoundsException e) {
                throw Problem.invalid("after", "cursor");
            }
        }
    }

    private Reply list(Request request) {
        Cursor cursor = Cursor.of(request.after());
        List<JobReply> found =
                jobs.own(request.caller(), cursor.before(), cursor.beforeId(), request.limit() + 1).stream()
                        .map(job -> replies.brief(job, request.language()))
                        .toList();
        return Reply.ok(Page.of(
                found,
                request.limit(),
                job -> List.of(
                        Long.toString(job.startedAt().toEpochMilli()), job.id().toString())));
    }
}
