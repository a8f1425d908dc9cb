package vn.sotay.dues.payment;

import java.util.Collection;
import java.util.TreeSet;
import java.util.UUID;
import vn.sotay.api.store.Transaction;

/** The lock of a unit's money: whoever adds up what was read before it writes holds it. */
public final class Purse {

    private Purse() {}

    /** Until this transaction ends nobody else passes on for this unit, or changes the sums of its members. */
    public static void lock(Transaction tx, UUID unit) {
        int locked = tx.handle().execute("update dues_purse set version = version + 1 where unit = ?", unit);
        if (locked == 0) {
            tx.handle().execute("insert into dues_purse (unit, version) values (?, 1)", unit);
        }
    }

    /** The same for several, in the order of their ids, so that two who lock some of the same do not wait for each other. */
    public static void lock(Transaction tx, Collection<UUID> all) {
        new TreeSet<>(all).forEach(unit -> lock(tx, unit));
    }
}
