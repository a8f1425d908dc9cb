package vn.sotay.platform.personal;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import vn.sotay.api.http.Endpoints;
import vn.sotay.api.http.Page;
import vn.sotay.api.http.Problem;
import vn.sotay.api.http.Reply;
import vn.sotay.api.http.Request;
import vn.sotay.api.http.Routes;
import vn.sotay.api.store.Store;
import vn.sotay.api.unit.Unit;
import vn.sotay.platform.jobs.JobReplies;
import vn.sotay.platform.jobs.JobReply;
import vn.sotay.platform.jobs.Jobs;
import vn.sotay.platform.units.UnitBook;

/** The register of personal data, deletion of former members, and the job that ends what was kept for long enough. */
@Component
public final class PersonalEndpoints implements Endpoints {

    /**
     * What one module keeps for one purpose; {@code purpose.<purpose>} of its texts says it in words.
     *
     * @param sensitive whether some of it is sensitive by law, or a secret
     * @param tables the tables that it is in
     */
    record Purpose(String module, String purpose, boolean sensitive, List<String> tables) {}

    /** Why somebody is deleted. */
    record Wanted(Erasures.Reason reason) {}

    private final Store store;
    private final Register register;
    private final Erasures erasures;
    private final Retention retention;
    private final Jobs jobs;
    private final JobReplies replies;
    private final UnitBook units;

    @Activate
    public PersonalEndpoints(
            @Reference Store store,
            @Reference Register register,
            @Reference Erasures erasures,
            @Reference Retention retention,
            @Reference Jobs jobs,
            @Reference JobReplies replies,
            @Reference UnitBook units) {
        this.store = store;
        this.register = register;
        this.erasures = erasures;
        this.retention = retention;
        this.jobs = jobs;
        this.replies = replies;
        this.units = units;
    }

    @Override
    public void routes(Routes routes) {
        routes.get("/api/personal-data")
                .signedIn()
                .givesPage(Purpose.class)
                .says("What is kept of people, and what for: the register of personal data")
                .to(request -> Reply.ok(new Page<>(store.read(tx -> purposes(register.all(tx))), null)));
        routes.get("/api/erasures")
                .needs(Erasures.ERASE)
                .query("done", Boolean.class, "true: those that are done or were stopped")
                .givesPage(Erasures.Erasure.class)
                .says("The former members who are to be deleted, the next one first; at most 200")
                .to(request -> Reply.ok(new Page<>(
                        erasures.list(
                                request.caller(),
                                request.query("done", Boolean.class).orElse(false)),
                        null)));
        routes.get("/api/members/{member}/erasure")
                .needs(Erasures.ERASE)
                .gives(Erasures.Preview.class)
                .says("What deleting a former member does, counted and not done, and how far it is")
                .to(request -> Reply.ok(erasures.preview(request.caller(), request.id("member"))));
        routes.put("/api/members/{member}/erasure")
                .needs(Erasures.ERASE)
                .takes(Wanted.class)
                .gives(Erasures.Erasure.class)
                .says("Has a former member deleted, after the days in which that can be stopped; totals stay")
                .to(request -> Reply.of(erasures.ask(
                        request.caller(),
                        request.id("member"),
                        request.body(Wanted.class).reason())));
        routes.delete("/api/members/{member}/erasure")
                .needs(Erasures.ERASE)
                .says("Stops the deletion of a former member, while it waits")
                .to(request -> {
                    erasures.stop(request.caller(), request.id("member"));
                    return Reply.nothing();
                });
        routes.get("/api/retention")
                .needs(Retention.PERMISSION)
                .gives(Retention.Plan.class)
                .says("What the nightly job would end now, counted and not done")
                .to(request -> Reply.ok(retention.plan(root(request))));
        routes.post("/api/retention")
                .needs(Retention.PERMISSION)
                .gives(JobReply.class)
                .says("Ends now what was kept for long enough, instead of at night")
                .to(this::run);
    }

    private static List<Purpose> purposes(List<Register.Entry> all) {
        return all.stream()
                .flatMap(one -> one.of().purposes().stream()
                        .map(purpose -> new Purpose(
                                one.module(), purpose, one.of().isSensitive(purpose), List.of(one.table()))))
                .collect(Collectors.toMap(
                        one -> one.module() + '/' + one.purpose(),
                        one -> one,
                        (a, b) -> new Purpose(
                                a.module(),
                                a.purpose(),
                                a.sensitive() || b.sensitive(),
                                Stream.concat(a.tables().stream(), b.tables().stream())
                                        .toList()),
                        LinkedHashMap::new))
                .values()
                .stream()
                .toList();
    }

    private Unit root(Request request) {
        Unit root = units.root().orElseThrow(Problem::notFound);
        request.caller().require(Retention.PERMISSION, root);
        return root;
    }

    private Reply run(Request request) {
        UUID id = retention.begin(jobs, root(request), request.caller().account());
        return Reply.accepted(replies.of(jobs.get(request.caller(), id), request.language()))
                .header("Location", "/api/jobs/" + id);
    }
}
