package vn.sotay.dues.payment;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.result.RowView;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import vn.sotay.api.access.Audience;
import vn.sotay.api.access.Caller;
import vn.sotay.api.access.Reach;
import vn.sotay.api.http.Page;
import vn.sotay.api.http.Problem;
import vn.sotay.api.http.ProblemException;
import vn.sotay.api.store.Saved;
import vn.sotay.api.store.Seals;
import vn.sotay.api.store.Store;
import vn.sotay.api.store.Transaction;
import vn.sotay.api.unit.Unit;
import vn.sotay.api.unit.Units;

/** The cash books of a unit, and the close of their days by two people. One transaction a method. */
@Component(service = Books.class)
public final class Books {

    private final Store store;
    private final Units units;
    private final BookRows rows;

    @Activate
    public Books(@Reference Store store, @Reference Units units, @Reference Seals seals) {
        this.store = store;
        this.units = units;
        this.rows = new BookRows(seals, units);
    }

    /** The books of a unit, or of all where the caller takes money, with their last numbers of this year; by unit and series. */
    public Page<Book> list(Caller caller, @Nullable UUID unit, int limit, @Nullable List<String> after) {
        return store.read(tx -> {
            if (unit != null) {
                requireReading(caller, units.current(unit));
            }
            Reach reach = caller.reach(Rights.COLLECT);
            int year = Payments.today(tx).getYear();
            List<Book> books = tx
                    .handle()
                    .createQuery("select * from dues_book where "
                            + (unit == null ? reach.sql("unit") : "unit = :unit")
                            + " and unit >= :after and (unit > :after or series > :series) order by unit, series"
                            + " fetch first :rows rows only")
                    .bindMap(unit == null ? reach.binds() : Map.of("unit", unit.toString()))
                    .bind("after", after == null ? "" : after.get(0))
                    .bind("series", after == null || after.size() < 2 ? "" : after.get(1))
                    .bind("rows", limit + 1)
                    .map(row -> BookRows.book(row).value())
                    .list()
                    .stream()
                    .map(one -> numbered(tx, one, year))
                    .toList();
            return Page.of(books, limit, one -> List.of(one.unit().toString(), String.valueOf(one.series())));
        });
    }

    private static Book numbered(Transaction tx, Book one, int year) {
        int last = BookRows.last(tx, Objects.requireNonNull(one.id()), year);
        return new Book(one.id(), one.unit(), one.kind(), one.series(), one.holder(), one.closedTo(), year, last);
    }

    private static void requireReading(Caller caller, Unit unit) {
        if (!caller.may(Rights.SETTLE, unit)) {
            caller.require(Rights.COLLECT, unit);
        }
    }

    /** Opens a book for the caller's device. The same again changes nothing. */
    public Saved<Book> open(Caller caller, UUID id, Book body) {
        if (body.kind() != null && body.kind() != Book.Kind.DEVICE) {
            throw Problem.invalid("kind", "only-device");
        }
        return store.write(tx -> {
            Unit unit = units.get(body.unit());
            caller.require(Rights.COLLECT, unit);
            Optional<Saved<Book>> there = rows.find(tx, id);
            if (there.isPresent()) {
                Book book = there.get().value();
                if (!caller.account().equals(book.holder()) || !book.unit().equals(unit.id())) {
                    throw Problem.notFound();
                }
                return new Saved<>(
                        numbered(tx, book, Payments.today(tx).getYear()),
                        there.get().version());
            }
            Saved<Book> made = rows.device(tx, id, unit.id(), caller.account());
            return new Saved<>(numbered(tx, made.value(), Payments.today(tx).getYear()), made.version(), true);
        });
    }

    // ---- closing a day

    /** How a book's days were closed, the newest first. */
    public Page<Closing> closings(Caller caller, UUID id, int limit, @Nullable List<String> after) {
        return store.read(tx -> {
            Book book = rows.find(tx, id).orElseThrow(Problem::notFound).value();
            requireReading(caller, units.current(book.unit()));
            List<Closing> closings = tx.handle()
                    .createQuery("select * from dues_closing where book = :book and day < :after order by day desc"
                            + " fetch first :rows rows only")
                    .bind("book", id)
                    .bind("after", after == null ? "9999-12-31" : after.get(0))
                    .bind("rows", limit + 1)
                    .map(row -> closing(row).value())
                    .list();
            return Page.of(closings, limit, one -> List.of(String.valueOf(one.day())));
        });
    }

    /** What the book says until the end of a day, and whether it is closed. */
    public Saved<Closing> closing(Caller caller, UUID id, LocalDate day) {
        return store.read(tx -> {
            Book book = rows.find(tx, id).orElseThrow(Problem::notFound).value();
            requireReading(caller, units.current(book.unit()));
            return find(tx, id, day).orElseGet(() -> {
                long expected = expected(tx, book, day);
                return new Saved<>(new Closing(id, day, expected, expected, null, null, null, null, null), 0);
            });
        });
    }

