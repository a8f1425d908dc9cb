package vn.sotay.platform.files;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.metatype.annotations.Designate;
import vn.sotay.api.file.FileInfo;
import vn.sotay.api.http.Endpoints;
import vn.sotay.api.http.Problem;
import vn.sotay.api.http.Reply;
import vn.sotay.api.http.Request;
import vn.sotay.api.http.Routes;
import vn.sotay.api.store.Store;

/** {@code /api/files/{sha256}}: a client sends a file under its hash, and reads those that are held for it. */
@Component(configurationPid = "vn.sotay.files")
@Designate(ocd = FilesConfig.class)
public final class FileEndpoints implements Endpoints {

    private static final Pattern SHA256 = Pattern.compile("[0-9a-f]{64}");
    private static final Pattern NOT_IN_NAMES = Pattern.compile("[\\p{Cntrl}\\p{Cf}\"\\\\/:*?<>|]");
    private static final int LONGEST_NAME = 200;

    private final Store store;
    private final StoredFiles files;
    private final Uploads uploads;
    private final long mostBytes;

    @Activate
    public FileEndpoints(
            BundleContext context, FilesConfig config, @Reference Store store, @Reference StoredFiles files)
            throws IOException {
        this(
                store,
                files,
                new Uploads(
                        store, files, Path.of(context.getProperty("sotay.data")).resolve("tmp")),
                config.mostBytes());
    }

    FileEndpoints(Store store, StoredFiles files, Uploads uploads, long mostBytes) {
        this.store = store;
        this.files = files;
        this.uploads = uploads;
        this.mostBytes = mostBytes;
    }

    @Override
    public void routes(Routes routes) {
        routes.put("/api/files/{sha256}")
                .signedIn()
                .says("Sends a file under the SHA-256 of its content, in lower-case hexadecimal")
                .takesBytes(mostBytes)
                .gives(FileInfo.class)
                .to(this::put);
        routes.get("/api/files/{sha256}")
                .signedIn()
                .says("A file that is held for the caller, or that the caller has sent today; whole, or a range of it")
                .query("name", String.class, "what the file is to be called where it is saved")
                .givesBytes()
                .to(this::get);
    }

    Reply put(Request request) throws IOException {
        String sha256 = request.path("sha256");
        if (!SHA256.matcher(sha256).matches()) {
            throw Problem.invalid("sha256", "sha256");
        }
        Uploads.Arrived arrived =
                uploads.take(request.bytes(), sha256, request.caller().account());
        return arrived.made() ? Reply.made(arrived.file()) : Reply.ok(arrived.file());
    }

    Reply get(Request request) {
        String sha256 = request.path("sha256");
        FileInfo file =
                store.read(tx -> files.find(tx, sha256, request.caller())).orElseThrow(Problem::notFound);
        String etag = '"' + sha256 + '"';
        ByteRange range =
                request.header("If-Range").filter(tag -> !tag.equals(etag)).isPresent()
                        ? null
                        : request.header("Range")
                                .map(header -> ByteRange.of(header, file.size()))
                                .orElse(null);
        return reply(file, range)
                .header("ETag", etag)
                // kept by the browser, and asked for each time whether it may still be seen
                .header("Cache-Control", "private, no-cache")
                .header("Accept-Ranges", "bytes")
                .header("X-Content-Type-Options", "nosniff")
                .header(
                        "Content-Disposition",
                        request.query("name", String.class)
                                .map(FileEndpoints::attachment)
                                .orElse("attachment"));
    }

    private Reply reply(FileInfo file, @Nullable ByteRange asked) {
        ByteRange range = asked == null ? new ByteRange(0, file.size() - 1) : asked;
        String type = file.type().equals("text/plain") ? "text/plain; charset=utf-8" : file.type();
        Reply reply = Reply.bytes(type, out -> write(file.sha256(), range, out))
                .header("Content-Length", Long.toString(range.length()));
        return asked == null
                ? reply
                : reply.status(206)
                        .header("Content-Range", "bytes " + range.first() + '-' + range.last() + '/' + file.size());
    }

    /** Chunk by chunk, each in its own transaction: a slow client holds none open. */
    private void write(String sha256, ByteRange range, OutputStream out) throws IOException {
        for (long at = range.first(); at <= range.last(); ) {
            int part = (int) (at / StoredFiles.CHUNK);
            int from = (int) (at % StoredFiles.CHUNK);
            byte[] chunk = store.read(tx -> files.chunk(tx, sha256, part))
                    .orElseThrow(() -> new FileNotFoundException("the file was cleared away while it was read"));
            int length = (int) Math.min(chunk.length - from, range.last() - at + 1);
            out.write(chunk, from, length);
            at += length;
        }
    }

    /** RFC 6266: letters of Vietnamese in the second form, what old browsers read in the first. */
    private static String attachment(String name) {
        String clean = NOT_IN_NAMES.matcher(name).replaceAll("_").strip();
        if (clean.codePointCount(0, clean.length()) > LONGEST_NAME) {
            clean = clean.substring(0, clean.offsetByCodePoints(0, LONGEST_NAME));
        }
        String ascii = vn.sotay.api.text.Folding.fold(clean).replaceAll("[^\\x20-\\x7e]", "_");
        String encoded = URLEncoder.encode(clean, StandardCharsets.UTF_8)
                .replace("+", "%20")
                .replace("*", "%2A");
        return "attachment; filename=\"" + ascii + "\"; filename*=UTF-8''" + encoded;
    }
}
