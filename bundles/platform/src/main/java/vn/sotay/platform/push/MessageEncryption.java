package vn.sotay.platform.push;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.SecureRandom;
import java.security.interfaces.ECPrivateKey;
import java.security.interfaces.ECPublicKey;
import java.util.Arrays;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * Encrypts a message for one browser: content coding {@code aes128gcm} (RFC 8188) with the keys of RFC 8291, in a single record. The push
 * service that passes it on reads nothing of it.
 */
public final class MessageEncryption {

    /** The most that all push services take: 4096 bytes with what encryption adds. */
    public static final int MOST_BYTES = 3993;

    private static final int SALT = 16;
    private static final int CONTENT_KEY = 16;
    private static final int NONCE = 12;
    private static final int TAG_BITS = 128;
    private static final int RECORD = 4096;
    /** Ends the last record, before any padding. */
    private static final byte LAST = 2;

    private static final SecureRandom RANDOM = new SecureRandom();

    private MessageEncryption() {}

    /**
     * The body of the request to the push service, with a key and a salt of its own.
     *
     * @param plain at most {@link #MOST_BYTES}
     */
    public static byte[] encrypt(byte[] plain, Receiver to) {
        byte[] salt = new byte[SALT];
        RANDOM.nextBytes(salt);
        return encrypt(plain, to, P256.random(), salt);
    }

    static byte[] encrypt(byte[] plain, Receiver to, KeyPair own, byte[] salt) {
        if (plain.length > MOST_BYTES) {
            throw new IllegalArgumentException("a message has at most " + MOST_BYTES + " bytes");
        }
        byte[] sender = P256.bytes((ECPublicKey) own.getPublic());
        byte[] shared = P256.agree((ECPrivateKey) own.getPrivate(), to.key());
        byte[] input =
                derived(to.auth(), shared, joined(info("WebPush: info"), P256.bytes(to.key()), sender), P256.SIZE);
        byte[] key = derived(salt, input, info("Content-Encoding: aes128gcm"), CONTENT_KEY);
        byte[] nonce = derived(salt, input, info("Content-Encoding: nonce"), NONCE);
        try {
            Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
            cipher.init(Cipher.ENCRYPT_MODE, new SecretKeySpec(key, "AES"), new GCMParameterSpec(TAG_BITS, nonce));
            byte[] sealed = cipher.doFinal(joined(plain, new byte[] {LAST}));
            return joined(
                    salt,
                    ByteBuffer.allocate(Integer.BYTES).putInt(RECORD).array(),
                    new byte[] {(byte) sender.length},
                    sender,
                    sealed);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK knows AES/GCM", e);
        }
    }

    private static byte[] info(String name) {
        return (name + '\0').getBytes(StandardCharsets.US_ASCII);
    }

    /** HKDF (RFC 5869) with SHA-256, of a single block. */
    private static byte[] derived(byte[] salt, byte[] input, byte[] info, int length) {
        return Arrays.copyOf(mac(mac(salt, input), joined(info, new byte[] {1})), length);
    }

    private static byte[] mac(byte[] key, byte[] content) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            return mac.doFinal(content);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK knows HMAC", e);
        }
    }

    private static byte[] joined(byte[]... parts) {
        ByteBuffer all = ByteBuffer.allocate(
                Arrays.stream(parts).mapToInt(part -> part.length).sum());
        for (byte[] part : parts) {
            all.put(part);
        }
        return all.array();
    }
}
