package vn.sotay.dues;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.time.YearMonth;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import vn.sotay.api.rule.Rule;
import vn.sotay.api.rule.Rules;
import vn.sotay.api.unit.Unit;
import vn.sotay.dues.payment.Hamlet;
import vn.sotay.dues.payment.Payment;
import vn.sotay.dues.remittance.Reports;
import vn.sotay.testkit.Database;

/** Whoever moves takes along what is owed, and leaves what is paid. Read {@link Hamlet} for who they are. */
class MovesTest {

    /** A student owes 5,000; in the other cell, to make it seen, 6,000. */
    private record Amounts(Hamlet hamlet) implements Rules {

        @Override
        public Rule on(LocalDate day, Unit unit, String key) {
            return find(day, unit, key).orElseThrow();
        }

        @Override
        public List<Rule> anywhere(LocalDate day, String key) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Optional<Rule> find(LocalDate day, Unit unit, String key) {
            String value =
                    switch (key) {
                        case DuesRules.STUDENT -> unit.id().equals(hamlet.cell.id()) ? "5000" : "6000";
                        case DuesRules.ROUNDING_UNIT -> "1";
                        case DuesRules.ROUNDING_MODE -> "HALF_UP";
                        default -> null;
                    };
            return Optional.ofNullable(value).map(one -> new Rule(key, one, "pack", "Ví dụ"));
        }
    }

    @ParameterizedTest
    @EnumSource(Database.class)
    void whatIsOwedGoesAlongAndWhatIsPaidStays(Database database) {
        try (Hamlet hamlet = new Hamlet(database)) {
            Rules rules = new Amounts(hamlet);
            Assessor assessor = new Assessor(hamlet, rules, hamlet.seals, hamlet.balances);
            Moves moves = new Moves(hamlet.database.store(), hamlet, hamlet, assessor);
            YearMonth now = YearMonth.from(hamlet.now.atZone(DuesRules.ZONE));
            UUID member = hamlet.member(hamlet.cell, "Người chuyển đi");
            declared(hamlet, member, now.minusMonths(2));
            for (int month = -2; month <= 1; month++) {
                YearMonth period = now.plusMonths(month);
                hamlet.database
                        .store()
                        .change(tx -> assessor.assess(
                                tx, List.of(hamlet.find(tx, member).orElseThrow()), period));
            }
            LocalDate today = hamlet.now.atZone(DuesRules.ZONE).toLocalDate();
            hamlet.payments.put(
                    hamlet.secretary,
                    UUID.randomUUID(),
                    Payment.of(member, 5_000, today, Payment.Channel.CASH, null, null, null));
            moves.look(hamlet.commune);
            Map<String, String> before = months(hamlet, member);

            hamlet.move(member, hamlet.otherCell);
            moves.look(hamlet.commune);
            Map<String, String> after = months(hamlet, member);
            moves.look(hamlet.commune);

            String here = hamlet.cell.id() + " ";
            String there = hamlet.otherCell.id() + " ";
            assertThat(before.values()).containsOnly(here + "5000");
            assertThat(after)
                    .containsExactly(
                            Map.entry(now.minusMonths(2).toString(), here + "5000"),
                            Map.entry(now.minusMonths(1).toString(), there + "5000"),
                            Map.entry(now.toString(), there + "5000"),
                            Map.entry(now.plusMonths(1).toString(), there + "6000"));
            assertThat(months(hamlet, member)).isEqualTo(after);
            Reports reports = new Reports(hamlet.database.store(), hamlet, hamlet, rules);
            assertThat(reports.rollUp(hamlet.officer, hamlet.commune.id()).faults())
                    .isEmpty();
            assertThat(unpaid(hamlet, hamlet.cell)).isZero();
            assertThat(unpaid(hamlet, hamlet.otherCell)).isEqualTo(3);
        }
    }

    private static void declared(Hamlet hamlet, UUID member, YearMonth from) {
        DeclarationRows rows = new DeclarationRows(new DuesSeals(hamlet.seals));
        UUID id = UUID.randomUUID();
        hamlet.database
                .store()
                .change(tx -> rows.insert(
                        tx,
                        id,
                        new Declaration(
                                id, member, DuesClass.STUDENT, from.toString(), null, null, null, null, false)));
    }

    /** The cell and what is due, by month. */
    private static Map<String, String> months(Hamlet hamlet, UUID member) {
        Map<String, String> months = new TreeMap<>();
        hamlet.database
                .store()
                .read(tx -> AssessmentRows.of(tx, member, "2000-01", "2099-12"))
                .forEach(row -> months.put(row.period(), row.cell() + " " + row.due()));
        return months;
    }

    private static int unpaid(Hamlet hamlet, Unit cell) {
        return hamlet.database.store().read(tx -> tx.handle()
                .createQuery("select coalesce(sum(unpaid), 0) from dues_month_sum where cell = :cell")
                .bind("cell", cell.id())
                .mapTo(Integer.class)
                .one());
    }
}
