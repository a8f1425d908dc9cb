package vn.sotay.tests;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import vn.sotay.testkit.Client;
import vn.sotay.testkit.Database;
import vn.sotay.testkit.PostgresCluster;
import vn.sotay.testkit.Sotay;

/** The audit trail of a running Sotay: who did what to whom, and whether somebody has touched it. */
class AuditIT {

    private static final Duration SOON = Duration.ofSeconds(20);

    /** Waits until all that is there is sealed, which is so a second later. */
    private static JsonNode verdict(Sotay sotay) throws Exception {
        List<JsonNode> last = new ArrayList<>();
        Faults.await(
                "the trail is sealed",
                SOON,
                () -> {
                    last.add(sotay.as("admin")
                            .get("/api/audit/verify")
                            .expect(200)
                            .json());
                    return last.get(last.size() - 1).path("open").asLong() == 0;
                },
                sotay::output);
        return last.get(last.size() - 1);
    }

    private static List<String> faults(JsonNode verdict) {
        List<String> faults = new ArrayList<>();
        verdict.path("faults")
                .forEach(fault -> faults.add(
                        fault.path("kind").asText() + " " + fault.path("seq").asLong()));
        return faults;
    }

    @Test
    void findsWhatWasChangedInTheDatabaseByHand() throws Exception {
        Sotay.Settings settings = Sotay.fresh();
        try (Sotay sotay = Sotay.start(settings)) {
            Client secretary = sotay.as("secretary");
            JsonNode member = secretary
                    .get("/api/members?limit=1")
                    .expect(200)
                    .json()
                    .path("items")
                    .get(0);
            String path = "/api/members/" + member.path("id").asText();
            for (int i = 0; i < 1_000; i++) {
                ObjectNode changed = member.deepCopy();
                secretary
                        .put(path, changed.put("phone", String.format("0900%06d", i)))
                        .expect(200);
            }
            JsonNode whole = verdict(sotay);
            assertThat(faults(whole)).isEmpty();
            assertThat(whole.path("ok").asBoolean()).isTrue();
            assertThat(whole.path("rows").asLong()).isGreaterThan(1_000);
            long last = whole.path("rows").asLong();

            // the lights go out: what was acknowledged and not sealed is sealed now
            secretary
                    .put(path, ((ObjectNode) member.deepCopy()).put("phone", "0901000000"))
                    .expect(200);
            sotay.kill();
            sotay.startAgain();
            JsonNode again = verdict(sotay);
            assertThat(faults(again)).isEmpty();
            assertThat(again.path("rows").asLong()).isGreaterThan(last);

            sotay.stop();
            touch(
                    settings,
                    "update audit set account = '" + UUID.randomUUID() + "' where seq = " + (last - 900),
                    "delete from audit where seq = " + (last - 600),
                    "update audit set seq = -1 where seq = " + (last - 400),
                    "update audit set seq = " + (last - 400) + " where seq = " + (last - 50),
                    "update audit set seq = " + (last - 50) + " where seq = -1");
            sotay.startAgain();
            assertThat(faults(verdict(sotay)))
                    .containsExactlyInAnyOrder(
                            "CHANGED " + (last - 900),
                            "REMOVED " + (last - 600),
                            "SWAPPED " + (last - 400),
                            "SWAPPED " + (last - 50));
        }
    }

    @Test
    void isForAdministratorsAlone() {
        Sotay sotay = Sotay.shared();
        for (String login : List.of("officer", "editor", "secretary", "member")) {
            sotay.as(login).get("/api/audit/verify").expect(403);
        }
        sotay.anonymous().get("/api/audit/verify").expect(401);
    }

    /** By hand, beside Sotay. */
    private static void touch(Sotay.Settings settings, String... statements) throws SQLException {
        if (Database.ofThisRun() == Database.POSTGRESQL) {
            for (String sql : statements) {
                PostgresCluster.shared().sql(settings.database(), sql);
            }
            return;
        }
        String url = "jdbc:derby:" + settings.data().resolve("derby");
        try (Connection connection = DriverManager.getConnection(url);
                Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                assertThat(statement.executeUpdate(sql)).as(sql).isEqualTo(1);
            }
        }
        try {
            DriverManager.getConnection(url + ";shutdown=true").close();
        } catch (SQLException e) {
            // that is how Derby says that it has shut down
            assertThat(e.getSQLState()).isEqualTo("08006");
        }
    }
}
