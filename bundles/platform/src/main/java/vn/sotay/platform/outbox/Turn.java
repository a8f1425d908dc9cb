package vn.sotay.platform.outbox;

import java.util.UUID;
import org.jspecify.annotations.Nullable;
import vn.sotay.platform.store.Command;

/** A command that has arrived, until it is answered. Its state is that of {@link Turns}. */
public final class Turn {

    /** Where it comes from: of two accounts on one phone each has its own. */
    record Outbox(UUID account, UUID device) {}

    private final Outbox outbox;
    private final Command command;

    /** Until when it may wait, by the clock of {@link Turns}; null before it has waited. */
    @Nullable Long until;

    /** What is run when it has waited for long enough; null while it does not wait. */
    @Nullable Runnable again;

    /** Takes the alarm back that ends its waiting. */
    Runnable unset = () -> {};

    /** Whether it is this one's turn: no other of its outbox is carried out meanwhile. */
    volatile boolean holds;

    /** @param sequence the number in the outbox; the first is 1 */
    public Turn(UUID account, UUID device, long sequence) {
        this.outbox = new Outbox(account, device);
        this.command = new Command(account, device, sequence);
    }

    /** For the store, which marks it. */
    public Command command() {
        return command;
    }

    /** Whether it is carried out now, and not answered yet. */
    public boolean isOn() {
        return holds;
    }

    Outbox outbox() {
        return outbox;
    }

    long sequence() {
        return command.sequence();
    }

    @Override
    public String toString() {
        return outbox.device() + " " + sequence();
    }
}
