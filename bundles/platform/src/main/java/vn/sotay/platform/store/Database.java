package vn.sotay.platform.store;

import java.sql.SQLException;
import javax.sql.DataSource;

/** What differs between the databases. Nothing outside this package knows which one it is. */
interface Database {

    /** How migrations name it. */
    String name();

    /** Looks whether it can be used, and takes it for this process: the numbers of the change feed are given out in one process alone. */
    void open() throws SQLException;

    /** Gives connections. */
    DataSource dataSource();

    /** What the operator is told when no connection can be made: what is wrong and what to do, in one line. */
    String explain(SQLException problem);

    /** Shuts down what runs in this process, and lets another one have it. */
    void close();
}
