package vn.sotay.platform.store;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.postgresql.ds.PGSimpleDataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** PostgreSQL 15 or later. */
final class PostgresDatabase implements Database {

    private static final Logger LOG = LoggerFactory.getLogger(PostgresDatabase.class);

    /** Key of the advisory lock that one Sotay holds: "sotay" in ASCII. */
    private static final long OURS = 0x736f746179L;

    private static final String TAKEN = "55006";
    private static final String NOT_UTF8 = "22021";

    private final PGSimpleDataSource dataSource = new PGSimpleDataSource();
    private @Nullable Connection hold;

    PostgresDatabase(String url, String user, String password) {
        dataSource.setURL(url);
        if (!user.isEmpty()) {
            dataSource.setUser(user);
        }
        if (!password.isEmpty()) {
            dataSource.setPassword(password);
        }
        dataSource.setReWriteBatchedInserts(true);
        dataSource.setTcpKeepAlive(true);
        dataSource.setApplicationName("sotay");
        dataSource.setOptions("-c lock_timeout=10s");
    }

    @Override
    public String name() {
        return "postgresql";
    }

    @Override
    public void open() throws SQLException {
        hold = dataSource.getConnection();
        if (!"UTF8".equals(one(hold, "show server_encoding"))) {
            throw new SQLException("not UTF-8", NOT_UTF8);
        }
        if (!"t".equals(one(hold, "select pg_try_advisory_lock(" + OURS + ")"))) {
            throw new SQLException("in use", TAKEN);
        }
    }

    private static String one(Connection connection, String query) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(query)) {
            row.next();
            return row.getString(1);
        }
    }

    @Override
    public DataSource dataSource() {
        return dataSource;
    }

    @Override
    public String explain(SQLException problem) {
        String where = "the database at " + place();
        String state = problem.getSQLState() == null ? "" : problem.getSQLState();
        return switch (state) {
            case "08001", "08004", "08006" ->
                where + " cannot be reached: is PostgreSQL running there, and may this machine connect?";
            case "28P01", "28000" ->
                where + " refuses user and password: see user and password in the section store of sotay.json";
            case TAKEN -> where + " is in use by another Sotay: stop that one first";
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
        if (hold != null) {
            try {
                hold.close();
            } catch (SQLException e) {
                LOG.debug("the connection that held the database was gone already", e);
            }
        }
    }
}
