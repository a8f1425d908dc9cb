package vn.sotay.platform.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.PreEncodedHttpField;
import org.eclipse.jetty.io.Content;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import vn.sotay.api.access.Caller;
import vn.sotay.api.access.Permission;
import vn.sotay.api.http.Form;
import vn.sotay.api.http.Problem;
import vn.sotay.api.http.ProblemException;
import vn.sotay.api.http.Reply;
import vn.sotay.platform.access.Sessions;
import vn.sotay.platform.module.Module;
import vn.sotay.platform.outbox.Outboxes;
import vn.sotay.platform.store.Acting;
import vn.sotay.platform.store.Command;
import vn.sotay.platform.store.NotItsTurnException;

/**
 * Answers what lies below {@code /api}, in one direction: path, gate, route, caller, permission, body, handler, reply. Whatever goes wrong
 * on the way becomes a problem in the caller's language.
 */
final class ApiHandler {

    private static final Logger LOG = LoggerFactory.getLogger(ApiHandler.class);
    private static final byte[] NOTHING = {};
    private static final Set<String> READS = Set.of("GET", "HEAD", "OPTIONS");
    private static final HttpField NO_STORE = new PreEncodedHttpField(HttpHeader.CACHE_CONTROL, "no-store");
    private static final HttpField JSON = new PreEncodedHttpField(HttpHeader.CONTENT_TYPE, "application/json");
    private static final long MOST_DRAINED = 1024 * 1024;
    private static final long MOST_DRAINED_TOO_LARGE = 32 * MOST_DRAINED;
    /** A body up to this is read whole before a thread takes the request up. */
    static final int USUAL_BODY = 64 * 1024;

    /** What must be left on the disk beside what is sent. */
    private static final long RESERVE = 1024 * 1024;

    private static final List<HttpHeader> OF_A_REPLY =
            List.of(HttpHeader.ETAG, HttpHeader.LOCATION, HttpHeader.CONTENT_DISPOSITION, HttpHeader.CONTENT_LENGTH);

    private static final Set<Integer> COME_AGAIN = Set.of(429, 503, 507);

    /** What a command asks for that there is not: nobody takes it up, and its number is settled all the same. */
    private static final RouteSpec NO_ROUTE = new RouteSpec(Module.PLATFORM, "PUT", "/api");

    static {
        NO_ROUTE.signedIn();
    }

    private final Router router;
    private final ModuleGate gate;
    private final Sessions sessions;
    private final Texts texts;
    private final Function<String, ObjectMapper> mappers;
    private final FormReader forms;
    private final KeptReplies kept;
    private final Commands commands;
    private final ReadLog reads;
    private final EventStreams streams;
    private final Path spool;
    private final int bodyLimit;
    /** For bodies that are read by a thread: the other threads are for everybody else. */
    private final Semaphore large;

    ApiHandler(
            Router router,
            ModuleGate gate,
            Sessions sessions,
            Texts texts,
            Function<String, ObjectMapper> mappers,
            FormReader forms,
            KeptReplies kept,
            Commands commands,
            ReadLog reads,
            EventStreams streams,
            Path spool,
            int bodyLimit,
            int mostLarge) {
        this.router = router;
        this.gate = gate;
        this.sessions = sessions;
        this.texts = texts;
        this.mappers = mappers;
        this.forms = forms;
        this.kept = kept;
        this.commands = commands;
        this.reads = reads;
        this.streams = streams;
        this.spool = spool;
        this.large = new Semaphore(mostLarge);
        this.bodyLimit = bodyLimit;
    }

    /** Whether its body is small enough to be waited for; a client that asks first is answered first. */
    static boolean isUsual(org.eclipse.jetty.server.Request request) {
        return request.getLength() <= USUAL_BODY && !request.getHeaders().contains(HttpHeader.EXPECT);
    }

