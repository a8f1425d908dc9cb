package vn.sotay.platform.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import vn.sotay.testkit.Database;

/** A statement that is prepared once for each connection. */
class KeptStatementTest {

    private final KeptStatement insert = new KeptStatement("insert into audit_read (member, seq) values (?, ?)");
    private final List<PreparedStatement> used = new ArrayList<>();

    private void insert(TestStore store, String member, long seq) {
        store.store().change(tx -> {
            try {
                insert.use(tx.handle().getConnection(), statement -> {
                    used.add(statement);
                    statement.setString(1, member);
                    statement.setLong(2, seq);
                    statement.executeUpdate();
                });
            } catch (SQLException e) {
                throw new IllegalStateException("refused", e);
            }
        });
    }

    @ParameterizedTest
    @EnumSource
    void isPreparedOnceUntilItFails(Database database) {
        try (TestStore store = TestStore.open(database)) {
            for (int i = 0; i < 20; i++) {
                insert(store, "a", i);
            }
            long before = used.stream().distinct().count();
            assertThat(before).isLessThan(20);

            assertThatThrownBy(() -> insert(store, "a", 7)).hasMessage("refused");
            PreparedStatement failed = used.get(used.size() - 1);
            used.clear();
            for (int i = 20; i < 40; i++) {
                insert(store, "a", i);
            }
            assertThat(used).doesNotContain(failed).hasSize(20);
            long rows = store.store().read(tx -> tx.handle()
                    .createQuery("select count(*) from audit_read")
                    .mapTo(Long.class)
                    .one());
            assertThat(rows).isEqualTo(40);
        }
    }
}
