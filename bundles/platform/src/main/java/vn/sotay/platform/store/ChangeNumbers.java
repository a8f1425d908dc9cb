package vn.sotay.platform.store;

import java.util.TreeMap;

/**
 * Gives out the numbers of the change feed and knows up to which one everything has committed. A sequence of the database would not do:
 * a reader would pass numbers that commit later. Thread-safe.
 */
final class ChangeNumbers {

    /** A range of numbers that a transaction has taken and not yet ended. */
    record Ticket(long first, long last) {}

    private final TreeMap<Long, Ticket> open = new TreeMap<>();
    private long last;
    private long kept;

    /** @param last the highest number that the database knows of */
    ChangeNumbers(long last) {
        this.last = last;
        this.kept = last;
    }

    synchronized Ticket take(int count) {
        Ticket ticket = new Ticket(last + 1, last + count);
        last += count;
        open.put(ticket.first(), ticket);
        return ticket;
    }

    /**
     * To be called when commit or rollback has returned, not before.
     *
     * @param committed whether its rows are in the database now
     */
    synchronized void end(Ticket ticket, boolean committed) {
        open.remove(ticket.first());
        if (committed) {
            kept = Math.max(kept, ticket.last());
        }
    }

    synchronized long last() {
        return last;
    }

    /** The highest number that was given out and is not ended; the watermark if all are. */
    synchronized long underWay() {
        return open.isEmpty() ? watermark() : open.lastEntry().getValue().last();
    }

    /**
     * All numbers up to this one have committed or never will, and this one or a higher one is in the database: what comes to nothing
     * at the end would be given out again after a restart, to whom a reader had passed it.
     */
    synchronized long watermark() {
        return open.isEmpty() ? kept : Math.min(kept, open.firstKey() - 1);
    }
}
