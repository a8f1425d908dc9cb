package vn.sotay.platform.http;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.Normalizer;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import org.eclipse.jetty.http.MultiPart;
import org.eclipse.jetty.http.MultiPartConfig;
import org.eclipse.jetty.http.MultiPartFormData;
import org.eclipse.jetty.io.Content;
import vn.sotay.api.http.Form;
import vn.sotay.api.http.Problem;

/** Reads {@code multipart/form-data}; what is large waits in files of the data directory. */
final class FormReader {

    private static final int IN_MEMORY = 64 * 1024;
    private static final int MOST_PARTS = 20;

    private final Path directory;

    FormReader(Path directory) {
        this.directory = directory;
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
        MultiPartConfig config = new MultiPartConfig.Builder()
                .location(directory)
                .maxSize(most)
                // else a part has 10 MB at most
                .maxPartSize(most)
                .maxMemoryPartSize(IN_MEMORY)
                .maxParts(MOST_PARTS)
                .build();
        try {
            MultiPartFormData.Parts parts =
                    MultiPartFormData.getParts(exchange.request, exchange.request, type, config);
            return new SpooledForm(parts);
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

        SpooledForm(MultiPartFormData.Parts parts) {
            this.parts = parts;
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
            }
        }
    }
}
