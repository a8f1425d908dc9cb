package vn.sotay.dues.payment;

import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import vn.sotay.api.member.Member;
import vn.sotay.api.member.Members;
import vn.sotay.api.notice.Notices;
import vn.sotay.api.rule.Rule;
import vn.sotay.api.rule.Rules;
import vn.sotay.api.store.Store;
import vn.sotay.api.store.Transaction;
import vn.sotay.api.unit.Units;

/**
 * Reminds members of what they owe, by the rules: of a month once, of an instalment once. Who has paid, or owes nothing, hears nothing;
 * what was sent is taken back by {@link Balances} when it is paid.
 * Thread-safe.
 */
@Component(service = Reminders.class)
public final class Reminders {

    private static final int MOST = 200;

    private record Line(UUID plan, UUID member, LocalDate day) {}

    private final Store store;
    private final Units units;
    private final Members members;
    private final Rules rules;
    private final Notices notices;

    @Activate
    public Reminders(
            @Reference Store store,
            @Reference Units units,
            @Reference Members members,
            @Reference Rules rules,
            @Reference Notices notices) {
        this.store = store;
        this.units = units;
        this.members = members;
        this.rules = rules;
        this.notices = notices;
    }

    /** Reminds whom it is time to remind. Asked often, it does nothing more. */
    public void remind() {
        ZonedDateTime now = store.read(tx -> tx.now().atZone(Payments.ZONE));
        if (ReminderRules.isHour(now.toLocalTime())) {
            ofMonth(now.toLocalDate());
            ofInstalments(now.toLocalDate());
        }
    }

    // ---- the month

    private void ofMonth(LocalDate today) {
        if (rules.anywhere(today, ReminderRules.DAY).stream()
                .noneMatch(rule -> ReminderRules.isMonthDue(today, rule.integer()))) {
            return;
        }
        String period = YearMonth.from(today).toString();
        List<UUID> cells = cells(period, "");
        while (!cells.isEmpty()) {
            cells.stream()
                    .filter(cell -> isMonthDue(cell, today))
                    .forEach(cell -> store.change(tx -> ofMonth(tx, cell, period)));
            cells = cells(period, cells.get(cells.size() - 1).toString());
        }
    }

    private boolean isMonthDue(UUID cell, LocalDate today) {
        return ReminderRules.isMonthDue(
                today, rules.on(today, units.current(cell), ReminderRules.DAY).integer());
    }

    /** The next cells in which something is open of a month, and whose members were not reminded of it. */
    private List<UUID> cells(String period, String after) {
        return store.read(tx -> tx.handle()
                .createQuery(
                        "select s.cell from dues_month_sum s where s.period = :period and s.unpaid > 0 and s.cell >"
                                + " :after and not exists (select r.cell from dues_reminder r where r.cell = s.cell and r.period ="
                                + " s.period) order by s.cell fetch first " + MOST + " rows only")
                .bind("period", period)
                .bind("after", after)
                .mapTo(UUID.class)
                .list());
    }

    private void ofMonth(Transaction tx, UUID cell, String period) {
        // who pays in this moment is either left out, or what is sent is taken back
        Purse.lock(tx, units.current(cell).id());
        tx.handle()
                .execute(
                        "insert into dues_reminder (cell, period, reminded_at) values (?, ?, ?)",
                        cell,
                        period,
                        tx.now());
        List<UUID> people = tx.handle()
                .createQuery("select member from dues_assessment where cell = :cell and period = :period and"
                        + " amount + correction > 0 order by member")
                .bind("cell", cell)
                .bind("period", period)
                .mapTo(UUID.class)
                .list();
        Map<UUID, Balance> balances = Balances.of(tx, people);
        people.forEach(member -> {
            long open = PlanRules.open(Objects.requireNonNull(balances.get(member)), List.of(period));
            if (open > 0) {
                notices.send(tx, DuesNotices.month(member, period, open));
            }
        });
    }

    // ---- instalments

    private void ofInstalments(LocalDate today) {
        int furthest = rules.anywhere(today, ReminderRules.INSTALMENT_DAYS).stream()
                .mapToInt(Rule::integer)
                .max()
                .orElse(0);
        List<Line> near = store.read(tx -> tx.handle()
                .createQuery(
                        "select l.plan, l.member, l.day from dues_plan_line l join dues_plan p on p.id = l.plan where"
                                + " p.ended = false and l.day > :today and l.day <= :end order by l.day, l.plan")
                .bind("today", today)
                .bind("end", today.plusDays(furthest))
                .map(row -> new Line(
                        row.getColumn("plan", UUID.class),
                        row.getColumn("member", UUID.class),
                        row.getColumn("day", LocalDate.class)))
                .list());
        near.forEach(line -> store.change(tx -> ofInstalment(tx, line, today)));
    }

    private void ofInstalment(Transaction tx, Line line, LocalDate today) {
        Member member = members.find(tx, line.member())
                .filter(one -> one.status().isActive())
                .orElse(null);
        if (member == null) {
            return;
        }
        int days = rules.on(today, units.current(member.cell()), ReminderRules.INSTALMENT_DAYS)
                .integer();
        if (!ReminderRules.isInstalmentDue(today, line.day(), days)) {
            return;
        }
        Purse.lock(tx, units.current(member.cell()).id());
        PlanRows.find(tx, line.plan())
                .map(plan -> plan.value().beside(member.name(), Balances.of(tx, member.id())))
                .filter(Plan::isLive)
                .flatMap(plan -> plan.instalments().stream()
                        .filter(one -> one.day().equals(line.day()) && one.isOpen())
                        .findFirst())
                .ifPresent(one -> notices.send(tx, DuesNotices.instalment(line.plan(), line.member(), one)));
    }
}
