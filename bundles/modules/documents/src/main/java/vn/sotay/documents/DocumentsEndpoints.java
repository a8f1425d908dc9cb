package vn.sotay.documents;

import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import vn.sotay.api.http.Endpoints;
import vn.sotay.api.http.Reply;
import vn.sotay.api.http.Request;
import vn.sotay.api.http.Routes;
import vn.sotay.documents.DocumentRules.Step;

/** The module's endpoints: a table of routes, and one call each into {@link Documents}, to be read next, {@link DocumentSteps} and {@link DocumentLists}. */
@Component
public final class DocumentsEndpoints implements Endpoints {

    private static final String ONE = "/api/documents/{id}";

    private final Documents documents;
    private final DocumentLists lists;
    private final DocumentSteps steps;

    @Activate
    public DocumentsEndpoints(
            @Reference Documents documents, @Reference DocumentLists lists, @Reference DocumentSteps steps) {
        this.documents = documents;
        this.lists = lists;
        this.steps = steps;
    }

    @Override
    public void routes(Routes r) {
        r.get("/api/documents")
                .needs(Documents.READ)
                .query(
                        "state",
                        Document.State.class,
                        "drafts, what waits to be approved, or for its time, for editors; what is published when left out")
                .query("topic", String.class, "with this topic, with or without marks")
                .query("level", Document.Level.class, "issued at this level")
                .query("kind", Document.Kind.class, "of this kind")
                .query("year", Integer.class, "signed in this year")
                .query("inForce", Boolean.class, "in force today, or not")
                .query(
                        "toAcknowledge",
                        Boolean.class,
                        "that ask the caller, a member, to say that it has read them; it has not yet")
                .query("forOpinions", Boolean.class, "drafts on which members are asked today what they think")
                .query("numbers", String.class, "that bear one of these numbers, in any spelling, parted by commas")
                .givesPage(Document.class)
                .says("Documents, the newest first")
                .to(this::list);
        r.get(ONE)
                .needs(Documents.READ)
                .gives(Document.class)
                .says("A document with its files, relations, and what replaces it")
                .to(request -> Reply.of(lists.get(request.caller(), request.id("id"))));
        r.put(ONE)
                .needs(Documents.EDIT)
                .takes(Document.class)
                .gives(Document.class)
                .says("Write a draft, or what waits to be approved")
                .to(this::put);
        r.delete(ONE).needs(Documents.EDIT).says("Delete what is not published").to(this::delete);
        r.get(ONE + "/editions")
                .needs(Documents.EDIT)
                .givesPage(Edition.class)
                .says("How a document was each time it was published, the newest first")
                .to(request -> Reply.ok(lists.editions(request.caller(), request.id("id"))));

        r.get(ONE + "/citing")
                .needs(Documents.EDIT)
                .givesPage(Document.class)
                .says("Documents in whose text the number of this one is named, the newest first; 200 at most")
                .to(request -> Reply.ok(lists.citing(request.caller(), request.id("id"))));

        step(r, "/submit", Step.SUBMIT, "A draft waits to be approved");
        step(r, "/return", Step.RETURN, "What waits to be approved is a draft again");
        step(r, "/approve", Step.APPROVE, "Publish what waits, as somebody else than who wrote it last");
        step(r, "/withdraw", Step.WITHDRAW, "What is published is a draft again");
    }

    private void step(Routes r, String path, Step step, String says) {
        r.post(ONE + path)
                .needs(Documents.EDIT)
                .gives(Document.class)
                .says(says)
                .to(request -> Reply.of(steps.step(request.caller(), request.id("id"), step, request.ifMatch())));
    }

    private Reply list(Request request) {
        return Reply.ok(lists.list(
                request.caller(),
                new DocumentLists.Filter(
                        request.query("state", Document.State.class).orElse(null),
                        request.query("topic", String.class).orElse(null),
                        request.query("level", Document.Level.class).orElse(null),
                        request.query("kind", Document.Kind.class).orElse(null),
                        request.query("year", Integer.class).orElse(null),
                        request.query("inForce", Boolean.class).orElse(null),
                        request.query("toAcknowledge", Boolean.class).orElse(false),
                        request.query("numbers", String.class).orElse(null),
                        request.query("forOpinions", Boolean.class).orElse(false)),
                request.limit(),
                request.after()));
    }

    private Reply put(Request request) {
        return Reply.of(
                documents.put(request.caller(), request.id("id"), request.body(Document.class), request.ifMatch()));
    }

    private Reply delete(Request request) {
        documents.delete(request.caller(), request.id("id"), request.ifMatch());
        return Reply.nothing();
    }
}
