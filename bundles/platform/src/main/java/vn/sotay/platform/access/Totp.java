package vn.sotay.platform.access;

import java.net.URLEncoder;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.OptionalLong;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Codes that an app shows for half a minute each: RFC 6238 as all apps know it, with SHA-1 and six digits. Pure. */
final class Totp {

    static final Duration STEP = Duration.ofSeconds(30);
    /** A clock may be wrong by half a minute, and people take their time. */
    private static final int STEPS_OFF = 1;

    private static final int DIGITS = 6;
    private static final String BASE32 = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

    private Totp() {}

    static long step(Instant at) {
        return Math.floorDiv(at.getEpochSecond(), STEP.toSeconds());
    }

    static String code(byte[] secret, long step) {
        return code(secret, step, DIGITS);
    }

    static String code(byte[] secret, long step, int digits) {
        try {
            Mac mac = Mac.getInstance("HmacSHA1");
            mac.init(new SecretKeySpec(secret, "HmacSHA1"));
            byte[] hash =
                    mac.doFinal(ByteBuffer.allocate(Long.BYTES).putLong(step).array());
            int at = hash[hash.length - 1] & 0xf;
            int number = ByteBuffer.wrap(hash).getInt(at) & 0x7fffffff;
            return String.format("%0" + digits + "d", number % (int) Math.pow(10, digits));
        } catch (GeneralSecurityException e) {
            throw new AssertionError("every Java has HmacSHA1", e);
        }
    }

    /** The step whose code was typed, at this time or next to it, and after the last one that was taken. */
    static OptionalLong match(byte[] secret, String typed, Instant now, long lastStep) {
        String digits = typed.replaceAll("\\s", "");
        OptionalLong found = OptionalLong.empty();
        for (long step = step(now) - STEPS_OFF; step <= step(now) + STEPS_OFF; step++) {
            // all of them, so that the time tells nothing
            boolean isIt = MessageDigest.isEqual(
                    code(secret, step).getBytes(StandardCharsets.US_ASCII), digits.getBytes(StandardCharsets.UTF_8));
            if (isIt && step > lastStep && found.isEmpty()) {
                found = OptionalLong.of(step);
            }
        }
        return found;
    }

    /** In Base32, as it is typed into an app. */
    static String text(byte[] secret) {
        StringBuilder text = new StringBuilder();
        int bits = 0;
        int value = 0;
        for (byte each : secret) {
            value = value << 8 | each & 0xff;
            for (bits += 8; bits >= 5; bits -= 5) {
                text.append(BASE32.charAt(value >> bits - 5 & 31));
            }
            value &= (1 << bits) - 1;
        }
        return bits == 0
                ? text.toString()
                : text.append(BASE32.charAt(value << 5 - bits & 31)).toString();
    }

    /** What an app reads as a QR code. */
    static String uri(String secret, String account) {
        String name = URLEncoder.encode(account, StandardCharsets.UTF_8).replace("+", "%20");
        return "otpauth://totp/Sotay:" + name + "?secret=" + secret + "&issuer=Sotay";
    }
}
