package vn.sotay.dues.payment;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import vn.sotay.api.http.Form;
import vn.sotay.api.rule.Rule;
import vn.sotay.api.rule.Rules;
import vn.sotay.api.unit.Unit;
import vn.sotay.dues.payment.Payment.Channel;
import vn.sotay.dues.remittance.Reports;
import vn.sotay.dues.transfer.Account;
import vn.sotay.dues.transfer.Ask;
import vn.sotay.dues.transfer.Requests;
import vn.sotay.dues.transfer.Statements;
import vn.sotay.dues.transfer.Transfer;
import vn.sotay.platform.roster.FileTables;
import vn.sotay.testkit.Database;

/**
 * Random sequences against a model that knows sums alone: what a member owes is what was assessed less what was paid, whatever months
 * were meant, into whichever cell it moved and however late the bank's statement came; books are numbered without a gap; a cell keeps
 * what it took. {@code -Dsotay.long=true} for ten thousand sequences.
 */
class PaymentModelTest {

    private static final int SEQUENCES = Boolean.getBoolean("sotay.long") ? 10_000 : 20;
    /** A commune has so many behind it when the next one begins. */
    private static final int IN_ONE_COMMUNE = 100;
    /** What concerns the whole commune is looked at after so many. */
    private static final int TOGETHER = 10;

    private static final int FEWEST_STEPS = 5;
    private static final int MOST_STEPS = 20;

    private final Map<UUID, Map<String, Long>> assessed = new HashMap<>();
    private final Map<UUID, Long> paid = new HashMap<>();
    private final Map<UUID, Long> taken = new HashMap<>();
    private final List<Payment> open = new ArrayList<>();
    /** Of this sequence. */
    private final List<UUID> members = new ArrayList<>();
    /** Lines of the bank that no statement has shown yet, and whose money they are, by reference. */
    private final List<String> lines = new ArrayList<>();

    private final Map<String, UUID> payers = new HashMap<>();
    private Hamlet hamlet;
    private Requests requests;
    private Statements statements;
    private Reports reports;
    private Random random;

    @ParameterizedTest
    @EnumSource(Database.class)
    void booksAndBalancesAreThoseOfTheModel(Database database) throws Exception {
        long seed = Long.getLong("sotay.seed", System.nanoTime());
        random = new Random(seed);
        ExecutorService two = Executors.newFixedThreadPool(2);
        try {
            for (int from = 0; from < SEQUENCES; from += IN_ONE_COMMUNE) {
                int to = Math.min(from + IN_ONE_COMMUNE, SEQUENCES);
                inOneCommune(database, two, from, to, "seed " + seed + ", sequence ");
            }
        } finally {
            two.shutdown();
        }
    }

    private void inOneCommune(Database database, ExecutorService two, int from, int to, String seed) throws Exception {
        Stream.of(assessed, paid, taken, payers).forEach(Map::clear);
        lines.clear();
        try (Hamlet made = new Hamlet(database)) {
            hamlet = made;
            requests = new Requests(hamlet.database.store(), hamlet, hamlet, hamlet.balances);
            statements = new Statements(
                    hamlet.database.store(), hamlet, hamlet, hamlet.payments, requests, hamlet.seals, new FileTables());
            reports = new Reports(hamlet.database.store(), hamlet, hamlet, new NoRules());
            requests.putAccount(
                    hamlet.officer, hamlet.commune.id(), new Account(null, "970418", "9999000000001", "DANG UY XA"));
            for (int sequence = from; sequence < to; sequence++) {
                members.clear();
                open.clear();
                IntStream.range(0, 6).forEach(i -> members.add(hamlet.member(hamlet.cell, "Đảng viên " + i)));
                for (int steps = random.nextInt(FEWEST_STEPS, MOST_STEPS + 1); steps > 0; steps--) {
                    step(two);
                }
                verify(members, seed + sequence);
                if ((sequence + 1) % TOGETHER == 0) {
                    verify(assessed.keySet(), seed + sequence);
                    verifyCommune(seed + sequence);
                }
            }
        }
    }

