package vn.sotay.dues.payment;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import vn.sotay.api.rule.Rule;
import vn.sotay.api.rule.Rules;
import vn.sotay.api.unit.Unit;
import vn.sotay.platform.store.Sent;
import vn.sotay.testkit.Database;

/** Who owes is reminded on the day, once; who does not is left in peace. */
class RemindersTest {

    @ParameterizedTest
    @CsvSource({
        "2026-11-19, 20, false",
        "2026-11-20, 20, true",
        "2026-11-30, 20, true",
        "2026-12-01, 20, false",
        // February ends with the 28th
        "2027-02-27, 31, false",
        "2027-02-28, 31, true",
        "2026-11-20, 0, false",
        "2026-11-01, 1, true"
    })
    void theDayOfTheMonth(LocalDate today, int day, boolean due) {
        assertThat(ReminderRules.isMonthDue(today, day)).isEqualTo(due);
    }

    @ParameterizedTest
    @CsvSource({
        "2026-11-18, 1, false",
        "2026-11-19, 1, true",
        "2026-11-20, 1, false",
        "2026-11-21, 1, false",
        "2026-11-17, 3, true",
        "2026-11-19, 0, false"
    })
    void theDayBeforeAnInstalment(LocalDate today, int days, boolean due) {
        assertThat(ReminderRules.isInstalmentDue(today, LocalDate.of(2026, 11, 20), days))
                .isEqualTo(due);
    }

    @ParameterizedTest
    @CsvSource({"06:59, false", "07:00, true", "23:59, true"})
    void nobodyIsToldAtNight(LocalTime time, boolean hour) {
        assertThat(ReminderRules.isHour(time)).isEqualTo(hour);
    }

    /** Nobody is told of money unless the province wants it; of an instalment on the day before it. */
    @Test
    void asShipped() throws Exception {
        LocalDate due = LocalDate.of(2026, 11, 20);
        int days = Packs.number(due, ReminderRules.INSTALMENT_DAYS);

        assertThat(Packs.number(due, ReminderRules.DAY)).isZero();
        assertThat(ReminderRules.isInstalmentDue(due.minusDays(1), due, days)).isTrue();
        assertThat(ReminderRules.isInstalmentDue(due.minusDays(2), due, days)).isFalse();
    }

    /** By unit, else for all. */
    private static final class Said implements Rules {

        private final Map<String, String> values = new HashMap<>();
        private int asked;

        @Override
        public List<Rule> anywhere(LocalDate day, String key) {
            asked++;
            return values.entrySet().stream()
                    .filter(one -> one.getKey().startsWith(key))
                    .map(one -> new Rule(key, one.getValue(), "test", "test"))
                    .toList();
        }

        @Override
        public Rule on(LocalDate day, Unit unit, String key) {
            return find(day, unit, key).orElseThrow();
        }

        @Override
        public Optional<Rule> find(LocalDate day, Unit unit, String key) {
            asked++;
            String value = values.getOrDefault(key + ' ' + unit.id(), values.get(key));
            return Optional.ofNullable(value).map(text -> new Rule(key, text, "test", "test"));
        }
    }

