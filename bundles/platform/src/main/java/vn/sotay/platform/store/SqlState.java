package vn.sotay.platform.store;

import java.sql.SQLException;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Decides by SQLState: the databases' exception classes and messages differ. */
final class SqlState {

    /** Of our own exceptions: there is no connection. */
    static final String GONE = "08001";

    /** Of our own exceptions, and PostgreSQL's when it has no more: all connections are in use. */
    static final String NONE_FREE = "53300";

    /** PostgreSQL shuts down, has crashed, or starts; Derby does not start, or has met an error that it does not know. */
    private static final Set<String> GOING = Set.of("57P01", "57P02", "57P03", "XJ040", "XJ001");

    /** Derby cannot write its log or its data, or keeps a page in memory that it takes for a new one: it has to start anew. */
    private static final List<String> STOPS = List.of("XSL", "XSD", "XBCA");

    private static final String FULL = "53100";

    private SqlState() {}

    /** Whether the same work may pass when it runs again: deadlock, lock timeout, the same key inserted at once. */
    static boolean isConflict(Throwable failure) {
        String state = of(failure);
        return state != null && (state.startsWith("40") || state.equals("23505") || state.equals("55P03"));
    }

    /** Whether the database cannot be reached, or ends. */
    static boolean isGone(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException sql) {
                // the pool gives no state when it has taken a broken connection away
                String state = sql.getSQLState();
                return state == null || state.startsWith("08") || GOING.contains(state) || stopsDerby(state);
            }
        }
        return false;
    }

    /** Whether Derby does not go on after this. */
    static boolean stopsDerby(@Nullable String state) {
        return state != null && STOPS.stream().anyMatch(state::startsWith);
    }

    /** Whether there is no room on the server's disk. */
    static boolean isFull(Throwable failure) {
        return FULL.equals(of(failure));
    }

    /** Whether it waited too long for others. */
    static boolean isBusy(Throwable failure) {
        String state = of(failure);
        return NONE_FREE.equals(state) || isConflict(failure) && !"23505".equals(state);
    }

    /** The SQLState of the first SQL exception among the causes. */
    static @Nullable String of(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException sql) {
                return sql.getSQLState();
            }
        }
        return null;
    }
}
