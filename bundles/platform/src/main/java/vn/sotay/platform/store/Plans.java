package vn.sotay.platform.store;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import org.jdbi.v3.core.statement.Query;
import org.jdbi.v3.core.statement.StatementContext;
import org.jdbi.v3.core.statement.StatementCustomizer;
import org.postgresql.PGStatement;

/** How a database plans a query. */
public final class Plans {

    private static final StatementCustomizer EACH_TIME = new StatementCustomizer() {
        @Override
        public void beforeExecution(PreparedStatement statement, StatementContext context) throws SQLException {
            if (statement.isWrapperFor(PGStatement.class)) {
                statement.unwrap(PGStatement.class).setPrepareThreshold(0);
            }
        }
    };

    private Plans() {}

    /**
     * Lets the query be planned for its own values each time: PostgreSQL would keep a plan for values of which it knows nothing, which
     * costs a search for a common word a hundred times as much. A plan takes half a millisecond. Derby plans once, and is told how.
     */
    public static Query eachTime(Query query) {
        return query.addCustomizer(EACH_TIME);
    }
}
