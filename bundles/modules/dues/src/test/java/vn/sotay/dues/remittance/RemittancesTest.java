package vn.sotay.dues.remittance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import vn.sotay.api.http.Problem;
import vn.sotay.api.http.ProblemException;
import vn.sotay.api.rule.Rule;
import vn.sotay.api.rule.Rules;
import vn.sotay.api.store.Saved;
import vn.sotay.api.unit.Unit;
import vn.sotay.dues.payment.Hamlet;
import vn.sotay.dues.payment.Hamlet.Person;
import vn.sotay.dues.payment.Payment;
import vn.sotay.testkit.Database;

/** What is kept, passed on and added up, on each database. Read {@link Hamlet} for who they are. */
class RemittancesTest {

    private static final Map<Database, Hamlet> HAMLETS = new EnumMap<>(Database.class);
    private static final int STEPS = Boolean.getBoolean("sotay.long") ? 10_000 : 300;

    /** A cell keeps 30 percent and the commune 50, once that is confirmed. */
    private final class Confirmed implements Rules {

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
                        case "dues.kept.cell" -> confirmed ? "30" : null;
                        case "dues.kept.commune" -> confirmed ? "50" : null;
                        case "dues.b01.column" -> unit.id().equals(hamlet.otherCell.id()) ? "ENTERPRISE" : "COMMUNE";
                        default -> null;
                    };
            return Optional.ofNullable(value).map(one -> new Rule(key, one, "pack", "Ví dụ"));
        }
    }

    private Hamlet hamlet;
    private Remittances remittances;
    private Reports reports;
    private boolean confirmed = true;

    private void in(Database database) {
        hamlet = HAMLETS.computeIfAbsent(database, Hamlet::new);
        Rules rules = new Confirmed();
        remittances = new Remittances(hamlet.database.store(), hamlet, rules);
        reports = new Reports(hamlet.database.store(), hamlet, hamlet, rules);
    }

    @AfterAll
    static void close() {
        HAMLETS.values().forEach(Hamlet::close);
        HAMLETS.clear();
    }

    private static void refused(int status, String code, ThrowingCallable call) {
        assertThatThrownBy(call).isInstanceOfSatisfying(ProblemException.class, problem -> {
            Problem said = problem.problem();
            assertThat(said.status() + " " + said.code()).isEqualTo(status + " " + code);
        });
    }

    private Payment pay(Person taker, UUID member, long amount) {
        Payment body = Payment.of(member, amount, today(), Payment.Channel.CASH, null, null, null);
        return hamlet.payments.put(taker, UUID.randomUUID(), body).value();
    }

    private LocalDate today() {
        return hamlet.now.atZone(Remittances.ZONE).toLocalDate();
    }

    private Passing passing(Person who, Unit unit) {
        return remittances.passing(who, unit.id());
    }

    private Saved<Remittance> passOn(Person who, Unit unit, UUID id) {
        long amount = Optional.ofNullable(passing(who, unit).amount()).orElse(1L);
        return remittances.put(who, id, Remittance.of(unit.id(), today(), amount, null));
    }

    @ParameterizedTest
    @EnumSource(Database.class)
    void whatACellTookIsPartedAndPassedOn(Database database) {
        in(database);
        Long left = passing(hamlet.secretary, hamlet.cell).amount();
        if (left != null && left > 0) {
            passOn(hamlet.secretary, hamlet.cell, UUID.randomUUID());
        }
        long awaitedBefore = passing(hamlet.officer, hamlet.commune).awaited();
        pay(hamlet.secretary, hamlet.member(hamlet.cell, "Người nộp"), 10_001);
        Passing now = passing(hamlet.secretary, hamlet.cell);
        UUID id = UUID.randomUUID();

        assertThat(now.received()).isEqualTo(10_001);
        assertThat(now.keeps()).isEqualTo(3000);
        assertThat(now.amount()).isEqualTo(7001);
        refused(
                409,
                "remittance.changed",
                () -> remittances.put(hamlet.secretary, id, Remittance.of(hamlet.cell.id(), today(), 7000, null)));
        Saved<Remittance> made = passOn(hamlet.secretary, hamlet.cell, id);
        Saved<Remittance> again = remittances.put(
                hamlet.secretary,
                id,
                Remittance.of(hamlet.cell.id(), today(), made.value().amount(), null));

        assertThat(made.made()).isTrue();
        assertThat(made.value().superior()).isEqualTo(hamlet.commune.id());
        assertThat(again.made()).isFalse();
        assertThat(again.value()).isEqualTo(made.value());
        refused(409, "remittance.nothing", () -> passOn(hamlet.secretary, hamlet.cell, UUID.randomUUID()));
        refused(
                409,
                "remittance.fixed",
                () -> remittances.put(hamlet.secretary, id, Remittance.of(hamlet.cell.id(), today(), 5, null)));
        refused(404, "not-found", () -> remittances.get(hamlet.secretary2, id));
        refused(403, "forbidden", () -> remittances.acknowledge(hamlet.secretary, id));

        long awaited = passing(hamlet.officer, hamlet.commune).awaited();
        long received = passing(hamlet.officer, hamlet.commune).received();
        remittances.acknowledge(hamlet.officer, id);
        Passing commune = passing(hamlet.officer, hamlet.commune);

        assertThat(awaited).isEqualTo(awaitedBefore + 7001);
        assertThat(commune.awaited()).isEqualTo(awaitedBefore);
        assertThat(commune.received()).isEqualTo(received + 7001);
        refused(409, "remittance.acknowledged", () -> remittances.withdraw(hamlet.secretary, id));
        assertThat(reports.rollUp(hamlet.officer, hamlet.commune.id()).faults()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(Database.class)
    void withoutAConfirmedShareNothingIsPassedOn(Database database) {
        in(database);
        pay(hamlet.secretary, hamlet.member(hamlet.cell, "Người nộp"), 500);
        confirmed = false;

        assertThat(passing(hamlet.secretary, hamlet.cell).amount()).isNull();
        refused(409, "remittance.no-share", () -> passOn(hamlet.secretary, hamlet.cell, UUID.randomUUID()));
    }

    @ParameterizedTest
    @EnumSource(Database.class)
    void twoAtOncePassTheMoneyOnOnce(Database database) throws Exception {
        in(database);
        pay(hamlet.secretary, hamlet.member(hamlet.cell, "Người nộp"), 90_000);
        long amount = Optional.ofNullable(passing(hamlet.secretary, hamlet.cell).amount())
                .orElseThrow();
        Remittance body = Remittance.of(hamlet.cell.id(), today(), amount, null);
        ExecutorService both = Executors.newFixedThreadPool(2);
        List<Future<Boolean>> done = new ArrayList<>();
        for (Person who : List.of(hamlet.secretary, hamlet.deputy)) {
            done.add(both.submit(() -> {
                try {
                    return remittances.put(who, UUID.randomUUID(), body).made();
                } catch (ProblemException e) {
                    return false;
                }
            }));
        }
        int made = 0;
        for (Future<Boolean> one : done) {
            made += one.get() ? 1 : 0;
        }
        both.shutdown();

        assertThat(made).isOne();
        assertThat(reports.rollUp(hamlet.officer, hamlet.commune.id()).faults()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(Database.class)
    void theReportAddsUp(Database database) {
        in(database);
        String quarter = today().getYear() + "-Q" + ((today().getMonthValue() - 1) / 3 + 1);
        B01 before = reports.b01(hamlet.officer, hamlet.commune.id(), quarter);
        pay(hamlet.secretary, hamlet.member(hamlet.cell, "Người nộp"), 20_000);
        pay(hamlet.secretary2, hamlet.member(hamlet.otherCell, "Người nộp"), 5000);

        B01 after = reports.b01(hamlet.officer, hamlet.commune.id(), quarter);

        assertThat(line(after, "02").total() - line(before, "02").total()).isEqualTo(25_000);
        assertThat(line(after, "02").commune() - line(before, "02").commune()).isEqualTo(20_000);
        assertThat(line(after, "02").enterprise() - line(before, "02").enterprise())
                .isEqualTo(5000);
        assertThat(line(after, "03").total() - line(before, "03").total()).isEqualTo(25_000);
        assertThat(after.onHand() - before.onHand()).isEqualTo(25_000);
        assertThat(after.lines()).hasSize(13).allSatisfy(line -> assertThat(
                        line.commune() == null || line.total() == line.commune() + line.enterprise() + line.other())
                .isTrue());
        assertThat(line(after, "04").total())
                .isEqualTo(line(after, "05").total()
                        + line(after, "06").total()
                        + line(after, "07").total());
        refused(403, "forbidden", () -> reports.b01(hamlet.member, hamlet.cell.id(), quarter));
    }

    private static B01.Line line(B01 report, String code) {
        return report.lines().stream()
                .filter(one -> one.code().equals(code))
                .findFirst()
                .orElseThrow();
    }

    @ParameterizedTest
    @EnumSource(Database.class)
    void aYearOfACellIsInItsLedger(Database database) {
        in(database);
        UUID member = hamlet.member(hamlet.cell, "Đỗ Văn Sổ");
        int year = today().getYear();
        hamlet.assess(member, year + "-10", 7400);
        hamlet.assess(member, year + "-11", 7400);
        pay(hamlet.secretary, member, 20_000);

        Ledger ledger = reports.ledger(hamlet.secretary, hamlet.cell.id(), year);

        Ledger.Row row = ledger.rows().stream()
                .filter(one -> one.member().equals(member))
                .findFirst()
                .orElseThrow();
        assertThat(row.name()).isEqualTo("Đỗ Văn Sổ");
        assertThat(row.months().subList(9, 11)).containsExactly(7400L, 7400L);
        assertThat(row.other()).isEqualTo(5200);
        assertThat(row.total()).isEqualTo(20_000);
        assertThat(ledger.collected())
                .isEqualTo(passing(hamlet.secretary, hamlet.cell).collected());
        refused(403, "forbidden", () -> reports.ledger(hamlet.member, hamlet.cell.id(), year));
    }

    @ParameterizedTest
    @EnumSource(Database.class)
    void aYearOfACommitteeIsInItsLedger(Database database) {
        in(database);
        int year = today().getYear();
        int month = today().getMonthValue() - 1;
        CommitteeLedger before = reports.committee(hamlet.officer, hamlet.commune.id(), year);
        pay(hamlet.secretary, hamlet.member(hamlet.cell, "Người nộp"), 40_000);
        long sent = Optional.ofNullable(passing(hamlet.secretary, hamlet.cell).amount())
                .orElseThrow();
        UUID id = UUID.randomUUID();
        passOn(hamlet.secretary, hamlet.cell, id);
        CommitteeLedger onTheWay = reports.committee(hamlet.officer, hamlet.commune.id(), year);
        remittances.acknowledge(hamlet.officer, id);
        long passedUp = Optional.ofNullable(
                        passing(hamlet.officer, hamlet.commune).amount())
                .orElseThrow();
        passOn(hamlet.officer, hamlet.commune, UUID.randomUUID());

        CommitteeLedger after = reports.committee(hamlet.officer, hamlet.commune.id(), year);

        assertThat(onTheWay).isEqualTo(before);
        assertThat(after.months()).hasSize(12);
        CommitteeLedger.Month now = after.months().get(month);
        assertThat(now.received() - before.months().get(month).received()).isEqualTo(sent);
        assertThat(now.passed() - before.months().get(month).passed()).isEqualTo(passedUp);
        assertThat(now.receivedToDate())
                .isEqualTo(after.months().subList(0, month + 1).stream()
                        .mapToLong(one -> one.received() + one.collected())
                        .sum());
        assertThat(now.keptToDate() + now.passedToDate())
                .isEqualTo(passing(hamlet.officer, hamlet.commune).kept()
                        + passing(hamlet.officer, hamlet.commune).passed());
        assertThat(after.below()).anySatisfy(row -> {
            assertThat(row.unit()).isEqualTo(hamlet.cell.id());
            assertThat(row.total()).isGreaterThanOrEqualTo(sent);
            assertThat(row.months().stream().mapToLong(Long::longValue).sum()).isEqualTo(row.total());
        });
        refused(403, "forbidden", () -> reports.committee(hamlet.member, hamlet.cell.id(), year));
    }

    /** Payments, what takes them back, remittances that are acknowledged or withdrawn, at random, against sums that are kept by hand. */
    @ParameterizedTest
    @EnumSource(Database.class)
    void whateverHappensEverySumAgrees(Database database) {
        in(database);
        Random random = new Random(20261128);
        Map<Unit, Long> collected = new HashMap<>();
        Map<Unit, Person> takers = Map.of(hamlet.cell, hamlet.secretary, hamlet.otherCell, hamlet.secretary2);
        takers.forEach((cell, who) -> collected.put(cell, passing(who, cell).collected()));
        UUID here = hamlet.member(hamlet.cell, "Người ở đây");
        UUID there = hamlet.member(hamlet.otherCell, "Người ở kia");
        List<Payment> paid = new ArrayList<>();
        List<UUID> sent = new ArrayList<>();
        for (int step = 0; step < STEPS; step++) {
            Unit cell = random.nextBoolean() ? hamlet.cell : hamlet.otherCell;
            Person who = takers.get(cell);
            switch (random.nextInt(6)) {
                case 0, 1, 2 -> {
                    Payment one = pay(who, cell == hamlet.cell ? here : there, 1 + random.nextInt(50_000));
                    paid.add(one);
                    collected.merge(cell, one.amount(), Long::sum);
                }
                case 3 -> {
                    if (!paid.isEmpty()) {
                        Payment origin = paid.remove(random.nextInt(paid.size()));
                        Unit of = origin.member().equals(here) ? hamlet.cell : hamlet.otherCell;
                        hamlet.payments.put(
                                takers.get(of), UUID.randomUUID(), Payment.reversalOf(origin, today(), "Ghi nhầm"));
                        collected.merge(of, -origin.amount(), Long::sum);
                    }
                }
                case 4 -> {
                    Long amount = passing(who, cell).amount();
                    if (amount != null && amount > 0) {
                        UUID id = UUID.randomUUID();
                        passOn(who, cell, id);
                        sent.add(id);
                    }
                }
                default -> {
                    if (!sent.isEmpty()) {
                        UUID id = sent.remove(random.nextInt(sent.size()));
                        if (random.nextInt(4) == 0) {
                            Remittance one = remittances.get(hamlet.officer, id).value();
                            remittances.withdraw(
                                    one.unit().equals(hamlet.cell.id()) ? hamlet.secretary : hamlet.secretary2, id);
                        } else {
                            remittances.acknowledge(hamlet.officer, id);
                        }
                    }
                }
            }
        }

        RollUp sums = reports.rollUp(hamlet.officer, hamlet.commune.id());

        assertThat(sums.faults()).isEmpty();
        takers.forEach((cell, who) -> {
            Passing now = passing(who, cell);
            assertThat(now.collected()).isEqualTo(collected.get(cell));
            assertThat(now.kept() + now.passed() + now.received()).isEqualTo(now.collected());
        });
        assertThat(sums.collected())
                .isEqualTo(
                        collected.values().stream().mapToLong(Long::longValue).sum());
        assertThat(sums.kept() + sums.passed() + sums.onHand() + sums.onWay()).isEqualTo(sums.collected());
    }
}