    void handle(Exchange exchange, Executor threads) {
        exchange.threads = threads;
        exchange.response.getHeaders().put(NO_STORE);
        List<String> segments = exchange.segments();
        if (segments == null) {
            problem(
                    exchange,
                    Module.PLATFORM,
                    Problem.other(400, "malformed-path").problem());
            return;
        }
        String module = segments.size() > 1 ? segments.get(1) : "";
        switch (gate.enter(module, () -> threads.execute(() -> handle(exchange, threads)))) {
            case UNKNOWN -> answer(exchange, segments, Module.PLATFORM);
            case ENTERED -> {
                AtomicBoolean isInside = new AtomicBoolean(true);
                Runnable leave = () -> {
                    if (isInside.getAndSet(false)) {
                        gate.leave(module);
                    }
                };
                org.eclipse.jetty.server.Request.addCompletionListener(exchange.request, failure -> leave.run());
                if (!answer(exchange, segments, module)) {
                    // the module may be replaced meanwhile
                    leave.run();
                }
            }
            case WAITING -> LOG.trace("a request waits for {}", module);
            case FULL -> unavailable(exchange, module, "module.busy", 2);
            case STOPPED -> unavailable(exchange, module, "module.stopped", 60);
        }
    }

    private void unavailable(Exchange exchange, String module, String code, int retrySeconds) {
        exchange.header("Retry-After", Integer.toString(retrySeconds));
        problem(
                exchange,
                module,
                Problem.other(503, code).with("module", module).problem());
    }

    /** Whether it is answered, or will be; if not, it comes again. */
    private boolean answer(Exchange exchange, List<String> segments, String module) {
        try {
            RouteTable table = router.table();
            RouteTable.Match match = table.match(exchange.method(), segments);
            RouteSpec route = match == null ? NO_ROUTE : match.route();
            if (match != null) {
                exchange.route = route.template;
            } else if (READS.contains(exchange.method()) || !Commands.isOne(exchange)) {
                noRoute(exchange, table.methods(segments));
                return true;
            }
            Caller caller = caller(exchange, route);
            switch (place(exchange, route, caller)) {
                case WAITS -> {
                    return false;
                }
                case SETTLED -> {
                    drain(exchange, MOST_DRAINED);
                    commands.repeat(exchange);
                }
                default -> {
                    if (match == null) {
                        noRoute(exchange, table.methods(segments));
                    } else {
                        reply(exchange, module, call(exchange, match, caller));
                    }
                }
            }
        } catch (ProblemException e) {
            drain(exchange, MOST_DRAINED);
            problem(exchange, module, e.problem());
        } catch (TooLargeException e) {
            // told at once, and only then is the rest taken
            exchange.last(() -> drain(exchange, MOST_DRAINED_TOO_LARGE));
            problem(
                    exchange,
                    module,
                    Problem.other(413, "too-large").with("max", e.most()).problem());
        } catch (NotItsTurnException e) {
            commands.leave(exchange);
            repeat(exchange, module);
        } catch (Exception | LinkageError e) {
            failure(exchange, module, e);
        }
        return true;
    }

    private Outboxes.Place place(Exchange exchange, RouteSpec route, @Nullable Caller caller) {
        return caller == null || route.access == RouteSpec.Access.OPEN || READS.contains(exchange.method())
                ? Outboxes.Place.ITS_TURN
                : commands.arrive(exchange, caller, () -> comeAgain(exchange));
    }

    private void comeAgain(Exchange exchange) {
        Executor threads = Objects.requireNonNull(exchange.threads);
        try {
            threads.execute(() -> handle(exchange, threads));
        } catch (RejectedExecutionException e) {
            // the server has stopped; whoever was answered just now is no worse off for it
            exchange.callback.failed(e);
        }
    }

    private void repeat(Exchange exchange, String module) {
        try {
            commands.repeat(exchange);
        } catch (ProblemException e) {
            problem(exchange, module, e.problem());
        }
    }

