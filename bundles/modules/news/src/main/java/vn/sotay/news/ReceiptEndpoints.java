package vn.sotay.news;

import java.util.UUID;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import vn.sotay.api.http.Endpoints;
import vn.sotay.api.http.Problem;
import vn.sotay.api.http.Reply;
import vn.sotay.api.http.Request;
import vn.sotay.api.http.Routes;

/** {@code /api/news/{id}/receipts}: a table of routes, and one call each into {@link Receipts}. */
@Component
public final class ReceiptEndpoints implements Endpoints {

    private static final String ALL = "/api/news/{id}/receipts";

    private final Receipts receipts;

    @Activate
    public ReceiptEndpoints(@Reference Receipts receipts) {
        this.receipts = receipts;
    }

    @Override
    public void routes(Routes r) {
        r.get(ALL)
                .needs(Newsroom.READ)
                .givesPage(Receipt.class)
                .says("Who has read a piece of news: the caller, and the members of a cell that the caller leads")
                .to(request ->
                        Reply.ok(receipts.list(request.caller(), request.id("id"), request.limit(), request.after())));
        r.put(ALL + "/{member}")
                .needs(Newsroom.READ)
                .takes(Receipt.class)
                .gives(Receipt.class)
                .says("Say that one has read an edition of a piece of news; for oneself alone")
                .to(request -> Reply.of(receipts.put(
                        request.caller(),
                        request.id("id"),
                        request.id("member"),
                        request.body(Receipt.class).edition())));
        r.get("/api/news/{id}/share")
                .needs(Receipts.COUNT)
                .query("unit", UUID.class, "of this unit and all below it; needed")
                .gives(Share.class)
                .says("How many have read a piece of news, by unit")
                .to(request -> Reply.ok(receipts.share(request.caller(), request.id("id"), needed(request, "unit"))));
        r.get("/api/news/{id}/missing")
                .needs(Receipts.NAMES)
                .query("cell", UUID.class, "the cell; needed")
                .givesPage(Missing.class)
                .says("The members of one's own cell who have not read a piece of news yet")
                .to(request -> Reply.ok(receipts.missing(request.caller(), request.id("id"), needed(request, "cell"))));
    }

    private static UUID needed(Request request, String name) {
        return request.query(name, UUID.class).orElseThrow(() -> Problem.invalid(name, "required"));
    }
}
