package vn.sotay.platform.access;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import vn.sotay.api.http.Endpoints;
import vn.sotay.api.http.Page;
import vn.sotay.api.http.Problem;
import vn.sotay.api.http.Range;
import vn.sotay.api.http.Reply;
import vn.sotay.api.http.Request;
import vn.sotay.api.http.Routes;
import vn.sotay.platform.pdf.LoginCardSheets;
import vn.sotay.platform.pdf.Paper;

/** {@code /api/cards}: login cards for those one is responsible for; and the sessions of those. */
@Component
public final class CardEndpoints implements Endpoints {

    /** Whom a card is wanted for, and for how long; without {@code hours} for as long as is usual. */
    record Wanted(
            @Range(min = 1, max = 500) List<UUID> members,

            @Nullable @Range(min = 1, max = LoginCards.MOST_HOURS)
            Integer hours) {}

    /**
     * A card to be printed or shown; its code is told this once.
     *
     * @param code eight characters to type
     * @param qr leads a phone's camera to the page that opens it
     */
    record Card(UUID id, UUID member, String name, String cell, String code, QrCodes.Drawn qr, Instant expires) {

        @Override
        public String toString() {
            return "Card[member=" + member + ']';
        }
    }

    private static final Pattern ORIGIN = Pattern.compile("https?://[\\w.:\\[\\]-]{1,200}");

    private final LoginCards cards;

    @Activate
    public CardEndpoints(@Reference LoginCards cards) {
        this.cards = cards;
    }

    @Override
    public void routes(Routes routes) {
        routes.post("/api/cards")
                .needs(LoginCards.ISSUE)
                .query("format", Format.class, "json (the default), or pdf: sheets to be printed, in Vietnamese")
                .takes(Wanted.class)
                .givesPage(Card.class)
                .givesBytes()
                .says("Issues login cards; those that these members had not used yet are of no use any more")
                .to(this::issue);
        routes.get("/api/cards")
                .needs(LoginCards.ISSUE)
                .query("unit", UUID.class, "the cell; must be given")
                .givesPage(LoginCards.Standing.class)
                .says("How the members of a cell can sign in, with their newest cards")
                .to(request -> Reply.ok(new Page<>(cards.standings(request.caller(), unit(request)), null)));
        routes.delete("/api/cards/{card}")
                .needs(LoginCards.ISSUE)
                .says("Takes a login card back")
                .to(request -> {
                    cards.revoke(request.caller(), request.id("card"));
                    return Reply.nothing();
                });
        routes.get("/api/members/{id}/sessions")
                .needs(LoginCards.SESSIONS)
                .givesPage(SignIns.Listed.class)
                .says("Where a member is signed in, the newest first")
                .to(request ->
                        Reply.ok(new Page<>(cards.sessions((SignedIn) request.caller(), request.id("id")), null)));
        routes.delete("/api/members/{id}/sessions/{session}")
                .needs(LoginCards.SESSIONS)
                .says("Ends a member's session at once, and its device asks who one is again: it was lost")
                .to(request -> {
                    cards.revokeSession((SignedIn) request.caller(), request.id("id"), request.id("session"));
                    return Reply.nothing();
                });
    }

    private Reply issue(Request request) {
        Wanted wanted = request.body(Wanted.class);
        String page = origin(request) + "/card";
        List<LoginCards.Issued> issued = cards.issue(
                request.caller(), wanted.members().stream().distinct().toList(), wanted.hours());
        if (request.query("format", Format.class).orElse(Format.json) == Format.pdf) {
            byte[] sheets = LoginCardSheets.of(
                    issued.stream().map(card -> printed(card, page)).toList());
            return Reply.bytes(Paper.TYPE, out -> out.write(sheets))
                    .status(201)
                    .header("Content-Disposition", "attachment; filename=\"the-dang-nhap.pdf\"");
        }
        return Reply.made(
                new Page<>(issued.stream().map(card -> shown(card, page)).toList(), null));
    }

    private static String link(LoginCards.Issued card, String page) {
        return page + '#' + card.code();
    }

    private static Card shown(LoginCards.Issued card, String page) {
        return new Card(
                card.id(),
                card.member(),
                card.name(),
                card.cell(),
                card.code(),
                QrCodes.draw(link(card, page)),
                card.expires());
    }

    private static LoginCardSheets.Card printed(LoginCards.Issued card, String page) {
        return new LoginCardSheets.Card(
                card.name(),
                card.cell(),
                card.code(),
                link(card, page),
                page.substring(page.indexOf("//") + 2),
                Paper.when(card.expires()));
    }

    private static UUID unit(Request request) {
        return request.query("unit", UUID.class).orElseThrow(() -> Problem.invalid("unit", "required"));
    }

    /** Where this very caller has its pages from. */
    private static String origin(Request request) {
        return request.header("Origin")
                .filter(origin -> ORIGIN.matcher(origin).matches())
                .orElseGet(() -> "https://" + request.header("Host").orElse("localhost"));
    }
}