    /** Reads what is left of a body, unless it is longer: a client that is still sending loses the answer when the connection closes. */
    private void drain(Exchange exchange, long most) {
        long length = exchange.request.getLength();
        if (length == 0 || length > most || exchange.header("Expect") != null || !large.tryAcquire()) {
            return;
        }
        try {
            Content.Source.asInputStream(exchange.request).skip(most);
        } catch (IOException e) {
            LOG.trace("the rest of a body did not come", e);
        } finally {
            large.release();
        }
    }

    private void noRoute(Exchange exchange, List<String> methods) {
        if (methods.isEmpty()) {
            throw Problem.other(404, "no-such-path");
        }
        exchange.header("Allow", String.join(", ", methods));
        if (exchange.method().equals("OPTIONS")) {
            exchange.send(204, NOTHING);
        } else {
            throw Problem.other(405, "method-not-allowed").with("allow", String.join(", ", methods));
        }
    }

    private Reply call(Exchange exchange, RouteTable.Match match, @Nullable Caller caller) throws Exception {
        RouteSpec route = match.route();
        if (caller != null
                && route.access == RouteSpec.Access.PERMISSION
                && !hasSomewhere(caller, Objects.requireNonNull(route.permission))) {
            throw Problem.forbidden();
        }
        String encoding = exchange.header("Content-Encoding");
        if (encoding != null && !encoding.strip().equalsIgnoreCase("identity")) {
            throw Problem.other(415, "encoded-content");
        }
        if (route.body == RouteSpec.Body.NONE || isUsual(exchange.request)) {
            return taken(exchange, match, caller);
        }
        if (!large.tryAcquire()) {
            throw Problem.other(503, "busy").with("seconds", 10);
        }
        try {
            requireRoom(exchange.request.getLength());
            return taken(exchange, match, caller);
        } finally {
            large.release();
        }
    }

    /** What is large waits on the disk until it is whole. */
    private void requireRoom(long length) throws IOException {
        Files.createDirectories(spool);
        if (Files.getFileStore(spool).getUsableSpace() < length + RESERVE) {
            throw Problem.other(507, "disk.full").with("seconds", 60);
        }
    }

    private Reply taken(Exchange exchange, RouteTable.Match match, @Nullable Caller caller) throws Exception {
        RouteSpec route = match.route();
        Record body = null;
        InputStream bytes = null;
        switch (route.body) {
            case JSON -> body = json(exchange, route);
            case BYTES -> bytes = stream(exchange, route.mostBytes);
            case FORM -> {
                try (FormReader.SpooledForm form = forms.read(exchange, route.mostBytes)) {
                    // in many units of work: it is marked when all is done
                    return handle(request(match, exchange, caller, null, null, form), route, caller, null);
                }
            }
            case NONE -> {
                if (exchange.request.getLength() > 0) {
                    throw Problem.other(400, "no-body-expected");
                }
            }
        }
        Command command = exchange.turn == null ? null : exchange.turn.command();
        Reply reply = handle(request(match, exchange, caller, body, bytes, null), route, caller, command);
        return route.audited == null || caller == null ? reply : audited(exchange, match, caller, reply);
    }

    private ApiRequest request(
            RouteTable.Match match,
            Exchange exchange,
            @Nullable Caller caller,
            @Nullable Record body,
            @Nullable InputStream bytes,
            @Nullable Form form) {
        return new ApiRequest(
                match,
                exchange,
                caller,
                body,
                bytes,
                form,
                (who, audiences, read) -> kept.reply(
                        KeptReplies.Question.of(
                                match.route().module,
                                exchange.request.getHttpURI().getPathQuery(),
                                who),
                        audiences,
                        () -> bytes(
                                mappers.apply(match.route().module),
                                Objects.requireNonNull(read.get().body()))));
    }

    private Reply handle(ApiRequest request, RouteSpec route, @Nullable Caller caller, @Nullable Command command)
            throws Exception {
        return Acting.as(
                caller == null ? null : caller.account(),
                caller == null ? null : sessions.session(caller),
                command,
                () -> route.handler().handle(request));
    }

