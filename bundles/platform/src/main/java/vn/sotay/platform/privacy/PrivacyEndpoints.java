package vn.sotay.platform.privacy;

import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import vn.sotay.api.http.Endpoints;
import vn.sotay.api.http.Page;
import vn.sotay.api.http.Range;
import vn.sotay.api.http.Reply;
import vn.sotay.api.http.Request;
import vn.sotay.api.http.Routes;
import vn.sotay.api.http.Text;
import vn.sotay.platform.pdf.Paper;

/** Corrections of one's own record, who answers them, and what members agree to. */
@Component
public final class PrivacyEndpoints implements Endpoints {

    /**
     * What is wrong.
     *
     * @param value what it is to be: a day as {@code 1979-03-26}, a gender as {@code MALE}
     * @param reason why, and by which paper it can be seen
     */
    record Wanted(
            Corrections.Subject field,
            @Text(max = 200) String value,
            @Text(max = 1000, lines = true) String reason) {}

    /**
     * What becomes of it.
     *
     * @param done whether the record is put right; else it is refused, with an answer
     */
    record Decision(
            boolean done,
            @Nullable @Text(max = 1000, lines = true) String answer) {}

    /** @param version of the text that was read */
    record Said(@Range(min = 1, max = 10_000) int version, boolean given) {}

    private final Corrections corrections;
    private final Consents consents;

    @Activate
    public PrivacyEndpoints(@Reference Corrections corrections, @Reference Consents consents) {
        this.corrections = corrections;
        this.consents = consents;
    }

    @Override
    public void routes(Routes routes) {
        routes.get("/api/me/corrections")
                .signedIn()
                .givesPage(Corrections.Correction.class)
                .says("What the caller has said is wrong in its record, the newest first")
                .to(request -> Reply.ok(new Page<>(corrections.own(request.caller()), null)));
        routes.put("/api/me/corrections/{id}")
                .signedIn()
                .takes(Wanted.class)
                .gives(Corrections.Correction.class)
                .says("Asks for a correction of the caller's own record")
                .to(this::ask);
        routes.put("/api/me/corrections/{id}/withdrawal")
                .signedIn()
                .says("Takes a request for a correction back")
                .to(request -> {
                    corrections.withdraw(request.caller(), request.id("id"));
                    return Reply.nothing();
                });
        routes.get("/api/corrections")
                .needs(Corrections.ANSWER)
                .query("decided", Boolean.class, "true: those of the last year that are decided")
                .givesPage(Corrections.Listed.class)
                .says("The requests for corrections that wait for the caller, the most urgent first; at most 200")
                .to(request -> Reply.ok(new Page<>(
                        corrections.list(
                                request.caller(),
                                request.query("decided", Boolean.class).orElse(false)),
                        null)));
        routes.get("/api/members/{member}/corrections")
                .needs(Corrections.ASSIST)
                .givesPage(Corrections.Correction.class)
                .audited("correction")
                .says("What the caller has written down that a member wants corrected, the newest first")
                .to(request ->
                        Reply.ok(new Page<>(corrections.writtenDown(request.caller(), request.id("member")), null)));
        routes.put("/api/members/{member}/corrections/{id}")
                .needs(Corrections.ASSIST)
                .takes(Wanted.class)
                .gives(Corrections.Correction.class)
                .says(
                        "Writes down that a member of the cell, who has no phone, asks for a correction; somebody else answers it")
                .to(this::writeDown);
        routes.get("/api/members/{member}/corrections/{id}/slip")
                .needs(Corrections.ASSIST)
                .givesBytes()
                .audited("correction")
                .says("A request for a correction that the caller has written down, as PDF to be signed, in Vietnamese")
                .to(request -> {
                    byte[] slip = corrections.slip(request.caller(), request.id("member"), request.id("id"));
                    return Reply.bytes(Paper.TYPE, out -> out.write(slip))
                            .header("Content-Disposition", "attachment; filename=\"phieu-ghi-ho.pdf\"");
                });
        routes.put("/api/members/{member}/corrections/{id}/withdrawal")
                .needs(Corrections.ASSIST)
                .says("Takes back a request for a correction that the caller has written down")
                .to(request -> {
                    corrections.withdraw(request.caller(), request.id("member"), request.id("id"));
                    return Reply.nothing();
                });
        routes.get("/api/members/{member}/corrections/{id}")
                .needs(Corrections.ANSWER)
                .gives(Corrections.Correction.class)
                .audited("correction")
                .says("A request for a correction, with what the record says now")
                .to(request -> Reply.ok(corrections.get(request.caller(), request.id("member"), request.id("id"))));
        routes.put("/api/members/{member}/corrections/{id}/acknowledgement")
                .needs(Corrections.ANSWER)
                .says("Tells the member that the request has arrived")
                .to(request -> {
                    corrections.acknowledge(request.caller(), request.id("member"), request.id("id"));
                    return Reply.nothing();
                });
        routes.put("/api/members/{member}/corrections/{id}/passing")
                .needs(Corrections.ANSWER)
                .says("Hands the request to the officers")
                .to(request -> {
                    corrections.passUp(request.caller(), request.id("member"), request.id("id"));
                    return Reply.nothing();
                });
        routes.put("/api/members/{member}/corrections/{id}/decision")
                .needs(Corrections.ANSWER)
                .takes(Decision.class)
                .says("Puts the record right as it was asked, or refuses with a reason")
                .to(this::decide);
        routes.get("/api/me/consents")
                .signedIn()
                .givesPage(Consents.Consent.class)
                .says("What the caller may agree to, and what it has said")
                .to(request -> Reply.ok(new Page<>(consents.of(request.caller()), null)));
        routes.put("/api/me/consents/{consent}")
                .signedIn()
                .takes(Said.class)
                .says("Agrees to something, or takes that back")
                .to(request -> {
                    Said said = request.body(Said.class);
                    consents.say(request.caller(), request.path("consent"), said.version(), said.given());
                    return Reply.nothing();
                });
        routes.get("/api/me/contacts")
                .signedIn()
                .givesPage(Consents.Contact.class)
                .says("The phone numbers of fellow members of the cell who have agreed to it")
                .to(request -> Reply.ok(new Page<>(consents.contacts(request.caller()), null)));
    }

    private Reply ask(Request request) {
        Wanted wanted = request.body(Wanted.class);
        return Reply.of(corrections.ask(
                request.caller(),
                request.id("id"),
                wanted.field(),
                wanted.value().strip(),
                wanted.reason().strip()));
    }

    private Reply writeDown(Request request) {
        Wanted wanted = request.body(Wanted.class);
        return Reply.of(corrections.writeDown(
                request.caller(),
                request.id("member"),
                request.id("id"),
                wanted.field(),
                wanted.value().strip(),
                wanted.reason().strip()));
    }

    private Reply decide(Request request) {
        Decision decision = request.body(Decision.class);
        corrections.decide(
                request.caller(), request.id("member"), request.id("id"), decision.done(), decision.answer());
        return Reply.nothing();
    }
}
