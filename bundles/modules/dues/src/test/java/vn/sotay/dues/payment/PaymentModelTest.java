package vn.sotay.dues.payment;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import vn.sotay.dues.payment.Payment.Channel;
import vn.sotay.testkit.Database;

/**
 * Random sequences against a model that knows sums alone: what a member owes is what was assessed less what was paid, whatever months
 * were meant; books are numbered without a gap; a cell keeps what it took. {@code -Dsotay.long=true} for ten thousand steps.
 */
class PaymentModelTest {

    private static final int STEPS = Boolean.getBoolean("sotay.long") ? 10_000 : 300;

    private final Map<UUID, Map<String, Long>> assessed = new HashMap<>();
    private final Map<UUID, Long> paid = new HashMap<>();
    private final Map<UUID, Long> taken = new HashMap<>();
    private final List<Payment> open = new ArrayList<>();
    private final List<UUID> members = new ArrayList<>();
    private Hamlet hamlet;
    private Random random;

    @ParameterizedTest
    @EnumSource(Database.class)
    void booksAndBalancesAreThoseOfTheModel(Database database) throws Exception {
        long seed = Long.getLong("sotay.seed", System.nanoTime());
        random = new Random(seed);
        ExecutorService two = Executors.newFixedThreadPool(2);
        try (Hamlet made = new Hamlet(database)) {
            hamlet = made;
            IntStream.range(0, 6).forEach(i -> members.add(hamlet.member(hamlet.cell, "Đảng viên " + i)));
            for (int step = 0; step < STEPS; step++) {
                step(two);
                if (step % 20 == 0 || step == STEPS - 1) {
                    verify("seed " + seed + ", step " + step);
                }
            }
        } finally {
            two.shutdown();
        }
    }

    private void step(ExecutorService two) throws Exception {
        UUID member = members.get(random.nextInt(members.size()));
        switch (random.nextInt(10)) {
            case 0, 1, 2 -> assess(member);
            case 3, 4, 5 -> noted(pay(hamlet.secretary, member, amount(), periods()));
            case 6 -> takeBack();
            case 7 -> atOnce(two);
            case 8 -> hamlet.pass(Duration.ofHours(random.nextInt(40)));
            default -> closeADay();
        }
    }

    /** Also of months long gone, also less than before, also nothing: declarations and exemptions that come late. */
    private void assess(UUID member) {
        String period = period();
        long due = random.nextInt(4) == 0 ? 0 : amount();
        hamlet.assess(member, period, due);
        assessed.computeIfAbsent(member, id -> new TreeMap<>()).put(period, due);
    }

    private long amount() {
        return 1 + random.nextInt(200);
    }

    private String period() {
        return String.format("2026-%02d", 1 + random.nextInt(11));
    }

    private List<String> periods() {
        return random.nextInt(3) == 0
                ? IntStream.range(0, 1 + random.nextInt(3))
                        .mapToObj(i -> period())
                        .distinct()
                        .toList()
                : null;
    }

    private Payment pay(Hamlet.Person who, UUID member, long amount, List<String> periods) {
        return hamlet.payments
                .put(
                        who,
                        UUID.randomUUID(),
                        Payment.of(
                                member,
                                amount,
                                hamlet.today(),
                                Channel.CASH,
                                null,
                                periods,
                                amount % 5 == 0 ? Payment.Rest.EXTRA : Payment.Rest.AHEAD))
                .value();
    }

    private void noted(Payment payment) {
        paid.merge(payment.member(), payment.amount() - payment.extra(), Long::sum);
        taken.merge(payment.unit(), payment.amount(), Long::sum);
        if (payment.reverses() == null) {
            open.add(payment);
        }
    }

    private void takeBack() {
        if (!open.isEmpty()) {
            Payment origin = open.remove(random.nextInt(open.size()));
            noted(hamlet.payments
                    .put(hamlet.deputy, UUID.randomUUID(), Payment.reversalOf(origin, hamlet.today(), "Ghi nhầm"))
                    .value());
        }
    }

    private void atOnce(ExecutorService two) throws Exception {
        UUID one = members.get(random.nextInt(members.size()));
        UUID other = members.get(random.nextInt(members.size()));
        long amount = amount();
        Future<Payment> first = two.submit(() -> pay(hamlet.secretary, one, amount, null));
        Future<Payment> second = two.submit(() -> pay(hamlet.deputy, other, amount, null));
        noted(first.get());
        noted(second.get());
    }

    private void closeADay() {
        if (!open.isEmpty()) {
            UUID book = open.get(0).book();
            var day = hamlet.today().minusDays(1);
            Closing before = hamlet.books.closing(hamlet.secretary, book, day).value();
            if (!before.isConfirmed() && isOpen(book, day)) {
                hamlet.books.count(
                        hamlet.secretary,
                        book,
                        day,
                        new Closing(null, null, null, before.expected(), null, null, null, null, null));
                hamlet.books.confirm(hamlet.deputy, book, day);
            }
        }
    }

    private boolean isOpen(UUID book, java.time.LocalDate day) {
        return hamlet.books.list(hamlet.secretary, hamlet.cell.id(), 50, null).items().stream()
                .filter(one -> book.equals(one.id()))
                .allMatch(one -> one.open(day).equals(day));
    }

    private void verify(String when) {
        for (UUID member : members) {
            long due = assessed.getOrDefault(member, Map.of()).values().stream()
                    .mapToLong(Long::longValue)
                    .sum();
            long settled = paid.getOrDefault(member, 0L);
            Balance balance = hamlet.balance(member);
            assertThat(balance.open()).as(when).isEqualTo(Math.max(0, due - settled));
            assertThat(balance.ahead()).as(when).isEqualTo(Math.max(0, settled - due));
        }
        hamlet.numbers().forEach((book, numbers) -> assertThat(numbers)
                .as(when)
                .isEqualTo(IntStream.rangeClosed(1, numbers.size()).boxed().toList()));
        assertThat(sums()).as(when).isEqualTo(taken);
    }

    private Map<UUID, Long> sums() {
        Map<UUID, Long> sums = new HashMap<>();
        hamlet.database.store().change(tx -> tx.handle()
                .createQuery("select unit, sum(amount) from dues_payment group by unit")
                .map((row, context) -> Map.entry(UUID.fromString(row.getString(1)), row.getLong(2)))
                .forEach(one -> sums.put(one.getKey(), one.getValue())));
        return sums;
    }
}
