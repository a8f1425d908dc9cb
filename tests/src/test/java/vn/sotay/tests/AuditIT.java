package vn.sotay.tests;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
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
        Sotay.Settings settings = Sotay.prepared();
        try (Sotay sotay = Sotay.start(settings)) {
            Client secretary = sotay.as("secretary");
            JsonNode member = secretary
                    .get("/api/members?limit=1")
                    .expect(200)
                    .json()
                    .path("items")
                    .get(0);
            String path = "/api/members/" + member.path("id").asText();
            // several at once, as many people write
            IntStream.range(0, 1_000).parallel().forEach(i -> secretary
                    .put(path, ((ObjectNode) member.deepCopy()).put("phone", String.format("0900%06d", i)))
                    .expect(200));
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

            assertThat(verifyByCommand(settings)).startsWith("0").contains("The audit trail is whole: ");
            sotay.stop();
            touch(
                    settings,
                    "update audit set account = '" + UUID.randomUUID() + "' where seq = " + (last - 900),
                    "delete from audit where seq = " + (last - 600),
                    "update audit set seq = -1 where seq = " + (last - 400),
                    "update audit set seq = " + (last - 400) + " where seq = " + (last - 50),
                    "update audit set seq = " + (last - 50) + " where seq = -1");
            // stopped, and then running
            assertThat(verifyByCommand(settings))
                    .startsWith("2")
                    .contains("REMOVED row " + (last - 600))
                    .contains("SWAPPED row " + (last - 400) + " with row " + (last - 50));
            sotay.startAgain();
            assertThat(faults(verdict(sotay)))
                    .containsExactlyInAnyOrder(
                            "CHANGED " + (last - 900),
                            "REMOVED " + (last - 600),
                            "SWAPPED " + (last - 400),
                            "SWAPPED " + (last - 50));
        }
    }

    private static JsonNode list(Sotay sotay, String query) {
        return sotay.as("admin").get("/api/audit?" + query).expect(200).json().path("items");
    }

    private static String account(Client client) {
        return client.get("/api/me").expect(200).json().path("account").asText();
    }

    @Test
    void tellsWhoSignedInAndWhoDidNot() throws Exception {
        Sotay sotay = Sotay.shared();
        String token = sotay.anonymous()
                .post("/api/session", Map.of("login", "editor", "password", Sotay.PASSWORD))
                .expect(201)
                .json()
                .path("token")
                .asText();
        Client editor = sotay.anonymous().header("Authorization", "Bearer " + token);
        String account = account(editor);
        JsonNode in = list(sotay, "action=SIGN_IN&limit=1&account=" + account).get(0);
        assertThat(in.at("/by/name").asText()).isNotEmpty();
        assertThat(in.path("type").asText()).isEqualTo("session");
        editor.delete("/api/session").expect(204);
        assertThat(list(sotay, "action=SIGN_OUT&limit=1&account=" + account)).hasSize(1);

        String failed = "limit=500&action=SIGN_IN_FAILED";
        int ofEditor = list(sotay, failed + "&account=" + account).size();
        long ofNobody = nobodys(list(sotay, failed));
        for (String login : List.of("editor", "nobody-knows-me")) {
            sotay.anonymous()
                    .post("/api/session", Map.of("login", login, "password", "not the password"))
                    .expect(401);
        }
        Faults.await(
                "failed tries are on the trail",
                SOON,
                () -> list(sotay, failed + "&account=" + account).size() == ofEditor + 1
                        && nobodys(list(sotay, failed)) == ofNobody + 1,
                sotay::output);
        assertThat(list(sotay, "limit=500").toString()).doesNotContain("nobody-knows-me");
    }

    private static long nobodys(JsonNode rows) {
        long found = 0;
        for (JsonNode row : rows) {
            found += row.has("by") ? 0 : 1;
        }
        return found;
    }

    @Test
    void tellsWhoWroteAndReadWhom() {
        Sotay sotay = Sotay.shared();
        Client secretary = sotay.as("secretary");
        String account = account(secretary);
        JsonNode self = sotay.as("fisherman").get("/api/me").expect(200).json().path("member");
        String member = self.path("id").asText();
        String cell = self.at("/cell/id").asText();
        String path = "/api/members/" + member;

        ObjectNode record = (ObjectNode) secretary.get(path).expect(200).json();
        secretary.put(path, record.put("phone", "0912000111")).expect(200);
        secretary.get("/api/members?unit=" + cell).expect(200);
        secretary.get("/api/members?unit=" + cell).expect(200);
        secretary.get("/api/members/export?unit=" + cell).expect(200);
        // what one reads of oneself is nobody's business
        sotay.as("fisherman").get(path).expect(200);

        String of = "account=" + account + "&member=" + member;
        JsonNode read = list(sotay, of + "&action=READ&type=member").get(0);
        assertThat(read.path("id").asText()).isEqualTo(member);
        assertThat(read.at("/concerns/name").asText())
                .isEqualTo(self.path("name").asText());
        JsonNode written = list(sotay, of + "&action=WRITE").get(0);
        assertThat(written.path("before").asText()).hasSize(64);
        assertThat(written.path("after").asText())
                .hasSize(64)
                .isNotEqualTo(written.path("before").asText());
        assertThat(list(sotay, "action=EXPORT&account=" + account)
                        .get(0)
                        .path("id")
                        .asText())
                .isEqualTo(cell);
        assertThat(list(sotay, "action=READ&account=" + account))
                .filteredOn(row -> row.path("id").asText().equals(cell))
                .hasSize(1);
        assertThat(list(sotay, "member=" + member + "&action=READ"))
                .allSatisfy(row -> assertThat(row.at("/by/member").asText()).isNotEqualTo(member));
        assertThat(list(sotay, of + "&to=2020-01-01")).isEmpty();
        assertThat(list(sotay, of + "&from=2100-01-01")).isEmpty();

        // by pages, each once
        List<Long> seqs = new ArrayList<>();
        String after = "";
        do {
            JsonNode page = sotay.as("admin")
                    .get("/api/audit?limit=7&type=member" + after)
                    .expect(200)
                    .json();
            page.path("items").forEach(row -> seqs.add(row.path("seq").asLong()));
            after = page.has("next") ? "&after=" + page.path("next").asText() : "";
        } while (!after.isEmpty() && seqs.size() < 100);
        assertThat(seqs).hasSizeGreaterThan(1).doesNotHaveDuplicates().isSortedAccordingTo(Comparator.reverseOrder());

        // the member sees who it was, and as what
        JsonNode reads = sotay.as("fisherman")
                .get("/api/me/reads?limit=1")
                .expect(200)
                .json()
                .path("items");
        assertThat(reads.get(0).path("type").asText()).isEqualTo("member");
        assertThat(reads.get(0).path("posts").toString()).contains("SECRETARY");

        // the trail without a word of content
        String csv = sotay.as("admin")
                .get("/api/audit/export?type=member")
                .expect(200)
                .text();
        assertThat(csv).startsWith("\ufeffseq,at,action").contains(member).doesNotContain("0912000111");
        assertThat(list(sotay, "action=EXPORT&type=audit")).isNotEmpty();
        sotay.as("admin").get("/api/audit?after=eA").expect(422);
    }

    /** A drill: a phone was in other hands for a day. */
    @Test
    void tellsWhoseDataAnAccountHasReached() {
        try (Sotay sotay = Sotay.start(Sotay.prepared())) {
            Client officer = sotay.as("officer");
            String account = account(officer);
            JsonNode cell =
                    sotay.as("fisherman").get("/api/me").expect(200).json().at("/member/cell");
            JsonNode of = sotay.as("secretary")
                    .get("/api/members?limit=500&unit=" + cell.path("id").asText())
                    .expect(200)
                    .json()
                    .path("items");
            String path = "/api/accounts/" + account + "/reach";
            JsonNode nothing = sotay.as("admin").get(path).expect(200).json();
            assertThat(nothing.path("count").asInt()).isZero();
            assertThat(nothing.path("couldReach").asInt()).isGreaterThan(of.size());
            assertThat(nothing.at("/posts/0/role").asText()).isEqualTo("OFFICER");

            // two are read, one of them is changed; nobody else
            String first = of.get(0).path("id").asText();
            String second = of.get(1).path("id").asText();
            officer.get("/api/members/" + first).expect(200);
            ObjectNode record = (ObjectNode)
                    officer.get("/api/members/" + second).expect(200).json();
            officer.put("/api/members/" + second, record.put("phone", "0912000222"))
                    .expect(200);
            JsonNode two = sotay.as("admin").get(path).expect(200).json();
            assertThat(reached(two))
                    .containsExactlyInAnyOrder(first + " [\"READ\"]", second + " [\"READ\",\"CHANGED\"]");
            assertThat(two.path("others")).isEmpty();

            // the list of the cell reaches all who are in it; a search through all names nobody
            officer.get("/api/members?limit=2&unit=" + cell.path("id").asText()).expect(200);
            officer.get("/api/members?q=nguyen").expect(200);
            JsonNode all = sotay.as("admin").get(path).expect(200).json();
            List<String> ids = new ArrayList<>();
            of.forEach(one -> ids.add(one.path("id").asText()));
            assertThat(all.path("people").findValuesAsText("member")).containsExactlyInAnyOrderElementsOf(ids);
            assertThat(all.path("others")).hasSize(1);
            String csv = sotay.as("admin").get(path + "/export").expect(200).text();
            assertThat(csv.lines().count()).isEqualTo(of.size() + 1L);
            assertThat(csv).contains(ids).doesNotContain("0912000222");

            assertThat(sotay.as("admin")
                            .get(path + "?from=2020-01-01&to=2020-01-31")
                            .expect(200)
                            .json()
                            .path("count")
                            .asInt())
                    .isZero();
            sotay.as("admin")
                    .get("/api/accounts/" + UUID.randomUUID() + "/reach")
                    .expect(404);
            officer.get(path).expect(403);
            // who asked is on the trail
            assertThat(list(sotay, "type=reach&account=" + account(sotay.as("admin"))))
                    .isNotEmpty()
                    .allSatisfy(row -> assertThat(row.path("id").asText()).isEqualTo(account));
        }
    }

    private static List<String> reached(JsonNode report) {
        List<String> people = new ArrayList<>();
        report.path("people").forEach(one -> people.add(one.path("member").asText() + " " + one.path("how")));
        return people;
    }

    /** Signs in on a browser of its own; the cookie of its device is null unless it stays with its owner. */
    private static Client on(Sotay sotay, String login, String browser, @Nullable String device) {
        Client anonymous = sotay.anonymous().header("User-Agent", browser);
        if (device != null) {
            anonymous = anonymous.header("Cookie", device);
        }
        String token = anonymous
                .post("/api/session", Map.of("login", login, "password", Sotay.PASSWORD))
                .expect(201)
                .json()
                .path("token")
                .asText();
        return anonymous.header("Authorization", "Bearer " + token);
    }

    private static JsonNode device(JsonNode report, String name) {
        List<JsonNode> found = new ArrayList<>();
        report.path("devices").forEach(one -> {
            if (one.path("name").asText().equals(name)) {
                found.add(one);
            }
        });
        assertThat(found).as(name).hasSize(1);
        return found.get(0);
    }

    /** A drill: one of an officer's two devices was in other hands, and was signed out. */
    @Test
    void tellsWhoseDataOneDeviceHasReached() {
        String android = "Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 Chrome/126.0 Mobile Safari/537.36";
        String windows = "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:127.0) Gecko/20100101 Firefox/127.0";
        Sotay sotay = Sotay.shared();
        JsonNode cell = sotay.as("fisherman").get("/api/me").expect(200).json().at("/member/cell");
        JsonNode of = sotay.as("secretary")
                .get("/api/members?limit=10&unit=" + cell.path("id").asText())
                .expect(200)
                .json()
                .path("items");
        List<String> paths = new ArrayList<>();
        of.forEach(one -> paths.add(one.path("id").asText()));

        // the phone stays with the officer: two sessions are the same phone
        Client phone = on(sotay, "officer2", android, null);
        String account = account(phone);
        phone.get("/api/members/" + paths.get(0)).expect(200);
        String cookie = phone.send("PUT", "/api/session/device")
                .expect(204)
                .header("set-cookie")
                .split(";")[0];
        phone.delete("/api/session").expect(204);
        Client again = on(sotay, "officer2", android, cookie);
        ObjectNode record = (ObjectNode)
                again.get("/api/members/" + paths.get(1)).expect(200).json();
        again.put("/api/members/" + paths.get(1), record.put("phone", "0912000333"))
                .expect(200);
        Client computer = on(sotay, "officer2", windows, null);
        computer.get("/api/members/" + paths.get(1)).expect(200);
        computer.get("/api/members/" + paths.get(2)).expect(200);
        computer.get("/api/members?q=nguyen").expect(200);
        // lost, and signed out
        String session = "";
        for (JsonNode one : computer.get("/api/me/sessions").expect(200).json().path("items")) {
            if (one.path("name").asText().equals("Android · Chrome")) {
                session = one.path("id").asText();
            }
        }
        computer.delete("/api/me/sessions/" + session).expect(204);
        again.get("/api/me").expect(401);

        String report = "/api/accounts/" + account + "/reach";
        JsonNode all = sotay.as("admin").get(report).expect(200).json();
        JsonNode ofPhone = device(all, "Android · Chrome");
        JsonNode ofComputer = device(all, "Windows · Firefox");
        assertThat(ofPhone.path("device").asText()).hasSize(36);
        assertThat(ofPhone.has("session")).isFalse();
        assertThat(ofComputer.has("device")).isFalse();
        assertThat(ofPhone.path("used").asText()).isNotEmpty();
        String byPhone = report + "?device=" + ofPhone.path("device").asText();
        String byComputer = report + "?session=" + ofComputer.path("session").asText();
        assertThat(reached(sotay.as("admin").get(byPhone).expect(200).json()))
                .containsExactlyInAnyOrder(paths.get(0) + " [\"READ\"]", paths.get(1) + " [\"READ\",\"CHANGED\"]");
        JsonNode two = sotay.as("admin").get(byComputer).expect(200).json();
        assertThat(reached(two)).containsExactlyInAnyOrder(paths.get(1) + " [\"READ\"]", paths.get(2) + " [\"READ\"]");
        assertThat(two.path("others")).hasSize(1);
        assertThat(two.path("devices")).hasSameSizeAs(all.path("devices"));
        String csv = sotay.as("admin")
                .get(byPhone.replace("reach?", "reach/export?"))
                .expect(200)
                .text();
        assertThat(csv.lines()).hasSize(3);
        assertThat(csv).contains(paths.get(0), paths.get(1)).doesNotContain(paths.get(2));
        // another account's device is none of this one's
        assertThat(sotay.as("admin")
                        .get(report + "?device=" + UUID.randomUUID())
                        .expect(200)
                        .json()
                        .path("count")
                        .asInt())
                .isZero();

        // the list: what was done by it, and on what
        JsonNode rows = list(sotay, "limit=500&device=" + ofPhone.path("device").asText());
        assertThat(rows.findValuesAsText("action")).contains("SIGN_IN", "READ", "WRITE", "SIGN_OUT", "ACCOUNT");
        assertThat(rows).allSatisfy(row -> {
            assertThat(row.at("/on/device").asText())
                    .isEqualTo(ofPhone.path("device").asText());
            assertThat(row.at("/on/name").asText()).isEqualTo("Android · Chrome");
            assertThat(row.at("/by/account").asText()).isEqualTo(account);
        });
        assertThat(list(sotay, "limit=500&session=" + session))
                .isNotEmpty()
                .hasSizeLessThan(rows.size())
                .allSatisfy(row -> assertThat(row.at("/on/session").asText()).isNotEmpty());
        assertThat(sotay.as("admin")
                        .get("/api/audit/export?device="
                                + ofPhone.path("device").asText())
                        .expect(200)
                        .text())
                .contains("Android · Chrome")
                .doesNotContain("Windows · Firefox");
        // no token, nor what it is found by
        String everything =
                sotay.as("admin").get("/api/audit?limit=500").expect(200).text();
        assertThat(everything).doesNotContain(cookie.substring(cookie.indexOf('=') + 1));
    }

    /** What an officer is told of, in short. */
    private static List<String> told(Client officer, String unit, String query) {
        List<String> told = new ArrayList<>();
        officer.get("/api/units/" + unit + "/audit?limit=500" + query)
                .expect(200)
                .json()
                .path("items")
                .forEach(row -> told.add(
                        (row.path("action").asText() + " " + row.path("deed").asText() + " "
                                        + row.path("type").asText())
                                .replace("  ", " ")));
        return told;
    }

    @Test
    void anOfficerSeesWhoDidWhatInTheUnitsBelow() {
        try (Sotay sotay = Sotay.start(Sotay.prepared())) {
            Client officer = sotay.as("officer2");
            JsonNode self =
                    sotay.as("fisherman").get("/api/me").expect(200).json().path("member");
            String member = self.path("id").asText();
            String cell = self.at("/cell/id").asText();
            List<JsonNode> path = new ArrayList<>();
            officer.get("/api/units/" + cell + "/path")
                    .expect(200)
                    .json()
                    .path("items")
                    .forEach(path::add);
            String commune = path.get(path.size() - 2).path("id").asText();

            Client secretary = sotay.as("secretary");
            ObjectNode record = (ObjectNode)
                    secretary.get("/api/members/" + member).expect(200).json();
            secretary
                    .put("/api/members/" + member, record.put("phone", "0912000444"))
                    .expect(200);
            secretary.get("/api/members?limit=5").expect(200);
            secretary.get("/api/members/export?unit=" + cell).expect(200);
            secretary.post("/api/cards", Map.of("members", List.of(member))).expect(201);
            String mandate = "/api/mandates/" + UUID.randomUUID();
            secretary
                    .put(mandate, Map.of("unit", cell, "role", "HELPER", "member", member))
                    .expect(201);
            secretary.delete(mandate).expect(204);
            sotay.as("admin")
                    .put(
                            "/api/access/emergencies/" + UUID.randomUUID(),
                            Map.of("unit", cell, "reason", "Sổ bị lỗi, phải xem để sửa cho đúng"))
                    .expect(201);
            sotay.as("admin").get("/api/members/" + member).expect(200);
            officer.get("/api/units/" + cell + "/audit/export").expect(200);

            List<String> told = told(officer, cell, "");
            assertThat(told)
                    .contains(
                            "READ member",
                            "WRITE CHANGED member",
                            "EXPORT member",
                            "ACCOUNT ISSUED login-card",
                            "MANDATE GIVEN mandate",
                            "MANDATE ENDED mandate",
                            "MANDATE GIVEN emergency",
                            "EXPORT audit");
            // the list of a secretary who has one cell is of that cell
            assertThat(told).filteredOn("READ member"::equals).hasSizeGreaterThanOrEqualTo(3);
            assertThat(told).noneMatch(one -> one.startsWith("SIGN_") || one.startsWith("RETENTION"));
            assertThat(told(officer, commune, "&action=MANDATE")).containsAll(told(officer, cell, "&action=MANDATE"));
            assertThat(told(sotay.as("officer"), cell, "")).contains("EXPORT member");

            // who, whom and what; nothing of what it was, nor on which device
            JsonNode given = officer.get(
                            "/api/units/" + cell + "/audit?action=MANDATE&type=mandate&account=" + account(secretary))
                    .expect(200)
                    .json()
                    .path("items");
            assertThat(given).hasSize(2).allSatisfy(row -> {
                assertThat(row.at("/mandate/role").asText()).isEqualTo("HELPER");
                assertThat(row.at("/mandate/holder").asText())
                        .isEqualTo(self.path("name").asText());
                assertThat(row.at("/by/name").asText()).isNotEmpty();
                assertThat(row.at("/unit/id").asText()).isEqualTo(cell);
            });
            String all = officer.get("/api/units/" + cell + "/audit?limit=500")
                    .expect(200)
                    .text();
            assertThat(all).doesNotContain("\"on\"", "\"before\"", "\"detail\"", "0912000444", "session");
            assertThat(told(officer, cell, "&member=" + member + "&to=2020-01-01"))
                    .isEmpty();
            assertThat(told(officer, cell, "&from=2100-01-01")).isEmpty();
            assertThat(told(officer, cell, "&from=2026-01-01&to=2100-01-01&action=EXPORT&type=member"))
                    .hasSize(1);

            // by pages, each once
            for (String query : List.of("limit=2&action=READ", "limit=2&action=MANDATE", "limit=100")) {
                List<Long> seqs = new ArrayList<>();
                String after = "";
                do {
                    JsonNode page = officer.get("/api/units/" + commune + "/audit?" + query + after)
                            .expect(200)
                            .json();
                    page.path("items").forEach(row -> seqs.add(row.path("seq").asLong()));
                    after = page.hasNonNull("next")
                            ? "&after=" + page.path("next").asText()
                            : "";
                } while (!after.isEmpty());
                assertThat(seqs)
                        .hasSizeGreaterThan(2)
                        .doesNotHaveDuplicates()
                        .isSortedAccordingTo(Comparator.reverseOrder());
                JsonNode whole = officer.get(
                                "/api/units/" + commune + "/audit?limit=500&" + query.replaceFirst("limit=\\d+", ""))
                        .expect(200)
                        .json()
                        .path("items");
                assertThat(seqs).hasSizeGreaterThanOrEqualTo(whole.size());
            }
            officer.get("/api/units/" + commune + "/audit?after=eA").expect(422);
            String csv = officer.get("/api/units/" + cell + "/audit/export?action=EXPORT")
                    .expect(200)
                    .text();
            assertThat(csv).startsWith("\ufeffseq,at,action,deed").contains(cell);

            // nobody else, and nobody is told that there is such a unit
            for (String stranger : List.of("officer3", "secretary2")) {
                sotay.as(stranger).get("/api/units/" + cell + "/audit").expect(stranger.equals("officer3") ? 404 : 403);
            }
            for (String login : List.of("secretary", "member", "editor", "admin")) {
                sotay.as(login).get("/api/units/" + cell + "/audit").expect(403);
                sotay.as(login).get("/api/units/" + cell + "/audit/export").expect(403);
            }
            officer.get("/api/units/" + UUID.randomUUID() + "/audit").expect(404);
            officer.get("/api/units/" + path.get(0).path("id").asText() + "/audit")
                    .expect(403);

            // who moves leaves behind what was done before
            String there = "";
            for (JsonNode unit : officer.get("/api/units?kind=CELL&limit=50")
                    .expect(200)
                    .json()
                    .path("items")) {
                if (!unit.path("id").asText().equals(cell)) {
                    there = unit.path("id").asText();
                }
            }
            ObjectNode now = (ObjectNode)
                    officer.get("/api/members/" + member).expect(200).json();
            officer.put("/api/members/" + member, now.put("cell", there)).expect(200);
            officer.get("/api/members/" + member).expect(200);
            assertThat(told(officer, cell, "&member=" + member)).contains("READ member", "WRITE CHANGED member");
            assertThat(told(officer, there, "&member=" + member))
                    .containsExactly("READ member", "WRITE CHANGED member");
        }
    }

    @Test
    void isForAdministratorsAlone() {
        Sotay sotay = Sotay.shared();
        for (String login : List.of("officer", "editor", "secretary", "member")) {
            sotay.as(login).get("/api/audit/verify").expect(403);
            sotay.as(login).get("/api/audit").expect(403);
            sotay.as(login).get("/api/audit/export").expect(403);
        }
        sotay.anonymous().get("/api/audit/verify").expect(401);
    }

    /** {@code ./run audit verify}: the exit code and what is printed. */
    private static String verifyByCommand(Sotay.Settings settings) throws Exception {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                Sotay.dist().resolve("lib") + "/*",
                "vn.sotay.launcher.Main",
                "--data",
                settings.data().toString(),
                "audit",
                "verify"));
        if (!settings.database().isEmpty()) {
            command.addAll(List.of("--database", settings.database()));
        }
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return process.waitFor() + "\n" + printed;
    }

    /** By hand, beside Sotay. */
    static void touch(Sotay.Settings settings, String... statements) throws SQLException {
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
