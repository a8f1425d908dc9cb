package vn.sotay.platform.notices;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.metatype.annotations.Designate;
import vn.sotay.platform.secrets.Secrets;

/** Sends text messages by what speaks HTTP: a provider's gateway, or a modem on this machine. Nobody is asked unless one is configured. */
@Component(service = Gateway.class, property = "channel=SMS", configurationPid = "vn.sotay.sms")
@Designate(ocd = SmsConfig.class)
public final class SmsGateway implements Gateway {

    private static final Pattern NAME = Pattern.compile("\\{(number|international|text|key|secret)}");
    private static final Pattern MARKS = Pattern.compile("\\p{M}+");
    private static final String FORM = "application/x-www-form-urlencoded";
    /** What may pass, or is of the gateway or its settings; any other refusal is of this message. */
    private static final Set<Integer> MAY_PASS = Set.of(401, 402, 403, 404, 405, 407, 408, 415, 425, 429);

    private static final int MOST_OF_REPLY = 64 * 1024;

    private final SmsConfig config;
    private final String secret;
    private final Map<String, String> headers;
    /** Null: the status alone says it. */
    private final @Nullable Pattern accepted;

    /** For the framework; throws {@link IllegalArgumentException} with a line for the operator. */
    @Activate
    public SmsGateway(SmsConfig config) {
        this.config = config;
        try {
            this.secret =
                    Secrets.find("sms.secret", System.getenv("SOTAY_SMS_SECRET"), config.secretFile(), config.secret());
        } catch (IOException e) {
            throw new IllegalArgumentException(e.getMessage(), e);
        }
        if (isOpen()) {
            require(
                    Set.of("POST", "PUT", "GET").contains(config.method()),
                    "sms.method must be POST, PUT or GET, not \"" + config.method() + '"');
            // the address itself is not repeated: it may have a secret
            require(config.url().matches("(?i)https?://.+"), "sms.url must begin with https:// or http://");
        }
        this.headers = isOpen() ? headers(config.headers()) : Map.of();
        this.accepted = isOpen() && !config.accepted().isEmpty() ? pattern(config.accepted()) : null;
    }

    private static void require(boolean holds, String otherwise) {
        if (!holds) {
            throw new IllegalArgumentException(otherwise);
        }
    }

    /** Each on a line of its own, in one text or in several. */
    private static Map<String, String> headers(String[] texts) {
        Map<String, String> headers = new LinkedHashMap<>();
        Stream.of(texts).flatMap(String::lines).filter(line -> !line.isBlank()).forEach(line -> {
            int colon = line.indexOf(':');
            require(
                    colon > 0,
                    "sms.headers must have \"name: value\" on each line; line " + (headers.size() + 1)
                            + " has no name and colon");
            String name = line.substring(0, colon).strip();
            try {
                HttpRequest.newBuilder().header(name, "");
            } catch (IllegalArgumentException e) {
                throw new IllegalArgumentException("sms.headers cannot have a header \"" + name + '"', e);
            }
            headers.put(name, line.substring(colon + 1).strip());
        });
        return headers;
    }

    private static Pattern pattern(String text) {
        try {
            return Pattern.compile(text);
        } catch (PatternSyntaxException e) {
            throw new IllegalArgumentException("sms.accepted is no regular expression: " + e.getMessage(), e);
        }
    }

    @Override
    public Channel channel() {
        return Channel.SMS;
    }

    @Override
    public boolean isOpen() {
        return !config.url().isEmpty();
    }

    @Override
    public void send(Outgoing message) throws IOException {
        if (message.address().isBlank()) {
            throw new RefusedException("there is no number");
        }
        String text = message.title() + ". " + message.text();
        Map<String, String> values = Map.of(
                "number", message.address(),
                "international", message.address().replaceFirst("^0", "84"),
                "text", config.plain() ? plain(text) : text,
                "key", message.key(),
                "secret", secret);
        HttpRequest.Builder request = HttpRequest.newBuilder(
                        URI.create(filled(config.url(), values, SmsGateway::urlSafe)))
                .timeout(Exchange.PATIENCE)
                .header("Content-Type", config.type());
        headers.forEach(
                (name, value) -> request.header(name, filled(value, values, one -> one.replaceAll("[\r\n]+", " "))));
        UnaryOperator<String> safe = config.type().startsWith(FORM) ? SmsGateway::urlSafe : SmsGateway::jsonSafe;
        request.method(
                config.method(),
                config.method().equals("GET")
                        ? HttpRequest.BodyPublishers.noBody()
                        : HttpRequest.BodyPublishers.ofString(filled(config.body(), values, safe)));
        answered(request.build());
    }

    private void answered(HttpRequest request) throws IOException {
        ByteArrayOutputStream reply = new ByteArrayOutputStream();
        int status = exchange(request, reply);
        if (status / 100 == 4 && !MAY_PASS.contains(status)) {
            throw new RefusedException("the gateway refuses the message with " + status);
        }
        if (status / 100 != 2) {
            throw new IOException("the gateway answers " + status);
        }
        if (accepted != null
                && !accepted.matcher(reply.toString(StandardCharsets.UTF_8)).find()) {
            // why is the gateway's own: its money may have run out, or its night be over
            throw new IOException("the gateway answers " + status + ", and not what sms.accepted says");
        }
    }

    /** Keeps the beginning of the reply; one that does not end is no reply. */
    private int exchange(HttpRequest request, ByteArrayOutputStream reply) throws IOException {
        return Exchange.with(
                        "the gateway",
                        request,
                        head -> HttpResponse.BodySubscribers.ofByteArrayConsumer(part -> part.ifPresent(
                                bytes -> reply.write(bytes, 0, Math.min(bytes.length, MOST_OF_REPLY - reply.size())))))
                .statusCode();
    }

    static String filled(String template, Map<String, String> values, UnaryOperator<String> safe) {
        return NAME.matcher(template)
                .replaceAll(name -> Matcher.quoteReplacement(safe.apply(values.getOrDefault(name.group(1), ""))));
    }

    /** {@code Hop chi bo}: letters that fit 160 into a message. */
    static String plain(String text) {
        return MARKS.matcher(Normalizer.normalize(text, Normalizer.Form.NFD))
                .replaceAll("")
                .replace('đ', 'd')
                .replace('Đ', 'D');
    }

    static String urlSafe(String value) {
        return URLEncoder.encode(value, StandardCharsets.UTF_8);
    }

    static String jsonSafe(String value) {
        StringBuilder safe = new StringBuilder(value.length() + 16);
        for (char letter : value.toCharArray()) {
            switch (letter) {
                case '"' -> safe.append("\\\"");
                case '\\' -> safe.append("\\\\");
                case '\n' -> safe.append("\\n");
                default -> {
                    if (letter < ' ') {
                        safe.append(' ');
                    } else {
                        safe.append(letter);
                    }
                }
            }
        }
        return safe.toString();
    }
}
