package vn.sotay.dues.payment;

import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import vn.sotay.api.access.Audience;
import vn.sotay.api.access.Caller;
import vn.sotay.api.access.Permission;
import vn.sotay.api.access.Reach;
import vn.sotay.api.http.FieldError;
import vn.sotay.api.http.Page;
import vn.sotay.api.http.Problem;
import vn.sotay.api.http.ProblemException;
import vn.sotay.api.member.Member;
import vn.sotay.api.member.Members;
import vn.sotay.api.store.Saved;
import vn.sotay.api.store.Seals;
import vn.sotay.api.store.Store;
import vn.sotay.api.store.Transaction;
import vn.sotay.api.unit.Unit;
import vn.sotay.api.unit.Units;
import vn.sotay.dues.payment.Payment.Channel;

/**
 * Payments of members: taken, read, and taken back, never changed. Each stands in a cash book under the next number of its year. One
 * transaction a method.
 */
@Component(service = Payments.class)
public final class Payments {

    public static final ZoneId ZONE = ZoneId.of("Asia/Ho_Chi_Minh");

    private static final int FIRST_YEAR = 2010;

    private final Store store;
    private final Units units;
    private final Members members;
    private final Balances balances;
    private final BookRows books;

    @Activate
    public Payments(
            @Reference Store store,
            @Reference Units units,
            @Reference Members members,
            @Reference Balances balances,
            @Reference Seals seals) {
        this.store = store;
        this.units = units;
        this.members = members;
        this.balances = balances;
        this.books = new BookRows(seals, units);
    }

    // ---- reading

    /** Which payments are asked for; days are those of the book. */
    public record Filter(
            @Nullable UUID member,
            @Nullable UUID unit,
            @Nullable UUID book,
            LocalDate from,
            LocalDate to) {}

    /** Payments of a member, a unit or a book, or all that the caller may read; by their day in the book and their id. */
    public Page<Payment> list(Caller caller, Filter filter, int limit, @Nullable List<String> after) {
        return store.read(tx -> {
            Map<String, Object> binds = new HashMap<>();
            String where = where(tx, caller, filter, binds);
            String day = after == null ? filter.from().toString() : after.get(0);
            if (after != null && after.size() < 2) {
                throw Problem.invalid("after", "cursor");
            }
            List<PaymentRows.Row> rows = tx.handle()
                    .createQuery(
                            PaymentRows.SELECT + " where " + where + " and p.booked_on <= :to and p.booked_on >= :day"
                                    + " and (p.booked_on > :day or p.id > :id) order by p.booked_on, p.id"
                                    + " fetch first :rows rows only")
                    .bindMap(binds)
                    .bind("to", filter.to().toString())
                    .bind("day", day)
                    .bind("id", after == null ? "" : after.get(1))
                    .bind("rows", limit + 1)
                    .map(PaymentRows::row)
                    .list();
            if (rows.isEmpty() && filter.member() != null) {
                requireKnown(tx, caller, filter.member());
            }
            List<Payment> payments = PaymentRows.withLines(tx, rows).stream()
                    .map(PaymentRows.Row::payment)
                    .toList();
            return Page.of(payments, limit, one -> List.of(String.valueOf(one.bookedOn()), String.valueOf(one.id())));
        });
    }

    /** Who may read nothing of a member is not told whether there is one. */
    private void requireKnown(Transaction tx, Caller caller, UUID id) {
        Member member = members.find(tx, id).orElseThrow(Problem::notFound);
        if (!caller.mayForSelf(Rights.READ, id) && !caller.may(Rights.COLLECT, units.current(member.cell()))) {
            throw Problem.notFound();
        }
    }

    private String where(Transaction tx, Caller caller, Filter filter, Map<String, Object> binds) {
        List<String> all = new ArrayList<>();
        if (filter.book() != null) {
            Book book =
                    books.find(tx, filter.book()).orElseThrow(Problem::notFound).value();
            caller.require(Rights.COLLECT, units.current(book.unit()));
            all.add("p.book = :book");
            binds.put("book", filter.book().toString());
        }
        if (filter.unit() != null) {
            caller.require(Rights.COLLECT, units.current(filter.unit()));
            all.add("p.unit = :unit");
            binds.put("unit", filter.unit().toString());
        }
        if (filter.member() != null) {
            all.add("p.member = :member");
            binds.put("member", filter.member().toString());
        }
        boolean own = filter.member() != null && caller.mayForSelf(Rights.READ, filter.member());
        if (filter.book() == null && filter.unit() == null && !own) {
            // what another cell has taken is that cell's to read
            Reach reach = caller.reach(Rights.COLLECT);
            all.add("(" + reach.sql("p.unit") + " or p.member = :self)");
            binds.putAll(reach.binds());
            binds.put("self", caller.member().map(UUID::toString).orElse(""));
        }
        return String.join(" and ", all);
    }

