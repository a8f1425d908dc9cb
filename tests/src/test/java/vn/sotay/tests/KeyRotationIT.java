package vn.sotay.tests;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import vn.sotay.testkit.Sotay;

/** Another key takes the place of the first while others work, also if Sotay is killed in the middle of it. */
class KeyRotationIT {

    private static final int ROWS = 600;
    private static final Duration SOON = Duration.ofSeconds(60);

    private static final String WHY = "Theo quyết định";

    private Sotay sotay;
    private String cell;

    @Test
    void goesOnAfterAKillAndLeavesNothingOfTheKeyBefore() throws IOException {
        Sotay.Settings settings = Sotay.prepared();
        sotay = Sotay.start(settings);
        Path file = settings.data().resolve("keys/fields");
        cell = sotay.as("officer")
                .get("/api/units?kind=CELL&limit=1")
                .expect(200)
                .json()
                .at("/items/0/id")
                .asText();
        String job = importMembers();
        Map<String, String> before = phones();
        assertThat(before).hasSizeGreaterThanOrEqualTo(ROWS).containsValue(phone(7));
        assertThat(sotay.isInDatabase("k1.")).isTrue();
        String report =
                sotay.as("officer").get(job).expect(200).json().path("result").toString();

        String correction = "/api/me/corrections/" + UUID.randomUUID();
        Outbox phone = Outbox.of(sotay.as("fisherman"));
        String answered = phone.number(1)
                .put(correction, Map.of("field", "OTHER", "value", "Đã nghỉ hưu", "reason", WHY))
                .expect(201)
                .text();
        assertThat(answered).contains(WHY);

        String rotation =
                sotay.as("admin").post("/api/keys/rotation").expect(202).header("Location");
        await("there is a second key", () -> numbers(file).equals(List.of("1", "2")));
        sotay.kill();
        sotay.startAgain();
        boolean isOver = false;
        while (!isOver) {
            isOver = state(rotation).equals("APPLIED");
            assertThat(phones()).isEqualTo(before);
            change();
            assertThat(found(phone(7))).isEqualTo(1);
        }

        assertThat(numbers(file)).containsExactly("2");
        assertThat(sotay.as("admin").get("/api/keys").expect(200).text()).isEqualTo("{\"newest\":2,\"numbers\":[2]}");
        assertThat(sotay.as("officer")
                        .get(job)
                        .expect(200)
                        .json()
                        .path("result")
                        .toString())
                .isEqualTo(report);
        sotay.stop();
        // pages of the embedded database keep what was there until it is written over
        if (!settings.database().isEmpty()) {
            assertThat(sotay.isInDatabase("k1.")).isFalse();
        }
        assertThat(sotay.isInDatabase("k2.")).isTrue();
        assertThat(sotay.output()).doesNotContain("ERROR");

        sotay.startAgain();
        assertThat(phones()).isEqualTo(before);
        assertThat(sotay.as("fisherman").get("/api/me/corrections").expect(200).text())
                .contains(WHY);
        assertThat(new Outbox(sotay.as("fisherman"), phone.device())
                        .number(1)
                        .put(correction, Map.of())
                        .expect(201)
                        .text())
                .isEqualTo(answered);
        // what was staged before can be put back still
        sotay.as("officer").post(job + "/undo").expect(200);
        await("the import is undone", () -> state(job, "officer").equals("UNDONE"));
        assertThat(phones()).doesNotContainValue(phone(7));
        sotay.close();
    }

    private static String phone(int number) {
        return "097" + (3_141_593 + 7 * number);
    }

    private String importMembers() {
        StringBuilder csv = new StringBuilder("Họ và tên,Ngày sinh,Số điện thoại\n");
        // a number that is none, so that the report tells of it
        csv.append("Nguyễn Văn Z,01/02/1960,0977 12\n");
        for (int row = 0; row < ROWS; row++) {
            csv.append("Nguyễn Văn %s,%02d/%02d/%d,%s\n"
                    .formatted(
                            "" + (char) ('A' + row / 26) + (char) ('a' + row % 26),
                            row % 28 + 1,
                            row % 12 + 1,
                            1950 + row % 30,
                            phone(row)));
        }
        String job = "/api/jobs/"
                + sotay.as("officer")
                        .postForm(
                                "/api/members/import",
                                "a.csv",
                                csv.toString().getBytes(StandardCharsets.UTF_8),
                                Map.of("unit", cell))
                        .expect(202)
                        .json()
                        .path("id")
                        .asText();
        await("the roster is read", () -> state(job, "officer").equals("STAGED"));
        assertNoPhones();
        assertThat(sotay.as("officer").get(job).expect(200).text().contains("0977 12"))
                .isTrue();
        sotay.as("officer").post(job + "/apply").expect(200);
        await("the roster is applied", () -> state(job, "officer").equals("APPLIED"));
        assertNoPhones();
        return job;
    }

    /** Looked for without the 0 that some lists leave out. */
    private void assertNoPhones() {
        for (int row : List.of(0, 7, 311, ROWS - 1)) {
            assertThat(sotay.isInDatabase(phone(row).substring(1)))
                    .as(phone(row))
                    .isFalse();
        }
    }

    private Map<String, String> phones() {
        Map<String, String> phones = new TreeMap<>();
        String after = "";
        do {
            JsonNode page = sotay.as("officer")
                    .get("/api/members?limit=500&unit=" + cell + after)
                    .expect(200)
                    .json();
            page.path("items")
                    .forEach(one -> phones.put(
                            one.path("id").asText(), one.path("phone").asText()));
            after = page.path("next").isNull()
                    ? ""
                    : "&after=" + page.path("next").asText();
        } while (!after.isEmpty());
        return phones;
    }

    private int found(String phone) {
        return sotay.as("officer")
                .get("/api/members?q=" + phone)
                .expect(200)
                .json()
                .path("items")
                .size();
    }

    /** Somebody changes a record meanwhile, and back. */
    private void change() {
        JsonNode member = sotay.as("officer")
                .get("/api/members?q=" + phone(9))
                .expect(200)
                .json()
                .at("/items/0");
        for (String phone : List.of("0988000000", phone(9))) {
            Map<String, Object> body = new HashMap<>();
            member.properties().forEach(field -> body.put(field.getKey(), field.getValue()));
            body.put("phone", phone);
            sotay.as("officer")
                    .put("/api/members/" + member.path("id").asText(), body)
                    .expect(200);
        }
    }

    private String state(String job, String login) {
        return sotay.as(login).get(job).expect(200).json().path("state").asText();
    }

    private String state(String rotation) {
        String state = state(rotation, "admin");
        assertThat(state).as(sotay.output()).isIn("RUNNING", "APPLIED");
        return state;
    }

    private void await(String what, java.util.function.BooleanSupplier condition) {
        Faults.await(what, SOON, condition, sotay::output);
    }

    private static List<String> numbers(Path file) {
        try {
            return Files.readAllLines(file).stream()
                    .filter(line -> !line.startsWith("#"))
                    .map(line -> line.split(" ")[0])
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
