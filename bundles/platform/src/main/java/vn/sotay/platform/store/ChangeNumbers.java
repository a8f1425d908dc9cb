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

    /** @param last the highest number that was ever given out */
    ChangeNumbers(long last) {
        this.last = last;
    }

    synchronized Ticket take(int count) {
        Ticket ticket = new Ticket(last + 1, last + count);
        last += count;
        open.put(ticket.first(), ticket);
        return ticket;
    }

    /** To be called when commit or rollback has returned, not before. */
    synchronized void end(Ticket ticket) {
        open.remove(ticket.first());
    }

    synchronized long last() {
        return last;
    }

    /** All numbers up to this one have committed or never will. */
    synchronized long watermark() {
        return open.isEmpty() ? last : open.firstKey() - 1;
    }
}
