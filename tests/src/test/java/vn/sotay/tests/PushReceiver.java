package vn.sotay.tests;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.ECPoint;
import java.security.spec.ECPublicKeySpec;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import javax.crypto.Cipher;
import javax.crypto.KeyAgreement;
import javax.crypto.Mac;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * A browser and its push service: checks who sends (RFC 8292) and reads what comes (RFC 8291), by steps of its own. Fails as often as it is
 * told, before it has taken a message or after, and then asks to wait a second. Thread-safe.
 */
final class PushReceiver {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Base64.Encoder TEXT = Base64.getUrlEncoder().withoutPadding();

    /** What has come: the content, and the headers that tell how it is to be passed on. */
    record Come(JsonNode content, String topic, String urgency, Duration holds, boolean answered) {}

    private final String origin;
    private final String path = "/push/" + UUID.randomUUID();
    private final String key;
    private final double fails;
    private final KeyPair pair;
    private final byte[] auth = new byte[16];
    private final Random random = new Random(20261128);
    private final ConcurrentLinkedQueue<Come> come = new ConcurrentLinkedQueue<>();
    private final ConcurrentLinkedQueue<String> faults = new ConcurrentLinkedQueue<>();
    private final AtomicInteger failures = new AtomicInteger();
    private volatile boolean gone;

