package vn.sotay.documents;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import vn.sotay.api.access.Audience;
import vn.sotay.api.access.Caller;
import vn.sotay.api.access.Permission;
import vn.sotay.api.file.FileInfo;
import vn.sotay.api.file.Files;
import vn.sotay.api.http.Problem;
import vn.sotay.api.job.Finding;
import vn.sotay.api.job.Job;
import vn.sotay.api.job.JobAction;
import vn.sotay.api.job.JobException;
import vn.sotay.api.job.JobKind;
import vn.sotay.api.job.JobQueue;
import vn.sotay.api.job.JobResult;
import vn.sotay.api.job.JobState;
import vn.sotay.api.store.Store;
import vn.sotay.api.store.Transaction;
import vn.sotay.api.unit.Units;
import vn.sotay.documents.Document.Paper;
import vn.sotay.documents.text.Line;
import vn.sotay.documents.text.Reading;
import vn.sotay.documents.text.Recognised;
import vn.sotay.documents.text.ScannedPdf;
import vn.sotay.documents.text.Tesseract;

/**
 * Letters of a scan are recognised, page by page, where the machine has the program for it. A page that was done is kept until the end: after a
 * stop it goes on with the next one.
 */
@Component(service = {JobKind.class, ScanJob.class})
public final class ScanJob implements JobKind {

    static final String NAME = "documents.scan";

    /** More are left to whoever needs them: at some seconds each they would keep other jobs waiting for hours. */
    static final int MOST_PAGES = 300;

    private static final Logger LOG = LoggerFactory.getLogger(ScanJob.class);

    private final Store store;
    private final Units units;
    private final Files files;
    private final DocumentFiles read;

    @Activate
    public ScanJob(
            @Reference Store store, @Reference Units units, @Reference Files files, @Reference DocumentFiles read) {
        this.store = store;
        this.units = units;
        this.files = files;
        this.read = read;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Permission permission() {
        return Documents.EDIT;
    }

    /** What was recognised stays: an editor may write it anew. */
    @Override
    public Set<JobAction> actions() {
        return EnumSet.of(JobAction.CANCEL);
    }

    /**
     * Puts a scan on the list of jobs.
     *
     * @param file SHA-256 of a file of the document in which there are pictures alone
     * @return the job's id
     */
    UUID begin(JobQueue jobs, Caller caller, UUID document, String file) {
        UUID job = UUID.randomUUID();
        boolean isThere = Tesseract.find().isPresent();
        store.change(tx -> {
            Document found = DocumentRows.find(tx, document)
                    .orElseThrow(Problem::notFound)
                    .value();
            caller.require(Documents.EDIT, units.current(found.unit()));
            Paper paper = scan(found, file);
            if (!isThere) {
                throw Problem.conflict("document.no-recogniser");
            }
            // two at once come one after the other
            tx.handle().execute("update document_file set reading = reading where file = ?", file);
            if (jobs.working(tx, NAME).stream().anyMatch(one -> file(one).equals(file))) {
                throw Problem.conflict("document.scan-running");
            }
            files.hold(tx, NAME, job, Set.of(file), Set.of(Audience.EDITORS));
            jobs.add(tx, job, NAME, found.unit(), caller.account(), file + ' ' + paper.size());
        });
        jobs.ring();
        return job;
    }

    /** The jobs that recognise files of a document now, of those that the caller may follow. */
    List<ScanEndpoints.Running> running(JobQueue jobs, Caller caller, UUID document) {
        return store.read(tx -> {
            Document found = DocumentRows.find(tx, document)
                    .orElseThrow(Problem::notFound)
                    .value();
            caller.require(Documents.EDIT, units.current(found.unit()));
            Set<String> own = found.files().stream().map(Paper::file).collect(Collectors.toSet());
            return jobs.working(tx, NAME).stream()
                    .filter(one -> own.contains(file(one)))
                    .filter(one -> caller.may(Documents.EDIT, units.current(one.unit())))
                    .map(one -> new ScanEndpoints.Running(file(one), one.id(), one.progress()))
                    .toList();
        });
    }

    private static String file(Job job) {
        return job.data().split(" ")[0];
    }

    /** The file of a document in which there are pictures alone; refused if it is none. */
    static Paper scan(Document document, String file) {
        return document.files().stream()
                .filter(one -> one.file().equals(file))
                .filter(one -> one.text() != null && one.text().reading() == Reading.PICTURES)
                .findFirst()
                .orElseThrow(() -> Problem.invalid("file", "no-scan"));
    }

    @Override
    public Next work(Run run) throws Exception {
        UUID job = run.job().id();
        String[] data = run.job().data().split(" ");
        Tesseract program = Tesseract.find().orElseThrow(() -> new JobException("scan.no-recogniser", Map.of()));
        Path folder = java.nio.file.Files.createTempDirectory("sotay-scan-");
        try {
            Path pdf = folder.resolve("scan.pdf");
            try (InputStream in = files.open(new FileInfo(data[0], Long.parseLong(data[1]), "application/pdf"))) {
                java.nio.file.Files.copy(in, pdf, StandardCopyOption.REPLACE_EXISTING);
            }
            try (ScannedPdf scan = ScannedPdf.open(pdf)) {
                int pages = Math.min(scan.pages(), MOST_PAGES);
                int done = store.read(tx -> ScanRows.of(tx, job)).size();
                for (int i = done; i < pages; i++) {
                    int page = i;
                    List<Line> lines = lines(program, scan, folder, page);
                    run.slice(Math.min(99, (page + 1) * 100 / pages), tx -> ScanRows.write(tx, job, page, lines));
                }
                return end(run, data[0], scan);
            }
        } finally {
            Tesseract.delete(folder);
        }
    }

    private Next end(Run run, String file, ScannedPdf scan) {
        List<Optional<List<Line>>> pages =
                store.read(tx -> ScanRows.of(tx, run.job().id()));
        List<Finding> warnings = new ArrayList<>();
        for (int i = 0; i < pages.size(); i++) {
            if (pages.get(i).isEmpty()) {
                warnings.add(new Finding(i + 1, "", scan.hasJpeg2000(i) ? "scan.page-jpeg2000" : "scan.page-unread"));
            }
        }
        if (scan.pages() > pages.size()) {
            warnings.add(new Finding(0, "", "scan.too-long", Map.of("most", pages.size())));
        }
        read.recognised(
                file,
                Recognised.text(pages.stream().map(one -> one.orElse(List.of())).toList()));
        return new Next(
                JobState.APPLIED,
                new JobResult(pages.size(), 0, 0, 0, List.of(), 0, warnings, warnings.size(), List.of(), null),
                null);
    }

    /** Null if the page could not be drawn, or read in time: the others are told all the same. */
    private static @Nullable List<Line> lines(Tesseract program, ScannedPdf scan, Path folder, int page) {
        Path picture = folder.resolve("page.pgm");
        try {
            int dots = scan.draw(page, picture);
            return program.lines(folder, picture, dots);
        } catch (IOException | RuntimeException | OutOfMemoryError e) {
            LOG.info("Page {} of a scan could not be read: {}", page + 1, e.toString());
            return null;
        }
    }

    @Override
    public void clearUp(Transaction tx, Job job, Next next) {
        discard(tx, job);
    }

    @Override
    public void discard(Transaction tx, Job job) {
        ScanRows.delete(tx, job.id());
        files.hold(tx, NAME, job.id(), Set.of(), Set.of());
    }
}
