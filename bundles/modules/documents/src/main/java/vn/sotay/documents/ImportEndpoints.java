package vn.sotay.documents;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import vn.sotay.api.file.Archives;
import vn.sotay.api.http.Endpoints;
import vn.sotay.api.http.Problem;
import vn.sotay.api.http.Range;
import vn.sotay.api.http.Reply;
import vn.sotay.api.http.Request;
import vn.sotay.api.http.Routes;
import vn.sotay.api.http.Text;
import vn.sotay.api.job.JobQueue;
import vn.sotay.api.unit.Units;

/** {@code /api/documents/import}: a folder of documents with an index. */
@Component
public final class ImportEndpoints implements Endpoints {

    private static final long MOST_BYTES = 512L * 1024 * 1024;

    /**
     * A file of a folder.
     *
     * @param path within the folder, with slashes
     * @param file SHA-256 of its content, which was sent before
     */
    record FolderFile(
            @Text(max = 500, pattern = "[^\\t\\n]+") String path,
            @Text(max = 64, pattern = "[0-9a-f]{64}") String file) {}

    /** What was in an archive. */
    record Folder(@Range(max = 2000) List<FolderFile> files) {}

    /**
     * An import.
     *
     * @param unit for whose members a document is that names no others
     * @param index text of {@code index.tsv}
     */
    record Order(
            UUID unit,
            @Text(max = 400_000, lines = true) String index,
            @Range(max = 2000) List<FolderFile> files) {}

    /** @param job to be asked for at {@code /api/jobs/{job}} */
    record Begun(UUID job) {}

    private final FolderImport imports;
    private final Archives archives;
    private final JobQueue jobs;
    private final Units units;

    @Activate
    public ImportEndpoints(
            @Reference FolderImport imports,
            @Reference Archives archives,
            @Reference JobQueue jobs,
            @Reference Units units) {
        this.imports = imports;
        this.archives = archives;
        this.jobs = jobs;
        this.units = units;
    }

    @Override
    public void routes(Routes r) {
        r.post("/api/documents/import/files")
                .needs(Documents.EDIT)
                .takesBytes(MOST_BYTES)
                .gives(Folder.class)
                .says("Unpack a ZIP: its files are kept for the caller as if each had been sent alone")
                .to(this::unpack);
        r.post("/api/documents/import")
                .needs(Documents.EDIT)
                .takes(Order.class)
                .gives(Begun.class)
                .says("Stage a folder of documents by its index; nothing is changed until the job is applied")
                .to(this::begin);
    }

    private Reply unpack(Request request) throws IOException {
        return Reply.ok(new Folder(archives.unpack(request.caller(), request.bytes()).stream()
                .map(one -> new FolderFile(one.path(), one.file().sha256()))
                .toList()));
    }

    private Reply begin(Request request) {
        Order order = request.body(Order.class);
        Map<String, String> files = new LinkedHashMap<>();
        for (int i = 0; i < order.files().size(); i++) {
            FolderFile file = order.files().get(i);
            if (files.put(file.path(), file.file()) != null) {
                throw Problem.invalid("files[" + i + "].path", "duplicate");
            }
        }
        UUID job = imports.begin(jobs, request.caller(), units.get(order.unit()), order.index(), files);
        return Reply.accepted(new Begun(job)).header("Location", "/api/jobs/" + job);
    }
}
