package vn.sotay.platform.access;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.text.Normalizer;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Locale;
import java.util.concurrent.Semaphore;
import org.bouncycastle.crypto.generators.Argon2BytesGenerator;
import org.bouncycastle.crypto.params.Argon2Parameters;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;

/**
 * Hashes passwords by Argon2id: 19 MiB, two passes, one lane. As many at a time as there are processors, so that a flood of attempts
 * takes neither the memory nor all the processors for long. Thread-safe.
 */
@Component(service = Passwords.class)
public final class Passwords {

    private static final int MEMORY_KIB = 19 * 1024;
    private static final int PASSES = 2;
    private static final int LENGTH = 32;
    private static final String PREFIX = "$argon2id$v=19$m=" + MEMORY_KIB + ",t=" + PASSES + ",p=1$";

    /** Letters and digits that are not mistaken for one another. */
    private static final String READABLE = "abcdefghjkmnpqrstuvwxyz23456789";

    private static final String CROCKFORD = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

    private final SecureRandom random = new SecureRandom();
    private final Semaphore turns =
            new Semaphore(Math.max(1, Runtime.getRuntime().availableProcessors()), true);
    private final String nobodys;

    @Activate
    public Passwords() {
        byte[] salt = new byte[16];
        byte[] hash = new byte[LENGTH];
        random.nextBytes(salt);
        random.nextBytes(hash);
        nobodys = PREFIX + text(salt) + '$' + text(hash);
    }

    /** The hash of a password with a new salt and the parameters, as it is kept. */
    String hash(String password) {
        byte[] salt = new byte[16];
        random.nextBytes(salt);
        return PREFIX + text(salt) + '$' + text(argon2(password, salt, MEMORY_KIB, PASSES));
    }

    /** Whether the password has that hash. */
    boolean matches(String password, String kept) {
        String[] parts = kept.split("\\$");
        String[] costs = parts[3].split(",");
        byte[] salt = Base64.getDecoder().decode(parts[4]);
        byte[] hash = Base64.getDecoder().decode(parts[5]);
        return MessageDigest.isEqual(hash, argon2(password, salt, number(costs[0]), number(costs[1])));
    }

    /** Takes as long as {@link #matches}: for a login that nobody has. */
    void spendTime(String password) {
        matches(password, nobodys);
    }

    /**
     * What a short secret is found by: slow to compute, so that who reads it cannot try all there are.
     *
     * @param use keeps what is hashed for different things apart
     */
    String key(String use, String secret) {
        byte[] salt = new byte[16];
        byte[] word = use.getBytes(StandardCharsets.UTF_8);
        System.arraycopy(word, 0, salt, 0, Math.min(word.length, salt.length));
        return HexFormat.of().formatHex(argon2(secret, salt, MEMORY_KIB, PASSES));
    }

    private static int number(String cost) {
        return Integer.parseInt(cost.substring(2));
    }

    private static String text(byte[] bytes) {
        return Base64.getEncoder().withoutPadding().encodeToString(bytes);
    }

    private byte[] argon2(String password, byte[] salt, int memory, int passes) {
        turns.acquireUninterruptibly();
        try {
            Argon2BytesGenerator generator = new Argon2BytesGenerator();
            generator.init(new Argon2Parameters.Builder(Argon2Parameters.ARGON2_id)
                    .withVersion(Argon2Parameters.ARGON2_VERSION_13)
                    .withMemoryAsKB(memory)
                    .withIterations(passes)
                    .withParallelism(1)
                    .withSalt(salt)
                    .build());
            byte[] hash = new byte[LENGTH];
            generator.generateBytes(
                    Normalizer.normalize(password, Normalizer.Form.NFC).getBytes(StandardCharsets.UTF_8), hash);
            return hash;
        } finally {
            turns.release();
        }
    }

    /** A password that nobody guesses and that can be read out by telephone. */
    String random() {
        StringBuilder password = new StringBuilder();
        for (int i = 0; i < 20; i++) {
            if (i > 0 && i % 5 == 0) {
                password.append('-');
            }
            password.append(READABLE.charAt(random.nextInt(READABLE.length())));
        }
        return password.toString();
    }

    /** Eight characters of Crockford's base 32 to be typed from paper: 40 random bits. */
    String code() {
        StringBuilder code = new StringBuilder();
        for (int i = 0; i < 8; i++) {
            code.append(CROCKFORD.charAt(random.nextInt(CROCKFORD.length())));
        }
        return code.toString();
    }

    /** A code as it was made, however it was typed: in any case, with blanks or hyphens, O for 0 and I or L for 1. */
    static String typedCode(String typed) {
        return typed.toUpperCase(Locale.ROOT)
                .replaceAll("[\\s-]", "")
                .replace('O', '0')
                .replace('I', '1')
                .replace('L', '1');
    }

    /** A token of 256 random bits. */
    String token() {
        byte[] token = new byte[32];
        random.nextBytes(token);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(token);
    }
}
