package vn.sotay.documents;

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

/** Opinions on drafts: a table of routes, and one call each into {@link Opinions}, {@link CellOpinions} or {@link OpinionReports}. */
@Component
public final class OpinionEndpoints implements Endpoints {

    private static final String OF = "/api/documents/{id}/opinions";
    private static final String CELL = "/api/documents/{id}/cells/{cell}";

    /** Of each paragraph on the page: who wants all of them takes the file. */
    private static final int MOST_ON_PAGE = 100;

    private static final int MOST_IN_FILE = 1000;

    /** As what the report comes. */
    public enum Format {
        JSON,
        PDF,
        XLSX
    }

    private final Opinions opinions;
    private final CellOpinions cells;
    private final OpinionReports reports;
    private final OpinionFiles files;

    @Activate
    public OpinionEndpoints(
            @Reference Opinions opinions,
            @Reference CellOpinions cells,
            @Reference OpinionReports reports,
            @Reference OpinionFiles files) {
        this.opinions = opinions;
        this.cells = cells;
        this.reports = reports;
        this.files = files;
    }

    @Override
    public void routes(Routes r) {
        r.get("/api/documents/opinions")
                .needs(Documents.READ)
                .givesPage(Opinion.class)
                .says("What the caller thinks of drafts, the newest first")
                .to(request -> Reply.ok(opinions.mine(request.caller(), request.limit(), request.after())));
        r.get(OF)
                .needs(Documents.READ)
                .givesPage(Opinion.class)
                .says("What the caller thinks of a draft, the newest first")
                .to(request ->
                        Reply.ok(opinions.list(request.caller(), request.id("id"), request.limit(), request.after())));
        r.put(OF + "/{opinion}")
                .needs(Documents.READ)
                .takes(Opinion.class)
                .gives(Opinion.class)
                .says("Say what one thinks of a paragraph of a draft, or of all of it; for oneself alone")
                .to(request -> Reply.of(opinions.put(
                        request.caller(),
                        request.id("id"),
                        request.id("opinion"),
                        request.body(Opinion.class),
                        request.ifMatch())));
        r.delete(OF + "/{opinion}")
                .needs(Documents.READ)
                .says("Take an own opinion back")
                .to(this::withdraw);
        cells(r);
        r.get("/api/documents/{id}/report")
                .needs(Documents.READ)
                .query("unit", UUID.class, "of this unit and all below it; needed")
                .query("format", Format.class, "JSON, if it does not say")
                .gives(OpinionReport.class)
                .says(
                        "What is said of a draft, by paragraph and by unit, without names; for officers of the unit, and editors")
                .to(this::report);
    }

    private void cells(Routes r) {
        r.get(CELL)
                .needs(CellOpinions.SUM)
                .gives(CellState.class)
                .says("How far a cell is with its opinion on a draft, and who has said nothing yet")
                .to(request -> Reply.ok(cells.get(request.caller(), request.id("id"), request.id("cell"))));
        r.get(CELL + "/opinions")
                .needs(CellOpinions.SUM)
                .givesPage(Opinion.class)
                .says("What the members of a cell say of a draft, with names; for its leaders")
                .to(request -> Reply.ok(cells.said(
                        request.caller(), request.id("id"), request.id("cell"), request.limit(), request.after())));
        r.put(CELL + "/opinions/{anchor}")
                .needs(CellOpinions.SUM)
                .takes(CellOpinion.class)
                .gives(CellState.class)
                .says("Write what the cell says of a paragraph of a draft, or of all of it")
                .to(request -> Reply.ok(cells.put(
                        request.caller(),
                        request.id("id"),
                        request.id("cell"),
                        request.path("anchor"),
                        request.body(CellOpinion.class))));
        r.delete(CELL + "/opinions/{anchor}")
                .needs(CellOpinions.SUM)
                .query("edition", Integer.class, "of which it was said; the newest if it is left out")
                .gives(CellState.class)
                .says("Take away what the cell says of a paragraph")
                .to(request -> Reply.ok(cells.delete(
                        request.caller(),
                        request.id("id"),
                        request.id("cell"),
                        request.path("anchor"),
                        request.query("edition", Integer.class).orElse(null))));
        r.put(CELL + "/sent")
                .needs(CellOpinions.SUM)
                .takes(CellState.Sent.class)
                .gives(CellState.class)
                .says("Send what the cell says to those above, or take it back to change it")
                .to(request -> Reply.ok(cells.send(
                        request.caller(),
                        request.id("id"),
                        request.id("cell"),
                        request.body(CellState.Sent.class).sent())));
    }

    private Reply report(Request request) {
        Format format = request.query("format", Format.class).orElse(Format.JSON);
        OpinionReport report = reports.of(
                request.caller(),
                request.id("id"),
                needed(request),
                format == Format.JSON ? MOST_ON_PAGE : MOST_IN_FILE);
        return switch (format) {
            case JSON -> Reply.ok(report);
            case PDF ->
                file(Papers.TYPE, "pdf", files.pdf(report, LocalDate.ofInstant(request.at(), DocumentRules.ZONE)));
            case XLSX -> file(OpinionFiles.XLSX, "xlsx", files.xlsx(report));
        };
    }

    private static Reply file(String type, String ending, byte[] content) {
        return Reply.bytes(type, out -> out.write(content))
                .header("Content-Disposition", "attachment; filename=\"tong-hop-gop-y." + ending + '"');
    }

    private Reply withdraw(Request request) {
        opinions.withdraw(request.caller(), request.id("id"), request.id("opinion"), request.ifMatch());
        return Reply.nothing();
    }

    private static UUID needed(Request request) {
        return request.query("unit", UUID.class).orElseThrow(() -> Problem.invalid("unit", "required"));
    }
}
