package vn.sotay.dues.payment;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * What the code on a receipt says: book, number, day and amount, signed with a secret of the book. It names nobody. Of letters and signs
 * that a QR code packs closest. Pure.
 *
 * @param amount đồng
 */
record Proof(UUID book, String receipt, LocalDate day, long amount) {

    private static final String BEGIN = "SOTAY/1/";
    private static final Pattern FORM = Pattern.compile(
            BEGIN + "([0-9A-F]{32})/(CP\\d{2}-[A-Z]{1,4}-\\d{6})/(\\d{8})/(-?\\d{1,13})/([0-9A-F]{20})");
    private static final int SIGNATURE = 20;
    private static final SecureRandom RANDOM = new SecureRandom();

    /** 256 bits by chance. */
    static String newSecret() {
        byte[] secret = new byte[32];
        RANDOM.nextBytes(secret);
        return Base64.getEncoder().encodeToString(secret);
    }

    /** A text that was read from a code; empty if it is not of this form. Whether the signature is right is not known then. */
    static Optional<Proof> read(String text) {
        Matcher form = FORM.matcher(text);
        if (!form.matches()) {
            return Optional.empty();
        }
        try {
            return Optional.of(new Proof(
                    uuid(form.group(1)),
                    form.group(2),
                    LocalDate.parse(form.group(3), DateTimeFormatter.BASIC_ISO_DATE),
                    Long.parseLong(form.group(4))));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    /** The text, signed. */
    String signed(String secret) {
        String plain = plain();
        return plain + '/' + signature(plain, secret);
    }

    boolean isSignedIn(String text, String secret) {
        return MessageDigest.isEqual(
                signed(secret).getBytes(StandardCharsets.US_ASCII), text.getBytes(StandardCharsets.US_ASCII));
    }

    private String plain() {
        return BEGIN
                + book.toString().replace("-", "").toUpperCase(Locale.ROOT)
                + '/'
                + receipt
                + '/'
                + DateTimeFormatter.BASIC_ISO_DATE.format(day)
                + '/'
                + amount;
    }

    private static String signature(String plain, String secret) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(Base64.getDecoder().decode(secret), "HmacSHA256"));
            byte[] signature = mac.doFinal(plain.getBytes(StandardCharsets.US_ASCII));
            return HexFormat.of().withUpperCase().formatHex(signature).substring(0, SIGNATURE);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("each Java knows HMAC-SHA256", e);
        }
    }

    private static UUID uuid(String hex) {
        return UUID.fromString(hex.replaceFirst("(.{8})(.{4})(.{4})(.{4})(.{12})", "$1-$2-$3-$4-$5"));
    }
}
