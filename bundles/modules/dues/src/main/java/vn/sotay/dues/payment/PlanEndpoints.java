package vn.sotay.dues.payment;

import java.util.UUID;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import vn.sotay.api.http.Endpoints;
import vn.sotay.api.http.Reply;
import vn.sotay.api.http.Routes;

/** How arrears are paid off: a table of routes, and one call each into {@link Plans}. */
@Component
public final class PlanEndpoints implements Endpoints {

    private static final String ONE = "/api/dues/plans/{id}";

    private final Plans plans;

    @Activate
    public PlanEndpoints(@Reference Plans plans) {
        this.plans = plans;
    }

    @Override
    public void routes(Routes r) {
        r.get("/api/dues/plans")
                .needs(Rights.READ)
                .query("member", UUID.class, "of this member; the caller when left out")
                .query("cell", UUID.class, "of the members of this cell")
                .givesPage(Plan.class)
                .audited("dues-plan")
                .says("How what was open is paid off, as it was agreed, and what is paid of it")
                .to(request -> Reply.ok(plans.list(
                        request.caller(),
                        request.query("cell", UUID.class).orElse(null),
                        request.query("member", UUID.class).orElse(null),
                        request.limit(),
                        request.after())));
        r.get(ONE)
                .needs(Rights.READ)
                .gives(Plan.class)
                .audited("dues-plan")
                .says("How what was open is paid off")
                .to(request -> Reply.of(plans.get(request.caller(), request.id("id"))));
        r.put(ONE)
                .needs(Rights.PLAN)
                .takes(Plan.class)
                .gives(Plan.class)
                .says("Agree with a member how open months are paid off: the instalments make up what is open of them")
                .to(request -> Reply.of(plans.put(request.caller(), request.id("id"), request.body(Plan.class))));
        r.put(ONE + "/ending")
                .needs(Rights.PLAN)
                .takes(Plan.Ending.class)
                .gives(Plan.class)
                .says("Take a plan back, with a reason: what is open is owed as before")
                .to(request ->
                        Reply.of(plans.end(request.caller(), request.id("id"), request.body(Plan.Ending.class))));
    }
}
