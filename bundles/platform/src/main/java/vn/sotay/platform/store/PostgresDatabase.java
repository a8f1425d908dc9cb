package vn.sotay.platform.store;

import java.sql.SQLException;
import javax.sql.DataSource;
import org.postgresql.ds.PGSimpleDataSource;

/** PostgreSQL 15 or later. */
final class PostgresDatabase implements Database {

    private final PGSimpleDataSource dataSource = new PGSimpleDataSource();

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
        // nothing of it runs in this process
    }
}
