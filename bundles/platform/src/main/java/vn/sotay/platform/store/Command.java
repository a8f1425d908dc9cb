package vn.sotay.platform.store;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/**
 * A command of an outbox while it is carried out, by {@link Acting}: the first unit of work that commits marks its number as settled, so
 * that both come to pass or neither. For one thread at a time.
 */
public final class Command {

    private static final String OUTBOX = " where account = ? and device = ?";

    private final UUID account;
    private final UUID device;
    private final long sequence;
    private volatile boolean marked;

    /** @param sequence its number in its outbox; the first is 1 */
    public Command(UUID account, UUID device, long sequence) {
        this.account = account;
        this.device = device;
        this.sequence = sequence;
    }

    public UUID account() {
        return account;
    }

    public UUID device() {
        return device;
    }

    public long sequence() {
        return sequence;
    }

    /** Whether a unit of work has marked and committed it. */
    public boolean isMarked() {
        return marked;
    }

    /** The highest number of an outbox that is settled; 0 if none is. */
    public static long done(Handle handle, UUID account, UUID device) {
        return find(handle, account, device).orElse(0L);
    }

    private static Optional<Long> find(Handle handle, UUID account, UUID device) {
        return handle.createQuery("select done from command_device" + OUTBOX)
                .bind(0, account)
                .bind(1, device)
                .mapTo(Long.class)
                .findFirst();
    }

    /**
     * Marks it in a unit of work, which may be rolled back and run again.
     *
     * @throws NotItsTurnException if another number than the one before is the last that is settled: the unit must not pass
     */
    void mark(Handle handle, Instant now) {
        if (handle.execute(
                        "update command_device set done = ?, used_at = ?" + OUTBOX + " and done = ?",
                        sequence,
                        now,
                        account,
                        device,
                        sequence - 1)
                == 1) {
            return;
        }
        if (sequence > 1 || find(handle, account, device).isPresent()) {
            throw new NotItsTurnException();
        }
        // two at once: one of them gets a duplicate key, and finds the other when it runs again
        handle.execute(
                "insert into command_device (account, device, done, used_at) values (?, ?, ?, ?)",
                account,
                device,
                sequence,
                now);
    }

    /** The unit that has marked it has committed. */
    void marked() {
        marked = true;
    }

    /** Takes the mark back, in a unit of work of its own: what it was to do has failed half-way, and is sent again. */
    public void unmark(Handle handle) {
        handle.execute(
                "update command_device set done = ?" + OUTBOX + " and done = ?",
                sequence - 1,
                account,
                device,
                sequence);
        marked = false;
    }
}
