package vn.sotay.platform.notices;

import java.time.Instant;
import java.time.LocalDate;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import vn.sotay.api.http.Endpoints;
import vn.sotay.api.http.Page;
import vn.sotay.api.http.Problem;
import vn.sotay.api.http.Reply;
import vn.sotay.api.http.Request;
import vn.sotay.api.http.Routes;
import vn.sotay.platform.pdf.Paper;

/** {@code /api/notices}: what the caller was told, how many a notice has reached, and whom none has. */
@Component
public final class NoticeEndpoints implements Endpoints {

    /** @param until all that was sent until then was on the caller's screen */
    record Looked(Instant until) {}

    /** @param on the day on which somebody has told the member; null: it was a mistake */
    record ByMouth(@Nullable LocalDate on) {}

    /** @param stopped to how many it does not go out any more */
    record Stopped(int stopped) {}

    /** Forms of a list. */
    enum Form {
        json,
        pdf,
        csv
    }

    private final NoticeBook book;
    private final Calls calls;
    private final Preferences preferences;
    private final Subscriptions subscriptions;
    private final Adoption adoption;
    private final AdoptionWeeks weeks;

    @Activate
    public NoticeEndpoints(
            @Reference NoticeBook book,
            @Reference Calls calls,
            @Reference Preferences preferences,
            @Reference Subscriptions subscriptions,
            @Reference Adoption adoption,
            @Reference AdoptionWeeks weeks) {
        this.book = book;
        this.calls = calls;
        this.preferences = preferences;
        this.subscriptions = subscriptions;
        this.adoption = adoption;
        this.weeks = weeks;
    }

    @Override
    public void routes(Routes routes) {
        own(routes);
        browsers(routes);
        routes.get("/api/notices/calls")
                .needs(Calls.CALL)
                .query("unit", UUID.class, "the cell; the caller's own when left out")
                .query("format", Form.class, "json (the default); pdf: a list to tick, in Vietnamese; csv")
                .givesPage(Calls.Call.class)
                .givesBytes()
                .audited("notice-call")
                .says("Whom of a cell no channel has reached, and what they are to be told")
                .to(this::calls);
        routes.put("/api/notices/{id}/calls/{member}")
                .needs(Calls.CALL)
                .takes(ByMouth.class)
                .says("Somebody has told a member, on a day; without a day: it was a mistake")
                .to(request -> {
                    calls.told(
                            request.caller(),
                            request.id("id"),
                            request.id("member"),
                            request.body(ByMouth.class).on());
                    return Reply.nothing();
                });
        routes.get("/api/notices/sent")
                .needs(Calls.COUNT)
                .query(
                        "about",
                        String.class,
                        "what it was about, as the module says: `news:` and the id, `meeting:` and the id")
                .givesPage(Calls.Sent.class)
                .says(
                        "What was told about something, of which the caller may know how many it has reached, the newest first")
                .to(request -> Reply.ok(new Page<>(
                        calls.sent(
                                request.caller(),
                                request.query("about", String.class)
                                        .orElseThrow(() -> Problem.invalid("about", "required"))),
                        null)));
        routes.get("/api/notices/{id}/reached")
                .needs(Calls.COUNT)
                .query("unit", UUID.class, "of this unit; of all whom it is for when left out, or of the caller's cell")
                .gives(DeliveryRows.Reached.class)
                .says("How many a notice has reached, by what; counts alone")
                .to(request -> Reply.ok(calls.reached(
                        request.caller(),
                        request.id("id"),
                        request.query("unit", UUID.class).orElse(null))));
        routes.delete("/api/notices/{id}/deliveries")
                .needs(Calls.STOP)
                .gives(Stopped.class)
                .says("What of a notice has not gone out to phones, by mail and text message does not go out any more")
                .to(request -> Reply.ok(new Stopped(calls.stop(request.caller(), request.id("id")))));
        routes.get("/api/notices/adoption")
                .needs(Calls.COUNT)
                .query("unit", UUID.class, "the unit; must be given")
                .givesPage(Adoption.Counted.class)
                .says("How many members of a unit, and of each below it, use the handbook; counts alone")
                .to(request -> Reply.ok(new Page<>(adoption.counts(request.caller(), unit(request)), null)));
        routes.get("/api/notices/adoption/weeks")
                .needs(Calls.COUNT)
                .query("unit", UUID.class, "the unit; must be given")
                .givesPage(AdoptionWeeks.Rate.class)
                .says(
                        "How the use of the handbook in a unit, and how much is read of what members were asked to read in the last"
                                + " 30 days, was on one day of each week; of a cell what is read now; counts alone")
                .to(request -> Reply.ok(new Page<>(weeks.of(request.caller(), unit(request)), null)));
        routes.get("/api/notices/never")
                .needs(Adoption.NAMES)
                .query("unit", UUID.class, "the cell; must be given")
                .givesPage(Adoption.Person.class)
                .audited("adoption")
                .says("Who of a cell has never signed in, to be helped")
                .to(request -> Reply.ok(new Page<>(adoption.never(request.caller(), unit(request)), null)));
    }

