package vn.sotay.platform.health;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.function.LongSupplier;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import vn.sotay.platform.store.Engine;

/** Whether the change feed advances: a transaction that does not end holds back what was committed after it began. */
@Component
public final class FeedHealth implements HealthCheck {

    private static final String NAME = "feed";
    private static final Duration LONG = Duration.ofSeconds(60);

    private final LongSupplier watermark;
    private final LongSupplier underWay;
    private final Clock clock;
    private long seen = -1;
    private Instant since = Instant.MIN;

    @Activate
    public FeedHealth(@Reference Engine engine) {
        this(engine.changes()::watermark, engine.changes()::underWay, Clock.systemUTC());
    }

    FeedHealth(LongSupplier watermark, LongSupplier underWay, Clock clock) {
        this.watermark = watermark;
        this.underWay = underWay;
        this.clock = clock;
    }

    @Override
    public synchronized Result look() {
        long now = watermark.getAsLong();
        if (now != seen || underWay.getAsLong() <= now) {
            seen = now;
            since = clock.instant();
            return new Result(NAME, Status.UP, "is at " + now);
        }
        Duration held = Duration.between(since, clock.instant());
        return held.compareTo(LONG) < 0
                ? new Result(NAME, Status.UP, "is at " + now)
                : new Result(
                        NAME,
                        Status.WARN,
                        "has been at " + now + " for " + held.toSeconds()
                                + " s: a transaction does not end; if it stays so, restart Sotay and send the log");
    }
}
