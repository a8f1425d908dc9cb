package vn.sotay.platform.store;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** For whom a thread works, so that the audit trail knows it and no module has to hand it on. */
public final class Acting {

    private static final ThreadLocal<@Nullable UUID> ACCOUNT = new ThreadLocal<>();

    /** What is done for somebody. */
    @FunctionalInterface
    public interface Work<T, X extends Exception> {
        T run() throws X;
    }

    private Acting() {}

    /** The account; null for the system, or for somebody who is not signed in. */
    static @Nullable UUID account() {
        return ACCOUNT.get();
    }

    /** Does this for an account, in this thread; null for nobody. */
    public static <T, X extends Exception> T as(@Nullable UUID account, Work<T, X> work) throws X {
        UUID before = ACCOUNT.get();
        ACCOUNT.set(account);
        try {
            return work.run();
        } finally {
            if (before == null) {
                ACCOUNT.remove();
            } else {
                ACCOUNT.set(before);
            }
        }
    }
}