    private void own(Routes routes) {
        routes.get("/api/notices")
                .signedIn()
                .givesPage(NoticeBook.Listed.class)
                .says("What the caller was told, the newest first, to be put into words by the texts of its module")
                .to(this::list);
        routes.put("/api/notices/seen")
                .signedIn()
                .takes(Looked.class)
                .says("The caller has looked at all that was sent until then; an earlier time changes nothing")
                .to(request -> {
                    book.see(request.caller(), request.body(Looked.class).until());
                    return Reply.nothing();
                });
        routes.get("/api/me/notices/preference")
                .signedIn()
                .gives(Preferences.Choice.class)
                .says("How the caller wants to be told, and what there is to choose from")
                .to(request -> Reply.ok(preferences.of(request.caller())));
        routes.put("/api/me/notices/preference")
                .signedIn()
                .takes(Preferences.Chosen.class)
                .says("Chooses how to be told, from now on; in the language of the request")
                .to(request -> {
                    preferences.choose(request.caller(), request.body(Preferences.Chosen.class), request.language());
                    return Reply.nothing();
                });
        routes.get("/api/me/notices/log")
                .signedIn()
                .givesPage(Preferences.Logged.class)
                .says("What was sent to the caller, when, and by what; the newest first, at most 200")
                .to(request -> Reply.ok(new Page<>(preferences.log(request.caller()), null)));
    }

    private void browsers(Routes routes) {
        routes.get("/api/me/push")
                .signedIn()
                .gives(Subscriptions.Standing.class)
                .says(
                        "Whether the caller is told on this browser while the handbook is closed, and the key to subscribe by")
                .to(request -> Reply.ok(subscriptions.of(request.caller())));
        routes.put("/api/me/push")
                .signedIn()
                .takes(PushRows.Browser.class)
                .says("Tells the caller on this browser from now on, by Web Push; it ends with the session, or with the"
                        + " device that stays with its owner")
                .to(request -> {
                    subscriptions.begin(request.caller(), request.body(PushRows.Browser.class));
                    return Reply.nothing();
                });
        routes.delete("/api/me/push")
                .signedIn()
                .says("Tells the caller nothing on this browser any more")
                .to(request -> {
                    subscriptions.end(request.caller());
                    return Reply.nothing();
                });
    }

    private static UUID unit(Request request) {
        return request.query("unit", UUID.class).orElseThrow(() -> Problem.invalid("unit", "required"));
    }

    private Reply list(Request request) {
        // how far an account of the system's own has looked is told to no audience
        return request.unlessChanged(
                request.caller().member().isPresent() ? request.caller().audiences() : Set.of(),
                () -> Reply.ok(book.list(request.caller(), request.after(), request.limit())));
    }

    private Reply calls(Request request) {
        UUID cell = request.query("unit", UUID.class)
                .orElseGet(() ->
                        request.caller().cell().orElseThrow(Problem::notFound).id());
        return switch (request.query("format", Form.class).orElse(Form.json)) {
            case json -> Reply.ok(new Page<>(calls.list(request.caller(), cell), null));
            case pdf -> {
                byte[] sheet = calls.sheet(request.caller(), cell);
                yield Reply.bytes(Paper.TYPE, out -> out.write(sheet))
                        .header("Content-Disposition", "attachment; filename=\"can-bao-truc-tiep.pdf\"");
            }
            case csv -> {
                // who may not gets a problem, not half a file
                calls.list(request.caller(), cell);
                yield Reply.bytes("text/csv", out -> calls.table(request.caller(), cell, out))
                        .header("Content-Disposition", "attachment; filename=\"can-bao-truc-tiep.csv\"");
            }
        };
    }
}
