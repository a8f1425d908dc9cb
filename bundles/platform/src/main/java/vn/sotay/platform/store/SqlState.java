package vn.sotay.platform.store;

import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** Decides by SQLState: the databases' exception classes and messages differ. */
final class SqlState {

    private SqlState() {}

    /** Whether the same work may pass when it runs again: deadlock, lock timeout, the same key inserted at once. */
    static boolean isConflict(Throwable failure) {
        String state = of(failure);
        return state != null && (state.startsWith("40") || state.equals("23505") || state.equals("55P03"));
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
