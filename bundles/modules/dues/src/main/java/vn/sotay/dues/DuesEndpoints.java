package vn.sotay.dues;

import java.time.YearMonth;
import java.util.UUID;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import vn.sotay.api.http.Endpoints;
import vn.sotay.api.http.Problem;
import vn.sotay.api.http.Reply;
import vn.sotay.api.http.Request;
import vn.sotay.api.http.Routes;
import vn.sotay.api.http.Text;

/** What is owed: a table of routes, and one call each into what can be done. */
@Component
public final class DuesEndpoints implements Endpoints {

    private static final String DECLARATION = "/api/dues/declarations/{id}";
    private static final String EXEMPTION = "/api/dues/exemptions/{id}";

    /**
     * Which month to assess.
     *
     * @param unit for whose members
     * @param period such as {@code 2026-11}
     */
    record Order(UUID unit, @Text(max = 7) String period) {}

    /** @param job to be asked for at {@code /api/jobs/{job}} */
    record Begun(UUID job) {}

    private final Declarations declarations;
    private final Exemptions exemptions;
    private final Assessments assessments;
    private final AssessmentJob job;
    private final DuesCounts counts;
    private final Simulations simulations;

    @Activate
    public DuesEndpoints(
            @Reference Declarations declarations,
            @Reference Exemptions exemptions,
            @Reference Assessments assessments,
            @Reference AssessmentJob job,
            @Reference DuesCounts counts,
            @Reference Simulations simulations) {
        this.declarations = declarations;
        this.exemptions = exemptions;
        this.assessments = assessments;
        this.job = job;
        this.counts = counts;
        this.simulations = simulations;
    }

    @Override
    public void routes(Routes r) {
        r.get("/api/dues/declarations")
                .needs(DuesRights.READ)
                .query("member", UUID.class, "of this member; the caller when left out")
                .query("cell", UUID.class, "of the members of this cell")
                .givesPage(Declaration.class)
                .audited("dues-declaration")
                .says("What members declared; income for the member alone, unless the province shows it to leaders")
                .to(this::declarations);
        r.put(DECLARATION)
                .needs(DuesRights.DECLARE)
                .takes(Declaration.class)
                .gives(Declaration.class)
                .says("Declare what one pays dues of from a month on, or as a leader for a member of the cell")
                .to(request -> Reply.of(
                        declarations.put(request.caller(), request.id("id"), request.body(Declaration.class))));
        r.delete(DECLARATION)
                .needs(DuesRights.DECLARE)
                .says("Take a declaration back; the one before counts again")
                .to(request -> {
                    declarations.withdraw(request.caller(), request.id("id"));
                    return Reply.nothing();
                });
        r.get("/api/dues/exemptions")
                .needs(DuesRights.READ)
                .query("member", UUID.class, "of this member; the caller when left out")
                .query("cell", UUID.class, "of the members of this cell")
                .givesPage(Exemption.class)
                .audited("dues-exemption")
                .says("Exemptions that were asked for, and what was decided")
                .to(this::exemptions);
        r.get("/api/dues/exemptions/waiting")
                .needs(DuesRights.GRANT)
                .givesPage(Exemption.class)
                .audited("dues-exemption")
                .says("Exemptions that wait for the caller to decide")
                .to(request -> Reply.ok(exemptions.waiting(request.caller(), request.limit(), request.after())));
        r.put(EXEMPTION)
                .needs(DuesRights.DECLARE)
                .takes(Exemption.class)
                .gives(Exemption.class)
                .says("Ask for an exemption, or as a leader for a member of the cell")
                .to(request ->
                        Reply.of(exemptions.put(request.caller(), request.id("id"), request.body(Exemption.class))));
        r.put(EXEMPTION + "/decision")
                .needs(DuesRights.GRANT)
                .takes(Exemption.Decision.class)
                .gives(Exemption.class)
                .says("Decide about an exemption: the unit that the rule names")
                .to(request -> Reply.of(
                        exemptions.decide(request.caller(), request.id("id"), request.body(Exemption.Decision.class))));
        r.get("/api/dues/assessments")
                .needs(DuesRights.READ)
                .query("member", UUID.class, "of this member; the caller when left out")
                .query("cell", UUID.class, "of the members of this cell")
                .query(
                        "period",
                        String.class,
                        "of this month, such as 2026-11; of a cell the current one when left out")
                .givesPage(Assessment.class)
                .audited("dues-assessment")
                .says("What is owed for a month and why")
                .to(this::assessments);
        r.post("/api/dues/assessments")
                .needs(DuesRights.ASSESS)
                .takes(Order.class)
                .gives(Begun.class)
                .says("Have a month assessed anew for a unit and all below it; what has not changed stays")
                .to(this::assess);
        r.get("/api/dues/months")
                .needs(DuesRights.COUNT)
                .query("unit", UUID.class, "of this unit and those directly below it; needed")
                .query("year", Integer.class, "of this year; the current one when left out")
                .givesPage(MonthCount.class)
                .says("The months of a year in figures")
                .to(this::months);
        r.get("/api/dues/simulation")
                .needs(DuesRights.COUNT)
                .query("unit", UUID.class, "of the members of this unit and below; needed")
                .query("from", String.class, "the month before, such as 2027-12; needed")
                .query("to", String.class, "the month after, such as 2028-01; needed")
                .gives(Simulation.class)
                .says("What changes for whom between two months, by the rules and what is declared today")
                .to(this::simulate);
    }

    private Reply declarations(Request request) {
        return Reply.ok(declarations.list(
                request.caller(),
                request.query("member", UUID.class).orElse(null),
                request.query("cell", UUID.class).orElse(null),
                request.limit(),
                request.after()));
    }

    private Reply exemptions(Request request) {
        return Reply.ok(exemptions.list(
                request.caller(),
                request.query("member", UUID.class).orElse(null),
                request.query("cell", UUID.class).orElse(null),
                request.limit(),
                request.after()));
    }

    private Reply assessments(Request request) {
        return Reply.ok(assessments.list(
                request.caller(),
                request.query("member", UUID.class).orElse(null),
                request.query("cell", UUID.class).orElse(null),
                request.query("period", String.class).orElse(null),
                request.limit(),
                request.after()));
    }

    private Reply assess(Request request) {
        Order order = request.body(Order.class);
        YearMonth period = DuesRules.month(order.period()).orElseThrow(() -> Problem.invalid("period", "month"));
        UUID begun = job.begin(request.caller(), order.unit(), period);
        return Reply.accepted(new Begun(begun)).header("Location", "/api/jobs/" + begun);
    }

    private Reply months(Request request) {
        int year = request.query("year", Integer.class)
                .orElse(YearMonth.now(DuesRules.ZONE).getYear());
        if (year < DuesRules.FIRST.getYear() || year > DuesRules.LAST.getYear()) {
            throw Problem.invalid("year", "month");
        }
        return Reply.ok(counts.list(request.caller(), needed(request, "unit"), year, request.limit(), request.after()));
    }

    private Reply simulate(Request request) {
        return Reply.ok(simulations.run(
                request.caller(),
                needed(request, "unit"),
                request.query("from", String.class).orElseThrow(() -> Problem.invalid("from", "required")),
                request.query("to", String.class).orElseThrow(() -> Problem.invalid("to", "required"))));
    }

    private static UUID needed(Request request, String name) {
        return request.query(name, UUID.class).orElseThrow(() -> Problem.invalid(name, "required"));
    }
}
