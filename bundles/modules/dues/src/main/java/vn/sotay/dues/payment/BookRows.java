package vn.sotay.dues.payment;

import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.result.RowView;
import vn.sotay.api.access.Audience;
import vn.sotay.api.store.Saved;
import vn.sotay.api.store.Seals;
import vn.sotay.api.store.Transaction;
import vn.sotay.api.unit.Units;

/** Cash books in the database: who opens one, takes its next number or closes a day locks its row first. */
final class BookRows {

    static final String SECRET = "book-secret";

    private static final Map<Book.Kind, String> SERIES = Map.of(Book.Kind.CASH, "A", Book.Kind.BANK, "CK");

    private static final int LETTERS = 26;
    private static final int ONE_LETTER = LETTERS - 1;
    private static final int PLACE_OF_CK = LETTERS + 'K' - 'A';

    private final Seals seals;
    private final Units units;

    BookRows(Seals seals, Units units) {
        this.seals = seals;
        this.units = units;
    }

    /** The unit's own book of this kind, locked until this transaction ends; made if it is not there. */
    Saved<Book> own(Transaction tx, UUID unit, Book.Kind kind) {
        UUID id = UUID.nameUUIDFromBytes((unit + "/" + kind).getBytes(StandardCharsets.UTF_8));
        return lock(tx, id)
                .orElseGet(() -> insert(tx, new Book(id, unit, kind, SERIES.get(kind), null, null, null, null)));
    }

    /** Opens a book for a device: its series is the next of its unit. */
    Saved<Book> device(Transaction tx, UUID id, UUID unit, UUID holder) {
        long there = tx.handle()
                .createQuery("select count(*) from dues_book where unit = :unit and kind = 'DEVICE'")
                .bind("unit", unit)
                .mapTo(Long.class)
                .one();
        return insert(tx, new Book(id, unit, Book.Kind.DEVICE, series(there), holder, null, null, null));
    }

    /** B to Z, then BA to ZZ; what comes by bank has CK already. */
    static String series(long before) {
        if (before < ONE_LETTER) {
            return String.valueOf((char) ('B' + before));
        }
        long place = before - ONE_LETTER;
        place += place < PLACE_OF_CK ? 0 : 1;
        return "" + (char) ('B' + place / LETTERS) + (char) ('A' + place % LETTERS);
    }

    private Saved<Book> insert(Transaction tx, Book book) {
        UUID id = Objects.requireNonNull(book.id());
        tx.handle()
                .createUpdate(
                        "insert into dues_book (id, unit, kind, series, holder, secret_sealed, opened_at, version)"
                                + " values (:id, :unit, :kind, :series, :holder, :secret, :now, 1)")
                .bindMethods(book)
                .bind("secret", seals.seal(SECRET, id.toString(), Proof.newSecret()))
                .bind("now", tx.now())
                .execute();
        tell(tx, book, 1);
        return new Saved<>(book, 1, true);
    }

    Optional<Saved<Book>> lock(Transaction tx, UUID id) {
        int locked = tx.handle().execute("update dues_book set version = version + 1 where id = ?", id);
        return locked == 0 ? Optional.empty() : find(tx, id);
    }

    Optional<Saved<Book>> find(Transaction tx, UUID id) {
        return tx.handle()
                .createQuery("select * from dues_book where id = :id")
                .bind("id", id)
                .map(BookRows::book)
                .findFirst();
    }

    static Saved<Book> book(RowView row) {
        return new Saved<>(
                new Book(
                        row.getColumn("id", UUID.class),
                        row.getColumn("unit", UUID.class),
                        row.getColumn("kind", Book.Kind.class),
                        row.getColumn("series", String.class),
                        row.getColumn("holder", UUID.class),
                        row.getColumn("closed_to", LocalDate.class),
                        null,
                        null),
                row.getColumn("version", Long.class));
    }

    /** What signs the book's receipts. */
    String secret(Transaction tx, UUID id) {
        String sealed = tx.handle()
                .createQuery("select secret_sealed from dues_book where id = :id")
                .bind("id", id)
                .mapTo(String.class)
                .one();
        return seals.open(SECRET, id.toString(), sealed);
    }

    static int last(Transaction tx, UUID book, int year) {
        return tx.handle()
                .createQuery("select last_number from dues_book_number where book = :book and number_year = :year")
                .bind("book", book)
                .bind("year", year)
                .mapTo(Integer.class)
                .findFirst()
                .orElse(0);
    }

    /** Takes the next number of a book that is locked. */
    static int next(Transaction tx, UUID book, int year) {
        int number = last(tx, book, year) + 1;
        String sql = number == 1
                ? "insert into dues_book_number (last_number, book, number_year) values (?, ?, ?)"
                : "update dues_book_number set last_number = ? where book = ? and number_year = ?";
        tx.handle().execute(sql, number, book, year);
        return number;
    }

    void close(Transaction tx, Saved<Book> locked, LocalDate day) {
        Book book = locked.value();
        tx.handle().execute("update dues_book set closed_to = ? where id = ?", day.toString(), book.id());
        tell(
                tx,
                new Book(book.id(), book.unit(), book.kind(), book.series(), book.holder(), day, null, null),
                locked.version());
    }

    private void tell(Transaction tx, Book book, long version) {
        tx.changed(
                Book.TYPE,
                Objects.requireNonNull(book.id()),
                version,
                Audience.leaders(units.current(book.unit()).id()),
                book);
    }
}
