package vn.sotay.platform.push;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.Signature;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Says to a push service who sends: a signed word for each service, good for some hours (RFC 8292). Thread-safe. */
public final class Vapid {

    /** Services take a day at most, and their clocks may differ. */
    private static final Duration HOLDS = Duration.ofHours(12);

    private static final Duration RENEWED = Duration.ofHours(1);
    private static final Base64.Encoder TEXT = Base64.getUrlEncoder().withoutPadding();
    private static final String HEAD = encoded("{\"typ\":\"JWT\",\"alg\":\"ES256\"}");

    private record Word(String text, Instant until) {}

    private final VapidKeys keys;
    private final String contact;
    private final Map<String, Word> words = new ConcurrentHashMap<>();

    /** @param contact where a push service reaches who runs this: {@code mailto:} or {@code https:}, without quotation marks */
    public Vapid(VapidKeys keys, String contact) {
        this.keys = keys;
        this.contact = contact;
    }

    /** The public key as browsers are told it. */
    public String key() {
        return keys.text();
    }

    /** The value of the header {@code Authorization} for this endpoint. */
    public String authorization(URI endpoint, Instant now) {
        String audience = audience(endpoint);
        Word word = words.compute(
                audience, (name, before) -> before != null && before.until().isAfter(now) ? before : signed(name, now));
        return "vapid t=" + word.text() + ", k=" + key();
    }

    /** The origin, by which the word is of no use to another service. */
    static String audience(URI endpoint) {
        return endpoint.getScheme() + "://" + endpoint.getRawAuthority();
    }

    private Word signed(String audience, Instant now) {
        String claims = "{\"aud\":\"%s\",\"exp\":%d,\"sub\":\"%s\"}"
                .formatted(audience, now.plus(HOLDS).getEpochSecond(), contact);
        String content = HEAD + '.' + encoded(claims);
        try {
            Signature signature = Signature.getInstance("SHA256withECDSAinP1363Format");
            signature.initSign(keys.privateKey());
            signature.update(content.getBytes(StandardCharsets.US_ASCII));
            return new Word(
                    content + '.' + TEXT.encodeToString(signature.sign()),
                    now.plus(HOLDS).minus(RENEWED));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK knows ES256", e);
        }
    }

    private static String encoded(String text) {
        return TEXT.encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }
}
