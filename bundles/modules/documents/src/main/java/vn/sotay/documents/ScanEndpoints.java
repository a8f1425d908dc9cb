package vn.sotay.documents;

import java.util.List;
import java.util.UUID;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import vn.sotay.api.http.Endpoints;
import vn.sotay.api.http.Reply;
import vn.sotay.api.http.Request;
import vn.sotay.api.http.Routes;
import vn.sotay.api.http.Text;
import vn.sotay.api.job.JobQueue;

/** {@code /api/documents/{id}/scan} and {@code /text}: letters of pictures, recognised by a program and mended by an editor. */
@Component
public final class ScanEndpoints implements Endpoints {

    /** @param file SHA-256 of a file of the document */
    record Scan(@Text(max = 64, pattern = "[0-9a-f]{64}") String file) {}

    /**
     * What an editor reads on a scan.
     *
     * @param file SHA-256 of a file of the document
     * @param text Markdown, or plain lines
     */
    record Correction(
            @Text(max = 64, pattern = "[0-9a-f]{64}") String file,
            @Text(max = 400_000, lines = true) String text) {}

    /** @param job to be asked for at {@code /api/jobs/{job}} */
    record Begun(UUID job) {}

    /**
     * A file whose letters are being recognised.
     *
     * @param file its SHA-256
     * @param job to be asked for at {@code /api/jobs/{job}}
     * @param progress in percent
     */
    record Running(String file, UUID job, int progress) {}

    /** @param running the job that has waited longest first */
    record Scans(List<Running> running) {}

    private final ScanJob scans;
    private final Documents documents;
    private final JobQueue jobs;

    @Activate
    public ScanEndpoints(@Reference ScanJob scans, @Reference Documents documents, @Reference JobQueue jobs) {
        this.scans = scans;
        this.documents = documents;
        this.jobs = jobs;
    }

    @Override
    public void routes(Routes r) {
        r.get("/api/documents/{id}/scan")
                .needs(Documents.EDIT)
                .gives(Scans.class)
                .says("Which scans of a document are being recognised, and how far that is")
                .to(request -> Reply.ok(new Scans(scans.running(jobs, request.caller(), request.id("id")))));
        r.post("/api/documents/{id}/scan")
                .needs(Documents.EDIT)
                .takes(Scan.class)
                .gives(Begun.class)
                .says("Recognise the letters of a scan, page by page, if the server has the program for it")
                .to(this::begin);
        r.put("/api/documents/{id}/text")
                .needs(Documents.EDIT)
                .takes(Correction.class)
                .gives(Document.class)
                .says("Write the text of a scan, as an editor reads it")
                .to(this::correct);
    }

    private Reply begin(Request request) {
        UUID job = scans.begin(
                jobs,
                request.caller(),
                request.id("id"),
                request.body(Scan.class).file());
        return Reply.accepted(new Begun(job)).header("Location", "/api/jobs/" + job);
    }

    private Reply correct(Request request) {
        Correction body = request.body(Correction.class);
        return Reply.of(
                documents.correct(request.caller(), request.id("id"), body.file(), body.text(), request.ifMatch()));
    }
}