    /** Sends it when it is on the audit trail who reads this. */
    private Reply audited(Exchange exchange, RouteTable.Match match, Caller caller, Reply reply) {
        if (reply.status() >= 300) {
            return reply;
        }
        return reads.keep(match, exchange.queries(), caller, sessions.session(caller))
                .map(kept -> Reply.later(kept.thenApplyAsync(done -> reply, Objects.requireNonNull(exchange.threads))))
                .orElse(reply);
    }

    private @Nullable Caller caller(Exchange exchange, RouteSpec route) {
        String bearer = exchange.bearer();
        String cookie = bearer == null ? exchange.cookie() : null;
        String token = bearer == null ? cookie : bearer;
        Optional<Caller> caller = token == null ? Optional.empty() : sessions.caller(token);
        if (cookie != null && !READS.contains(exchange.method()) && !exchange.isSameOrigin()) {
            throw Problem.other(403, "other-origin");
        }
        if (route.access == RouteSpec.Access.OPEN) {
            return caller.orElse(null);
        }
        if (caller.isEmpty()) {
            exchange.header("WWW-Authenticate", "Bearer");
            throw Problem.other(401, token == null ? "not-signed-in" : "session-ended");
        }
        if (!route.isOfOneself && sessions.lacksFactor(caller.get())) {
            throw Problem.other(403, "factor-required");
        }
        return caller.get();
    }

    private static boolean hasSomewhere(Caller caller, Permission permission) {
        return !caller.reach(permission).isEmpty()
                || caller.member()
                        .filter(member -> caller.mayForSelf(permission, member))
                        .isPresent();
    }

    private Record json(Exchange exchange, RouteSpec route) throws IOException {
        String type = exchange.header("Content-Type");
        if (type == null || !type.toLowerCase(java.util.Locale.ROOT).startsWith("application/json")) {
            throw Problem.other(415, "not-json");
        }
        byte[] body = stream(exchange, bodyLimit).readNBytes(bodyLimit + 1);
        return Bodies.read(mappers.apply(route.module), body, Objects.requireNonNull(route.bodyType));
    }

    private static InputStream stream(Exchange exchange, long most) {
        if (exchange.request.getLength() > most) {
            throw new TooLargeException(most);
        }
        return new LimitedStream(Content.Source.asInputStream(exchange.request), most);
    }

    private void reply(Exchange exchange, String module, Reply reply) throws IOException {
        Object body = reply.body();
        if (body instanceof CompletionStage<?> stage) {
            stage.whenComplete((later, failure) -> later(exchange, module, (Reply) later, failure));
            return;
        }
        reply.headers().forEach(exchange::header);
        if (exchange.has(reply.headers().get("ETag"))) {
            exchange.send(304, NOTHING);
        } else if (body instanceof EventStream stream) {
            streams.open(exchange, stream);
        } else if (body instanceof Reply.Writer writer) {
            if (isSettled(exchange, module, reply.status(), null)) {
                write(exchange, reply.status(), writer);
            }
        } else if (body == null) {
            send(exchange, module, reply.status(), NOTHING);
        } else {
            exchange.response.getHeaders().put(JSON);
            send(
                    exchange,
                    module,
                    reply.status(),
                    body instanceof byte[] written ? written : bytes(mappers.apply(module), body));
        }
    }

    private void send(Exchange exchange, String module, int status, byte[] body) {
        if (isSettled(exchange, module, status, body)) {
            exchange.send(status, body);
        }
    }

    /** Whether an answer may go; if what it answers is a command that could not be settled by it, another one goes. */
    private boolean isSettled(Exchange exchange, String module, int status, byte @Nullable [] body) {
        try {
            commands.answered(exchange, status, body);
            return true;
        } catch (RuntimeException e) {
            OF_A_REPLY.forEach(exchange.response.getHeaders()::remove);
            if (e instanceof NotItsTurnException) {
                repeat(exchange, module);
            } else if (e instanceof ProblemException other) {
                problem(exchange, module, other.problem());
            } else {
                failure(exchange, module, e);
            }
        }
        return false;
    }

