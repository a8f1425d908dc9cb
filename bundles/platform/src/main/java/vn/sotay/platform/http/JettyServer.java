package vn.sotay.platform.http;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.BindException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.alpn.server.ALPNServerConnectionFactory;
import org.eclipse.jetty.compression.gzip.GzipCompression;
import org.eclipse.jetty.compression.server.CompressionConfig;
import org.eclipse.jetty.compression.server.CompressionHandler;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.MimeTypes;
import org.eclipse.jetty.http.PreEncodedHttpField;
import org.eclipse.jetty.http2.server.HTTP2ServerConnectionFactory;
import org.eclipse.jetty.server.ConnectionFactory;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.NetworkConnectionLimit;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.SecureRequestCustomizer;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.SslConnectionFactory;
import org.eclipse.jetty.server.handler.EagerContentHandler;
import org.eclipse.jetty.server.handler.ErrorHandler;
import org.eclipse.jetty.server.handler.GracefulHandler;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.metatype.annotations.Designate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import vn.sotay.api.http.Problem;
import vn.sotay.platform.access.Sessions;
import vn.sotay.platform.json.Json;
import vn.sotay.platform.module.HeldRequests;
import vn.sotay.platform.module.Module;
import vn.sotay.platform.module.ModulePart;
import vn.sotay.platform.outbox.Outboxes;
import vn.sotay.platform.store.AuditReads;

/** Jetty inside this bundle: one connector, compression, and two handlers, for {@code /api} and for pages. */
@Component(
        service = {HttpServer.class, ModulePart.class},
        configurationPid = "vn.sotay.http",
        configurationPolicy = ConfigurationPolicy.REQUIRE)
@Designate(ocd = HttpConfig.class)
public final class JettyServer implements HttpServer, ModulePart {

    private static final Logger LOG = LoggerFactory.getLogger(JettyServer.class);
    private static final Logger ACCESS = LoggerFactory.getLogger("vn.sotay.access");
    private static final int FEWEST_THREADS = 8;
    private static final long STOP_LIMIT_MS = 10_000;
    private static final int HEADER_LIMIT = 16 * 1024;
    private static final long IDLE_MS_WHEN_FULL = 2_000;
    private static final long LOOK_MS = 1_000;

    /** In each response, so they are put into bytes once. */
    /** What browsers may do with an answer. */
    private static final HttpFields SECURITY;

    private static final HttpFields SECURITY_BY_HTTPS;

    static {
        ClassLoader before = lookForPartsHere();
        try {
            HttpField[] fields = {
                new PreEncodedHttpField("X-Content-Type-Options", "nosniff"),
                new PreEncodedHttpField("Referrer-Policy", "no-referrer"),
                new PreEncodedHttpField("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'"),
                new PreEncodedHttpField("Cross-Origin-Resource-Policy", "same-origin"),
                new PreEncodedHttpField("Permissions-Policy", "geolocation=(), camera=(), microphone=()")
            };
            SECURITY = HttpFields.from(fields);
            SECURITY_BY_HTTPS = HttpFields.build(SECURITY)
                    .add(new PreEncodedHttpField("Strict-Transport-Security", "max-age=31536000"))
                    .asImmutable();
        } finally {
            Thread.currentThread().setContextClassLoader(before);
        }
    }

    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
    private volatile List<HeldRequests> held = List.of();

    private final Server server;
    private final ServerConnector connector;
    /** Null when plain HTTP is spoken. */
    private final @Nullable Tls tls;

    private final Proxies proxies;
    private final boolean accessLog;
    private final Pages pages;
    private final KeptReplies kept;
    private final EventStreams streams;
    private final ApiHandler api;
    private final Map<String, ObjectMapper> mappers = new ConcurrentHashMap<>();

    /** Takes the port; {@code ready} is told if it cannot be had. */
    @Activate
    public JettyServer(
            BundleContext context,
            HttpConfig config,
            @Reference Router router,
            @Reference ModuleGate gate,
            @Reference Sessions sessions,
            @Reference Texts texts,
            @Reference Pages pages,
            @Reference KeptReplies kept,
            @Reference Outboxes outboxes,
            @Reference AuditReads reads,
            @Reference(target = "(sotay=ready)") CompletableFuture<String> ready)
            throws IOException {
        this.pages = pages;
        this.kept = kept;
        this.accessLog = config.accessLog();
        try {
            this.proxies = Proxies.of(config.proxies(), config.proxyHeaders());
            TlsFiles files = TlsFiles.of(config);
            this.tls = files == null ? null : new Tls(files);
        } catch (IOException | IllegalArgumentException e) {
            ready.completeExceptionally(e);
            throw e;
        }
        int most = config.connections() > 0 ? config.connections() : FileHandles.forConnections();
        // the others are for who asks and goes
        this.streams = new EventStreams(
                sessions,
                Math.max(1, most / 5 * 4),
                Duration.ofSeconds(Math.max(1, Math.min(config.heartbeatSeconds(), config.idleSeconds() / 2))));
        Path spool = Path.of(context.getProperty("sotay.data")).resolve("tmp");
        this.api = new ApiHandler(
                router,
                gate,
                sessions,
                texts,
                module -> mappers.computeIfAbsent(module, id -> Json.mapper()),
                new FormReader(spool),
                kept,
                new Commands(outboxes),
                new ReadLog(reads),
                streams,
                spool,
                config.bodyLimit(),
                Math.max(FEWEST_THREADS, config.threads()) / 2);
        ClassLoader before = lookForPartsHere();
        try {
            QueuedThreadPool threads = new QueuedThreadPool(Math.max(FEWEST_THREADS, config.threads()), FEWEST_THREADS);
            threads.setName("http");
            this.server = new Server(threads);
            server.setStopTimeout(STOP_LIMIT_MS);
            this.connector = connector(config);
            server.addConnector(connector);
            NetworkConnectionLimit connections = new NetworkConnectionLimit(most, connector);
            connections.setEndPointIdleTimeout(IDLE_MS_WHEN_FULL);
            server.addBean(connections);
            server.setHandler(compressed(whole(new GracefulHandler(new Root()))));
            server.setErrorHandler(this::refused);
            try {
                connector.open();
            } catch (IOException e) {
                IOException line = new IOException(explain(config, e), e);
                ready.completeExceptionally(line);
                throw line;
            }
        } finally {
            Thread.currentThread().setContextClassLoader(before);
        }
    }

