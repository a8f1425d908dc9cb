package vn.sotay.platform.store;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * For whom a thread works, so that the audit trail knows it and no module has to hand it on; and by which command of an outbox, so that
 * what it writes marks that as settled.
 */
public final class Acting {

    private record By(
            @Nullable UUID account,
            @Nullable UUID session,
            @Nullable Command command) {}

    private static final By NOBODY = new By(null, null, null);
    private static final ThreadLocal<By> BY = ThreadLocal.withInitial(() -> NOBODY);

    /** What is done for somebody. */
    @FunctionalInterface
    public interface Work<T, X extends Exception> {
        T run() throws X;
    }

    private Acting() {}

    /** The account; null for the system, or for somebody who is not signed in. */
    static @Nullable UUID account() {
        return BY.get().account();
    }

    /** The session by which it asked, under the id that the trail has of it; null if by none. */
    public static @Nullable UUID session() {
        return BY.get().session();
    }

    /** The command that is carried out; null if none is. */
    static @Nullable Command command() {
        return BY.get().command();
    }

    /**
     * Does this for an account, in this thread.
     *
     * @param account null for nobody
     * @param session id of the session by which it asked; null for none
     */
    public static <T, X extends Exception> T as(@Nullable UUID account, @Nullable UUID session, Work<T, X> work)
            throws X {
        return as(account, session, null, work);
    }

    /**
     * The same, as a command of an outbox of this account.
     *
     * @param command is marked by the first unit of work that commits; null for none
     */
    public static <T, X extends Exception> T as(
            @Nullable UUID account, @Nullable UUID session, @Nullable Command command, Work<T, X> work) throws X {
        By before = BY.get();
        BY.set(account == null ? NOBODY : new By(account, session, command));
        try {
            return work.run();
        } finally {
            // not removed: the thread's next request would only make it anew
            BY.set(before);
        }
    }
}
