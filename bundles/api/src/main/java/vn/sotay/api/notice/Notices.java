package vn.sotay.api.notice;

import java.util.Collection;
import java.util.UUID;
import java.util.function.BiPredicate;
import org.osgi.annotation.versioning.ProviderType;
import vn.sotay.api.access.Audience;
import vn.sotay.api.store.Transaction;

/**
 * Tells people something. Each module gets its own, with the bundle, so that the texts are the module's. Asks nobody's permission: a module
 * asks for its own first. Thread-safe.
 */
@ProviderType
public interface Notices {

    /**
     * Tells an audience something, in the transaction of what it tells of: both are there, or neither. It is on the page of notices of each who
     * belongs to the audience when it looks, and goes out by the other channels beside everything else. Whatever the size of the audience it
     * is one row. A notice that was sent already, by its id, is not sent again.
     *
     * @throws IllegalArgumentException if the module has no such texts
     */
    void send(Transaction tx, Notice notice);

    /**
     * Takes a notice back: it was about something that is not so any more. What has reached a telephone or a mailbox stays there. Does nothing
     * if there is no such notice of this module.
     */
    void withdraw(Transaction tx, UUID notice);

    /**
     * Takes back what was told these audiences about something that is settled, such as a reminder of what is paid by now: as
     * {@link #withdraw(Transaction, UUID)} does one by one, and with one question to the database for hundreds.
     *
     * @param settled asked with an audience, one of these, and what a notice of this module to it is about; of what is about nothing it is
     *     not asked
     * @since 1.1
     */
    void withdraw(Transaction tx, Collection<Audience> audiences, BiPredicate<Audience, String> settled);
}
