package vn.sotay.dues;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jdbi.v3.core.statement.PreparedBatch;
import org.jspecify.annotations.Nullable;
import vn.sotay.api.rule.Rule;
import vn.sotay.api.store.Transaction;
import vn.sotay.dues.payment.Ids;

/** What was assessed, in the database. */
final class AssessmentRows {

    private AssessmentRows() {}

    /** A row. */
    record Row(
            UUID member,
            String period,
            UUID cell,
            long amount,
            long correction,
            long full,
            int reduction,
            DuesClass duesClass,
            boolean deferred,
            String rules,
            long version) {

        long due() {
            return amount + correction;
        }

        /** The same for another cell. */
        Row in(UUID other) {
            return new Row(
                    member,
                    period,
                    other,
                    amount,
                    correction,
                    full,
                    reduction,
                    duesClass,
                    deferred,
                    rules,
                    version + 1);
        }

        /** Whether it says the same, whatever was corrected on the way there. */
        boolean saysTheSame(Row other) {
            return due() == other.due()
                    && full == other.full
                    && reduction == other.reduction
                    && duesClass == other.duesClass
                    && deferred == other.deferred
                    && rules.equals(other.rules);
        }
    }

    /**
     * A row to be written.
     *
     * @param declaration by which it was reckoned; null for none
     * @param exemption that takes something off; null for none
     */
    record Written(
            Row row, @Nullable UUID declaration, @Nullable UUID exemption) {}

    /** Those of a member from a month to another, in their order. */
    static List<Row> of(Transaction tx, UUID member, String from, String to) {
        return of(tx, List.of(member), from, to).getOrDefault(member, List.of());
    }

    /** The same of many members. */
    static Map<UUID, List<Row>> of(Transaction tx, Collection<UUID> members, String from, String to) {
        Map<UUID, List<Row>> rows = new HashMap<>();
        Ids.forEach(members, ids -> tx.handle()
                .createQuery("select member, period, cell, amount, correction, full_amount, reduction, dues_class,"
                        + " postponed, rules, version from dues_assessment"
                        + " --DERBY-PROPERTIES index=dues_assessment_member\n where member in (<ids>)"
                        + " and period >= :from and period <= :to order by member, period")
                .bindList("ids", ids)
                .bind("from", from)
                .bind("to", to)
                .map((row, context) -> read(row))
                .forEach(row -> rows.computeIfAbsent(row.member(), id -> new ArrayList<>())
                        .add(row)));
        return rows;
    }

    /** The cells for which something was assessed of each member, read from the index alone. */
    static Map<UUID, Set<UUID>> cells(Transaction tx, Collection<UUID> members) {
        Map<UUID, Set<UUID>> cells = new HashMap<>();
        Ids.forEach(members, ids -> tx.handle()
                .createQuery("select member, period, cell from dues_assessment"
                        + " --DERBY-PROPERTIES index=dues_assessment_member\n where member in (<ids>)")
                .bindList("ids", ids)
                .map((row, context) -> cells.computeIfAbsent(
                                UUID.fromString(row.getString("member")), id -> new HashSet<>())
                        .add(UUID.fromString(row.getString("cell"))))
                .list());
        return cells;
    }

    static void insert(Transaction tx, Collection<Written> rows) {
        write(
                tx,
                "insert into dues_assessment (member, period, cell, amount, correction, full_amount, reduction,"
                        + " dues_class, declaration, exemption, postponed, rules, assessed_at, version) values (:member,"
                        + " :period, :cell, :amount, :correction, :full, :reduction, :duesClass, :declaration,"
                        + " :exemption, :deferred, :rules, :now, :version)",
                rows);
    }

    static void update(Transaction tx, Collection<Written> rows) {
        write(
                tx,
                "update dues_assessment set cell = :cell, amount = :amount, correction = :correction,"
                        + " full_amount = :full, reduction = :reduction, dues_class = :duesClass,"
                        + " declaration = :declaration, exemption = :exemption, postponed = :deferred, rules = :rules,"
                        + " assessed_at = :now, version = :version where member = :member and period = :period",
                rows);
    }

    private static void write(Transaction tx, String sql, Collection<Written> rows) {
        if (rows.isEmpty()) {
            return;
        }
        PreparedBatch batch = tx.handle().prepareBatch(sql);
        for (Written one : rows) {
            Row row = one.row();
            batch.bind("member", row.member())
                    .bind("period", row.period())
                    .bind("cell", row.cell())
                    .bind("amount", row.amount())
                    .bind("correction", row.correction())
                    .bind("full", row.full())
                    .bind("reduction", row.reduction())
                    .bind("duesClass", row.duesClass())
                    .bind("deferred", row.deferred())
                    .bind("rules", row.rules())
                    .bind("version", row.version())
                    .bind("declaration", one.declaration())
                    .bind("exemption", one.exemption())
                    .bind("now", tx.now())
                    .add();
        }
        batch.execute();
    }

    static void correct(Transaction tx, UUID member, String period, long amount, @Nullable UUID declaration) {
        tx.handle()
                .createUpdate("insert into dues_correction (id, member, period, amount, declaration, made_at) values"
                        + " (:id, :member, :period, :amount, :declaration, :now)")
                .bind("id", UUID.randomUUID())
                .bind("member", member)
                .bind("period", period)
                .bind("amount", amount)
                .bind("declaration", declaration)
                .bind("now", tx.now())
                .execute();
    }

    /** A line a rule, its parts between tabs. */
    static String written(List<Rule> rules) {
        return rules.stream()
                .map(one -> String.join("\t", one.key(), one.value(), one.pack(), one.citation()))
                .collect(Collectors.joining("\n"));
    }

    static List<Rule> rules(String written) {
        return written.isEmpty()
                ? List.of()
                : Arrays.stream(written.split("\n"))
                        .map(line -> line.split("\t", -1))
                        .map(cells -> new Rule(cells[0], cells[1], cells[2], cells[3]))
                        .toList();
    }

    private static Row read(ResultSet row) throws SQLException {
        return new Row(
                UUID.fromString(row.getString("member")),
                row.getString("period"),
                UUID.fromString(row.getString("cell")),
                row.getLong("amount"),
                row.getLong("correction"),
                row.getLong("full_amount"),
                row.getInt("reduction"),
                DuesClass.valueOf(row.getString("dues_class")),
                row.getBoolean("postponed"),
                row.getString("rules"),
                row.getLong("version"));
    }
}
