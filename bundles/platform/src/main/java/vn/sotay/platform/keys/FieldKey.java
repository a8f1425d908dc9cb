package vn.sotay.platform.keys;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;

/**
 * A numbered key: one half seals, the other makes hashes that a sealed value is found by. Has no {@code toString} that tells them.
 */
final class FieldKey {

    private static final int BYTES = 32;
    private static final String MAC = "HmacSHA256";
    private static final SecureRandom RANDOM = new SecureRandom();

    /** Making one takes as long as using it. */
    private static final ThreadLocal<Mac> MACS = ThreadLocal.withInitial(FieldKey::mac);

    private final int number;
    private final byte[] sealing;
    private final byte[] finding;
    private final SecretKey sealingKey;
    private final SecretKey findingKey;

    /** @throws IllegalArgumentException if the number is not positive, or a half has not 256 bits */
    FieldKey(int number, byte[] sealing, byte[] finding) {
        if (number < 1 || sealing.length != BYTES || finding.length != BYTES) {
            throw new IllegalArgumentException("no key of fields");
        }
        this.number = number;
        this.sealing = sealing.clone();
        this.finding = finding.clone();
        this.sealingKey = new SecretKeySpec(sealing, "AES");
        this.findingKey = new SecretKeySpec(finding, MAC);
    }

    static FieldKey random(int number) {
        byte[] sealing = new byte[BYTES];
        byte[] finding = new byte[BYTES];
        RANDOM.nextBytes(sealing);
        RANDOM.nextBytes(finding);
        return new FieldKey(number, sealing, finding);
    }

    int number() {
        return number;
    }

    byte[] sealing() {
        return sealing.clone();
    }

    byte[] finding() {
        return finding.clone();
    }

    SecretKey sealingKey() {
        return sealingKey;
    }

    /** Tells this key from any other, and tells nobody the key. */
    String fingerprint() {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(mac("fingerprint", sealing));
    }

    /** A keyed hash of these parts in their order. */
    byte[] mac(String purpose, byte[]... parts) {
        try {
            Mac mac = MACS.get();
            mac.init(findingKey);
            mac.update(purpose.getBytes(StandardCharsets.UTF_8));
            for (byte[] part : parts) {
                mac.update((byte) 0);
                // its length, so that no two lists of parts are one row of bytes
                for (int shift = 24; shift >= 0; shift -= 8) {
                    mac.update((byte) (part.length >> shift));
                }
                mac.update(part);
            }
            return mac.doFinal();
        } catch (GeneralSecurityException e) {
            throw new AssertionError("every Java has " + MAC, e);
        }
    }

    private static Mac mac() {
        try {
            return Mac.getInstance(MAC);
        } catch (GeneralSecurityException e) {
            throw new AssertionError("every Java has " + MAC, e);
        }
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof FieldKey key
                && key.number == number
                && Arrays.equals(key.sealing, sealing)
                && Arrays.equals(key.finding, finding);
    }

    @Override
    public int hashCode() {
        return number;
    }
}
