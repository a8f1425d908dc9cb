package vn.sotay.platform.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.ref.WeakReference;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import vn.sotay.api.http.Endpoints;
import vn.sotay.api.http.Problem;
import vn.sotay.api.http.Reply;
import vn.sotay.api.http.Request;
import vn.sotay.api.http.Routes;
import vn.sotay.platform.json.Json;

/**
 * {@code /api/openapi.json}, the description of the routes that are there now, and {@code /api/docs}, a page that shows it. All of the
 * page comes from here: the server may have no way to the outside.
 */
final class ApiDocs implements Endpoints {

    private static final String WEBJAR = "META-INF/maven/org.webjars/swagger-ui/pom.properties";
    /** Swagger UI draws its icons as data. */
    private static final String POLICY = "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline';"
            + " connect-src 'self'; img-src 'self' data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    private static final Map<String, String> FILES = Map.of(
            "docs.js", "text/javascript; charset=utf-8",
            "swagger-ui-bundle.js", "text/javascript; charset=utf-8",
            "swagger-ui.css", "text/css; charset=utf-8");

    private final ObjectMapper mapper = Json.own();
    private final Supplier<RouteTable> table;
    private final String version;
    private final Map<String, byte[]> files = new ConcurrentHashMap<>();
    private volatile @Nullable Described described;

    /** Of routes that are perhaps gone: the module that had them must not be kept by its description. */
    private record Described(WeakReference<RouteTable> table, byte[] json) {}

    /** @param table the routes that are there now */
    ApiDocs(Supplier<RouteTable> table, String version) {
        this.table = table;
        this.version = version;
    }

    @Override
    public void routes(Routes routes) {
        routes.get("/api/openapi.json")
                .open()
                .says("This description, as OpenAPI 3.1")
                .givesBytes()
                .to(request -> file("application/json", description()));
        routes.get("/api/docs")
                .open()
                .says("A page that shows this description")
                .givesBytes()
                .to(request ->
                        file("text/html; charset=utf-8", read("docs.html")).header("Content-Security-Policy", POLICY));
        routes.get("/api/docs/{file}")
                .open()
                .says("The files of that page")
                .givesBytes()
                .to(this::asset);
    }

    private Reply asset(Request request) {
        String name = request.path("file");
        String type = FILES.get(name);
        if (type == null) {
            throw Problem.notFound();
        }
        return file(type, read(name));
    }

    private static Reply file(String type, byte[] content) {
        return Reply.bytes(type, out -> out.write(content))
                .header("Cache-Control", "no-cache")
                .header("ETag", '"' + hash(content) + '"');
    }

    private byte[] description() {
        RouteTable now = table.get();
        Described last = described;
        if (last == null || last.table().get() != now) {
            try {
                last = new Described(
                        new WeakReference<>(now), mapper.writeValueAsBytes(new OpenApi().describe(now, version)));
            } catch (JsonProcessingException e) {
                throw new IllegalStateException("maps are always writable", e);
            }
            described = last;
        }
        return last.json();
    }

    private byte[] read(String name) {
        return files.computeIfAbsent(name, ApiDocs::resource);
    }

    /** Ours lie in {@code docs/}, those of Swagger UI where its jar has them. */
    private static byte[] resource(String name) {
        return bytes(
                name.startsWith("docs.")
                        ? "docs/" + name
                        : "META-INF/resources/webjars/swagger-ui/" + swaggerVersion() + '/' + name);
    }

    private static String swaggerVersion() {
        Properties properties = new Properties();
        try (InputStream in = open(WEBJAR)) {
            properties.load(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return properties.getProperty("version");
    }

    private static byte[] bytes(String path) {
        try (InputStream in = open(path)) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static InputStream open(String path) throws IOException {
        InputStream in = ApiDocs.class.getClassLoader().getResourceAsStream(path);
        if (in == null) {
            throw new IOException("the bundle has no " + path);
        }
        return in;
    }

    private static String hash(byte[] content) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(content))
                    .substring(0, 16);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
