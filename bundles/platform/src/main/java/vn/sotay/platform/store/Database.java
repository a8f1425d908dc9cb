package vn.sotay.platform.store;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** What differs between the databases. Nothing outside this package knows which one it is. */
interface Database {

    /** How migrations name it. */
    String name();

    /** Looks whether it can be used, and takes it for this process: the numbers of the change feed are given out in one process alone. */
    void open() throws SQLException;

    /** Writes down that it is this process's, once there is a place for it. */
    default void own(Connection connection) throws SQLException {}

    /** Gives connections. */
    DataSource dataSource();

    /** What the operator is told when no connection can be made: what is wrong and what to do, in one line. */
    String explain(SQLException problem);

    /**
     * Why nothing can be read or written now, in one line for the operator: it cannot be reached, or another process may have it. Costs
     * nothing.
     */
    default Optional<String> trouble() {
        return Optional.empty();
    }

    /** Whether there is room for what is written; costs little. */
    default boolean hasRoom() {
        return true;
    }

    /** Lets what runs on a connection take as long as it does: a migration has no limit. */
    default void unhurried(Connection connection) throws SQLException {}

    /** Looks at what the tables hold, after much of it has changed; as long as it does not, it may read them the long way. */
    default void analyze() throws SQLException {}

    /** Lets go, as far as that is possible, of files that hold what was replaced: sensitive fields were there in plain text. */
    default void forgetTraces(Connection connection) throws SQLException {}

    /**
     * Somebody has met a sign that it is gone, or has stopped: looks at once.
     *
     * @param state the SQLState that tells so; null if there was none
     */
    default void suspect(@Nullable String state) {}

    /** The number of a connection's session on the server; 0 if the database is in this process. */
    default int session(Connection connection) throws SQLException {
        return 0;
    }

    /** Whether a session has ended, so that what it was doing is decided; ends it if it has not. */
    default boolean isOver(int session, Connection other) throws SQLException {
        return true;
    }

    /** Shuts down what runs in this process, and lets another one have it. */
    void close();
}
