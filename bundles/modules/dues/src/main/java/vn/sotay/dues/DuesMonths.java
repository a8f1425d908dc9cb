package vn.sotay.dues;

import java.time.YearMonth;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import vn.sotay.api.http.ProblemException;
import vn.sotay.api.member.Member;
import vn.sotay.api.member.Members;
import vn.sotay.api.store.Store;
import vn.sotay.api.unit.Unit;
import vn.sotay.api.unit.Units;
import vn.sotay.dues.payment.Reminders;

/**
 * Looks every minute whether a new month has begun, and has it assessed, who has come to another cell, and who is to be reminded; what happened while Sotay did not
 * run is found as well.
 */
@Component(immediate = true, service = DuesMonths.class)
public final class DuesMonths {

    private static final Logger LOG = LoggerFactory.getLogger(DuesMonths.class);
    private static final long LOOK_AGAIN = 60;
    private static final long LONGEST = 10;

    private final Store store;
    private final Members members;
    private final Units units;
    private final AssessmentJob job;
    private final Moves moves;
    private final Reminders reminders;
    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor(work -> {
        Thread thread = new Thread(work, "sotay-dues");
        thread.setDaemon(true);
        return thread;
    });

    @Activate
    public DuesMonths(
            @Reference Store store,
            @Reference Members members,
            @Reference Units units,
            @Reference AssessmentJob job,
            @Reference Assessor assessor,
            @Reference Reminders reminders) {
        this.store = store;
        this.members = members;
        this.units = units;
        this.job = job;
        this.reminders = reminders;
        this.moves = new Moves(store, members, units, assessor);
        clock.scheduleWithFixedDelay(this::look, LOOK_AGAIN, LOOK_AGAIN, TimeUnit.SECONDS);
    }

    /** Not interrupted: the embedded database does not bear that in the middle of its work. */
    @Deactivate
    void stop() throws InterruptedException {
        clock.shutdown();
        clock.awaitTermination(LONGEST, TimeUnit.SECONDS);
    }

    private void look() {
        try {
            YearMonth now = YearMonth.now(DuesRules.ZONE);
            if (!store.read(tx -> DuesMonthRows.isThere(tx, now.toString()))) {
                root().ifPresent(root -> job.beginItself(root, now));
            }
            root().ifPresent(moves::look);
            reminders.remind();
        } catch (ProblemException e) {
            LOG.debug("dues wait for the database", e);
        } catch (RuntimeException e) {
            // one that throws is not called again
            LOG.error("The month cannot be assessed; trying again", e);
        }
    }

    /** The province, once anybody has declared anything: before, there is nothing to assess. */
    private Optional<Unit> root() {
        return store.read(tx -> DeclarationRows.first(tx).flatMap(id -> members.find(tx, id)))
                .map(Member::cell)
                .map(cell -> units.path(units.current(cell).id()).get(0));
    }
}
