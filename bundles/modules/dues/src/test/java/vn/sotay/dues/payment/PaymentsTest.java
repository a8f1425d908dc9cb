package vn.sotay.dues.payment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import vn.sotay.api.access.Audience;
import vn.sotay.api.http.Problem;
import vn.sotay.api.http.ProblemException;
import vn.sotay.api.store.Saved;
import vn.sotay.dues.payment.Payment.Channel;
import vn.sotay.testkit.Database;

/** What is taken, taken back, numbered and closed, on each database. Read {@link Hamlet} for who they are. */
class PaymentsTest {

    private static final Map<Database, Hamlet> HAMLETS = new EnumMap<>(Database.class);
    private static final LocalDate FIRST = LocalDate.of(2000, 1, 1);
    private static final LocalDate LAST = LocalDate.of(2099, 12, 31);

    private Hamlet hamlet;

    private void in(Database database) {
        hamlet = HAMLETS.computeIfAbsent(database, Hamlet::new);
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

    private Payment cash(UUID member, long amount) {
        return Payment.of(member, amount, hamlet.today(), Channel.CASH, null, null, null);
    }

    private Payment paid(UUID member, long amount) {
        return hamlet.payments
                .put(hamlet.secretary, UUID.randomUUID(), cash(member, amount))
                .value();
    }

    private UUID owing(long amount) {
        UUID member = hamlet.member(hamlet.cell, "Người đóng");
        hamlet.assess(member, "2026-10", amount);
        hamlet.assess(member, "2026-11", amount);
        return member;
    }

    @ParameterizedTest
    @EnumSource(Database.class)
    void aPaymentIsWrittenOnce(Database database) {
        in(database);
        UUID member = owing(7400);
        UUID id = UUID.randomUUID();

        Saved<Payment> made = hamlet.payments.put(hamlet.secretary, id, cash(member, 10_000));
        Saved<Payment> again = hamlet.payments.put(hamlet.secretary, id, cash(member, 10_000));
        Saved<Payment> asRead = hamlet.payments.put(hamlet.secretary, id, made.value());

        assertThat(made.made()).isTrue();
        assertThat(made.value().lines())
                .containsExactly(new Payment.Line("2026-10", 7400), new Payment.Line("2026-11", 2600));
        assertThat(made.value().receipt()).matches("CP26-A-\\d{6}");
        assertThat(again).isEqualTo(new Saved<>(made.value(), 1));
        assertThat(asRead.made()).isFalse();
        refused(409, "payment.fixed", () -> hamlet.payments.put(hamlet.secretary, id, cash(member, 9_000)));
        refused(404, "not-found", () -> hamlet.payments.put(hamlet.secretary2, id, cash(member, 10_000)));
        refused(404, "not-found", () -> hamlet.payments.get(hamlet.member, id));
        refused(403, "forbidden", () -> hamlet.payments.put(hamlet.member, UUID.randomUUID(), cash(member, 1)));
        assertThat(hamlet.balance(member).open()).isEqualTo(4800);
    }

    @ParameterizedTest
    @EnumSource(Database.class)
    void whatIsWrongIsTakenBackOnce(Database database) {
        in(database);
        UUID member = owing(100);
        Payment origin = paid(member, 250);
        Payment back = Payment.reversalOf(origin, hamlet.today(), "Ghi nhầm người");

        Payment reversal =
                hamlet.payments.put(hamlet.deputy, UUID.randomUUID(), back).value();

        assertThat(reversal.amount()).isEqualTo(-250);
        assertThat(reversal.ahead()).isEqualTo(-50);
        assertThat(reversal.number()).isEqualTo(origin.number() + 1);
        assertThat(hamlet.balance(member).open()).isEqualTo(200);
        assertThat(hamlet.balance(member).ahead()).isZero();
        Saved<Payment> now = hamlet.payments.get(hamlet.secretary, origin.id());
        assertThat(now.value().reversedBy()).isEqualTo(reversal.id());
        assertThat(now.version()).isEqualTo(2);
        refused(409, "payment.reversed", () -> hamlet.payments.put(hamlet.secretary, UUID.randomUUID(), back));
        Payment ofReversal = Payment.reversalOf(reversal, hamlet.today(), "Hoàn lại");
        refused(409, "payment.is-reversal", () -> hamlet.payments.put(hamlet.secretary, UUID.randomUUID(), ofReversal));
        refused(
                422,
                "invalid",
                () -> hamlet.payments.put(
                        hamlet.secretary2,
                        UUID.randomUUID(),
                        Payment.reversalOf(paid(member, 10), hamlet.today(), "Sai")));
        refused(
                422,
                "invalid",
                () -> hamlet.payments.put(
                        hamlet.secretary,
                        UUID.randomUUID(),
                        Payment.reversalOf(paid(member, 10), hamlet.today(), " ")));
    }

    @ParameterizedTest
    @EnumSource(Database.class)
    void twoAtOnceNumberWithoutGapOrDouble(Database database) throws Exception {
        in(database);
        List<UUID> members = IntStream.range(0, 8).mapToObj(i -> owing(100)).toList();
        UUID same = UUID.randomUUID();
        ExecutorService treasurers = Executors.newFixedThreadPool(4);
        List<Future<Saved<Payment>>> all = new ArrayList<>();
        try {
            for (UUID member : members) {
                all.add(treasurers.submit(
                        () -> hamlet.payments.put(hamlet.secretary, UUID.randomUUID(), cash(member, 100))));
                all.add(treasurers.submit(
                        () -> hamlet.payments.put(hamlet.deputy, UUID.randomUUID(), cash(member, 100))));
                all.add(treasurers.submit(() -> hamlet.payments.put(hamlet.deputy, same, cash(members.get(0), 100))));
            }
            for (Future<Saved<Payment>> one : all) {
                one.get();
            }
        } finally {
            treasurers.shutdown();
        }

        assertThat(all)
                .extracting(one -> one.get().made())
                .filteredOn(made -> made)
                .hasSize(17);
        assertNumbersFollow();
        members.forEach(one -> assertThat(hamlet.balance(one).open()).isZero());
    }

    private void assertNumbersFollow() {
        hamlet.numbers().forEach((book, numbers) -> assertThat(numbers)
                .as(book)
                .isEqualTo(IntStream.rangeClosed(1, numbers.size()).boxed().toList()));
    }

    @ParameterizedTest
    @EnumSource(Database.class)
    void aDeviceNumbersInItsOwnBookAndInOrder(Database database) {
        in(database);
        UUID member = owing(100);
        UUID id = UUID.randomUUID();
        Saved<Book> book = hamlet.books.open(hamlet.secretary, id, book(hamlet.cell.id()));
        Saved<Book> again = hamlet.books.open(hamlet.secretary, id, book(hamlet.cell.id()));
        UUID first = UUID.randomUUID();
        Payment one = cash(member, 50).numbered(id, 1);
        Payment two = cash(member, 60).numbered(id, 2);

        refused(409, "payment.number", () -> hamlet.payments.put(hamlet.secretary, UUID.randomUUID(), two));
        Payment taken = hamlet.payments.put(hamlet.secretary, first, one).value();
        hamlet.payments.put(hamlet.secretary, UUID.randomUUID(), two);

        assertThat(book.value().series()).isNotEqualTo("A");
        assertThat(again.value()).isEqualTo(book.value());
        assertThat(taken.receipt()).isEqualTo("CP26-" + book.value().series() + "-000001");
        assertThat(hamlet.payments.put(hamlet.secretary, first, one).made()).isFalse();
        refused(
                409,
                "book.others",
                () -> hamlet.payments.put(
                        hamlet.deputy, UUID.randomUUID(), cash(member, 1).numbered(id, 3)));
        refused(404, "not-found", () -> hamlet.books.open(hamlet.deputy, id, book(hamlet.cell.id())));
        // taken back by somebody else: the device's numbers stay its own
        Payment back = hamlet.payments
                .put(hamlet.deputy, UUID.randomUUID(), Payment.reversalOf(taken, hamlet.today(), "Ghi nhầm"))
                .value();
        assertThat(back.receipt()).startsWith("CP26-A-");
        assertNumbersFollow();
    }

    private static Book book(UUID unit) {
        return new Book(null, unit, null, null, null, null, null, null);
    }

    @ParameterizedTest
    @EnumSource(Database.class)
    void aDayIsClosedByTwoAndTakesNoMore(Database database) {
        in(database);
        UUID member = owing(100);
        UUID book = paid(member, 30).book();
        LocalDate day = hamlet.today();
        long expected =
                hamlet.books.closing(hamlet.secretary, book, day).value().expected();

        refused(422, "invalid", () -> hamlet.books.count(hamlet.secretary, book, day, counted(expected + 1, null)));
        hamlet.books.count(hamlet.secretary, book, day, counted(expected, null));
        refused(409, "closing.same-person", () -> hamlet.books.confirm(hamlet.secretary, book, day));
        paid(member, 20);
        refused(409, "closing.changed", () -> hamlet.books.confirm(hamlet.deputy, book, day));
        hamlet.books.count(hamlet.secretary, book, day, counted(expected + 19, "Thiếu 1 đồng tiền lẻ"));
        Closing closed = hamlet.books.confirm(hamlet.deputy, book, day).value();

        assertThat(closed.expected()).isEqualTo(expected + 20);
        assertThat(closed.confirmedBy()).isEqualTo(hamlet.deputy.account());
        Payment later = paid(member, 10);
        assertThat(later.day()).isEqualTo(day);
        assertThat(later.bookedOn()).isEqualTo(day.plusDays(1));
        refused(409, "closing.closed", () -> hamlet.books.count(hamlet.secretary, book, day, counted(1, "?")));
        refused(
                409,
                "closing.future",
                () -> hamlet.books.count(hamlet.secretary, book, day.plusDays(1), counted(10, null)));
        hamlet.pass(Duration.ofDays(1));
        assertThat(hamlet.books
                        .closing(hamlet.secretary, book, day.plusDays(1))
                        .value()
                        .expected())
                .isEqualTo(10);
    }

    private static Closing counted(long amount, String note) {
        return new Closing(null, null, null, amount, note, null, null, null, null);
    }

    @ParameterizedTest
    @EnumSource(Database.class)
    void whoMovesTakesTheHistoryAlongAndLeavesTheMoney(Database database) {
        in(database);
        UUID member = owing(100);
        Payment there = paid(member, 100);
        hamlet.move(member, hamlet.otherCell);

        Payment here = hamlet.payments
                .put(hamlet.secretary2, UUID.randomUUID(), cash(member, 100))
                .value();

        assertThat(there.unit()).isEqualTo(hamlet.cell.id());
        assertThat(here.unit()).isEqualTo(hamlet.otherCell.id());
        assertThat(here.lines()).containsExactly(new Payment.Line("2026-11", 100));
        assertThat(hamlet.balance(member).open()).isZero();
        var own = new Hamlet.Person(member, hamlet.otherCell, java.util.Set.of());
        var filter = new Payments.Filter(member, null, null, FIRST, LAST);
        assertThat(hamlet.payments.list(own, filter, 50, null).items()).hasSize(2);
        assertThat(hamlet.payments.list(hamlet.secretary2, filter, 50, null).items())
                .containsExactly(here);
        assertThat(hamlet.payments.list(hamlet.secretary, filter, 50, null).items())
                .extracting(Payment::id)
                .containsExactly(there.id());
        assertThat(hamlet.database.feed(Audience.member(member)))
                .extracting(one -> one.type())
                .contains("dues-payment", "dues-balance");
    }

    @ParameterizedTest
    @EnumSource(Database.class)
    void aReceiptProvesItselfUntilSomethingIsChangedInIt(Database database) {
        in(database);
        UUID member = owing(100);
        Payment payment = paid(member, 100);
        Receipts receipts = new Receipts(
                hamlet.database.store(),
                hamlet,
                hamlet,
                hamlet.payments,
                hamlet.seals,
                (size, title, foot, content) -> new byte[0]);
        String code = receipts.code(hamlet.secretary, payment.id()).text();

        assertThat(code).contains(payment.receipt()).doesNotContain(member.toString());
        assertThat(receipts.check(code))
                .isEqualTo(
                        new Receipts.Checked(true, payment.receipt(), payment.day(), 100L, hamlet.cell.name(), false));
        assertThat(receipts.check(code.replace("/100/", "/900/")).genuine()).isFalse();
        assertThat(receipts.check(code.substring(0, code.length() - 1) + (code.endsWith("0") ? '1' : '0'))
                        .genuine())
                .isFalse();
        assertThat(receipts.check("anything").genuine()).isFalse();
        hamlet.payments.put(
                hamlet.secretary, UUID.randomUUID(), Payment.reversalOf(payment, hamlet.today(), "Ghi nhầm"));
        assertThat(receipts.check(code).reversed()).isTrue();
    }
}