    /** Somebody has counted what is there at the end of a day. Until another confirms it, it may be counted anew. */
    public Saved<Closing> count(Caller caller, UUID id, LocalDate day, Closing body) {
        return store.write(tx -> {
            Saved<Book> book = forClosing(tx, caller, id);
            Optional<Saved<Closing>> there = find(tx, id, day);
            if (there.isPresent() && there.get().value().isConfirmed()) {
                if (there.get().value().counted() == body.counted()) {
                    return there.get();
                }
                throw Problem.conflict("closing.closed");
            }
            requireOpen(tx, book.value(), day);
            long expected = expected(tx, book.value(), day);
            if (expected != body.counted()
                    && (body.note() == null || body.note().isBlank())) {
                throw new ProblemException(
                        Problem.invalid("note", "difference").problem().with("expected", expected));
            }
            if (there.filter(one -> isSame(one.value(), body, expected, caller)).isPresent()) {
                return there.get();
            }
            Closing counted =
                    new Closing(id, day, expected, body.counted(), body.note(), caller.account(), tx.now(), null, null);
            return write(tx, book.value(), counted, there);
        });
    }

    private static boolean isSame(Closing there, Closing body, long expected, Caller caller) {
        return there.counted() == body.counted()
                && Objects.equals(there.note(), body.note())
                && Objects.equals(there.expected(), expected)
                && caller.account().equals(there.countedBy());
    }

    /** Another than who counted confirms it: from now on the day and those before it take no more receipts in this book. */
    public Saved<Closing> confirm(Caller caller, UUID id, LocalDate day) {
        return store.write(tx -> {
            Saved<Book> book = forClosing(tx, caller, id);
            Saved<Closing> there = find(tx, id, day).orElseThrow(Problem::notFound);
            Closing counted = there.value();
            if (counted.isConfirmed()) {
                return there;
            }
            requireOpen(tx, book.value(), day);
            if (caller.account().equals(counted.countedBy())) {
                throw Problem.conflict("closing.same-person");
            }
            if (expected(tx, book.value(), day) != Objects.requireNonNull(counted.expected())) {
                throw Problem.conflict("closing.changed");
            }
            rows.close(tx, book, day);
            Closing confirmed = new Closing(
                    id,
                    day,
                    counted.expected(),
                    counted.counted(),
                    counted.note(),
                    counted.countedBy(),
                    counted.countedAt(),
                    caller.account(),
                    tx.now());
            return write(tx, book.value(), confirmed, Optional.of(there));
        });
    }

    private Saved<Book> forClosing(Transaction tx, Caller caller, UUID id) {
        Book book = rows.find(tx, id).orElseThrow(Problem::notFound).value();
        Unit unit = units.current(book.unit());
        if (!caller.may(Rights.SETTLE, unit)) {
            caller.require(Rights.COLLECT, unit);
        }
        return rows.lock(tx, id).orElseThrow(Problem::notFound);
    }

    private static void requireOpen(Transaction tx, Book book, LocalDate day) {
        if (day.isAfter(Payments.today(tx))) {
            throw Problem.conflict("closing.future");
        }
        if (!book.open(day).equals(day)) {
            throw Problem.conflict("closing.closed");
        }
    }

    /** What came since the close before. */
    private static long expected(Transaction tx, Book book, LocalDate day) {
        return tx.handle()
                .createQuery("select coalesce(sum(amount), 0) from dues_payment where book = :book"
                        + " and booked_on > :from and booked_on <= :to")
                .bind("book", book.id())
                .bind("from", book.closedTo() == null ? "" : book.closedTo().toString())
                .bind("to", day.toString())
                .mapTo(Long.class)
                .one();
    }

    private Saved<Closing> write(Transaction tx, Book book, Closing closing, Optional<Saved<Closing>> before) {
        long version = before.map(Saved::version).orElse(0L) + 1;
        tx.handle()
                .createUpdate(
                        before.isPresent()
                                ? "update dues_closing set expected = :expected, counted = :counted, note = :note,"
                                        + " counted_by = :countedBy, counted_at = :countedAt, confirmed_by = :confirmedBy,"
                                        + " confirmed_at = :confirmedAt, version = :version"
                                        + " where book = :book and day = :day"
                                : "insert into dues_closing (book, day, expected, counted, note, counted_by, counted_at,"
                                        + " confirmed_by, confirmed_at, version) values (:book, :day, :expected,"
                                        + " :counted, :note, :countedBy, :countedAt, :confirmedBy, :confirmedAt,"
                                        + " :version)")
                .bindMethods(closing)
                .bind("version", version)
                .execute();
        tx.changed(
                Closing.TYPE,
                UUID.nameUUIDFromBytes((closing.book() + "/" + closing.day()).getBytes(StandardCharsets.UTF_8)),
                version,
                Audience.leaders(units.current(book.unit()).id()),
                closing);
        return new Saved<>(closing, version, before.isEmpty());
    }

    private static Optional<Saved<Closing>> find(Transaction tx, UUID book, LocalDate day) {
        return tx.handle()
                .createQuery("select * from dues_closing where book = :book and day = :day")
                .bind("book", book)
                .bind("day", day.toString())
                .map(Books::closing)
                .findFirst();
    }

    private static Saved<Closing> closing(RowView row) {
        return new Saved<>(
                new Closing(
                        row.getColumn("book", UUID.class),
                        row.getColumn("day", LocalDate.class),
                        row.getColumn("expected", Long.class),
                        row.getColumn("counted", Long.class),
                        row.getColumn("note", String.class),
                        row.getColumn("counted_by", UUID.class),
                        row.getColumn("counted_at", Instant.class),
                        row.getColumn("confirmed_by", UUID.class),
                        row.getColumn("confirmed_at", Instant.class)),
                row.getColumn("version", Long.class));
    }
}