    /** @param key of the server, as it tells it */
    PushReceiver(String origin, String key, double fails) {
        this.origin = origin;
        this.key = key;
        this.fails = fails;
        new SecureRandom().nextBytes(auth);
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"));
            pair = generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    String path() {
        return path;
    }

    Map<String, Object> subscription() {
        return Map.of(
                "endpoint",
                origin + path,
                "p256dh",
                TEXT.encodeToString(point((ECPublicKey) pair.getPublic())),
                "auth",
                TEXT.encodeToString(auth));
    }

    /** From now on there is no such browser. */
    void go() {
        gone = true;
    }

    /** What the service has taken; what it has taken and not said so is among it. */
    List<Come> come() {
        return new ArrayList<>(come);
    }

    /** What was wrong with what came. */
    List<String> faults() {
        return new ArrayList<>(faults);
    }

    int failures() {
        return failures.get();
    }

    void take(HttpExchange exchange) {
        try (exchange) {
            byte[] body = exchange.getRequestBody().readAllBytes();
            int status = gone ? 410 : take(exchange.getRequestHeaders(), body);
            if (status == 429) {
                exchange.getResponseHeaders().add("Retry-After", "1");
            }
            exchange.sendResponseHeaders(status, -1);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private int take(Headers headers, byte[] body) {
        boolean isFailing;
        boolean arrives;
        synchronized (random) {
            isFailing = random.nextDouble() < fails;
            arrives = !isFailing || random.nextBoolean();
        }
        try {
            check(headers.getFirst("Authorization"));
            if (!"aes128gcm".equals(headers.getFirst("Content-Encoding"))) {
                throw new IllegalArgumentException("content coding " + headers.getFirst("Content-Encoding"));
            }
            if (arrives) {
                come.add(new Come(
                        JSON.readTree(decrypted(body)),
                        headers.getFirst("Topic"),
                        headers.getFirst("Urgency"),
                        Duration.ofSeconds(Long.parseLong(headers.getFirst("TTL"))),
                        !isFailing));
            }
        } catch (GeneralSecurityException | IOException | RuntimeException e) {
            faults.add(e.toString());
            return 403;
        }
        if (isFailing) {
            failures.incrementAndGet();
        }
        return isFailing ? 429 : 201;
    }

    private void check(String authorization) throws GeneralSecurityException, IOException {
        String prefix = "vapid t=";
        int comma = authorization.indexOf(", k=");
        require(authorization.startsWith(prefix) && comma > 0, "no word of VAPID");
        require(authorization.substring(comma + 4).equals(key), "another key");
        String[] parts = authorization.substring(prefix.length(), comma).split("\\.");
        JsonNode head = JSON.readTree(Base64.getUrlDecoder().decode(parts[0]));
        JsonNode claims = JSON.readTree(Base64.getUrlDecoder().decode(parts[1]));
        require(head.path("alg").asText().equals("ES256"), "signed by " + head);
        require(claims.path("aud").asText().equals(origin), "for " + claims);
        require(claims.path("sub").asText().equals("mailto:sotay@example.vn"), "from " + claims);
        Instant until = Instant.ofEpochSecond(claims.path("exp").asLong());
        require(
                until.isAfter(Instant.now()) && until.isBefore(Instant.now().plus(Duration.ofHours(24))),
                "until " + until);
        Signature signature = Signature.getInstance("SHA256withECDSAinP1363Format");
        signature.initVerify(key(Base64.getUrlDecoder().decode(key)));
        signature.update((parts[0] + '.' + parts[1]).getBytes(StandardCharsets.US_ASCII));
        require(signature.verify(Base64.getUrlDecoder().decode(parts[2])), "not signed by its key");
    }

    private static void require(boolean holds, String otherwise) {
        if (!holds) {
            throw new IllegalArgumentException(otherwise);
        }
    }

    private byte[] decrypted(byte[] body) throws GeneralSecurityException {
        ByteBuffer message = ByteBuffer.wrap(body);
        byte[] salt = bytes(message, 16);
        int record = message.getInt();
        byte[] sender = bytes(message, message.get());
        require(message.remaining() <= record, "more than one record");
        KeyAgreement agreement = KeyAgreement.getInstance("ECDH");
        agreement.init(pair.getPrivate());
        agreement.doPhase(key(sender), true);
        ByteBuffer info = ByteBuffer.allocate(14 + 65 + 65 + 1);
        info.put("WebPush: info\0".getBytes(StandardCharsets.US_ASCII));
        info.put(point((ECPublicKey) pair.getPublic())).put(sender).put((byte) 1);
        byte[] input = mac(mac(auth, agreement.generateSecret()), info.array());
        byte[] both = mac(salt, input);
        byte[] content =
                Arrays.copyOf(mac(both, "Content-Encoding: aes128gcm\0\1".getBytes(StandardCharsets.US_ASCII)), 16);
        byte[] nonce = Arrays.copyOf(mac(both, "Content-Encoding: nonce\0\1".getBytes(StandardCharsets.US_ASCII)), 12);
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(Cipher.DECRYPT_MODE, new SecretKeySpec(content, "AES"), new GCMParameterSpec(128, nonce));
        byte[] plain = cipher.doFinal(bytes(message, message.remaining()));
        int end = plain.length - 1;
        while (plain[end] == 0) {
            end--;
        }
        require(plain[end] == 2, "no end of the last record");
        return Arrays.copyOf(plain, end);
    }

    private static byte[] bytes(ByteBuffer from, int count) {
        byte[] bytes = new byte[count];
        from.get(bytes);
        return bytes;
    }

    private static byte[] mac(byte[] key, byte[] content) throws GeneralSecurityException {
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(key, "HmacSHA256"));
        return mac.doFinal(content);
    }

    private PublicKey key(byte[] point) throws GeneralSecurityException {
        return KeyFactory.getInstance("EC")
                .generatePublic(new ECPublicKeySpec(
                        new ECPoint(
                                new BigInteger(1, Arrays.copyOfRange(point, 1, 33)),
                                new BigInteger(1, Arrays.copyOfRange(point, 33, 65))),
                        ((ECPublicKey) pair.getPublic()).getParams()));
    }

    private static byte[] point(ECPublicKey key) {
        byte[] point = new byte[65];
        point[0] = 4;
        byte[] x = key.getW().getAffineX().toByteArray();
        byte[] y = key.getW().getAffineY().toByteArray();
        int ofX = Math.min(32, x.length);
        int ofY = Math.min(32, y.length);
        System.arraycopy(x, x.length - ofX, point, 33 - ofX, ofX);
        System.arraycopy(y, y.length - ofY, point, 65 - ofY, ofY);
        return point;
    }
}
