package vn.sotay.platform.notices;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.metatype.annotations.Designate;
import vn.sotay.platform.secrets.Secrets;

/** Sends text messages by what speaks HTTP: a provider's gateway, or a modem on this machine. Nobody is asked unless one is configured. */
@Component(service = Gateway.class, property = "channel=SMS", configurationPid = "vn.sotay.sms")
@Designate(ocd = SmsConfig.class)
public final class SmsGateway implements Gateway {

    private static final Duration PATIENCE = Duration.ofSeconds(15);
    private static final Pattern NAME = Pattern.compile("\\{(number|international|text|key|secret)}");
    private static final Pattern MARKS = Pattern.compile("\\p{M}+");
    private static final String FORM = "application/x-www-form-urlencoded";
    /** What may pass, or is the gateway's own trouble; any other refusal is of this message. */
    private static final Set<Integer> MAY_PASS = Set.of(401, 402, 403, 407, 408, 425, 429);

    private final SmsConfig config;
    private final String secret;
    private final HttpClient client = HttpClient.newBuilder()
            .connectTimeout(PATIENCE)
            .followRedirects(HttpClient.Redirect.NEVER)
            .build();

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
        if (isOpen() && !Set.of("POST", "PUT", "GET").contains(config.method())) {
            throw new IllegalArgumentException("sms.method must be POST, PUT or GET, not \"" + config.method() + '"');
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
        String text = message.title() + ". " + message.text();
        Map<String, String> values = Map.of(
                "number", message.address(),
                "international", message.address().replaceFirst("^0", "84"),
                "text", config.plain() ? plain(text) : text,
                "key", message.key(),
                "secret", secret);
        HttpRequest.Builder request = HttpRequest.newBuilder(
                        URI.create(filled(config.url(), values, SmsGateway::urlSafe)))
                .timeout(PATIENCE)
                .header("Content-Type", config.type());
        for (String header : config.headers()) {
            int colon = header.indexOf(':');
            request.header(
                    header.substring(0, colon).strip(),
                    filled(header.substring(colon + 1).strip(), values, value -> value.replaceAll("[\r\n]+", " ")));
        }
        UnaryOperator<String> safe = config.type().startsWith(FORM) ? SmsGateway::urlSafe : SmsGateway::jsonSafe;
        request.method(
                config.method(),
                config.method().equals("GET")
                        ? HttpRequest.BodyPublishers.noBody()
                        : HttpRequest.BodyPublishers.ofString(filled(config.body(), values, safe)));
        answered(request.build());
    }

    private void answered(HttpRequest request) throws IOException {
        int status;
        try {
            status =
                    client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
        if (status / 100 == 4 && !MAY_PASS.contains(status)) {
            throw new RefusedException("the gateway refuses the message with " + status);
        }
        if (status / 100 != 2) {
            throw new IOException("the gateway answers " + status);
        }
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