    /** Loads what a server needs, ahead of it. */
    public static void load() {
        ClassLoader before = lookForPartsHere();
        try {
            new Server();
            MimeTypes.DEFAULTS.getMimeMap();
        } finally {
            Thread.currentThread().setContextClassLoader(before);
        }
    }

    /**
     * Jetty looks for its parts by ServiceLoader, which asks the thread's class loader: for the encoders of headers of both versions
     * of HTTP when a header is first encoded ahead, and for the processors of ALPN. Without this HTTP/2 has no encoder.
     *
     * @return the class loader that the thread had
     */
    private static ClassLoader lookForPartsHere() {
        ClassLoader before = Thread.currentThread().getContextClassLoader();
        Thread.currentThread().setContextClassLoader(JettyServer.class.getClassLoader());
        return before;
    }

    private static String explain(HttpConfig config, IOException e) {
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof BindException
                    && String.valueOf(cause.getMessage()).contains("in use")) {
                return "port " + config.port() + " is in use: stop the other program, or choose another by --port";
            }
        }
        return "port " + config.port() + " of " + (config.host().isEmpty() ? "this machine" : config.host())
                + " cannot be opened (" + e.getMessage()
                + "): choose another by --port, or see http.host in sotay.json";
    }

    private ServerConnector connector(HttpConfig config) {
        HttpConfiguration http = new HttpConfiguration();
        http.setSendServerVersion(false);
        http.setSendDateHeader(true);
        http.setRequestHeaderSize(HEADER_LIMIT);
        // a cache of headers takes 100 kB of each connection: four thousand that wait would take the whole heap. And a
        // header
        // could be read in the letters of one before it, if its beginning differs from that by case alone: who shares a
        // proxy's connection with others could spoil their tokens
        http.setHeaderCacheSize(0);
        http.setHeaderCacheCaseSensitive(true);
        HttpConnectionFactory http1 = new HttpConnectionFactory(http);
        List<ConnectionFactory> factories = new ArrayList<>();
        if (tls != null) {
            http.addCustomizer(new SecureRequestCustomizer());
            ALPNServerConnectionFactory alpn = new ALPNServerConnectionFactory();
            alpn.setDefaultProtocol(http1.getProtocol());
            factories.add(new SslConnectionFactory(tls.factory(), alpn.getProtocol()));
            factories.add(alpn);
            factories.add(new HTTP2ServerConnectionFactory(http));
        }
        factories.add(http1);
        ServerConnector made = new ServerConnector(server, factories.toArray(ConnectionFactory[]::new));
        made.setPort(config.port());
        if (!config.host().isEmpty()) {
            made.setHost(config.host());
        }
        made.setIdleTimeout(config.idleSeconds() * 1000L);
        made.setAcceptQueueSize(512);
        return made;
    }

    /** What Jetty itself refuses, since it is no HTTP or too large, becomes a problem as well. */
    private boolean refused(Request request, Response response, Callback callback) {
        Exchange exchange = new Exchange(request, response, callback, proxies);
        secured(exchange).forEach(response.getHeaders()::put);
        Throwable cause = (Throwable) request.getAttribute(ErrorHandler.ERROR_EXCEPTION);
        api.refused(exchange, response.getStatus(), HEADER_LIMIT, cause);
        return true;
    }

    /** Whether it says what may be done with a content: where there is none it says nothing. */
    static boolean isOfContent(HttpField field) {
        for (HttpField each : SECURITY) {
            if (each == field) {
                return true;
            }
        }
        return false;
    }

    private static HttpFields secured(Exchange exchange) {
        return exchange.isSecure() ? SECURITY_BY_HTTPS : SECURITY;
    }

    /** Reads bodies of usual size before a thread takes the request up: a slow client holds none. */
    private static Handler whole(Handler inner) {
        return new EagerContentHandler(
                inner, new EagerContentHandler.RetainedContentLoaderFactory(ApiHandler.USUAL_BODY, -1, false) {
                    @Override
                    public EagerContentHandler.@Nullable ContentLoader newContentLoader(
                            String type,
                            String mimeType,
                            Handler handler,
                            Request request,
                            Response response,
                            Callback callback) {
                        return ApiHandler.isUsual(request)
                                ? super.newContentLoader(type, mimeType, handler, request, response, callback)
                                : null;
                    }
                });
    }

    private static Handler compressed(Handler inner) {
        CompressionHandler compression = new CompressionHandler(inner);
        GzipCompression gzip = new GzipCompression();
        gzip.setMinCompressSize(1024);
        compression.putCompression(gzip);
        compression.putConfiguration(
                "/*",
                CompressionConfig.builder()
                        // answers only: a content that grows when it is read would pass by the limits, and one that is
                        // cut off hangs
                        .decompressExcludePath("/*")
                        .compressIncludeMimeType("application/json")
                        .compressIncludeMimeType("application/problem+json")
                        .compressIncludeMimeType("text/html")
                        .compressIncludeMimeType("text/css")
                        .compressIncludeMimeType("text/javascript")
                        .compressIncludeMimeType("text/csv")
                        .compressIncludeMimeType("image/svg+xml")
                        .build());
        return compression;
    }

    @Override
    public String open() {
        ClassLoader before = lookForPartsHere();
        try {
            server.start();
            beat();
            if (tls != null) {
                look(tls);
            }
        } catch (Exception e) {
            throw new IllegalStateException("the HTTP server did not start: " + e.getMessage(), e);
        } finally {
            Thread.currentThread().setContextClassLoader(before);
        }
        String host = connector.getHost() == null ? "localhost" : connector.getHost();
        return (tls == null ? "http://" : "https://") + host + ':' + connector.getLocalPort();
    }

    /** Looks after the files as long as the server runs: its scheduler ends with it. */
    private void look(Tls mine) {
        connector
                .getScheduler()
                .schedule(
                        () -> {
                            mine.look();
                            look(mine);
                        },
                        LOOK_MS,
                        TimeUnit.MILLISECONDS);
    }

    /** Keeps streams alive as long as the server runs: its scheduler ends with it. */
    private void beat() {
        connector
                .getScheduler()
                .schedule(
                        () -> {
                            try {
                                server.getThreadPool().execute(() -> {
                                    streams.beat();
                                    beat();
                                });
                            } catch (RejectedExecutionException e) {
                                LOG.trace("the server has stopped", e);
                            }
                        },
                        LOOK_MS,
                        TimeUnit.MILLISECONDS);
    }

    @Override
    @Deactivate
    public void close() {
        try {
            held.forEach(HeldRequests::release);
            streams.close();
            server.stop();
            connector.close();
        } catch (Exception e) {
            LOG.warn("The HTTP server did not stop in order: {}", e.toString());
        }
    }

    @Override
    public void add(Module module) {
        // a new version has new classes: the mapper that knows the old ones goes
        mappers.remove(module.id());
        kept.forget(module.id());
    }

    @Override
    public void remove(Module module) {
        mappers.remove(module.id());
    }

    private final class Root extends Handler.Abstract {

        @Override
        public boolean handle(Request request, Response response, Callback callback) {
            Exchange exchange = new Exchange(request, response, callback, proxies);
            // nothing is there yet, so there is nothing to be replaced
            response.getHeaders().add(secured(exchange));
            if (accessLog) {
                Request.addCompletionListener(request, failure -> log(exchange));
            }
            String path = request.getHttpURI().getCanonicalPath();
            if (path != null && !(path.equals("/api") || path.startsWith("/api/") || path.equals("/health"))) {
                page(exchange, path);
            } else {
                api.handle(exchange, server.getThreadPool());
            }
            return true;
        }

        private void page(Exchange exchange, String path) {
            if (!exchange.method().equals("GET") && !exchange.method().equals("HEAD")) {
                exchange.header("Allow", "GET, HEAD");
                api.problem(
                        exchange,
                        Module.PLATFORM,
                        Problem.other(405, "method-not-allowed")
                                .with("allow", "GET, HEAD")
                                .problem());
                return;
            }
            Optional<Pages.StaticFile> found = pages.find(path);
            if (found.isEmpty()) {
                api.problem(
                        exchange,
                        Module.PLATFORM,
                        Problem.other(404, "no-such-path").problem());
                return;
            }
            Pages.StaticFile file = found.get();
            exchange.route = "page";
            exchange.header("Content-Type", file.type());
            exchange.header("ETag", '"' + file.etag() + '"');
            exchange.header("Cache-Control", file.forever() ? "public, max-age=31536000, immutable" : "no-cache");
            file.headers().forEach(exchange::header);
            exchange.send(exchange.has(file.etag()) ? 304 : 200, file.content());
        }

        private void log(Exchange exchange) {
            ACCESS.info(
                    "{} {} {} {} ms",
                    exchange.method(),
                    exchange.route,
                    exchange.response.getStatus(),
                    exchange.millis());
        }
    }
}
