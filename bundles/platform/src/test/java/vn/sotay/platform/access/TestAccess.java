package vn.sotay.platform.access;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import vn.sotay.api.store.Store;
import vn.sotay.api.unit.Units;

/** Accounts over the platform's own permissions and those of modules; for tests. */
public final class TestAccess {

    private TestAccess() {}

    public static Accounts accounts(Store store, Units units, Clock clock) {
        return accounts(store, units, clock, Map.of());
    }

    /** @param modules {@code module.json} by module */
    public static Accounts accounts(Store store, Units units, Clock clock, Map<String, JsonNode> modules) {
        return new Accounts(
                store,
                null,
                units,
                Permissions.of(Village.permissions(), modules),
                new Passwords(),
                clock,
                Duration.ofDays(30));
    }
}
