package vn.sotay.documents;

import java.util.UUID;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import vn.sotay.api.http.Endpoints;
import vn.sotay.api.http.Problem;
import vn.sotay.api.http.Reply;
import vn.sotay.api.http.Request;
import vn.sotay.api.http.Routes;

/** {@code /api/documents/{id}/acknowledgements}: a table of routes, and one call each into {@link Acknowledgements}. */
@Component
public final class AcknowledgementEndpoints implements Endpoints {

    private static final String ALL = "/api/documents/{id}/acknowledgements";

    private final Acknowledgements acknowledgements;

    @Activate
    public AcknowledgementEndpoints(@Reference Acknowledgements acknowledgements) {
        this.acknowledgements = acknowledgements;
    }

    @Override
    public void routes(Routes r) {
        r.get(ALL)
                .needs(Documents.READ)
                .givesPage(Acknowledgement.class)
                .says(
                        "Who has read and understood a document: the caller, and the members of a cell that the caller leads")
                .to(request -> Reply.ok(
                        acknowledgements.list(request.caller(), request.id("id"), request.limit(), request.after())));
        r.put(ALL + "/{member}")
                .needs(Documents.READ)
                .takes(Acknowledgement.class)
                .gives(Acknowledgement.class)
                .says("Say that one has read and understood an edition of a document; for oneself alone")
                .to(request -> Reply.of(acknowledgements.put(
                        request.caller(),
                        request.id("id"),
                        request.id("member"),
                        request.body(Acknowledgement.class).edition())));
        r.get("/api/documents/{id}/share")
                .needs(Acknowledgements.COUNT)
                .query("unit", UUID.class, "of this unit and all below it; needed")
                .gives(Share.class)
                .says("How many have read and understood a document, by unit")
                .to(request ->
                        Reply.ok(acknowledgements.share(request.caller(), request.id("id"), needed(request, "unit"))));
        r.get("/api/documents/{id}/missing")
                .needs(Acknowledgements.NAMES)
                .query("cell", UUID.class, "the cell; needed")
                .givesPage(Missing.class)
                .says("The members of one's own cell who have not read and understood a document yet")
                .to(request -> Reply.ok(
                        acknowledgements.missing(request.caller(), request.id("id"), needed(request, "cell"))));
    }

    private static UUID needed(Request request, String name) {
        return request.query(name, UUID.class).orElseThrow(() -> Problem.invalid(name, "required"));
    }
}
