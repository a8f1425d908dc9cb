package vn.sotay.platform.http;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.Normalizer;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Semaphore;
import org.eclipse.jetty.http.MultiPart;
import org.eclipse.jetty.http.MultiPartConfig;
import org.eclipse.jetty.http.MultiPartFormData;
import org.eclipse.jetty.io.Content;
import vn.sotay.api.http.Form;
import vn.sotay.api.http.Problem;

/**
 * Reads {@code multipart/form-data}. A part waits in the memory, since rosters have sensitive fields; a very large one, and what comes
 * while many do, in files of the data directory, which are deleted when it was taken, or at the next start.
 */
final class FormReader {

    private static final int IN_MEMORY = 16 * 1024 * 1024;
    private static final int SMALL = 64 * 1024;
    private static final int LARGE_AT_ONCE = 4;
    /** What Jetty calls the files of parts. */
    private static final String FILES = "MultiPart*";

    private static final int MOST_PARTS = 20;

    private final Path directory;
    private final Semaphore large = new Semaphore(LARGE_AT_ONCE);

    /** @param directory for large parts; what was left there when Sotay was killed is deleted */
    FormReader(Path directory) {
        this.directory = directory;
        if (!Files.isDirectory(directory)) {
            return;
        }
        try (DirectoryStream<Path> left = Files.newDirectoryStream(directory, FILES)) {
            for (Path file : left) {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(directory + " cannot be cleared", e);
        }
    }

    SpooledForm read(Exchange exchange, long most) throws IOException {
        String type = exchange.header("Content-Type");
        if (type == null || !type.toLowerCase(java.util.Locale.ROOT).startsWith("multipart/form-data")) {
            throw Problem.other(415, "not-a-form");
        }
        if (exchange.request.getLength() > most) {
            throw new TooLargeException(most);
        }
        Files.createDirectories(directory);
        long length = exchange.request.getLength();
        boolean isLarge = length < 0 || length > SMALL;
        boolean isKept = isLarge && large.tryAcquire();
        Runnable done = isKept ? large::release : () -> {};
        try {
            return parts(exchange, type, most, isKept ? IN_MEMORY : SMALL, done);
        } catch (RuntimeException | Error e) {
            done.run();
            throw e;
        }
    }

    private SpooledForm parts(Exchange exchange, String type, long most, int inMemory, Runnable done) {
        MultiPartConfig config = new MultiPartConfig.Builder()
                .location(directory)
                .maxSize(most)
                // else a part has 10 MB at most
                .maxPartSize(most)
                .maxMemoryPartSize(inMemory)
                .maxParts(MOST_PARTS)
                .build();
        try {
            MultiPartFormData.Parts parts =
                    MultiPartFormData.getParts(exchange.request, exchange.request, type, config);
            return new SpooledForm(parts, done);
        } catch (CompletionException | IllegalStateException | IllegalArgumentException e) {
            if (String.valueOf(e.getMessage()).contains("max length exceeded")) {
                throw new TooLargeException(most);
            }
            throw Problem.other(400, "malformed-form");
        }
    }

    /** A form whose files are deleted when it is closed. */
    static final class SpooledForm implements Form, AutoCloseable {

        private final MultiPartFormData.Parts parts;
        private final Runnable done;

        /** @param done is run once it is closed */
        SpooledForm(MultiPartFormData.Parts parts, Runnable done) {
            this.parts = parts;
            this.done = done;
        }

        @Override
        public Optional<String> text(String name) {
            MultiPart.Part part = parts.getFirst(name);
            return part == null
                    ? Optional.empty()
                    : Optional.of(
                            Normalizer.normalize(part.getContentAsString(StandardCharsets.UTF_8), Normalizer.Form.NFC));
        }

        @Override
        public Optional<Upload> file(String name) {
            MultiPart.Part part = parts.getFirst(name);
            if (part == null || part.getFileName() == null) {
                return Optional.empty();
            }
            String file = part.getFileName().replace('\\', '/');
            InputStream content = Content.Source.asInputStream(part.getContentSource());
            return Optional.of(new Upload(
                    Normalizer.normalize(file.substring(file.lastIndexOf('/') + 1), Normalizer.Form.NFC),
                    part.getLength(),
                    content));
        }

        @Override
        public void close() {
            try {
                for (MultiPart.Part part : parts) {
                    part.delete();
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            } finally {
                parts.close();
                done.run();
            }
        }
    }
}
