package vn.sotay.platform.http;

import java.io.IOException;
import java.lang.reflect.Proxy;
import java.net.URI;
import java.net.URL;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceReference;
import org.osgi.framework.Version;
import org.osgi.framework.wiring.BundleCapability;
import org.osgi.framework.wiring.BundleRevision;
import vn.sotay.api.access.Audience;
import vn.sotay.api.access.Caller;
import vn.sotay.api.access.Mandate;
import vn.sotay.api.access.Permission;
import vn.sotay.api.access.Reach;
import vn.sotay.api.http.Endpoints;
import vn.sotay.api.module.SotayModule;
import vn.sotay.api.store.Store;
import vn.sotay.api.unit.Unit;
import vn.sotay.platform.keys.FieldKeys;
import vn.sotay.platform.module.Module;
import vn.sotay.platform.outbox.Outboxes;

/** The real server with endpoints that a test makes, without a framework. The token {@code good} is a caller's. */
final class TestServer implements AutoCloseable {

    static final Permission GRANTED = new Permission("sample.read");
    static final Permission REFUSED = new Permission("sample.write");
    static final String TOKEN = "good";

    final CompletableFuture<String> ready = new CompletableFuture<>();
    final ModuleGate gate = new ModuleGate();
    final Router router;
    final Texts texts;
    /** The newest numbers of audiences, as the change log would know them. */
    final Map<Audience, Long> heads = new ConcurrentHashMap<>();

    private final JettyServer server;
    private final HttpClient client =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();
    private final BundleContext context;
    private final Map<Endpoints, ServiceReference<Endpoints>> references = new HashMap<>();
    private String url = "";

    /** @param settings of {@link HttpConfig} that differ from its defaults */
    TestServer(Path data, Map<String, Object> settings) throws IOException {
        Bundle platform = bundle(1, Module.PLATFORM);
        this.context = fake(
                BundleContext.class,
                Map.of(
                        "getProperty",
                        arguments -> switch ((String) arguments[0]) {
                            case "sotay.data" -> data.toString();
                            default -> null;
                        },
                        "getBundle",
                        arguments -> platform));
        this.texts = new Texts(context);
        this.router = new Router(context);
        Map<String, Object> all = new HashMap<>(Map.of("port", 0, "host", "localhost"));
        all.putAll(settings);
        this.server = new JettyServer(
                context,
                config(all),
                router,
                gate,
                token -> token.equals(TOKEN) ? Optional.of(new Person()) : Optional.empty(),
                texts,
                path -> path.equals("/")
                        ? Optional.of(new Pages.StaticFile(
                                "<p>page</p>".getBytes(), "text/html; charset=utf-8", "1", false, Map.of()))
                        : Optional.empty(),
                new KeptReplies(heads::get),
                new Outboxes(fake(Store.class, Map.of()), new FieldKeys(data.resolve("none"))),
                entry -> CompletableFuture.completedFuture(null),
                ready);
    }

    /** Opens it. */
    TestServer open() {
        url = server.open();
        return this;
    }

    String url() {
        return url;
    }

    int port() {
        return URI.create(url).getPort();
    }

    /** Endpoints of a module come; the same object may go again. */
    TestServer add(String module, Endpoints endpoints) {
        Bundle bundle = module.equals(Module.PLATFORM) ? context.getBundle() : bundle(module.hashCode(), module);
        @SuppressWarnings("unchecked")
        ServiceReference<Endpoints> reference = fake(ServiceReference.class, Map.of("getBundle", arguments -> bundle));
        references.put(endpoints, reference);
        router.add(endpoints, reference);
        return this;
    }

    void remove(Endpoints endpoints) {
        router.remove(endpoints, references.remove(endpoints));
    }

    /** Sends a request as the caller whose token is {@link #TOKEN}. */
    HttpResponse<String> send(String method, String path, String body, String... headers) {
        return exchange(builder(method, path, BodyPublishers.ofString(body), headers)
                .header("Authorization", "Bearer " + TOKEN));
    }