    private void later(Exchange exchange, String module, @Nullable Reply reply, @Nullable Throwable failure) {
        try {
            if (failure != null) {
                Throwable cause = failure instanceof CompletionException && failure.getCause() != null
                        ? failure.getCause()
                        : failure;
                throw cause instanceof ProblemException problem ? problem : new IllegalStateException(cause);
            }
            reply(exchange, module, Objects.requireNonNull(reply));
        } catch (ProblemException e) {
            problem(exchange, module, e.problem());
        } catch (IOException | RuntimeException e) {
            failure(exchange, module, e);
        }
    }

    private static void write(Exchange exchange, int status, Reply.Writer writer) throws IOException {
        exchange.response.setStatus(status);
        if (!exchange.method().equals("HEAD")) {
            try (OutputStream out = Content.Sink.asOutputStream(exchange.response)) {
                writer.write(out);
            }
        }
        exchange.callback.succeeded();
    }

    /** Answers that the software failed, under a number that the log has as well. */
    void failure(Exchange exchange, String module, Throwable failure) {
        if (exchange.response.isCommitted()) {
            LOG.warn("{} {} ended half-way: {}", exchange.method(), exchange.route, failure.toString());
            exchange.callback.failed(failure);
            return;
        }
        if (failure instanceof IOException) {
            // the client went away, or was too slow
            LOG.debug("{} {} was cut off", exchange.method(), exchange.route, failure);
            problem(exchange, module, Problem.other(408, "cut-off").problem());
            return;
        }
        bug(exchange, module, 500, failure);
    }

    private void bug(Exchange exchange, String module, int status, @Nullable Throwable failure) {
        String number = Long.toString(ThreadLocalRandom.current().nextLong(1L << 40), 36);
        LOG.error("{} {} failed, number {}", exchange.method(), exchange.route, number, failure);
        problem(
                exchange,
                module,
                Problem.other(status, "failure").with("number", number).problem());
    }

    /**
     * Answers what the server has refused before it came here.
     *
     * @param headerLimit bytes of address and headers at most
     * @param cause null if there is none
     */
    void refused(Exchange exchange, int status, int headerLimit, @Nullable Throwable cause) {
        if (status == 503) {
            exchange.header("Retry-After", "10");
            problem(exchange, Module.PLATFORM, Problem.other(503, "stopping").problem());
            return;
        }
        if (status >= 500 && status != 505) {
            bug(exchange, Module.PLATFORM, status, cause);
            return;
        }
        String code =
                switch (status) {
                    case 408 -> "cut-off";
                    case 414 -> "address-too-long";
                    case 417 -> "expectation";
                    case 426, 505 -> "http-version";
                    case 431 -> "headers-too-large";
                    default -> "malformed-request";
                };
        problem(
                exchange,
                Module.PLATFORM,
                Problem.other(status, code).with("max", headerLimit).problem());
    }

    /** Answers with a problem. */
    void problem(Exchange exchange, String module, Problem problem) {
        ProblemDocument document = ProblemDocument.of(problem, module, exchange.language(), texts);
        exchange.header("Content-Type", "application/problem+json");
        exchange.response.getHeaders().put(NO_STORE);
        exchange.header("Content-Language", exchange.language().getLanguage());
        exchange.response.getHeaders().ensureField(new HttpField(HttpHeader.VARY, "Accept-Language"));
        if (COME_AGAIN.contains(problem.status()) && problem.values().get("seconds") instanceof Number seconds) {
            exchange.header("Retry-After", seconds.toString());
        }
        if (problem.current() != null) {
            exchange.header("ETag", '"' + Long.toString(problem.current().version()) + '"');
        }
        send(exchange, module, problem.status(), bytes(mappers.apply(module), document));
    }

    private static byte[] bytes(ObjectMapper mapper, Object body) {
        try {
            return mapper.writeValueAsBytes(body);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("no JSON: " + body.getClass(), e);
        }
    }
}
