package vn.sotay.dues;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jdbi.v3.core.result.RowView;
import org.jspecify.annotations.Nullable;
import vn.sotay.api.rule.Rule;
import vn.sotay.api.store.Transaction;

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

    /** Those of a member from a month to another, in their order. */
    static List<Row> of(Transaction tx, UUID member, String from, String to) {
        return tx.handle()
                .createQuery(
                        "select * from dues_assessment where member = :member and period >= :from and period <= :to"
                                + " order by period")
                .bind("member", member)
                .bind("from", from)
                .bind("to", to)
                .map(AssessmentRows::read)
                .list();
    }

    static void insert(Transaction tx, Row row, @Nullable UUID declaration, @Nullable UUID exemption) {
        write(
                tx,
                "insert into dues_assessment (member, period, cell, amount, correction, full_amount, reduction,"
                        + " dues_class, declaration, exemption, postponed, rules, assessed_at, version) values (:member,"
                        + " :period, :cell, :amount, :correction, :full, :reduction, :duesClass, :declaration,"
                        + " :exemption, :deferred, :rules, :now, :version)",
                row,
                declaration,
                exemption);
    }

    static void update(Transaction tx, Row row, @Nullable UUID declaration, @Nullable UUID exemption) {
        write(
                tx,
                "update dues_assessment set cell = :cell, amount = :amount, correction = :correction,"
                        + " full_amount = :full, reduction = :reduction, dues_class = :duesClass,"
                        + " declaration = :declaration, exemption = :exemption, postponed = :deferred, rules = :rules,"
                        + " assessed_at = :now, version = :version where member = :member and period = :period",
                row,
                declaration,
                exemption);
    }

    private static void write(
            Transaction tx, String sql, Row row, @Nullable UUID declaration, @Nullable UUID exemption) {
        tx.handle()
                .createUpdate(sql)
                .bind("member", row.member())
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
                .bind("declaration", declaration)
                .bind("exemption", exemption)
                .bind("now", tx.now())
                .execute();
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

    /** What a member has paid, by month; a month of which everything was taken back is nothing. */
    static Map<String, Long> paid(Transaction tx, UUID member) {
        Map<String, Long> paid = new HashMap<>();
        tx.handle()
                .createQuery("select period, sum(amount) as paid from dues_payment_line where member = :member"
                        + " group by period")
                .bind("member", member)
                .map(row -> Map.entry(row.getColumn("period", String.class), row.getColumn("paid", Long.class)))
                .forEach(one -> paid.put(one.getKey(), one.getValue()));
        return paid;
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

    private static Row read(RowView row) {
        return new Row(
                row.getColumn("member", UUID.class),
                row.getColumn("period", String.class),
                row.getColumn("cell", UUID.class),
                row.getColumn("amount", Long.class),
                row.getColumn("correction", Long.class),
                row.getColumn("full_amount", Long.class),
                row.getColumn("reduction", Integer.class),
                row.getColumn("dues_class", DuesClass.class),
                row.getColumn("postponed", Boolean.class),
                row.getColumn("rules", String.class),
                row.getColumn("version", Long.class));
    }
}
