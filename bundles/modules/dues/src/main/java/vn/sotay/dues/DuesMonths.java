package vn.sotay.dues;

import java.time.Duration;
import java.time.Instant;
import java.time.YearMonth;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import vn.sotay.api.job.Timetable;
import vn.sotay.api.member.Member;
import vn.sotay.api.member.Members;
import vn.sotay.api.store.Store;
import vn.sotay.api.unit.Unit;
import vn.sotay.api.unit.Units;
import vn.sotay.dues.payment.Reminders;

/**
 * Looks every minute whether a new month has begun, and has it assessed, who has come to another cell, and who is to be reminded; what
 * happened while Sotay did not run is found as well.
 */
@Component(immediate = true, service = DuesMonths.class)
public final class DuesMonths {

    private static final Duration PAUSE = Duration.ofMinutes(1);

    private final Store store;
    private final Members members;
    private final Units units;
    private final AssessmentJob job;
    private final Moves moves;
    private final Reminders reminders;
    private final Timetable.Entry entry;

    @Activate
    public DuesMonths(
            @Reference Timetable timetable,
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
        this.entry = timetable.every("dues", PAUSE, PAUSE, this::look);
    }

    @Deactivate
    void stop() {
        entry.close();
    }

    private @Nullable Instant look() {
        YearMonth now = YearMonth.now(DuesRules.ZONE);
        if (!store.read(tx -> DuesMonthRows.isThere(tx, now.toString()))) {
            root().ifPresent(root -> job.beginItself(root, now));
        }
        root().ifPresent(moves::look);
        reminders.remind();
        return null;
    }

    /** The province, once anybody has declared anything: before, there is nothing to assess. */
    private Optional<Unit> root() {
        return store.read(tx -> DeclarationRows.first(tx).flatMap(id -> members.find(tx, id)))
                .map(Member::cell)
                .map(cell -> units.path(units.current(cell).id()).get(0));
    }
}
