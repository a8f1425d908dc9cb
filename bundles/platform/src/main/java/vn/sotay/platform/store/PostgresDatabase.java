package vn.sotay.platform.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.ds.PGSimpleDataSource;

/** PostgreSQL 15 or later. */
final class PostgresDatabase implements Database {

    private static final String NOT_UTF8 = "22021";

    /** Longer than anything that is asked for takes; migrations have no limit. */
    private static final int ANSWER_SECONDS = 20;

    private static final int CONNECT_SECONDS = 5;

    /** A client that vanished is gone for the server as well within half a minute, and with it what it holds. */
    private static final String OPTIONS = "-c lock_timeout=10s -c tcp_keepalives_idle=10 -c tcp_keepalives_interval=5"
            + " -c tcp_keepalives_count=3 -c tcp_user_timeout=25s";

    /** Gives sessions of the process that holds the database, and no others. */
    private static final class Admitted extends PGSimpleDataSource {

        private static final long serialVersionUID = 1L;

        private transient @Nullable PostgresHold hold;

        @Override
        public Connection getConnection() throws SQLException {
            Connection made = super.getConnection();
            PostgresHold held = hold;
            if (held != null) {
                try {
                    held.admit(made);
                } catch (SQLException e) {
                    made.close();
                    throw e;
                }
            }
            return made;
        }
    }

    private final Admitted dataSource;
    private final PostgresHold hold;

    PostgresDatabase(String url, String user, String password) {
        dataSource = dataSource(url, user, password);
        hold = new PostgresHold(dataSource(url, user, password), place());
    }

    private static Admitted dataSource(String url, String user, String password) {
        Admitted made = new Admitted();
        made.setURL(url);
        if (!user.isEmpty()) {
            made.setUser(user);
        }
        if (!password.isEmpty()) {
            made.setPassword(password);
        }
        made.setReWriteBatchedInserts(true);
        made.setTcpKeepAlive(true);
        made.setConnectTimeout(CONNECT_SECONDS);
        made.setSocketTimeout(ANSWER_SECONDS);
        made.setApplicationName(PostgresHold.NAME);
        made.setOptions(OPTIONS);
        return made;
    }

    @Override
    public String name() {
        return "postgresql";
    }

    @Override
    public void open() throws SQLException {
        try (Connection first = dataSource.getConnection()) {
            if (!"UTF8".equals(one(first, "show server_encoding"))) {
                throw new SQLException("not UTF-8", NOT_UTF8);
            }
        }
        hold.take();
        dataSource.hold = hold;
    }

    private static String one(Connection connection, String query) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(query)) {
            row.next();
            return row.getString(1);
        }
    }

    @Override
    public void own(Connection connection) throws SQLException {
        hold.own(connection);
    }

    @Override
    public DataSource dataSource() {
        return dataSource;
    }

    @Override
    public Optional<String> trouble() {
        return hold.trouble();
    }

    @Override
    public void unhurried(Connection connection) throws SQLException {
        connection.setNetworkTimeout(Runnable::run, 0);
    }

    @Override
    public void analyze() throws SQLException {
        try (Connection connection = dataSource.getConnection();
                Statement statement = connection.createStatement()) {
            connection.setNetworkTimeout(Runnable::run, 0);
            statement.execute("analyze");
        }
    }

    @Override
    public void suspect(@Nullable String state) {
        hold.suspect();
    }

    @Override
    public int session(Connection connection) throws SQLException {
        return connection.unwrap(PGConnection.class).getBackendPID();
    }

    @Override
    public boolean isOver(int session, Connection other) throws SQLException {
        try (PreparedStatement statement =
                other.prepareStatement("select pg_terminate_backend(pid) from pg_stat_activity where pid = ?"
                        + " and datname = current_database() and application_name = '" + PostgresHold.NAME + "'")) {
            statement.setInt(1, session);
            try (ResultSet row = statement.executeQuery()) {
                return !row.next();
            }
        }
    }

    @Override
    public String explain(SQLException problem) {
        String where = "the database at " + place();
        String state = problem.getSQLState() == null ? "" : problem.getSQLState();
        return switch (state) {
            case "08001", "08004", "08006", "57P03" ->
                where + " cannot be reached: is PostgreSQL running there, and may this machine connect?";
            case "28P01", "28000" ->
                where + " refuses user and password: see user and password in the section store of sotay.json";
            case PostgresHold.TAKEN -> where + " is in use by another Sotay: stop that one first";
            case NOT_UTF8 ->
                where + " does not keep Vietnamese letters: make it with createdb --encoding=UTF8"
                        + " --locale=C.UTF-8 --template=template0";
            case "42501" -> where + " does not let this user make tables: make the user the owner of the database";
            case "3D000" -> where + " does not exist: make it with createdb --encoding=UTF8 --locale=C.UTF-8";
            default -> where + " cannot be used: " + problem.getMessage();
        };
    }

    /** Host, port and name; the URL itself may hold a password. */
    private String place() {
        return dataSource.getServerNames()[0]
                + ':'
                + dataSource.getPortNumbers()[0]
                + '/'
                + dataSource.getDatabaseName();
    }

    @Override
    public void close() {
        hold.close();
    }
}
