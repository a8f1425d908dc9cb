package vn.sotay.platform.notices;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.metatype.annotations.Designate;
import vn.sotay.api.notice.Urgency;
import vn.sotay.api.store.Store;
import vn.sotay.platform.json.Json;
import vn.sotay.platform.keys.FieldKeys;
import vn.sotay.platform.push.MessageEncryption;
import vn.sotay.platform.push.PushServices;
import vn.sotay.platform.push.Receiver;
import vn.sotay.platform.push.Vapid;
import vn.sotay.platform.push.VapidKeys;

/**
 * Sends to the browsers of a member by the push services of their makers, which read nothing of it (RFC 8030, 8291, 8292). Taken is what one
 * of the browsers' services has taken; a browser that is gone is forgotten. Nobody is asked unless it is configured.
 */
@Component(
        service = {Gateway.class, PushGateway.class},
        property = "channel=PUSH",
        configurationPid = "vn.sotay.push")
@Designate(ocd = PushConfig.class)
public final class PushGateway implements Gateway {

    /** As long as somebody would be told by word of mouth. */
    private static final Duration HOLDS = Duration.ofDays(14);
    /** A storm that was warned of yesterday is here. */
    private static final Duration URGENT_HOLDS = Duration.ofDays(1);

    private static final int MOST_LETTERS = 600;

    private final PushConfig config;
    private final Store store;
    private final PushRows rows;
    private final PushServices services;
    /** Null while it is not configured: no keys are made. */
    private final @Nullable Vapid vapid;

    private final JsonMapper json = Json.own();

    /** For the framework; throws {@link IllegalArgumentException} with a line for the operator. */
    @Activate
    public PushGateway(BundleContext context, @Reference Store store, @Reference FieldKeys keys, PushConfig config) {
        this.config = config;
        this.store = store;
        this.rows = new PushRows(keys);
        this.services = new PushServices(config.services());
        this.vapid = config.contact().isEmpty() ? null : vapid(context, config);
    }

    private static Vapid vapid(BundleContext context, PushConfig config) {
        if (!config.contact().matches("(mailto:|https://)[^\\s\"\\\\]+")) {
            throw new IllegalArgumentException(
                    "push.contact must begin with mailto: or https://, not \"" + config.contact() + '"');
        }
        Path file = config.keyFile().isEmpty()
                ? Path.of(context.getProperty("sotay.data"), "keys", "push")
                : Path.of(config.keyFile());
        try {
            return new Vapid(VapidKeys.in(file), config.contact());
        } catch (IOException e) {
            throw new IllegalArgumentException("push.keyFile: " + e.getMessage(), e);
        }
    }

    @Override
    public Channel channel() {
        return Channel.PUSH;
    }

    @Override
    public boolean isOpen() {
        return !config.contact().isEmpty();
    }

    /** The key by which browsers subscribe; null while it is not configured. */
    @Nullable String key() {
        return vapid == null ? null : vapid.key();
    }

    /** The address, if it is one of a push service that may be asked. */
    Optional<URI> allowed(String endpoint) {
        return services.allowed(endpoint);
    }

    @Override
    public void send(Outgoing message) throws IOException {
        List<PushRows.Subscription> browsers = store.read(tx -> rows.of(tx.handle(), message.to()));
        byte[] content = content(message);
        boolean isTaken = false;
        IOException failure = new RefusedException("there is no browser");
        for (PushRows.Subscription one : browsers) {
            try {
                isTaken |= send(message, content, one);
            } catch (RefusedException e) {
                // another failure may pass, and counts more
                failure = failure instanceof RefusedException ? e : failure;
            } catch (IOException e) {
                failure = e;
            }
        }
        if (!isTaken) {
            throw failure;
        }
    }

    private byte[] content(Outgoing message) {
        Map<String, Object> content = new LinkedHashMap<>();
        content.put("key", message.key());
        content.put("topic", topic(message));
        content.put("title", cut(message.title()));
        content.put("text", cut(message.text()));
        content.put("path", message.path());
        content.put("language", message.language().getLanguage());
        content.put("urgent", message.urgency() == Urgency.URGENT);
        byte[] whole = bytes(content);
        if (whole.length > MessageEncryption.MOST_BYTES) {
            content.remove("text");
            return bytes(content);
        }
        return whole;
    }

    private byte[] bytes(Map<String, Object> content) {
        try {
            return json.writeValueAsBytes(content);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("texts are always JSON", e);
        }
    }

    private static String cut(String text) {
        return text.length() <= MOST_LETTERS
                ? text
                : text.substring(0, text.offsetByCodePoints(0, text.codePointCount(0, MOST_LETTERS) - 1)) + '…';
    }

    /** At most 32 letters of Base64url: what waits under it at the push service, or is shown, is replaced. */
    private static String topic(Outgoing message) {
        return message.topic().toString().replace("-", "");
    }

    private boolean send(Outgoing message, byte[] content, PushRows.Subscription to) throws IOException {
        // one that the configuration allows no more is kept: it may be allowed again
        URI address = services.allowed(to.browser().endpoint())
                .orElseThrow(() -> new RefusedException("its push service is not one of push.services"));
        boolean isUrgent = message.urgency() == Urgency.URGENT;
        HttpRequest request = HttpRequest.newBuilder(address)
                .timeout(Exchange.PATIENCE)
                .header("Authorization", Objects.requireNonNull(vapid).authorization(address, Instant.now()))
                .header("Content-Encoding", "aes128gcm")
                .header("Content-Type", "application/octet-stream")
                .header("TTL", Long.toString((isUrgent ? URGENT_HOLDS : HOLDS).toSeconds()))
                .header("Urgency", isUrgent ? "high" : "normal")
                .header("Topic", topic(message))
                .POST(HttpRequest.BodyPublishers.ofByteArray(MessageEncryption.encrypt(
                        content, Receiver.of(to.browser().p256dh(), to.browser().auth()))))
                .build();
        HttpResponse<Void> reply = Exchange.with("the push service", request, HttpResponse.BodyHandlers.discarding());
        if (reply.statusCode() == 404 || reply.statusCode() == 410) {
            store.change(tx -> rows.remove(tx, to.id()));
            throw new RefusedException("the browser is gone");
        }
        requireTaken(reply);
        return true;
    }

    private static void requireTaken(HttpResponse<Void> reply) throws IOException {
        int status = reply.statusCode();
        if (status == 400 || status == 413) {
            throw new RefusedException("the push service refuses the message with " + status);
        }
        if (status / 100 != 2) {
            throw new LaterException(
                    "the push service answers " + status,
                    reply.headers()
                            .firstValue("Retry-After")
                            .map(text -> RetryAfter.of(text, Instant.now()))
                            .orElse(Duration.ZERO));
        }
    }
}
