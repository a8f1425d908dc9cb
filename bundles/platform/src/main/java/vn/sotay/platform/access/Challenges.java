package vn.sotay.platform.access;

import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.Base64;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What passkeys have been asked to sign: each is good once, for five minutes, and for what it was made. Who is asked while Sotay is started
 * anew is asked again. Thread-safe.
 */
final class Challenges {

    static final Duration LAST = Duration.ofMinutes(5);

    private static final int BYTES = 32;

    /** What a signature is for. */
    enum Use {
        ADD,
        SIGN_IN,
        /** Of what is done to the account by one who is signed in. */
        PROVE
    }

    /**
     * One that was taken.
     *
     * @param account for whom it was made; null for whoever has a passkey
     */
    record Taken(byte[] bytes, @Nullable UUID account) {}

    private record Open(Taken what, Use use) {}

    private final SecureRandom random = new SecureRandom();
    private final ShortLived<Open> open;

    Challenges(Clock clock) {
        this.open = new ShortLived<>(clock, LAST);
    }

    /**
     * Makes one.
     *
     * @param account for whom; null for whoever has a passkey
     * @return its text, in Base64 as in URLs
     */
    String make(Use use, @Nullable UUID account, String address) {
        byte[] bytes = new byte[BYTES];
        random.nextBytes(bytes);
        String text = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
        open.put(text, new Open(new Taken(bytes, account), use), address);
        return text;
    }

    /** Takes one, which is gone then whatever it was made for; empty if it has ended, was taken, or is for something else. */
    Optional<Taken> take(String text, Use use) {
        return open.take(text).filter(found -> found.use() == use).map(Open::what);
    }
}
