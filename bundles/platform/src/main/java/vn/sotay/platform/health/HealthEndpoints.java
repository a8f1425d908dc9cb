package vn.sotay.platform.health;

import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import vn.sotay.api.http.Endpoints;
import vn.sotay.api.http.Reply;
import vn.sotay.api.http.Request;
import vn.sotay.api.http.Routes;

/** {@code GET /health}: for the operator, and for a balancer, which goes by the status 200 or 503. */
@Component
public final class HealthEndpoints implements Endpoints {

    /** Anyone may ask, so the answer is kept a moment. */
    private static final Duration KEEP = Duration.ofSeconds(1);

    private record Kept(Health health, long at) {}

    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
    private volatile List<HealthCheck> checks = List.of();

    private @Nullable Kept kept;

    @Activate
    public HealthEndpoints() {}

    HealthEndpoints(List<HealthCheck> checks) {
        this.checks = checks;
    }

    @Override
    public void routes(Routes routes) {
        routes.get("/health")
                .open()
                .says("How Sotay is: 200 if requests are answered, 503 if not; each check with its line")
                .gives(Health.class)
                .to(this::health);
    }

    private Reply health(Request request) {
        Health health = health();
        return Reply.ok(health).status(health.status() == HealthCheck.Status.DOWN ? 503 : 200);
    }

    /** One at a time: those who ask at once share the answer. */
    synchronized Health health() {
        if (kept == null || System.nanoTime() - kept.at() > KEEP.toNanos()) {
            Health health = Health.of(checks.stream()
                    .map(HealthEndpoints::look)
                    .sorted(Comparator.comparing(HealthCheck.Result::name))
                    .toList());
            kept = new Kept(health, System.nanoTime());
        }
        return kept.health();
    }

    private static HealthCheck.Result look(HealthCheck check) {
        try {
            return check.look();
        } catch (RuntimeException e) {
            String name = check.getClass().getSimpleName().replace("Health", "");
            return new HealthCheck.Result(
                    name.toLowerCase(java.util.Locale.ROOT), HealthCheck.Status.DOWN, "the check itself failed: " + e);
        }
    }
}