    /** To add up asks for no rule. */
    private static final class NoRules implements Rules {

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
            return Optional.empty();
        }
    }

    private void step(ExecutorService two) throws Exception {
        UUID member = members.get(random.nextInt(members.size()));
        switch (random.nextInt(14)) {
            case 0, 1, 2 -> assess(member);
            case 3, 4, 5 -> noted(pay(collector(member, hamlet.secretary), member, amount(), periods()));
            case 6 -> takeBack();
            case 7 -> atOnce(two);
            case 8 -> hamlet.pass(Duration.ofHours(random.nextInt(40)));
            case 9 -> move(member);
            case 10, 11 -> transfer(member);
            case 12 -> statement();
            default -> closeADay();
        }
    }

    private boolean isInCell(UUID member) {
        return cellOf(member).equals(hamlet.cell.id());
    }

    private UUID cellOf(UUID member) {
        return hamlet.find(null, member).orElseThrow().cell();
    }

    private Hamlet.Person collector(UUID member, Hamlet.Person inCell) {
        return isInCell(member) ? inCell : hamlet.secretary2;
    }

    /** What was paid before stays with the cell that took it. */
    private void move(UUID member) {
        hamlet.move(member, isInCell(member) ? hamlet.otherCell : hamlet.cell);
    }

    /** Somebody asks for a code and transfers what it says, or another amount, or forgets the code, or does it twice. */
    private void transfer(UUID member) {
        if (hamlet.balance(member).open() == 0) {
            return;
        }
        Ask ask = requests.put(
                        collector(member, hamlet.secretary),
                        UUID.randomUUID(),
                        new Ask(null, member, null, null, null, null, null, null, null, null))
                .value();
        int times = random.nextInt(8) == 0 ? 2 : 1;
        for (int i = 0; i < times; i++) {
            long amount = random.nextInt(3) == 0 ? amount() : ask.amount();
            String memo = random.nextInt(4) == 0 ? "NOP DANG PHI" : "MBVCB." + ask.memo() + ".CT";
            String reference = UUID.randomUUID().toString();
            payers.put(reference, member);
            lines.add(String.join(
                    ",",
                    hamlet.today().format(DateTimeFormatter.ofPattern("dd/MM/yyyy")),
                    reference,
                    Long.toString(amount),
                    memo));
        }
    }

    /** The bank's statement comes, now and then a second time; the officer takes all that it shows. */
    private void statement() {
        String csv = "Ngày giao dịch,Số tham chiếu,Số tiền ghi có,Mô tả\n" + String.join("\n", lines) + "\n";
        for (int i = random.nextInt(2); i < 2 && !lines.isEmpty(); i++) {
            statements.take(hamlet.officer, statement(csv.getBytes(StandardCharsets.UTF_8)));
        }
        lines.clear();
        List<Transfer> open = statements
                .list(hamlet.officer, hamlet.commune.id(), Transfer.State.OPEN, 500, null)
                .items();
        for (Transfer one : open) {
            // a code that was paid by another line meanwhile names nobody any more
            Transfer now =
                    statements
                            .list(hamlet.officer, hamlet.commune.id(), Transfer.State.OPEN, 500, null)
                            .items()
                            .stream()
                            .filter(same -> same.id().equals(one.id()))
                            .findFirst()
                            .orElseThrow();
            UUID payer = payers.get(one.reference());
            UUID named = now.suggestions().isEmpty() ? payer : null;
            statements.decide(hamlet.officer, one.id(), new Transfer.Decision(true, named));
            if (random.nextInt(4) == 0) {
                // taken for the wrong member, somebody thinks, and then it was the right one after all
                statements.reverse(hamlet.officer, one.id(), new Transfer.Reversal("Nhầm người"));
                statements.decide(hamlet.officer, one.id(), new Transfer.Decision(true, payer));
            }
            paid.merge(payer, one.amount(), Long::sum);
            taken.merge(cellOf(payer), one.amount(), Long::sum);
        }
    }

    private Form statement(byte[] content) {
        return new Form() {

            @Override
            public Optional<String> text(String name) {
                return Optional.of(hamlet.commune.id().toString());
            }

            @Override
            public Optional<Upload> file(String name) {
                return Optional.of(new Upload("sao-ke.csv", content.length, new ByteArrayInputStream(content)));
            }
        };
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
            Hamlet.Person who = origin.unit().equals(hamlet.cell.id()) ? hamlet.deputy : hamlet.secretary2;
            noted(hamlet.payments
                    .put(who, UUID.randomUUID(), Payment.reversalOf(origin, hamlet.today(), "Ghi nhầm"))
                    .value());
        }
    }

    private void atOnce(ExecutorService two) throws Exception {
        UUID one = members.get(random.nextInt(members.size()));
        UUID other = members.get(random.nextInt(members.size()));
        long amount = amount();
        Future<Payment> first = two.submit(() -> pay(collector(one, hamlet.secretary), one, amount, null));
        Future<Payment> second = two.submit(() -> pay(collector(other, hamlet.deputy), other, amount, null));
        noted(first.get());
        noted(second.get());
    }

    private void closeADay() {
        Optional<Payment> some =
                open.stream().filter(one -> one.unit().equals(hamlet.cell.id())).findFirst();
        if (some.isPresent()) {
            UUID book = some.get().book();
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

    private void verify(Collection<UUID> of, String when) {
        for (UUID member : of) {
            long due = assessed.getOrDefault(member, Map.of()).values().stream()
                    .mapToLong(Long::longValue)
                    .sum();
            long settled = paid.getOrDefault(member, 0L);
            Balance balance = hamlet.balance(member);
            assertThat(balance.open()).as(when).isEqualTo(Math.max(0, due - settled));
            assertThat(balance.ahead()).as(when).isEqualTo(Math.max(0, settled - due));
        }
    }

    private void verifyCommune(String when) {
        hamlet.numbers().forEach((book, numbers) -> assertThat(numbers)
                .as(when)
                .isEqualTo(IntStream.rangeClosed(1, numbers.size()).boxed().toList()));
        assertThat(sums()).as(when).isEqualTo(taken);
        assertThat(reports.rollUp(hamlet.officer, hamlet.commune.id()).faults())
                .as(when)
                .isEmpty();
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
