package vn.sotay.dues.payment;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.UUID;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import vn.sotay.api.http.Endpoints;
import vn.sotay.api.http.Problem;
import vn.sotay.api.http.Reply;
import vn.sotay.api.http.Request;
import vn.sotay.api.http.Routes;
import vn.sotay.api.paper.Papers;
import vn.sotay.dues.transfer.QrPicture;

/** Payments, receipts and cash books: a table of routes, and one call each into {@link Payments}, {@link Receipts}, {@link Balances} or {@link Books}. */
@Component
public final class PaymentEndpoints implements Endpoints {

    private static final String ONE = "/api/dues/payments/{id}";
    private static final String BOOK = "/api/dues/books/{id}";
    private static final String CLOSING = BOOK + "/closings/{day}";
    private static final LocalDate FIRST = LocalDate.of(2000, 1, 1);
    private static final LocalDate LAST = LocalDate.of(2099, 12, 31);

    private final Payments payments;
    private final Balances balances;
    private final Receipts receipts;
    private final Books books;

    @Activate
    public PaymentEndpoints(
            @Reference Payments payments,
            @Reference Balances balances,
            @Reference Receipts receipts,
            @Reference Books books) {
        this.payments = payments;
        this.balances = balances;
        this.receipts = receipts;
        this.books = books;
    }

    @Override
    public void routes(Routes r) {
        r.get("/api/dues/balances")
                .needs(Rights.READ)
                .query("cell", UUID.class, "of the members of this cell")
                .query("member", UUID.class, "of this member")
                .givesPage(MemberBalance.class)
                .audited("dues-balance")
                .says("What members still owe today: of a cell for who collects there, else the caller's own")
                .to(this::balances);

        r.get("/api/dues/payments")
                .needs(Rights.READ)
                .query("member", UUID.class, "of this member")
                .query("unit", UUID.class, "that this unit took")
                .query("book", UUID.class, "in this cash book")
                .query("from", LocalDate.class, "from this day in the book")
                .query("to", LocalDate.class, "to this day in the book, itself included")
                .givesPage(Payment.class)
                .audited("dues-payment")
                .says(
                        "Payments by their day in the book: of a member, of a unit, of a book, or all that the caller may read")
                .to(this::list);
        r.get(ONE)
                .needs(Rights.READ)
                .gives(Payment.class)
                .audited("dues-payment")
                .says("A payment")
                .to(request -> Reply.of(payments.get(request.caller(), request.id("id"))));
        r.put(ONE)
                .needs(Rights.COLLECT)
                .takes(Payment.class)
                .gives(Payment.class)
                .says("Take money from a member of the cell, or take a payment back by one of the opposite sign;"
                        + " a payment is never changed")
                .to(request -> Reply.of(payments.put(request.caller(), request.id("id"), request.body(Payment.class))));
        r.get(ONE + "/receipt")
                .needs(Rights.READ)
                .givesBytes()
                .audited("dues-receipt")
                .says("The receipt of a payment as PDF, in Vietnamese")
                .to(this::receipt);
        r.get(ONE + "/code")
                .needs(Rights.READ)
                .gives(QrPicture.Code.class)
                .says("What proves the receipt of a payment: a signed text, and the same as a QR code")
                .to(request -> Reply.ok(receipts.code(request.caller(), request.id("id"))));
        r.get("/api/dues/receipts")
                .signedIn()
                .query("code", String.class, "what the code on the receipt says")
                .gives(Receipts.Checked.class)
                .says("Whether a receipt that somebody shows was given out here")
                .to(request -> Reply.ok(receipts.check(
                        request.query("code", String.class).orElseThrow(() -> Problem.invalid("code", "required")))));

        r.get("/api/dues/books")
                .needs(Rights.COLLECT)
                .query("unit", UUID.class, "of this unit")
                .givesPage(Book.class)
                .says("The cash books of a unit, or of all where the caller takes money")
                .to(this::books);
        r.put(BOOK)
                .needs(Rights.COLLECT)
                .takes(Book.class)
                .gives(Book.class)
                .says("Open a cash book for a device that numbers its receipts without a network")
                .to(request -> Reply.of(books.open(request.caller(), request.id("id"), request.body(Book.class))));
        r.get(BOOK + "/closings")
                .needs(Rights.COLLECT)
                .givesPage(Closing.class)
                .says("How the days of a cash book were closed, the newest first")
                .to(request ->
                        Reply.ok(books.closings(request.caller(), request.id("id"), request.limit(), request.after())));
        r.get(CLOSING)
                .needs(Rights.COLLECT)
                .gives(Closing.class)
                .says("What a cash book says at the end of a day, and who has counted and confirmed it")
                .to(request -> Reply.of(books.closing(request.caller(), request.id("id"), day(request))));
        r.put(CLOSING)
                .needs(Rights.COLLECT)
                .takes(Closing.class)
                .gives(Closing.class)
                .says("Count what is there at the end of a day")
                .to(request -> Reply.of(
                        books.count(request.caller(), request.id("id"), day(request), request.body(Closing.class))));
        r.post(CLOSING + "/confirm")
                .needs(Rights.COLLECT)
                .gives(Closing.class)
                .says("Confirm what somebody else has counted: the day takes no more receipts in this book")
                .to(request -> Reply.of(books.confirm(request.caller(), request.id("id"), day(request))));
    }

    private Reply balances(Request request) {
        return Reply.ok(balances.list(
                request.caller(),
                request.query("cell", UUID.class).orElse(null),
                request.query("member", UUID.class).orElse(null),
                request.limit(),
                request.after()));
    }

    private Reply list(Request request) {
        Payments.Filter filter = new Payments.Filter(
                request.query("member", UUID.class).orElse(null),
                request.query("unit", UUID.class).orElse(null),
                request.query("book", UUID.class).orElse(null),
                request.query("from", LocalDate.class).orElse(FIRST),
                request.query("to", LocalDate.class).orElse(LAST));
        return Reply.ok(payments.list(request.caller(), filter, request.limit(), request.after()));
    }

    private Reply receipt(Request request) {
        byte[] paper = receipts.paper(request.caller(), request.id("id"));
        return Reply.bytes(Papers.TYPE, out -> out.write(paper))
                .header("Content-Disposition", "attachment; filename=\"bien-lai.pdf\"");
    }

    private Reply books(Request request) {
        return Reply.ok(books.list(
                request.caller(), request.query("unit", UUID.class).orElse(null), request.limit(), request.after()));
    }

    private static LocalDate day(Request request) {
        try {
            LocalDate day = LocalDate.parse(request.path("day"));
            if (!day.isBefore(FIRST) && !day.isAfter(LAST)) {
                return day;
            }
        } catch (DateTimeException e) {
            // as of what there is not
        }
        throw Problem.notFound();
    }
}
