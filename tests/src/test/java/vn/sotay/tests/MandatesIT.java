package vn.sotay.tests;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.LocalDate;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import vn.sotay.testkit.Client;
import vn.sotay.testkit.Sotay;

/** Mandates over HTTP: what is given or taken counts for a session that runs. */
class MandatesIT {

    private final Sotay sotay = Sotay.shared();

    @Test
    void countForSessionsThatRun() {
        Client secretary = sotay.as("secretary2");
        Client member = sotay.as("member2");
        JsonNode self = member.get("/api/me").expect(200).json().path("member");
        String cell = self.at("/cell/id").asText();
        String path = "/api/mandates/" + UUID.randomUUID();
        Map<String, Object> helper =
                Map.of("unit", cell, "role", "HELPER", "member", self.path("id").asText());
        member.get("/api/members?unit=" + cell + "&limit=5").expect(200);
        assertThat(member.get("/api/members?unit=" + cell).expect(200).json().path("items"))
                .hasSize(1);

        member.put(path, helper).expect(403);
        sotay.as("secretary").put(path, helper).expect(404);
        JsonNode given = secretary.put(path, helper).expect(201).json();
        assertThat(given.path("name").asText()).isEqualTo(self.path("name").asText());
        assertThat(secretary.put(path, helper).expect(200).json())
                .as("sent twice")
                .isEqualTo(given);
        assertThat(member.get("/api/members?unit=" + cell).expect(200).json().path("items"))
                .as("a helper sees the cell, from the next request on")
                .hasSizeGreaterThan(20);
        assertThat(member.get("/api/me")
                        .expect(200)
                        .json()
                        .at("/mandates/0/role")
                        .asText())
                .isEqualTo("HELPER");

        member.delete(path).expect(403);
        secretary.delete(path).expect(204);
        assertThat(member.get("/api/members?unit=" + cell).expect(200).json().path("items"))
                .hasSize(1);
        secretary.put(path + "0", helper).expect(404);
    }

    @Test
    void aSecretaryNamesWhoActsUntilADay() {
        Client secretary = sotay.as("secretary2");
        JsonNode self = sotay.as("member2").get("/api/me").expect(200).json().path("member");
        String cell = self.at("/cell/id").asText();
        String path = "/api/mandates/" + UUID.randomUUID();
        Map<String, Object> acting = Map.of(
                "unit", cell, "role", "SECRETARY", "member", self.path("id").asText());
        assertThat(secretary
                        .put(path, acting)
                        .expect(422)
                        .json()
                        .at("/errors/0/field")
                        .asText())
                .isEqualTo("to");
        Map<String, Object> until = new java.util.HashMap<>(acting);
        until.put("to", LocalDate.now().plusDays(14).toString());
        secretary.put(path, until).expect(201);
        JsonNode there = secretary.get("/api/mandates?unit=" + cell).expect(200).json();
        assertThat(there.path("items").findValuesAsText("role")).containsExactly("SECRETARY", "SECRETARY");
        assertThat(there.path("roles")).extracting(JsonNode::asText).containsExactly("SECRETARY", "HELPER");
        secretary.delete(path).expect(204);
    }
}
