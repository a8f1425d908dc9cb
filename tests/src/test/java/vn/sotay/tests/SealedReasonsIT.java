package vn.sotay.tests;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import vn.sotay.testkit.Client;
import vn.sotay.testkit.Database;
import vn.sotay.testkit.PostgresCluster;
import vn.sotay.testkit.Sotay;

/** Why somebody is absent, and what was written about it, is read by the leaders of the cell, and stands nowhere in the clear. */
class SealedReasonsIT {

    private static final int MEETINGS = 9;
    private static final Duration SOON = Duration.ofSeconds(120);
    private static final String MESSAGE = "dau-khop-goi-";
    private static final String DECISION = "cho-nghi-de-chua-benh-";
    private static final List<String> SECRETS =
            List.of(MESSAGE, DECISION, "ILLNESS", "DUTY_TRIP", "AT_SEA", "khop-goi", "chua-benh");
    private static final Pattern SEALED =
            Pattern.compile("earlier version of meetings had kept as plain text are sealed");

    private Sotay.Settings settings;
    private Sotay sotay;
    private final List<String> meetings = new ArrayList<>();

    @Test
    void theyStandNowhereInTheClear() throws Exception {
        settings = Sotay.fresh();
        sotay = Sotay.start(settings);
        fill(1);
        sotay.as("fisherman")
                .put(meetings.get(0) + "/messages/" + UUID.randomUUID(), Map.of("text", MESSAGE + "tin"))
                .expect(201);
        Map<String, JsonNode> seen = seen();
        assertThat(seen.toString()).contains(SECRETS.subList(0, 5));
        // the fisherman's own, opened in the feed and in what is kept of a member
        assertThat(String.valueOf(seen.get("fisherman\"meetings.attendance\""))).contains("AT_SEA");
        assertThat(seen.entrySet().stream()
                        .filter(one -> one.getKey().startsWith("fisherman"))
                        .toList()
                        .toString())
                .contains("\"reason\":\"AT_SEA\"");

        SealedPhoneIT.assertNowhere(sotay, settings, SECRETS);
        sotay.stop();
        SealedPhoneIT.assertNowhere(sotay, settings, SECRETS);
        sotay.close();
    }

    /** Of the version before, killed while it is sealed; then with another key. */
    @Test
    void whatTheVersionBeforeHasLeftIsSealed() throws Exception {
        settings = Sotay.fresh();
        sotay = Sotay.start(settings);
        fill(MEETINGS);
        Map<String, JsonNode> before = seen();
        List<String> unsealed = unsealed();
        sotay.stop();
        run(unsealed);
        assertThat(sotay.isInDatabase(MESSAGE)).isTrue();
        assertThat(sotay.isInDatabase("DUTY_TRIP")).isTrue();

        sotay.startAgain();
        boolean isSealed = SEALED.matcher(sotay.output()).find();
        sotay.kill();
        sotay.startAgain();
        assertThat(seen()).isEqualTo(before);
        if (!isSealed) {
            sotay.awaitOutput(SEALED, SOON);
        }
        assertThat(seen()).isEqualTo(before);
        SealedPhoneIT.assertNowhere(sotay, settings, SECRETS);
        assertThat(sotay.output()).doesNotContain("ERROR");

        sotay.stop();
        SealedPhoneIT.assertNowhere(sotay, settings, SECRETS);
        sotay.startAgain();
        String job = sotay.as("admin").post("/api/keys/rotation").expect(202).header("Location");
        Faults.await("the keys are changed", SOON, () -> state(job).equals("APPLIED"), sotay::output);
        assertThat(SEALED.matcher(sotay.output()).find())
                .as("it was done already")
                .isFalse();
        sotay.stop();
        if (Database.ofThisRun() == Database.POSTGRESQL) {
            assertThat(sotay.isInDatabase("k1.")).isFalse();
        }
        sotay.startAgain();
        assertThat(seen()).isEqualTo(before);
        sotay.close();
    }

    private String state(String job) {
        return sotay.as("admin").get(job).expect(200).json().path("state").asText();
    }

    // ---- what is there

    private void fill(int more) {
        Client secretary = sotay.as("secretary");
        JsonNode me = secretary.get("/api/me").expect(200).json();
        List<String> members = secretary
                .get("/api/members?limit=100")
                .expect(200)
                .json()
                .path("items")
                .findValuesAsText("id");
        for (int i = 0; i < more; i++) {
            String path = "/api/meetings/" + UUID.randomUUID();
            secretary
                    .put(
                            path,
                            Map.of(
                                    "cell",
                                    me.at("/member/cell/id").asText(),
                                    "kind",
                                    "ORDINARY",
                                    "startsAt",
                                    Instant.now().plus(5, ChronoUnit.DAYS).toString(),
                                    "place",
                                    "Nha van hoa",
                                    "title",
                                    "Hop thu " + i,
                                    "items",
                                    List.of()))
                    .expect(201);
        }
        for (JsonNode meeting : secretary
                .get("/api/meetings?limit=100&from=2026-01-01&to=2027-12-31")
                .expect(200)
                .json()
                .path("items")) {
            meetings.add("/api/meetings/" + meeting.path("id").asText());
            if (!meeting.path("state").asText().equals("CLOSED")) {
                fill(meetings.get(meetings.size() - 1), members);
            }
        }
    }

