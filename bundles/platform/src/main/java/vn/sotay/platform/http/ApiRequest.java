package vn.sotay.platform.http;

import java.io.InputStream;
import java.time.Instant;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import vn.sotay.api.access.Audience;
import vn.sotay.api.access.Caller;
import vn.sotay.api.http.FieldError;
import vn.sotay.api.http.Form;
import vn.sotay.api.http.Page;
import vn.sotay.api.http.Problem;
import vn.sotay.api.http.ProblemException;
import vn.sotay.api.http.Reply;
import vn.sotay.api.http.Request;

/** What a handler sees of a request. */
final class ApiRequest implements Request {

    static final int LIMIT = 50;
    static final int LIMIT_MAX = 500;
    private static final Pattern VERSION = Pattern.compile("(?:W/)?\"(\\d{1,18})(?:--gzip)?\"");
    static final Pattern ID =
            Pattern.compile("[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}");

    private final RouteTable.Match match;
    private final Exchange exchange;
    private final @Nullable Caller caller;
    private final Map<String, String> queries;
    private final @Nullable Record body;
    private final @Nullable InputStream bytes;
    private final @Nullable Form form;
    private final Keeping keeping;

    /** Gives a reply that was kept, or reads and keeps it. */
    interface Keeping {
        Reply unlessChanged(Caller caller, Set<Audience> audiences, Supplier<Reply> read);
    }

    ApiRequest(
            RouteTable.Match match,
            Exchange exchange,
            @Nullable Caller caller,
            @Nullable Record body,
            @Nullable InputStream bytes,
            @Nullable Form form,
            Keeping keeping) {
        this.match = match;
        this.exchange = exchange;
        this.caller = caller;
        this.queries = exchange.queries();
        this.body = body;
        this.bytes = bytes;
        this.form = form;
        this.keeping = keeping;
        for (String name : queries.keySet()) {
            if (!match.route().queries.containsKey(name)) {
                throw badQuery(
                        name,
                        "unknown-parameter",
                        Map.of("known", String.join(", ", match.route().queries.keySet())));
            }
        }
    }

    private static ProblemException badQuery(String name, String rule, Map<String, Object> values) {
        return new ProblemException(
                new Problem(400, "bad-parameter", Map.of(), List.of(new FieldError(name, rule, values)), null));
    }

    @Override
    public Caller caller() {
        if (caller == null) {
            throw new IllegalStateException("nobody is signed in on this route");
        }
        return caller;
    }

    @Override
    public String path(String name) {
        String value = match.variables().get(name);
        if (value == null) {
            throw new IllegalStateException(match.route() + " has no variable " + name);
        }
        return value;
    }

    @Override
    public UUID id(String name) {
        String text = path(name);
        if (!ID.matcher(text).matches()) {
            throw Problem.notFound();
        }
        return UUID.fromString(text);
    }

    @Override
    public <T> Optional<T> query(String name, Class<T> type) {
        if (!match.route().queries.containsKey(name)) {
            throw new IllegalStateException(match.route() + " does not declare the parameter " + name);
        }
        String text = queries.get(name);
        return text == null || text.isBlank()
                ? Optional.empty()
                : Optional.of(type.cast(parse(name, text.strip(), type)));
    }

    private static Object parse(String name, String text, Class<?> type) {
        try {
            if (type == String.class) {
                if (text.length() > RecordRules.TEXT_MAX * 5) {
                    throw badQuery(name, "too-long", Map.of("max", RecordRules.TEXT_MAX * 5, "length", text.length()));
                }
                return text;
            }
            if (type == UUID.class && ID.matcher(text).matches()) {
                return UUID.fromString(text);
            }
            if (type == Integer.class) {
                return Integer.valueOf(text);
            }
            if (type == Boolean.class && (text.equals("true") || text.equals("false"))) {
                return Boolean.valueOf(text);
            }
            if (type == LocalDate.class) {
                return LocalDate.parse(text);
            }
            if (type == Instant.class) {
                return Instant.parse(text);
            }
        } catch (NumberFormatException | DateTimeParseException e) {
            throw badQuery(name, Bodies.rule(type), Map.of());
        }
        if (type.isEnum()) {
            for (Object constant : type.getEnumConstants()) {
                if (((Enum<?>) constant).name().equals(text)) {
                    return constant;
                }
            }
            throw badQuery(name, "enum", RecordRules.constants(type));
        }
        throw badQuery(name, Bodies.rule(type), Map.of());
    }

    @Override
    public int limit() {
        int limit = query("limit", Integer.class).orElse(LIMIT);
        if (limit < 1 || limit > LIMIT_MAX) {
            throw badQuery("limit", "out-of-range", Map.of("min", 1, "max", LIMIT_MAX));
        }
        return limit;
    }

    @Override
    public @Nullable List<String> after() {
        try {
            return query("after", String.class).map(Page::values).orElse(null);
        } catch (IllegalArgumentException e) {
            throw badQuery("after", "cursor", Map.of());
        }
    }

    @Override
    public <T extends Record> T body(Class<T> type) {
        if (!type.isInstance(body)) {
            throw new IllegalStateException(match.route() + " does not take " + type);
        }
        return type.cast(body);
    }

    @Override
    public InputStream bytes() {
        if (bytes == null) {
            throw new IllegalStateException(match.route() + " takes no bytes");
        }
        return bytes;
    }

    @Override
    public Form form() {
        if (form == null) {
            throw new IllegalStateException(match.route() + " takes no form");
        }
        return form;
    }

    @Override
    public OptionalLong ifMatch() {
        String header = exchange.header("If-Match");
        if (header == null || header.strip().equals("*")) {
            return OptionalLong.empty();
        }
        Matcher version = VERSION.matcher(header.strip());
        // a tag that was never given out matches no version
        return OptionalLong.of(version.matches() ? Long.parseLong(version.group(1)) : -1);
    }

    @Override
    public Optional<String> header(String name) {
        return Optional.ofNullable(exchange.header(name));
    }

    @Override
    public String address() {
        return exchange.client().address();
    }

    @Override
    public boolean secure() {
        return exchange.isSecure();
    }

    @Override
    public String host() {
        return exchange.client().host();
    }

    @Override
    public Locale language() {
        return exchange.language();
    }

    @Override
    public Reply unlessChanged(Set<Audience> audiences, Supplier<Reply> read) {
        return audiences.isEmpty() ? read.get() : keeping.unlessChanged(caller(), audiences, read);
    }

    @Override
    public Instant at() {
        return exchange.at();
    }
}
