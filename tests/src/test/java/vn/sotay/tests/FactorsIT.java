package vn.sotay.tests;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import vn.sotay.testkit.Client;
import vn.sotay.testkit.Response;
import vn.sotay.testkit.Sotay;

/** The second factor, as its owner sets it up and signs in with it, and as it is lost. The page does the same. */
class FactorsIT {

    private static Sotay sotay;

    @BeforeAll
    static void start() {
        sotay = Sotay.start(Sotay.prepared());
    }

    @AfterAll
    static void stop() {
        sotay.close();
    }

    /** What an app shows; half a minute later for each further one, which the server still takes. */
    static String code(String secret, int later) {
        try {
            Mac mac = Mac.getInstance("HmacSHA1");
            mac.init(new SecretKeySpec(base32(secret), "HmacSHA1"));
            long step = Instant.now().getEpochSecond() / 30 + later;
            byte[] hash = mac.doFinal(ByteBuffer.allocate(8).putLong(step).array());
            int number = ByteBuffer.wrap(hash).getInt(hash[hash.length - 1] & 0xf) & 0x7fffffff;
            return "%06d".formatted(number % 1_000_000);
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    private static byte[] base32(String text) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        int bits = 0;
        int value = 0;
        for (char each : text.toCharArray()) {
            value = value << 5 | "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".indexOf(each);
            bits += 5;
            if (bits >= 8) {
                bits -= 8;
                bytes.write(value >> bits & 0xff);
            }
        }
        return bytes.toByteArray();
    }

    private static Response signIn(String login, String code) {
        Map<String, Object> body = new HashMap<>(Map.of("login", login, "password", Sotay.PASSWORD));
        if (code != null) {
            body.put("code", code);
        }
        return sotay.anonymous().post("/api/session", body);
    }

    private static Client with(Response session) {
        return sotay.anonymous()
                .header(
                        "Authorization",
                        "Bearer " + session.expect(201).json().path("token").asText());
    }

    private static String begin(Client who) {
        JsonNode begun = who.post("/api/me/factors/totp").expect(201).json();
        assertThat(begun.path("uri").asText())
                .startsWith("otpauth://totp/Sotay:")
                .contains("secret=" + begun.path("secret").asText());
        assertThat(begun.at("/qr/path").asText()).startsWith("M");
        return begun.path("secret").asText();
    }

    @Test
    void isAskedForOnceItIsConfirmedAndEachCodeIsTakenOnce() {
        Client who = with(signIn("officer", null));
        Client other = with(signIn("officer", null));
        String secret = begin(who);
        // it does not count yet
        signIn("officer", null).expect(201);
        assertThat(who.put("/api/me/factors/totp", Map.of("code", code(secret, 5)))
                        .expect(422)
                        .json()
                        .at("/errors/0/rule")
                        .asText())
                .isEqualTo("factor.wrong-code");
        String first = code(secret, 0);
        JsonNode codes = who.put("/api/me/factors/totp", Map.of("code", first))
                .expect(200)
                .json()
                .path("codes");
        assertThat(codes).hasSize(10);
        assertThat(who.get("/api/me").expect(200).json().path("factor").asText())
                .isEqualTo("SET");
        other.get("/api/me").expect(401);
        who.post("/api/me/factors/totp").expect(409);

        assertThat(signIn("officer", null).expect(401).problem()).isEqualTo("second-factor");
        assertThat(signIn("officer", first).expect(401).problem()).isEqualTo("wrong-code");
        String now = code(secret, 1);
        signIn("officer", now).expect(201);
        assertThat(signIn("officer", now).expect(401).problem()).isEqualTo("wrong-code");
        String recovery = codes.path(3).asText();
        signIn("officer", recovery.toLowerCase(java.util.Locale.ROOT).replace('-', ' '))
                .expect(201);
        signIn("officer", recovery).expect(401);
        assertThat(sotay.isInDatabase(secret)).isFalse();
        assertThat(sotay.isInDatabase(recovery.replace("-", ""))).isFalse();
        assertThat(sotay.output()).doesNotContain(secret).doesNotContain(recovery);

        for (String wrong : List.of("000000", recovery)) {
            assertThat(who.post("/api/me/factors/totp/removal", Map.of("code", wrong))
                            .expect(422)
                            .json()
                            .at("/errors/0/rule")
                            .asText())
                    .isEqualTo("factor.wrong-code");
        }
        who.post("/api/me/factors/totp/removal", Map.of("code", codes.path(4).asText()))
                .expect(204);
        signIn("officer", null).expect(201);
    }

    @Test
    void guessingCodesIsSlowed() {
        Client who = with(signIn("editor", null));
        String secret = begin(who);
        who.put("/api/me/factors/totp", Map.of("code", code(secret, 0))).expect(200);
        List<Integer> statuses = java.util.stream.IntStream.range(0, 12)
                .mapToObj(each -> signIn("editor", "000000").status())
                .toList();
        assertThat(statuses).contains(401, 429);
    }

    @Test
    void isResetByWhoMayDoSo() {
        Client who = with(signIn("secretary", null));
        String account = who.get("/api/me").expect(200).json().path("account").asText();
        String secret = begin(who);
        who.put("/api/me/factors/totp", Map.of("code", code(secret, 0))).expect(200);
        String path = "/api/accounts/" + account + "/factors";

        with(signIn("secretary2", null)).delete(path).expect(403);
        with(signIn("officer3", null)).delete(path).expect(404);
        assertThat(signIn("secretary", null).expect(401).problem()).isEqualTo("second-factor");
        Client officer = with(signIn("officer2", null));
        String own = officer.get("/api/me").expect(200).json().path("account").asText();
        officer.delete("/api/accounts/" + own + "/factors").expect(403);
        officer.delete(path).expect(204);
        who.get("/api/me").expect(401);
        signIn("secretary", null).expect(201);
        with(signIn("admin", null))
                .delete("/api/accounts/" + java.util.UUID.randomUUID() + "/factors")
                .expect(404);
    }

    /** Outside a demo those who need one can do nothing before they have it. */
    @Test
    void isNeededByTheRolesOfTheConfiguration() {
        try (Sotay province = Sotay.start(Sotay.fresh().demo("none"))) {
            String password = province.awaitOutput(
                            java.util.regex.Pattern.compile("First sign-in: admin; password: (\\S+)"),
                            java.time.Duration.ofSeconds(20))
                    .group(1);
            Map<String, Object> body = new HashMap<>(Map.of("login", "admin", "password", password));
            JsonNode session =
                    province.anonymous().post("/api/session", body).expect(201).json();
            assertThat(session.path("factor").asText()).isEqualTo("REQUIRED");
            Client admin = province.anonymous()
                    .header("Authorization", "Bearer " + session.path("token").asText());
            assertThat(admin.get("/api/units").expect(403).problem()).isEqualTo("factor-required");
            assertThat(admin.get("/api/changes").expect(403).problem()).isEqualTo("factor-required");
            assertThat(admin.get("/api/me").expect(200).json().path("factor").asText())
                    .isEqualTo("REQUIRED");

            String secret = admin.post("/api/me/factors/totp")
                    .expect(201)
                    .json()
                    .path("secret")
                    .asText();
            admin.put("/api/me/factors/totp", Map.of("code", code(secret, 0))).expect(200);
            admin.get("/api/units").expect(200);
        }
    }
}
