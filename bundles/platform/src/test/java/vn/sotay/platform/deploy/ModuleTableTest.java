package vn.sotay.platform.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import vn.sotay.platform.deploy.ModuleRecords.Row;
import vn.sotay.platform.deploy.ModuleRecords.Stop;
import vn.sotay.platform.store.TestStore;
import vn.sotay.testkit.Database;

class ModuleTableTest {

    @ParameterizedTest
    @EnumSource(Database.class)
    void remembers(Database database) {
        try (TestStore store = TestStore.open(database)) {
            ModuleTable table = new ModuleTable(store.store());
            Stop stop = new Stop(UUID.randomUUID(), Instant.ofEpochMilli(1_800_000_000_000L));
            Row fresh = Row.of("dues", "dues.jar");
            Row good = new Row("meetings", "meetings.jar", "0.1.0", "ab".repeat(32), "cd".repeat(32), null);

            table.put(good);
            table.put(fresh);
            assertThat(table.all()).containsExactly(fresh, good);

            table.put(good.with(stop));
            table.remove("dues");
            assertThat(table.all()).containsExactly(good.with(stop));

            table.put(good);
            assertThat(table.all()).containsExactly(good);
        }
    }
}