    HttpResponse<String> get(String path, String... headers) {
        return exchange(
                builder("GET", path, BodyPublishers.noBody(), headers).header("Authorization", "Bearer " + TOKEN));
    }

    /** Sends a request with these headers alone. */
    HttpResponse<String> anonymous(String method, String path, String body, String... headers) {
        return exchange(builder(method, path, BodyPublishers.ofString(body), headers));
    }

    HttpRequest.Builder builder(String method, String path, BodyPublisher body, String... headers) {
        HttpRequest.Builder builder = HttpRequest.newBuilder(URI.create(url + path))
                .timeout(Duration.ofSeconds(20))
                .method(method, body);
        for (int i = 0; i < headers.length; i += 2) {
            builder.header(headers[i], headers[i + 1]);
        }
        return builder;
    }

    HttpResponse<String> exchange(HttpRequest.Builder request) {
        try {
            return client.send(request.build(), BodyHandlers.ofString());
        } catch (IOException e) {
            throw new IllegalStateException("the request failed: " + e, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    HttpClient client() {
        return client;
    }

    @Override
    public void close() {
        server.close();
    }

    private static HttpConfig config(Map<String, Object> settings) {
        return (HttpConfig) Proxy.newProxyInstance(
                HttpConfig.class.getClassLoader(),
                new Class<?>[] {HttpConfig.class},
                (proxy, method, arguments) -> settings.getOrDefault(method.getName(), method.getDefaultValue()));
    }

    private static Bundle bundle(long id, String module) {
        BundleCapability capability = fake(
                BundleCapability.class, Map.of("getAttributes", arguments -> Map.of(SotayModule.NAMESPACE, module)));
        BundleRevision revision =
                fake(BundleRevision.class, Map.of("getDeclaredCapabilities", arguments -> List.of(capability)));
        return fake(
                Bundle.class,
                Map.of(
                        "getBundleId", arguments -> id,
                        "getSymbolicName", arguments -> "vn.sotay." + module,
                        "getVersion", arguments -> new Version("1.0.0"),
                        "getEntry", arguments -> entry((String) arguments[0]),
                        "adapt", arguments -> revision));
    }

    private static URL entry(String path) {
        try {
            Path file = Path.of("src/main/resources", path);
            return Files.exists(file) ? file.toUri().toURL() : null;
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /** An object of an interface that answers these methods. */
    private static <T> T fake(Class<T> type, Map<String, Function<Object[], Object>> methods) {
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(), new Class<?>[] {type}, (proxy, method, arguments) -> switch (method.getName()) {
                    case "equals" -> proxy == arguments[0];
                    case "hashCode" -> System.identityHashCode(proxy);
                    case "toString" -> type.getSimpleName();
                    default -> {
                        Function<Object[], Object> answer = methods.get(method.getName());
                        if (answer == null) {
                            throw new UnsupportedOperationException(method.toString());
                        }
                        yield answer.apply(arguments);
                    }
                }));
    }

    /** Who has {@link #GRANTED} for itself, and nothing else. */
    private static final class Person implements Caller {

        private static final UUID ID = UUID.randomUUID();

        @Override
        public UUID account() {
            return ID;
        }

        @Override
        public Optional<UUID> member() {
            return Optional.of(ID);
        }

        @Override
        public Optional<Unit> cell() {
            return Optional.empty();
        }

        @Override
        public List<Mandate> mandates() {
            return List.of();
        }

        @Override
        public Set<Audience> audiences() {
            return Set.of();
        }

        @Override
        public Reach reach(Permission permission) {
            return new Reach(List.of(), List.of());
        }

        @Override
        public boolean may(Permission permission, Unit unit) {
            return false;
        }

        @Override
        public boolean mayForSelf(Permission permission, UUID member) {
            return permission.equals(GRANTED);
        }

        @Override
        public boolean sees(Unit unit) {
            return false;
        }

        @Override
        public void require(Permission permission, Unit unit) {
            throw new UnsupportedOperationException();
        }
    }
}
