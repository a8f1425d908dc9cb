package vn.sotay.tests;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A phone with one passkey, and its browser, after WebAuthn level 2: it does what it is told, also what no honest one would. Each change is
 * another one with the same key.
 */
final class Authenticator {

    private static final int USER_PRESENT = 0x01;
    private static final int USER_VERIFIED = 0x04;
    private static final int ATTESTED = 0x40;
    private static final ObjectMapper JSON = new ObjectMapper();

    private final KeyPair key;
    private final byte[] id;
    private String origin;
    private String host;
    private String user = "";
    private int flags = USER_PRESENT | USER_VERIFIED;
    private int count = 1;

    private Authenticator(KeyPair key, byte[] id, String origin, String host) {
        this.key = key;
        this.id = id;
        this.origin = origin;
        this.host = host;
    }

    /** @param origin of the page that asks it */
    static Authenticator at(String origin) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"));
            byte[] id = new byte[20];
            new SecureRandom().nextBytes(id);
            return new Authenticator(
                    generator.generateKeyPair(),
                    id,
                    origin,
                    java.net.URI.create(origin).getHost());
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    private Authenticator copy() {
        Authenticator other = new Authenticator(key, id, origin, host);
        other.user = user;
        other.flags = flags;
        other.count = count;
        return other;
    }

    Authenticator origin(String other) {
        Authenticator changed = copy();
        changed.origin = other;
        return changed;
    }

    Authenticator host(String other) {
        Authenticator changed = copy();
        changed.host = other;
        return changed;
    }

    Authenticator user(String other) {
        Authenticator changed = copy();
        changed.user = other;
        return changed;
    }

    Authenticator unverified() {
        Authenticator changed = copy();
        changed.flags &= ~USER_VERIFIED;
        return changed;
    }

    Authenticator absent() {
        Authenticator changed = copy();
        changed.flags &= ~USER_PRESENT;
        return changed;
    }

    /** @param other what it tells next */
    Authenticator count(int other) {
        Authenticator changed = copy();
        changed.count = other;
        return changed;
    }

    int count() {
        return count;
    }

    /** With the id of another one, and its own key. */
    Authenticator pretending(Authenticator other) {
        Authenticator changed = new Authenticator(key, other.id, origin, host);
        changed.user = other.user;
        changed.count = other.count + 1000;
        return changed;
    }

    String id() {
        return text(id);
    }

    /** Makes the passkey, as it is offered to; it knows the account then. */
    Map<String, Object> make(JsonNode offer) {
        user = offer.path("user").asText();
        byte[] attested = join(
                new byte[16], ByteBuffer.allocate(2).putShort((short) id.length).array(), id, coseKey());
        byte[] attestation = join(
                new byte[] {(byte) 0xa3},
                words("fmt"),
                words("none"),
                words("attStmt"),
                new byte[] {(byte) 0xa0},
                words("authData"),
                bytes(join(head(flags | ATTESTED), attested)));
        return Map.of(
                "clientData",
                text(clientData("webauthn.create", offer)),
                "attestation",
                text(attestation),
                "transports",
                List.of("internal", "something-new"));
    }

    /** Signs as it is asked to. */
    Map<String, Object> sign(JsonNode ask) {
        return sign(ask, "webauthn.get");
    }

    Map<String, Object> sign(JsonNode ask, String type) {
        try {
            byte[] clientData = clientData(type, ask);
            byte[] data = head(flags);
            Signature signature = Signature.getInstance("SHA256withECDSA");
            signature.initSign(key.getPrivate());
            signature.update(data);
            signature.update(sha256(clientData));
            Map<String, Object> signed = new LinkedHashMap<>();
            signed.put("credential", id());
            signed.put("clientData", text(clientData));
            signed.put("authenticatorData", text(data));
            signed.put("signature", text(signature.sign()));
            if (!user.isEmpty()) {
                signed.put("user", user);
            }
            return signed;
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    private byte[] clientData(String type, JsonNode asked) {
        try {
            return JSON.writeValueAsBytes(Map.of(
                    "type",
                    type,
                    "challenge",
                    asked.path("challenge").asText(),
                    "origin",
                    origin,
                    "crossOrigin",
                    false));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private byte[] head(int bits) {
        byte[] head = join(
                sha256(host.getBytes(StandardCharsets.UTF_8)),
                new byte[] {(byte) bits},
                ByteBuffer.allocate(4).putInt(count).array());
        count++;
        return head;
    }

    private byte[] coseKey() {
        ECPublicKey point = (ECPublicKey) key.getPublic();
        return join(
                new byte[] {(byte) 0xa5, 0x01, 0x02, 0x03, 0x26, 0x20, 0x01, 0x21},
                bytes(coordinate(point.getW().getAffineX())),
                new byte[] {0x22},
                bytes(coordinate(point.getW().getAffineY())));
    }

    private static byte[] coordinate(BigInteger number) {
        byte[] found = number.toByteArray();
        byte[] fixed = new byte[32];
        int length = Math.min(found.length, 32);
        System.arraycopy(found, found.length - length, fixed, 32 - length, length);
        return fixed;
    }

    // ---- CBOR (RFC 8949), as far as it is needed

    private static byte[] words(String text) {
        byte[] letters = text.getBytes(StandardCharsets.UTF_8);
        return join(new byte[] {(byte) (0x60 + letters.length)}, letters);
    }

    private static byte[] bytes(byte[] content) {
        return content.length < 256
                ? join(new byte[] {0x58, (byte) content.length}, content)
                : join(new byte[] {0x59, (byte) (content.length >> 8), (byte) content.length}, content);
    }

    private static byte[] join(byte[]... parts) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            all.writeBytes(part);
        }
        return all.toByteArray();
    }

    private static byte[] sha256(byte[] content) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(content);
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    private static String text(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
