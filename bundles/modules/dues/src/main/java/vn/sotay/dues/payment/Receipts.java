package vn.sotay.dues.payment;

import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import vn.sotay.api.access.Caller;
import vn.sotay.api.member.Member;
import vn.sotay.api.member.Members;
import vn.sotay.api.paper.Papers;
import vn.sotay.api.paper.Sheet;
import vn.sotay.api.paper.Sheet.Signer;
import vn.sotay.api.store.Seals;
import vn.sotay.api.store.Store;
import vn.sotay.api.store.Transaction;
import vn.sotay.api.unit.Units;
import vn.sotay.dues.transfer.QrPicture;

/** Receipts, on paper and on the screen, and whether one that somebody shows is genuine. */
@Component(service = Receipts.class)
public final class Receipts {

    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("dd/MM/yyyy", Locale.ROOT);

    /**
     * What is known of a receipt that somebody shows.
     *
     * @param genuine whether it was given out here; all else is null if not
     * @param unit the name of the unit that took the money
     * @param reversed whether the money was given back, or the receipt was a mistake
     */
    public record Checked(
            boolean genuine,
            @Nullable String receipt,
            @Nullable LocalDate day,
            @Nullable Long amount,
            @Nullable String unit,
            @Nullable Boolean reversed) {

        static final Checked FALSE = new Checked(false, null, null, null, null, null);
    }

    private record Printed(Payment payment, String member, String unit, String recorder, String code) {}

    private final Store store;
    private final Units units;
    private final Members members;
    private final Payments payments;
    private final BookRows books;
    private final Papers papers;

    @Activate
    public Receipts(
            @Reference Store store,
            @Reference Units units,
            @Reference Members members,
            @Reference Payments payments,
            @Reference Seals seals,
            @Reference Papers papers) {
        this.store = store;
        this.units = units;
        this.members = members;
        this.payments = payments;
        this.books = new BookRows(seals, units);
        this.papers = papers;
    }

    /** What proves the receipt of a payment that the caller may read. */
    public QrPicture.Code code(Caller caller, UUID payment) {
        String text = store.read(tx -> signed(tx, payments.readable(tx, caller, payment)));
        return QrPicture.code(text);
    }

    private String signed(Transaction tx, Payment payment) {
        UUID book = Objects.requireNonNull(payment.book());
        return proof(payment).signed(books.secret(tx, book));
    }

    private static Proof proof(Payment payment) {
        return new Proof(
                Objects.requireNonNull(payment.book()),
                Objects.requireNonNull(payment.receipt()),
                payment.day(),
                payment.amount());
    }

    /** For anybody who is signed in: of whom the money is stands neither in the code nor in what is answered. */
    public Checked check(String text) {
        Optional<Proof> read = Proof.read(text.strip());
        if (read.isEmpty()) {
            return Checked.FALSE;
        }
        Proof proof = read.get();
        return store.read(tx -> books.find(tx, proof.book())
                .filter(book -> proof.isSignedIn(text.strip(), books.secret(tx, proof.book())))
                .flatMap(book -> PaymentRows.numbered(tx, proof.book(), proof.receipt()))
                .filter(payment -> proof(payment).equals(proof))
                .map(payment -> new Checked(
                        true,
                        payment.receipt(),
                        payment.day(),
                        payment.amount(),
                        payments.unit(payment).name(),
                        payment.reversedBy() != null))
                .orElse(Checked.FALSE));
    }

    /** A PDF, for the member and who leads the unit. */
    public byte[] paper(Caller caller, UUID id) {
        Printed printed = store.read(tx -> {
            Payment payment = payments.readable(tx, caller, id);
            return new Printed(
                    payment,
                    name(tx, payment.member()),
                    payments.unit(payment).name(),
                    payment.recordedBy() == null ? "" : name(tx, payment.recordedBy()),
                    signed(tx, payment));
        });
        return papers.write(
                Papers.Size.A5, "receipt.title", printed.payment().receipt() + "", sheet -> write(sheet, printed));
    }

    private String name(Transaction tx, UUID member) {
        return members.find(tx, member).map(Member::name).orElse("");
    }

    private static void write(Sheet sheet, Printed printed) {
        Payment payment = printed.payment();
        List<Map.Entry<String, String>> facts = new ArrayList<>();
        facts.add(Map.entry(sheet.say("receipt.number"), String.valueOf(payment.receipt())));
        facts.add(Map.entry(sheet.say("receipt.member"), printed.member()));
        facts.add(Map.entry(sheet.say("receipt.unit"), printed.unit()));
        facts.add(Map.entry(sheet.say("receipt.day"), DAY.format(payment.day())));
        facts.add(Map.entry(sheet.say("receipt.amount"), dong(payment.amount())));
        facts.add(Map.entry(sheet.say("receipt.channel"), sheet.say("channel." + payment.channel())));
        if (payment.reason() != null) {
            facts.add(Map.entry(sheet.say("receipt.reason"), payment.reason()));
        }
        sheet.facts(facts);
        List<List<String>> rows = new ArrayList<>();
        Objects.requireNonNull(payment.lines())
                .forEach(line -> rows.add(List.of(month(line.period()), dong(line.amount()))));
        add(rows, sheet.say("receipt.extra"), payment.extra());
        add(rows, sheet.say("receipt.ahead"), payment.ahead());
        sheet.table(List.of(sheet.say("receipt.for"), sheet.say("receipt.amount")), rows);
        if (payment.reversedBy() != null) {
            sheet.text(sheet.say("receipt.reversed"));
        }
        sheet.code(printed.code());
        sheet.text(sheet.say("receipt.check"));
        sheet.signatures(List.of(
                new Signer(sheet.say("receipt.payer"), printed.member()),
                new Signer(sheet.say("receipt.taker"), printed.recorder())));
    }

    private static void add(List<List<String>> rows, String what, @Nullable Long amount) {
        if (amount != null && amount != 0) {
            rows.add(List.of(what, dong(amount)));
        }
    }

    /** {@code 9/2026} */
    private static String month(String period) {
        return Integer.parseInt(period.substring(5)) + "/" + period.substring(0, 4);
    }

    /** {@code 46.800 đ} */
    private static String dong(long amount) {
        return String.format(Locale.GERMANY, "%,d đ", amount);
    }
}
