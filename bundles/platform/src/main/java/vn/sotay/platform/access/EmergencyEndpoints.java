package vn.sotay.platform.access;

import java.util.UUID;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import vn.sotay.api.http.Endpoints;
import vn.sotay.api.http.Page;
import vn.sotay.api.http.Reply;
import vn.sotay.api.http.Request;
import vn.sotay.api.http.Routes;
import vn.sotay.api.http.Text;

/** {@code /api/access/emergencies}: administrators who had to read members' content, and why. */
@Component
public final class EmergencyEndpoints implements Endpoints {

    /**
     * What is to be read, and why.
     *
     * @param unit this and all below it
     * @param reason for the officers and the audit trail
     */
    record Wanted(
            UUID unit,
            @Text(max = 500, min = 10, lines = true) String reason) {}

    private final Emergencies emergencies;

    @Activate
    public EmergencyEndpoints(@Reference Emergencies emergencies) {
        this.emergencies = emergencies;
    }

    @Override
    public void routes(Routes routes) {
        routes.get("/api/access/emergencies")
                .needs(Emergencies.READ)
                .givesPage(Emergencies.Emergency.class)
                .says("Emergency access of the last three months, the newest first")
                .to(request -> Reply.ok(new Page<>(emergencies.list(request.caller()), null)));
        routes.put("/api/access/emergencies/{id}")
                .needs(Emergencies.TAKE)
                .takes(Wanted.class)
                .gives(Emergencies.Emergency.class)
                .says(
                        "Lets the administrator read a unit and all below it until midnight; officers are shown who did and why")
                .to(this::take);
        routes.put("/api/access/emergencies/{id}/seen")
                .needs(Emergencies.SEE)
                .says("Takes note of emergency access")
                .to(request -> {
                    emergencies.seen(request.caller(), request.id("id"));
                    return Reply.nothing();
                });
    }

    private Reply take(Request request) {
        Wanted wanted = request.body(Wanted.class);
        return Reply.of(emergencies.take(request.caller(), request.id("id"), wanted.unit(), wanted.reason()));
    }
}