    public Saved<Payment> get(Caller caller, UUID id) {
        return store.read(tx -> {
            Payment payment = readable(tx, caller, id);
            return new Saved<>(payment, version(payment));
        });
    }

    /** A payment of the caller's own, or of a unit whose payments it reads. */
    Payment readable(Transaction tx, Caller caller, UUID id) {
        Payment payment =
                PaymentRows.find(tx, id).orElseThrow(Problem::notFound).payment();
        requireReading(caller, payment);
        return payment;
    }

    private void requireReading(Caller caller, Payment payment) {
        if (!caller.mayForSelf(Rights.READ, payment.member()) && !reads(caller, unit(payment))) {
            throw Problem.notFound();
        }
    }

    private static boolean reads(Caller caller, Unit unit) {
        return caller.may(Rights.COLLECT, unit) || caller.may(Rights.SETTLE, unit);
    }

    /** The unit that took it, or its successor. */
    Unit unit(Payment payment) {
        return units.current(Objects.requireNonNull(payment.unit()));
    }

    private static long version(Payment payment) {
        return payment.reversedBy() == null ? 1 : 2;
    }

    // ---- taking

    /** Takes money from a member of a cell, or takes a payment back. The same again changes nothing. */
    public Saved<Payment> put(Caller caller, UUID id, Payment body) {
        return store.write(tx -> put(tx, caller, id, body, null));
    }

    /**
     * The same within a transaction.
     *
     * @param account the unit whose bank account it came to, and whose keeper the caller is; null for the member's cell
     */
    public Saved<Payment> put(Transaction tx, Caller caller, UUID id, Payment body, @Nullable Unit account) {
        Optional<PaymentRows.Row> there = PaymentRows.find(tx, id);
        if (there.isPresent()) {
            return again(caller, there.get(), body);
        }
        check(body);
        if (body.day().isAfter(today(tx))) {
            throw Problem.invalid("day", "future");
        }
        return body.reverses() == null ? take(tx, caller, id, body, account) : reverse(tx, caller, id, body, account);
    }

    /** Those of these payments that there are. The caller asks whether somebody may read them. */
    public List<Payment> of(Transaction tx, Collection<UUID> ids) {
        return ids.stream()
                .map(id -> PaymentRows.find(tx, id))
                .flatMap(Optional::stream)
                .map(PaymentRows.Row::payment)
                .toList();
    }

    private Saved<Payment> again(Caller caller, PaymentRows.Row there, Payment body) {
        requireReading(caller, there.payment());
        if (!there.payment().isWhat(body, there.ownNumber())) {
            throw Problem.conflict("payment.fixed");
        }
        return new Saved<>(there.payment(), version(there.payment()));
    }

    private static void check(Payment body) {
        List<FieldError> errors = new ArrayList<>();
        if (body.day().getYear() < FIRST_YEAR) {
            errors.add(new FieldError("day", "out-of-range", Map.of("min", FIRST_YEAR, "max", 2099)));
        }
        if (body.reverses() == null && body.amount() <= 0) {
            errors.add(new FieldError("amount", "positive"));
        }
        if (body.reverses() != null && (body.reason() == null || body.reason().isBlank())) {
            errors.add(new FieldError("reason", "required"));
        }
        if ((body.book() == null) != (body.number() == null)) {
            errors.add(new FieldError(body.book() == null ? "book" : "number", "required"));
        }
        errors.addAll(Periods.errors(body.periods()));
        if (!errors.isEmpty()) {
            throw Problem.invalid(errors);
        }
    }

    private Saved<Payment> take(Transaction tx, Caller caller, UUID id, Payment body, @Nullable Unit account) {
        Member member = members.find(tx, body.member()).orElseThrow(Problem::notFound);
        Unit cell = units.current(member.cell());
        if (account == null) {
            caller.require(rightFor(body.channel()), cell);
        }
        Saved<Book> book = bookOf(tx, caller, body, cell, account == null ? cell : account);
        Balance balance = Balances.of(tx, body.member());
        Allocation what = Allocation.of(body.amount(), balance, body.periods(), body.restOrAhead());
        return write(tx, caller, id, body, cell.id(), book, what);
    }

    /** What came by bank is for who sees the account. */
    private static Permission rightFor(Channel channel) {
        return channel == Channel.TRANSFER ? Rights.SETTLE : Rights.COLLECT;
    }

