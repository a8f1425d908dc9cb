package vn.sotay.platform.store;

import java.nio.file.Path;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.apache.derby.jdbc.EmbeddedDataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Apache Derby inside this process, in the data directory. */
final class DerbyDatabase implements Database {

    private static final Logger LOG = LoggerFactory.getLogger(DerbyDatabase.class);

    private final Path directory;
    private final EmbeddedDataSource dataSource = new EmbeddedDataSource();

    DerbyDatabase(Path directory) {
        this.directory = directory;
        // Derby reads these when it boots, for the whole JVM. Its readers wait for writers: a minute, the default,
        // would
        // be longer than anybody waits for a page.
        System.setProperty(
                "derby.stream.error.file", directory.resolveSibling("derby.log").toString());
        System.setProperty("derby.locks.waitTimeout", "10");
        System.setProperty("derby.locks.deadlockTimeout", "2");
        System.setProperty("derby.storage.pageCacheSize", "10000");
        dataSource.setDatabaseName(directory.toString());
        dataSource.setCreateDatabase("create");
    }

    @Override
    public String name() {
        return "derby";
    }

    @Override
    public void open() throws SQLException {
        // Derby itself refuses a second process
        dataSource.getConnection().close();
    }

    @Override
    public DataSource dataSource() {
        return dataSource;
    }

    @Override
    public String explain(SQLException problem) {
        for (SQLException e = problem; e != null; e = e.getNextException()) {
            if ("XSDB6".equals(e.getSQLState())) {
                return "the database " + directory + " is open in another process: stop that one first";
            }
        }
        return "the database " + directory + " cannot be opened (" + problem.getMessage() + "); "
                + directory.resolveSibling("derby.log") + " tells more";
    }

    @Override
    public void close() {
        EmbeddedDataSource end = new EmbeddedDataSource();
        end.setDatabaseName(directory.toString());
        end.setShutdownDatabase("shutdown");
        try {
            end.getConnection().close();
        } catch (SQLException e) {
            // that is how Derby says that a database was shut down, or had not been booted
            if (!"08006".equals(e.getSQLState()) && !"08003".equals(e.getSQLState())) {
                LOG.warn("The database did not shut down in order: {}", e.getMessage());
            }
        }
    }
}