    private void fill(String meeting, List<String> members) {
        Client secretary = sotay.as("secretary");
        for (int i = 0; i < members.size(); i++) {
            String member = members.get(i);
            String answer = meeting + "/answers/" + member;
            Map<String, Object> body = new HashMap<>(Map.of("answer", i % 5 == 0 ? "ATTENDING" : "ABSENT"));
            if (i % 5 > 0) {
                body.put("reason", "ILLNESS");
                body.put("message", MESSAGE + i + "' \"" + member + '"');
            }
            assertThat(secretary.put(answer, body).status()).isIn(200, 201);
            if (i % 5 == 1) {
                secretary
                        .put(answer + "/decision", Map.of("accepted", true, "message", DECISION + i))
                        .expect(201);
            }
            secretary
                    .put(
                            meeting + "/attendance/" + member,
                            i % 3 == 0 ? Map.of("present", true) : Map.of("present", false, "reason", "DUTY_TRIP"))
                    .expect(201);
        }
    }

    /** All that is told of it, to a leader and to a member. */
    private Map<String, JsonNode> seen() {
        Map<String, JsonNode> seen = new TreeMap<>();
        for (String meeting : meetings) {
            for (String of : List.of("/answers?limit=100", "/attendance?limit=100", "/summary")) {
                seen.put(
                        meeting + of,
                        sotay.as("secretary").get(meeting + of).expect(200).json());
            }
        }
        for (String login : List.of("secretary", "fisherman")) {
            for (JsonNode one : fed(login)) {
                seen.put(login + one.path("audience") + one.path("type") + one.path("id"), one);
            }
            for (JsonNode part :
                    sotay.as(login).get("/api/me/data").expect(200).json().path("parts")) {
                if (part.path("what").asText().startsWith("meetings.")) {
                    seen.put(login + part.path("what"), part);
                }
            }
        }
        return seen;
    }

    private List<JsonNode> fed(String login) {
        List<JsonNode> fed = new ArrayList<>();
        String since = "";
        JsonNode page;
        do {
            page = sotay.as(login).get("/api/changes" + since).expect(200).json();
            page.path("changes").forEach(one -> {
                if (one.path("type").asText().matches("meeting-a.*")) {
                    fed.add(one);
                }
            });
            since = "?since=" + page.path("token").asText();
        } while (!page.path("complete").asBoolean());
        return fed;
    }

    // ---- the version before

    /** Statements after which the database is as the version before has left it. */
    private List<String> unsealed() {
        List<String> sql = new ArrayList<>();
        for (String meeting : meetings) {
            String id = meeting.substring(meeting.lastIndexOf('/') + 1);
            for (JsonNode one : items(meeting + "/answers")) {
                sql.add("update meeting_answer set reason = " + quoted(one.path("reason")) + ", message = "
                        + quoted(one.path("message")) + ", decision_message = "
                        + quoted(one.at("/decision/message")) + " where meeting = '" + id + "' and member = "
                        + quoted(one.path("member")));
            }
            for (JsonNode one : items(meeting + "/attendance")) {
                sql.add("update meeting_attendance set reason = " + quoted(one.path("reason")) + " where meeting = '"
                        + id + "' and member = " + quoted(one.path("member")));
            }
        }
        for (JsonNode one : fed("secretary")) {
            sql.add("update change_feed set data = '"
                    + one.path("data").toString().replace("'", "''") + "' where id = " + quoted(one.path("id"))
                    + " and type = " + quoted(one.path("type")) + " and deleted = false");
        }
        sql.addAll(List.of(
                "alter table meeting_answer drop column reason_sealed",
                "alter table meeting_answer drop column message_sealed",
                "alter table meeting_answer drop column decision_message_sealed",
                "alter table meeting_attendance drop column reason_sealed",
                "delete from migration where module = 'meetings' and number = 3",
                // another jar had been taken in
                "update deployed_module set platform = null where id = 'meetings'",
                "delete from sealed_column where module = 'meetings'",
                "delete from personal_table where module = 'meetings'"));
        return sql;
    }

    private JsonNode items(String path) {
        return sotay.as("secretary").get(path + "?limit=100").expect(200).json().path("items");
    }

    private static String quoted(JsonNode text) {
        return text.isTextual() ? "'" + text.asText().replace("'", "''") + "'" : "null";
    }

    private void run(List<String> statements) throws SQLException {
        if (Database.ofThisRun() == Database.POSTGRESQL) {
            for (int from = 0; from < statements.size(); from += 100) {
                PostgresCluster.shared()
                        .sql(
                                settings.database(),
                                String.join(";\n", statements.subList(from, Math.min(from + 100, statements.size()))));
            }
            return;
        }
        String url = "jdbc:derby:" + settings.data().resolve("derby");
        try (Connection connection = DriverManager.getConnection(url);
                Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.executeUpdate(sql);
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