    private Saved<Payment> reverse(Transaction tx, Caller caller, UUID id, Payment body, @Nullable Unit account) {
        Payment origin = PaymentRows.find(tx, Objects.requireNonNull(body.reverses()))
                .orElseThrow(() -> Problem.invalid("reverses", "no-payment"))
                .payment();
        Unit unit = unit(origin);
        if (account == null) {
            if (!reads(caller, unit)) {
                throw Problem.invalid("reverses", "no-payment");
            }
            caller.require(rightFor(origin.channel()), unit);
        }
        if (origin.reverses() != null) {
            throw Problem.conflict("payment.is-reversal");
        }
        if (!origin.member().equals(body.member())
                || origin.channel() != body.channel()
                || origin.amount() != -body.amount()) {
            throw Problem.invalid("reverses", "opposite");
        }
        Saved<Book> book = body.book() != null ? bookOf(tx, caller, body, unit, unit) : serversBook(tx, origin, unit);
        // two at once: who came later finds the other's, now that the book is locked
        Payment now = PaymentRows.find(tx, Objects.requireNonNull(origin.id()))
                .orElseThrow()
                .payment();
        if (now.reversedBy() != null) {
            throw Problem.conflict("payment.reversed");
        }
        Map<String, Long> lines = new HashMap<>();
        Objects.requireNonNull(origin.lines()).forEach(line -> lines.put(line.period(), -line.amount()));
        Allocation back = new Allocation(
                new TreeMap<>(lines), -Objects.requireNonNull(origin.extra()), -Objects.requireNonNull(origin.ahead()));
        UUID taker = Objects.requireNonNull(origin.unit());
        Saved<Payment> reversal = write(tx, caller, id, body, taker, book, back);
        tell(tx, PaymentRows.find(tx, origin.id()).orElseThrow().payment());
        return reversal;
    }

    /** What is taken back without a device's number stands where it was taken; a device's own book is only its own to number. */
    private Saved<Book> serversBook(Transaction tx, Payment origin, Unit unit) {
        Book of = books.find(tx, Objects.requireNonNull(origin.book()))
                .orElseThrow()
                .value();
        return of.kind() == Book.Kind.DEVICE
                ? books.own(tx, unit.id(), Book.Kind.CASH)
                : books.lock(tx, Objects.requireNonNull(of.id())).orElseThrow();
    }

    private Saved<Book> bookOf(Transaction tx, Caller caller, Payment body, Unit cell, Unit keeper) {
        if (body.book() == null) {
            return books.own(tx, keeper.id(), body.channel() == Channel.CASH ? Book.Kind.CASH : Book.Kind.BANK);
        }
        Saved<Book> book = books.lock(tx, body.book()).orElseThrow(() -> Problem.invalid("book", "no-book"));
        if (!units.current(book.value().unit()).id().equals(cell.id())) {
            throw Problem.invalid("book", "no-book");
        }
        if (!caller.account().equals(book.value().holder())) {
            throw Problem.conflict("book.others");
        }
        int expected = BookRows.last(tx, body.book(), body.day().getYear()) + 1;
        if (Objects.requireNonNull(body.number()) != expected) {
            throw new ProblemException(
                    Problem.conflict("payment.number").problem().with("expected", expected));
        }
        return book;
    }

    private Saved<Payment> write(
            Transaction tx, Caller caller, UUID id, Payment body, UUID unit, Saved<Book> locked, Allocation what) {
        Book book = locked.value();
        LocalDate booked = book.open(body.day());
        boolean own = body.book() != null;
        int year = own ? body.day().getYear() : booked.getYear();
        UUID bookId = Objects.requireNonNull(book.id());
        ReceiptNumber number =
                new ReceiptNumber(year, Objects.requireNonNull(book.series()), BookRows.next(tx, bookId, year));
        Payment payment = new Payment(
                id,
                body.member(),
                unit,
                body.amount(),
                body.day(),
                body.channel(),
                body.reference(),
                body.periods(),
                body.restOrAhead(),
                bookId,
                number.number(),
                booked,
                number.toString(),
                what.lines().entrySet().stream()
                        .map(one -> new Payment.Line(one.getKey(), one.getValue()))
                        .toList(),
                what.extra(),
                what.ahead(),
                body.reverses(),
                body.reason(),
                null,
                caller.member().orElse(null),
                tx.now());
        UUID cell = members.find(tx, body.member())
                .map(one -> units.current(one.cell()).id())
                .orElse(unit);
        MonthSums.keep(
                tx, cell, body.member(), what.lines().keySet(), () -> PaymentRows.insert(tx, payment, own, number));
        Collected.add(tx, unit, booked, payment.amount());
        tell(tx, payment);
        balances.tell(tx, body.member());
        return new Saved<>(payment, 1, true);
    }

    private void tell(Transaction tx, Payment payment) {
        Map<Audience, Payment> readers = new HashMap<>();
        readers.put(Audience.member(payment.member()), payment);
        readers.put(Audience.leaders(unit(payment).id()), payment);
        tx.changed(Payment.TYPE, Objects.requireNonNull(payment.id()), version(payment), readers);
    }

    static LocalDate today(Transaction tx) {
        return tx.now().atZone(ZONE).toLocalDate();
    }
}
