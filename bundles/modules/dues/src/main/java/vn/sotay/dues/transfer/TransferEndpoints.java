package vn.sotay.dues.transfer;

import java.util.UUID;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import vn.sotay.api.http.Endpoints;
import vn.sotay.api.http.Problem;
import vn.sotay.api.http.Reply;
import vn.sotay.api.http.Request;
import vn.sotay.api.http.Routes;
import vn.sotay.dues.payment.Rights;

/** Bank accounts, requests for transfers and statements: a table of routes, and one call each into {@link Requests} or {@link Statements}. */
@Component
public final class TransferEndpoints implements Endpoints {

    private static final String ONE = "/api/dues/requests/{id}";

    private static final long MOST_BYTES = 10L << 20;

    private final Requests requests;
    private final Statements statements;

    @Activate
    public TransferEndpoints(@Reference Requests requests, @Reference Statements statements) {
        this.requests = requests;
        this.statements = statements;
    }

    @Override
    public void routes(Routes r) {
        r.get("/api/dues/banks")
                .signedIn()
                .givesPage(Bank.class)
                .says("The banks that take part in VietQR, by what people call them")
                .to(request -> Reply.ok(requests.banks()));
        r.get("/api/dues/accounts/{id}")
                .signedIn()
                .gives(Account.class)
                .says("The bank account to which the dues of a unit go: its own, or that of the next unit above")
                .to(request -> Reply.of(requests.account(request.caller(), request.id("id"))));
        r.put("/api/dues/accounts/{id}")
                .needs(Rights.SETTLE)
                .takes(Account.class)
                .gives(Account.class)
                .says("Set a unit's bank account for dues")
                .to(request ->
                        Reply.of(requests.putAccount(request.caller(), request.id("id"), request.body(Account.class))));
        r.get("/api/dues/requests")
                .needs(Rights.READ)
                .query("member", UUID.class, "of this member; of the caller when left out")
                .givesPage(Ask.class)
                .says("What a member was asked to transfer, the newest first")
                .to(request -> Reply.ok(requests.list(
                        request.caller(),
                        request.query("member", UUID.class).orElse(null),
                        request.limit(),
                        request.after())));
        r.get(ONE)
                .needs(Rights.READ)
                .gives(Ask.class)
                .says("What a member was asked to transfer")
                .to(request -> Reply.of(requests.get(request.caller(), request.id("id"))));
        r.put(ONE)
                .needs(Rights.READ)
                .takes(Ask.class)
                .gives(Ask.class)
                .says("Ask for a transfer of what is open, for oneself or as a leader for a member of the cell")
                .to(request -> Reply.of(requests.put(request.caller(), request.id("id"), request.body(Ask.class))));
        r.get(ONE + "/qr")
                .needs(Rights.READ)
                .gives(QrPicture.Code.class)
                .says("The VietQR code of a request, as its text and as a picture (SVG)")
                .to(request -> Reply.ok(requests.code(request.caller(), request.id("id"))));

        r.post("/api/dues/statements")
                .needs(Rights.SETTLE)
                .takesForm(MOST_BYTES)
                .gives(Transfer.Statement.class)
                .says("Send a bank's statement of a unit's account (file, unit); the same again changes nothing")
                .to(request -> Reply.made(statements.take(request.caller(), request.form())));
        r.get("/api/dues/statements")
                .needs(Rights.SETTLE)
                .query("unit", UUID.class, "of the account of this unit")
                .givesPage(Transfer.Statement.class)
                .says("The statements of a unit's account that were sent, the newest first")
                .to(request ->
                        Reply.ok(statements.sent(request.caller(), unit(request), request.limit(), request.after())));
        r.get("/api/dues/transfers")
                .needs(Rights.SETTLE)
                .query("unit", UUID.class, "to the account of this unit")
                .query("state", Transfer.State.class, "of this state; of all when left out")
                .givesPage(Transfer.class)
                .audited("dues-transfer")
                .says("Money that came to a unit's account, beside what members were asked for")
                .to(this::transfers);
        r.put("/api/dues/transfers/{id}/decision")
                .needs(Rights.SETTLE)
                .takes(Transfer.Decision.class)
                .gives(Transfer.class)
                .says("Take money that came as dues, or leave it")
                .to(request -> Reply.of(
                        statements.decide(request.caller(), request.id("id"), request.body(Transfer.Decision.class))));
        r.put("/api/dues/transfers/{id}/reversal")
                .needs(Rights.SETTLE)
                .takes(Transfer.Reversal.class)
                .gives(Transfer.class)
                .says("Take back what was taken of a transfer for the wrong member; then it is open again")
                .to(request -> Reply.of(
                        statements.reverse(request.caller(), request.id("id"), request.body(Transfer.Reversal.class))));
    }

    private Reply transfers(Request request) {
        Transfer.State state = request.query("state", Transfer.State.class).orElse(null);
        return Reply.ok(statements.list(request.caller(), unit(request), state, request.limit(), request.after()));
    }

    private static UUID unit(Request request) {
        return request.query("unit", UUID.class).orElseThrow(() -> Problem.invalid("unit", "required"));
    }
}