    @ParameterizedTest
    @EnumSource(Database.class)
    void whoOwesIsRemindedOnceAndNobodyElse(Database database) {
        try (Hamlet hamlet = new Hamlet(database)) {
            Said rules = new Said();
            rules.values.put(ReminderRules.DAY, "20");
            rules.values.put(ReminderRules.INSTALMENT_DAYS, "1");
            rules.values.put(ReminderRules.DAY + ' ' + hamlet.otherCell.id(), "0");
            Sent sent = hamlet.sent;
            Reminders reminders = new Reminders(hamlet.database.store(), hamlet, hamlet, rules, sent);
            UUID owes = hamlet.member.id();
            hamlet.assess(owes, "2026-11", 27_000);
            hamlet.assess(owes, "2026-10", 5_000);
            hamlet.assess(hamlet.fisherman.id(), "2026-11", 30_000);
            hamlet.assess(hamlet.deputy.id(), "2026-11", 0);
            // nobody is reminded in the other cell
            hamlet.assess(hamlet.secretary2.id(), "2026-11", 30_000);
            hamlet.now = Instant.parse("2026-11-19T03:00:00Z");
            hamlet.payments.put(
                    hamlet.secretary,
                    UUID.randomUUID(),
                    Payment.of(
                            hamlet.fisherman.id(),
                            30_000,
                            hamlet.today(),
                            Payment.Channel.CASH,
                            null,
                            List.of("2026-11"),
                            null));

            reminders.remind();
            assertThat(rules.asked).as("whatever the number of cells").isEqualTo(2);
            hamlet.now = Instant.parse("2026-11-19T23:00:00Z");
            reminders.remind();
            assertThat(sent.told("amount"))
                    .as("on the 19th, and at six on the 20th")
                    .isEmpty();
            hamlet.now = Instant.parse("2026-11-20T00:00:00Z");
            reminders.remind();
            reminders.remind();
            assertThat(sent.told("amount")).containsExactly("dues-open " + owes + " 27.000");
            hamlet.now = Instant.parse("2026-11-25T03:00:00Z");
            reminders.remind();
            assertThat(sent.told("amount")).hasSize(1);

            hamlet.database
                    .store()
                    .change(tx -> PlanRows.insert(
                            tx,
                            plan(owes, List.of("2026-10"), LocalDate.of(2026, 11, 27), LocalDate.of(2026, 12, 20)),
                            hamlet.cell.id()));
            reminders.remind();
            assertThat(sent.told("amount")).as("two days before").hasSize(1);
            hamlet.now = Instant.parse("2026-11-26T03:00:00Z");
            reminders.remind();
            reminders.remind();
            assertThat(sent.told("amount"))
                    .containsExactly("dues-open " + owes + " 27.000", "dues-instalment " + owes + " 2.500");

            pay(hamlet, owes, 10_000, "2026-11");
            assertThat(sent.told("amount")).as("not all is paid").hasSize(2);
            pay(hamlet, owes, 17_000, "2026-11");
            assertThat(sent.told("amount")).containsExactly("dues-instalment " + owes + " 2.500");
            pay(hamlet, owes, 2_500, "2026-10");
            assertThat(sent.told("amount")).as("this one, not yet the next").isEmpty();
            reminders.remind();
            assertThat(sent.told("amount")).isEmpty();
        }
    }

    private static void pay(Hamlet hamlet, UUID member, long amount, String period) {
        hamlet.payments.put(
                hamlet.secretary,
                UUID.randomUUID(),
                Payment.of(member, amount, hamlet.today(), Payment.Channel.CASH, null, List.of(period), null));
    }

    @Test
    void whatIsSettled() {
        UUID member = UUID.randomUUID();
        Balance balance = new Balance(
                List.of(new Balance.Month("2026-10", 5_000, 2_500), new Balance.Month("2026-11", 9_000, 9_000)), 0);
        Plan plan = plan(member, List.of("2026-10"), LocalDate.of(2026, 11, 27), LocalDate.of(2026, 12, 20))
                .beside("", balance);
        String of = "dues-plan:" + plan.id();

        assertThat(List.of("dues:2026-10", of + "/2026-12-20", of, "something else"))
                .noneMatch(about -> DuesNotices.isSettled(about, balance, List.of(plan)));
        assertThat(List.of("dues:2026-11", "dues:2020-01", of + "/2026-11-27", of + "/2026-11-28"))
                .allMatch(about -> DuesNotices.isSettled(about, balance, List.of(plan)));
        assertThat(DuesNotices.isSettled(of + "/2026-12-20", balance, List.of()))
                .as("a plan that was taken back")
                .isTrue();
    }

    private static Plan plan(UUID member, List<String> periods, LocalDate... days) {
        return new Plan(
                UUID.randomUUID(),
                member,
                null,
                days[0].minusDays(2),
                periods,
                List.of(days).stream()
                        .map(day -> new Plan.Instalment(day, 2_500, null))
                        .toList(),
                null,
                null,
                null,
                null,
                null,
                null);
    }
}
