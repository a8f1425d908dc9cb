package vn.sotay.tests;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import vn.sotay.testkit.Client;
import vn.sotay.testkit.Sotay;

/** An administrator sees no member's content; in an emergency until midnight, and everybody concerned knows. */
class EmergencyIT {

    private static final String REASON = "Danh sách của chi bộ không hiện ra";

    @Test
    void anAdministratorReadsUntilMidnightAndIsSeen() {
        try (Sotay sotay = Sotay.start(Sotay.prepared())) {
            Client admin = sotay.as("admin");
            JsonNode cell =
                    sotay.as("secretary").get("/api/me").expect(200).json().at("/member/cell");
            String unit = cell.path("id").asText();
            String members = "/api/members?unit=" + unit;
            String path = "/api/access/emergencies/" + UUID.randomUUID();
            Map<String, String> wanted = Map.of("unit", unit, "reason", REASON);
            admin.get(members).expect(403);
            admin.get("/api/meetings?cell=" + unit).expect(403);

            sotay.as("officer").put(path, wanted).expect(403);
            admin.put(path, Map.of("unit", unit, "reason", "vì")).expect(422);
            admin.put(path, wanted).expect(201);
            admin.put(path, wanted).expect(200);
            admin.put(path, Map.of("unit", unit, "reason", REASON + '!')).expect(409);

            JsonNode first = admin.get(members).expect(200).json().at("/items/0");
            assertThat(admin.get("/api/meetings?cell=" + unit)
                            .expect(200)
                            .json()
                            .path("items"))
                    .isNotEmpty();
            String member = "/api/members/" + first.path("id").asText();
            admin.get(member).expect(200);
            admin.put(member, Map.of("name", "Trần Thử", "cell", unit, "birthYear", 1980))
                    .expect(403);
            String elsewhere = sotay.as("member2")
                    .get("/api/me")
                    .expect(200)
                    .json()
                    .at("/member/cell/id")
                    .asText();
            assertThat(admin.get("/api/members?unit=" + elsewhere)
                            .expect(200)
                            .json()
                            .path("items"))
                    .isEmpty();

            // officers above and of the place are shown, others not
            assertThat(sotay.as("officer3")
                            .get("/api/access/emergencies")
                            .expect(200)
                            .json()
                            .path("items"))
                    .isEmpty();
            for (String login : List.of("officer", "officer2", "admin")) {
                JsonNode shown = sotay.as(login)
                        .get("/api/access/emergencies")
                        .expect(200)
                        .json()
                        .at("/items/0");
                assertThat(shown.path("reason").asText()).isEqualTo(REASON);
                assertThat(shown.path("name").asText()).isEqualTo("admin");
                assertThat(shown.has("seenBy")).isFalse();
            }
            sotay.as("secretary").get("/api/access/emergencies").expect(403);
            admin.send("PUT", path + "/seen").expect(403);
            sotay.as("officer3").send("PUT", path + "/seen").expect(404);
            sotay.as("officer2").send("PUT", path + "/seen").expect(204);
            assertThat(admin.get("/api/access/emergencies")
                            .expect(200)
                            .json()
                            .at("/items/0/seenBy")
                            .asText())
                    .isEqualTo("officer2");

            // it stands on the trail, and with who was read
            JsonNode trail =
                    admin.get("/api/audit?type=emergency").expect(200).json().path("items");
            assertThat(trail).isNotEmpty();
            JsonNode readers = sotay.as("member")
                    .get("/api/access/explain?resource=member&id="
                            + sotay.as("member")
                                    .get("/api/me")
                                    .json()
                                    .at("/member/id")
                                    .asText())
                    .expect(200)
                    .json()
                    .path("readers");
            assertThat(StreamSupport.stream(readers.spliterator(), false))
                    .extracting(one -> one.path("role").asText())
                    .contains("INSPECTOR");

            // given up early
            admin.delete("/api/mandates/" + path.substring(path.lastIndexOf('/') + 1))
                    .expect(204);
            admin.get(members).expect(403);
        }
    }
}
