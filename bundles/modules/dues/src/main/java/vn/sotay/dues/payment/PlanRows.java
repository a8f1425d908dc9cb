package vn.sotay.dues.payment;

import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.result.RowView;
import org.jdbi.v3.core.statement.PreparedBatch;
import vn.sotay.api.store.Saved;
import vn.sotay.api.store.Transaction;

/** Plans in the database, without what is computed. */
final class PlanRows {

    private static final int PERIOD = 7;

    private PlanRows() {}

    static Optional<Saved<Plan>> find(Transaction tx, UUID id) {
        List<Saved<Plan>> found = tx.handle()
                .createQuery("select * from dues_plan where id = :id")
                .bind("id", id)
                .map(PlanRows::row)
                .list();
        return withInstalments(tx, found).stream().findFirst();
    }

    /** All of these members, the newest of each first; who has none is left out. */
    static Map<UUID, List<Saved<Plan>>> of(Transaction tx, Collection<UUID> members) {
        List<Saved<Plan>> found = new ArrayList<>();
        Ids.forEach(
                members,
                ids -> found.addAll(tx.handle()
                        .createQuery("select * from dues_plan --DERBY-PROPERTIES index=dues_plan_member\n"
                                + " where member in (<ids>) order by agreed_at desc, id")
                        .bindList("ids", ids)
                        .map(PlanRows::row)
                        .list()));
        Map<UUID, List<Saved<Plan>>> plans = new HashMap<>();
        withInstalments(tx, found)
                .forEach(one -> plans.computeIfAbsent(one.value().member(), id -> new ArrayList<>())
                        .add(one));
        return plans;
    }

    private static List<Saved<Plan>> withInstalments(Transaction tx, List<Saved<Plan>> found) {
        Map<UUID, List<Plan.Instalment>> lines = new HashMap<>();
        Ids.forEach(found.stream().map(one -> one.value().id()).toList(), ids -> tx.handle()
                .createQuery(
                        "select plan, day, amount from dues_plan_line where plan in (<ids>)" + " order by plan, period")
                .bindList("ids", ids)
                .map(row -> Map.entry(
                        row.getColumn("plan", UUID.class),
                        new Plan.Instalment(
                                row.getColumn("day", LocalDate.class), row.getColumn("amount", Long.class), null)))
                .forEach(one -> lines.computeIfAbsent(one.getKey(), id -> new ArrayList<>())
                        .add(one.getValue())));
        return found.stream()
                .map(one -> new Saved<>(
                        lined(one.value(), lines.getOrDefault(one.value().id(), List.of())), one.version()))
                .toList();
    }

    private static Plan lined(Plan one, List<Plan.Instalment> instalments) {
        return new Plan(
                one.id(),
                one.member(),
                null,
                one.agreedOn(),
                one.periods(),
                instalments,
                null,
                null,
                one.reason(),
                one.agreedBy(),
                one.at(),
                one.endedAt());
    }

    private static Saved<Plan> row(RowView row) {
        return new Saved<>(
                new Plan(
                        row.getColumn("id", UUID.class),
                        row.getColumn("member", UUID.class),
                        null,
                        row.getColumn("agreed_on", LocalDate.class),
                        Arrays.asList(row.getColumn("periods", String.class).split(",")),
                        List.of(),
                        null,
                        null,
                        row.getColumn("reason", String.class),
                        row.getColumn("agreed_by", UUID.class),
                        row.getColumn("agreed_at", Instant.class),
                        row.getColumn("ended_at", Instant.class)),
                row.getColumn("version", Long.class));
    }

    static void insert(Transaction tx, Plan plan, UUID cell) {
        tx.handle()
                .createUpdate(
                        "insert into dues_plan (id, member, cell, agreed_on, periods, agreed_at, agreed_by, ended,"
                                + " version) values (:id, :member, :cell, :agreedOn, :meant, :now, :agreedBy, false, 1)")
                .bind("id", plan.id())
                .bind("member", plan.member())
                .bind("cell", cell)
                .bind("agreedOn", plan.agreedOn())
                .bind("meant", String.join(",", plan.periods()))
                .bind("now", tx.now())
                .bind("agreedBy", plan.agreedBy())
                .execute();
        PreparedBatch lines = tx.handle()
                .prepareBatch("insert into dues_plan_line (plan, period, member, day, amount) values (?, ?, ?, ?, ?)");
        for (Plan.Instalment one : plan.instalments()) {
            lines.add(plan.id(), one.day().toString().substring(0, PERIOD), plan.member(), one.day(), one.amount());
        }
        lines.execute();
    }

    static void end(Transaction tx, UUID id, String reason) {
        tx.handle()
                .execute(
                        "update dues_plan set ended = true, ended_at = ?, reason = ?, version = version + 1 where id = ?",
                        tx.now(),
                        reason,
                        id);
    }
}
