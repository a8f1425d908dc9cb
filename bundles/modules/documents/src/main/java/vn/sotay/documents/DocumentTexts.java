package vn.sotay.documents;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Objects;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import vn.sotay.api.file.FileInfo;
import vn.sotay.api.file.Files;
import vn.sotay.api.store.Transaction;
import vn.sotay.documents.Document.Paper;
import vn.sotay.documents.Document.Words;
import vn.sotay.documents.text.Extract;
import vn.sotay.documents.text.Reading;
import vn.sotay.documents.text.TextExtractor;

/**
 * The texts of the files of documents. They are found by one thread, one file after another, so that a large one costs the others memory
 * and a core only once. Thread-safe.
 */
@Component(service = DocumentTexts.class)
public final class DocumentTexts {

    private static final Logger LOG = LoggerFactory.getLogger(DocumentTexts.class);

    /** How long an editor waits for the texts of all files of a document. */
    private static final long PATIENCE_MILLIS = 8000;

    private static final int IDLE_SECONDS = 30;

    private final Files files;
    private final ThreadPoolExecutor reader;

    @Activate
    public DocumentTexts(@Reference Files files) {
        this.files = files;
        reader = new ThreadPoolExecutor(1, 1, IDLE_SECONDS, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), task -> {
            Thread thread = new Thread(task, "sotay-texts");
            thread.setDaemon(true);
            return thread;
        });
        reader.allowCoreThreadTimeOut(true);
    }

    @Deactivate
    void stop() throws InterruptedException {
        // what waits is looked for again after the next start; not interrupted: the embedded database does not bear
        // that
        reader.getQueue().clear();
        reader.shutdown();
        reader.awaitTermination(10, TimeUnit.SECONDS);
    }

    /** A file whose text is being looked for. */
    static final class Looked {

        private final CompletableFuture<Extract> found;

        /** What the caller was told: a document is not to change while it is written. */
        private volatile Extract told = Extract.without(Reading.WAITS);

        private Looked(CompletableFuture<Extract> found) {
            this.found = found;
        }

        /** What was found when it was waited for. */
        Extract extract() {
            return told;
        }

        /** Hands over what is found later, by the thread that finds it; nothing if it is known already. */
        void later(Consumer<Extract> to) {
            if (told.reading() == Reading.WAITS) {
                found.thenAccept(to).exceptionally(failure -> {
                    LOG.warn(
                            "A text was found and could not be kept; it is looked for again after the next start",
                            failure);
                    return null;
                });
            }
        }
    }

    /** Begins to look for a text. Not within a transaction. */
    Looked look(FileInfo file, String name) {
        return new Looked(CompletableFuture.supplyAsync(() -> extract(file, name), reader));
    }

    /** The same for a file that a document holds. */
    Looked look(Paper paper) {
        return look(
                new FileInfo(paper.file(), Objects.requireNonNull(paper.size()), Objects.requireNonNull(paper.type())),
                paper.name());
    }

    /** Waits for some seconds; what is not there by then {@link Reading#WAITS}. */
    static void await(Collection<Looked> all) {
        long end = System.nanoTime() + PATIENCE_MILLIS * 1_000_000;
        for (Looked one : all) {
            try {
                one.told = one.found.get(Math.max(0, end - System.nanoTime()), TimeUnit.NANOSECONDS);
            } catch (TimeoutException e) {
                // it goes on without us
            } catch (ExecutionException | CancellationException | CompletionException e) {
                throw new IllegalStateException("the text of a file could not be looked for", e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }

    private Extract extract(FileInfo file, String name) {
        try {
            Path copy = java.nio.file.Files.createTempFile("sotay-text-", ".part");
            try {
                try (InputStream in = files.open(file)) {
                    java.nio.file.Files.copy(in, copy, java.nio.file.StandardCopyOption.REPLACE_EXISTING);
                }
                return TextExtractor.of(copy, name, file.type());
            } finally {
                java.nio.file.Files.delete(copy);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Keeps a text that was found, for the transaction that writes or settles the document which will hold it. */
    Words keep(Transaction tx, Paper paper, Extract extract) {
        Reading reading = extract.reading();
        if (extract.text().isEmpty()) {
            return new Words(reading, null, null, null);
        }
        CitationRows.write(tx, paper.file(), Citations.of(Articles.withoutFront(extract.text())));
        if (TextExtractor.isShownAsItIs(paper.name(), Objects.requireNonNull(paper.type()))) {
            return new Words(reading, paper.file(), paper.size(), null);
        }
        FileInfo text = files.keep(tx, extract.text().getBytes(StandardCharsets.UTF_8));
        return new Words(reading, text.sha256(), text.size(), reading == Reading.PICTURES ? Words.By.MACHINE : null);
    }

    /**
     * What a document says: the text of its files, Markdown as the page shows it, empty if there is none or it is not found yet. When it is,
     * the document is told anew. Not within a transaction.
     *
     * @param document as it was told, or read
     */
    public String text(Document document) {
        return document.files().stream()
                .map(this::text)
                .collect(Collectors.joining("\n\n"))
                .strip();
    }

    /** The text of one file, as {@link #text(Document)}. */
    String text(Paper paper) {
        Words words = paper.text();
        if (words == null || words.file() == null || words.size() == null) {
            return "";
        }
        try (InputStream in = files.open(new FileInfo(words.file(), words.size(), "text/plain"))) {
            return Articles.withoutFront(new String(in.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            // cleared away meanwhile, with the document
            LOG.debug("The text of {} is there no longer", paper.file(), e);
            return "";
        }
    }
}
