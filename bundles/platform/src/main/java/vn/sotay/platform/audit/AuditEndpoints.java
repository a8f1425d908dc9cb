package vn.sotay.platform.audit;

import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import vn.sotay.api.access.Permission;
import vn.sotay.api.http.Endpoints;
import vn.sotay.api.http.Reply;
import vn.sotay.api.http.Routes;
import vn.sotay.platform.store.AuditTrail;
import vn.sotay.platform.store.AuditVerdict;

/** {@code /api/audit}: who did what, for administrators. */
@Component
public final class AuditEndpoints implements Endpoints {

    static final Permission READ = new Permission("audit.read");

    private final AuditTrail trail;

    @Activate
    public AuditEndpoints(@Reference AuditTrail trail) {
        this.trail = trail;
    }

    @Override
    public void routes(Routes routes) {
        routes.get("/api/audit/verify")
                .needs(READ)
                .says("Looks the whole audit trail through: rows that were changed, removed, added or swapped")
                .gives(AuditVerdict.class)
                .to(request -> Reply.ok(trail.verify()));
    }
}
