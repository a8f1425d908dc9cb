package vn.sotay.tests.probe;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import vn.sotay.testkit.Client;
import vn.sotay.testkit.Response;
import vn.sotay.testkit.Sotay;
import vn.sotay.tests.probe.ApiDocument.Operation;
import vn.sotay.tests.probe.Paths.Filled;

/**
 * Who has no business in the cell of Hải Ninh tries each route of the running server on what that cell has, and learns nothing: neither
 * that there is such a thing, which would be told by another answer than for an id that never was, nor anything of it. The routes
 * come from the server's own description, so a new one is tried as well, or the test fails since nobody said how to fill it.
 */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class AccessIT {

    private static final String CELL_CODE = "38.168.053.000.001";
    private static final String OTHER_CELL_CODE = "38.001.001.000.009";
    private static final int TRIED_OF_EACH = 12;

    /** Routes that nobody needs to sign in for, by design. */
    private static final Set<String> OPEN = Set.of(
            "GET /api/docs",
            "GET /api/docs/{file}",
            "GET /api/openapi.json",
            "GET /health",
            "POST /api/session",
            "GET /api/session/provider",
            "POST /api/session/provider",
            "PUT /api/session/provider",
            "POST /api/session/passkey/challenge",
            "POST /api/session/passkey",
            "POST /api/session/card",
            "PUT /api/session/card",
            "GET /api/session/device",
            "DELETE /api/session/device",
            // the token in the path is what opens it: NewsHttpIT
            "GET /api/news/feed/{token}");

    /** Writes about the caller's own account or the system, or of what the caller has, and the library: there is nothing of a cell in them. */
    private static final Set<String> OF_NO_CELL = Set.of(
            "DELETE /api/session",
            "GET /api/dues/banks",
            "GET /api/dues/receipts",
            "PUT /api/session/device",
            "POST /api/me/factors/totp",
            "PUT /api/me/factors/totp",
            "POST /api/me/factors/totp/removal",
            "POST /api/me/factors/challenge",
            "POST /api/me/passkeys/challenge",
            "POST /api/me/passkeys",
            "POST /api/me/passkeys/{passkey}/removal",
            "DELETE /api/me/sessions/{session}",
            "PUT /api/me/corrections/{id}",
            "PUT /api/me/corrections/{id}/withdrawal",
            "PUT /api/me/consents/{consent}",
            "PUT /api/notices/seen",
            // of what nobody may count there is nothing, as of what never was: NoticesIT
            "GET /api/notices/sent",
            "PUT /api/me/notices/preference",
            "PUT /api/me/push",
            "DELETE /api/me/push",
            "PUT /api/files/{sha256}",
            "GET /api/rules",
            // of an asker and the team that answers, which need not be of the cell, or for everybody: QuestionsHttpIT
            // shows that nobody else reads or writes them
            "GET /api/questions",
            "GET /api/questions/{id}",
            "PUT /api/questions/{id}",
            "PUT /api/questions/{id}/rating",
            "GET /api/questions/{id}/messages",
            "PUT /api/questions/{id}/messages/{message}",
            "GET /api/questions/queue",
            "PUT /api/questions/{id}/answer",
            "POST /api/questions/{id}/release",
            "PUT /api/questions/{id}/route",
            "PUT /api/questions/{id}/merge",
            "PUT /api/questions/{id}/publish",
            "DELETE /api/questions/{id}/publish",
            "GET /api/questions/statistics",
            "GET /api/questions/topics",
            "PUT /api/questions/topics/{topic}",
            "GET /api/questions/entries",
            "GET /api/questions/entries/{entry}",
            "GET /api/documents",
            "GET /api/documents/{id}",
            "PUT /api/documents/{id}",
            "DELETE /api/documents/{id}",
            "GET /api/documents/{id}/editions",
            "GET /api/documents/{id}/citing",
            "GET /api/documents/{id}/scan",
            "POST /api/documents/{id}/scan",
            "PUT /api/documents/{id}/text",
            "GET /api/documents/{id}/acknowledgements",
            "PUT /api/documents/{id}/acknowledgements/{member}",
            "GET /api/documents/{id}/share",
            "GET /api/documents/{id}/missing",
            "GET /api/documents/opinions",
            "GET /api/documents/{id}/opinions",
            "PUT /api/documents/{id}/opinions/{opinion}",
            "DELETE /api/documents/{id}/opinions/{opinion}",
            "GET /api/documents/{id}/report",
            "POST /api/documents/import",
            "POST /api/documents/import/files",
            "POST /api/documents/{id}/submit",
            "POST /api/documents/{id}/return",
            "POST /api/documents/{id}/approve",
            "POST /api/documents/{id}/withdraw",
            "GET /api/news",
            "GET /api/news/{id}",
            "PUT /api/news/{id}",
            "DELETE /api/news/{id}",
            "GET /api/news/{id}/editions",
            "GET /api/news/{id}/receipts",
            "PUT /api/news/{id}/receipts/{member}",
            "GET /api/news/{id}/share",
            "GET /api/news/{id}/missing",
            "POST /api/news/{id}/submit",
            "POST /api/news/{id}/return",
            "POST /api/news/{id}/approve",
            "POST /api/news/{id}/withdraw",
            "POST /api/news/pictures",
            "POST /api/news/preview",
            "GET /api/news/subscription",
            "POST /api/news/subscription",
            "DELETE /api/news/subscription",
            "PUT /api/me/password",
            "POST /api/keys/rotation",
            "POST /api/retention",
            "PUT /api/modules",
            "POST /api/modules/{id}/start",
            "POST /api/modules/{id}/stop");

    /** What the administrator may do with a cell: it keeps the tree, and sees no members' content. */
    private static final Set<String> OF_ADMINISTRATOR = Set.of(
            "DELETE /api/accounts/{account}/factors",
            "PUT /api/access/emergencies/{id}",
            "GET /api/mandates",
            "PUT /api/mandates/{id}",
            "DELETE /api/mandates/{id}",
            "GET /api/members/{id}/sessions",
            "DELETE /api/members/{id}/sessions/{session}",
            "GET /api/units",
            "GET /api/units/{id}",
            "GET /api/units/{id}/history",
            "GET /api/units/{id}/path",
            "PUT /api/units/{id}",
            "POST /api/units/{id}/merge",
            "POST /api/units/{id}/move",
            "POST /api/units/{id}/split");

    /** Names to the administrator who did what to whom, and nothing of what it was. */
    private static final Set<String> TRAIL = Set.of(
            "GET /api/mandates",
            "GET /api/audit",
            "GET /api/audit/export",
            "GET /api/accounts/{account}/reach",
            "GET /api/accounts/{account}/reach/export");

    /** Parameters of queries that name nothing of a cell. */
    private static final Set<String> HARMLESS = Set.of(
            "id",
            "decided",
            "done",
            "account",
            "session",
            "device",
            "action",
            "after",
            "code",
            "resource",
            "quarter",
            "format",
            "from",
            "inForce",
            "forOpinions",
            "edition",
            "issuer",
            "key",
            "kind",
            "level",
            "limit",
            "name",
            "on",
            "period",
            "since",
            "state",
            "status",
            "to",
            "stale",
            "topic",
            "toAcknowledge",
            "numbers",
            "type",
            "wait",
            "year");

    private static final Set<String> UNITS = Set.of("unit", "cell", "parent", "superior");

    private static Sotay sotay;
    private static ApiDocument api;
    private static Paths paths;
    private static String cell;
    private static String file;
    private static List<JsonNode> members;
    private static Set<String> ofPeople;
    private static Set<String> ofUnit;
    private static Map<String, String> before;

    @BeforeAll
    static void start() throws Exception {
        sotay = Sotay.start(Sotay.prepared());
        api = ApiDocument.of(sotay.anonymous());
        cell = sotay.as("secretary")
                .get("/api/me")
                .expect(200)
                .json()
                .at("/member/cell/id")
                .asText();
        members = everything(sotay.as("secretary"), "/api/members?limit=500");
        JsonNode meetings =
                sotay.as("secretary").get("/api/meetings").expect(200).json().path("items");
        file = meetings.findValuesAsText("file").get(0);
        stageRoster();
        paths = new Paths(
                Stream.of("secretary", "fisherman", "member", "officer2")
                        .map(sotay::as)
                        .toList(),
                Map.ofEntries(
                        Map.entry("/api/units/{id}", List.of(cell)),
                        Map.entry("/api/documents/{id}/cells/{cell}", List.of(cell)),
                        Map.entry("/api/files/{sha256}", List.of(file)),
                        Map.entry("/api/cards/{card}", List.of(card())),
                        Map.entry("/api/dues/remittances/{id}", List.of(remittance())),
                        Map.entry("/api/notices/{id}", List.of(notice())),
                        Map.entry("/api/notices/{id}/calls/{member}", List.of(fisherman())),
                        Map.entry("/api/members/{member}", List.of(fisherman())),
                        Map.entry("/api/meetings/{id}/slips/{member}", List.of(fisherman())),
                        Map.entry("/api/members/{member}/corrections/{id}", List.of(correction())),
                        Map.entry(
                                "/api/accounts/{account}",
                                List.of(sotay.as("fisherman")
                                        .get("/api/me")
                                        .expect(200)
                                        .json()
                                        .path("account")
                                        .asText())),
                        Map.entry(
                                "/api/mandates/{id}",
                                List.of(sotay.as("secretary")
                                        .get("/api/mandates?unit=" + cell)
                                        .expect(200)
                                        .json()
                                        .at("/items/0/id")
                                        .asText()))));
        writeDown(meetings);
        collectSecrets(meetings);
        before = dump();
    }

    @AfterAll
    static void stop() {
        sotay.close();
    }

    private static String fisherman() {
        return sotay.as("fisherman")
                .get("/api/me")
                .expect(200)
                .json()
                .at("/member/id")
                .asText();
    }

    /** What the cell has passed on of what the fisherman paid. */
    private static String remittance() {
        Client secretary = sotay.as("secretary");
        Map<String, Object> cash =
                Map.of("member", fisherman(), "amount", 100_000, "day", "2026-11-01", "channel", "CASH");
        secretary.put("/api/dues/payments/" + UUID.randomUUID(), cash).expect(201);
        long amount = secretary
                .get("/api/dues/passing?unit=" + cell)
                .expect(200)
                .json()
                .path("amount")
                .asLong();
        String id = UUID.randomUUID().toString();
        secretary
                .put("/api/dues/remittances/" + id, Map.of("unit", cell, "day", "2026-11-01", "amount", amount))
                .expect(201);
        return id;
    }

    /** What the cell alone was told. */
    private static String notice() {
        Client secretary = sotay.as("secretary");
        String meeting = "/meetings/" + UUID.randomUUID();
        secretary
                .put(
                        "/api" + meeting,
                        Map.of(
                                "cell", cell,
                                "kind", "THEMATIC",
                                "startsAt", "2027-03-01T12:00:00Z",
                                "place", "Nhà văn hóa",
                                "title", "Chuyên đề",
                                "items", List.of(Map.of("id", UUID.randomUUID(), "title", "Bàn việc"))))
                .expect(201);
        secretary.post("/api" + meeting + "/notify").expect(200);
        return StreamSupport.stream(
                        secretary
                                .get("/api/notices")
                                .expect(200)
                                .json()
                                .path("items")
                                .spliterator(),
                        false)
                .filter(one -> one.path("link").asText().equals(meeting))
                .map(one -> one.path("id").asText())
                .findFirst()
                .orElseThrow();
    }

    /** An opinion of the fisherman, by which there is a slip. */
    private static void writeDown(JsonNode meetings) {
        for (JsonNode meeting : meetings) {
            if (!meeting.path("state").asText().equals("CLOSED")) {
                sotay.as("secretary")
                        .put(
                                "/api/meetings/" + meeting.path("id").asText() + "/items/"
                                        + meeting.at("/items/0/id").asText() + "/opinions/" + UUID.randomUUID(),
                                Map.of("member", fisherman(), "stance", "OTHER", "text", "Nói tại nhà, được ghi hộ"))
                        .expect(201);
            }
        }
    }

    /** Written down by the secretary: takes it back, and an officer answers it. */
    private static String correction() {
        return sotay.as("secretary")
                .put(
                        "/api/members/" + fisherman() + "/corrections/" + UUID.randomUUID(),
                        Map.of("field", "OTHER", "value", "Đã nghỉ hưu", "reason", "Theo quyết định"))
                .expect(201)
                .json()
                .path("id")
                .asText();
    }

    private static String card() {
        return sotay.as("secretary")
                .post(
                        "/api/cards",
                        Map.of("members", List.of(members.get(2).path("id").asText())))
                .expect(201)
                .json()
                .at("/items/0/id")
                .asText();
    }

    /** A job at the cell: its report tells of the cell's people. */
    private static void stageRoster() throws Exception {
        byte[] roster = sotay.as("officer2")
                .get("/api/members/export?unit=" + cell)
                .expect(200)
                .body();
        String job = sotay.as("officer2")
                .postForm("/api/members/import", "hai-ninh.csv", roster, Map.of("unit", CELL_CODE))
                .expect(202)
                .json()
                .path("id")
                .asText();
        long end = System.nanoTime() + Duration.ofSeconds(20).toNanos();
        while (!sotay.as("officer2")
                .get("/api/jobs/" + job)
                .expect(200)
                .json()
                .path("state")
                .asText()
                .equals("STAGED")) {
            assertThat(System.nanoTime()).as("the roster is staged").isLessThan(end);
            Thread.sleep(20);
        }
    }

    /** All that tells of the cell: words that stand nowhere else in the province. */
    private static void collectSecrets(JsonNode meetings) {
        ofPeople = new TreeSet<>(Set.of(file));
        members.forEach(member -> Stream.of("id", "name", "cardNumber", "phone", "birthDate")
                .map(field -> member.path(field).asText())
                .forEach(ofPeople::add));
        meetings.forEach(meeting -> {
            ofPeople.addAll(meeting.findValuesAsText("id"));
            ofPeople.addAll(meeting.findValuesAsText("title"));
        });
        for (String list : List.of("answers", "items/{item}/opinions")) {
            for (Filled path : paths.of("/api/meetings/{id}/" + list)) {
                for (JsonNode one : everything(sotay.as("secretary"), path.path())) {
                    Stream.of("id", "text", "message")
                            .map(field -> one.path(field).asText())
                            .forEach(ofPeople::add);
                }
            }
        }
        ofPeople.addAll(
                sotay.as("officer2").get("/api/jobs").json().path("items").findValuesAsText("id"));
        ofPeople.remove("");
        everything(sotay.as("officer"), "/api/members?limit=500").stream()
                .filter(member -> !member.path("cell").asText().equals(cell))
                .forEach(member -> Stream.of("name", "phone", "birthDate")
                        .forEach(field -> ofPeople.remove(member.path(field).asText())));
        ofUnit = Set.of(cell, CELL_CODE, "Hải Ninh");
    }

    @Test
    @Order(1)
    void thereIsSomethingToBeHidden() {
        assertThat(members).hasSizeGreaterThan(30);
        assertThat(ofPeople).hasSizeGreaterThan(100);
        assertThat(before).hasSizeGreaterThan(200);
    }

    @Test
    @Order(1)
    void onlyTheseRoutesAreOpen() {
        assertThat(api.operations().stream().filter(Operation::isOpen).map(Operation::toString))
                .containsExactlyInAnyOrderElementsOf(OPEN);
    }

    @Test
    @Order(2)
    void whoIsNotSignedInIsToldToSignIn() {
        List<String> failures = new ArrayList<>();
        for (Operation operation : api.operations()) {
            if (!OPEN.contains(operation.toString())) {
                for (Try one : tries(operation, cell)) {
                    Response reply = one.as(sotay.anonymous());
                    if (reply.status() != 401) {
                        failures.add("not asked to sign in: " + reply);
                    }
                    leaks(reply, one, ofPeople, ofUnit).forEach(failures::add);
                }
            }
        }
        assertThat(failures).isEmpty();
    }

    @Test
    @Order(2)
    void whatIsOpenTellsNothing() {
        List<String> failures = new ArrayList<>();
        for (String path : List.of("/health", "/api/openapi.json", "/api/docs", "/", "/members", "/meetings/" + cell)) {
            Response reply = sotay.anonymous().get(path);
            leaks(reply, new Try("GET", path, null, null), ofPeople, ofUnit).forEach(failures::add);
        }
        assertThat(failures).isEmpty();
    }

    @ParameterizedTest
    @Order(3)
    @ValueSource(strings = {"member2", "secretary2", "editor", "admin"})
    void aStrangerLearnsNothing(String login) {
        Client stranger = sotay.as(login);
        boolean keepsTree = login.equals("admin");
        List<String> failures = new ArrayList<>();
        int tried = 0;
        for (Operation operation : api.operations()) {
            boolean isOwn = keepsTree && OF_ADMINISTRATOR.contains(operation.toString());
            if (operation.isOpen() || OF_NO_CELL.contains(operation.toString()) || isOwn && operation.writes()) {
                continue;
            }
            if (keepsTree && TRAIL.contains(operation.toString())) {
                continue;
            }
            for (Try one : tries(operation, cell)) {
                tried++;
                Response reply = one.as(stranger);
                leaks(reply, one, ofPeople, keepsTree ? Set.of() : ofUnit).forEach(failures::add);
                if (!isOwn) {
                    compare(one, reply, stranger).forEach(failures::add);
                }
            }
        }
        assertThat(failures).isEmpty();
        assertThat(tried).isGreaterThan(100);
    }

    /** A refusal must be the very answer that somebody gets who names what never was. */
    private static List<String> compare(Try one, Response reply, Client stranger) {
        Twin twin = new Twin();
        Try other = new Try(one.method(), twin.of(one.path()), one.type(), twin.of(one.body()));
        if (!twin.isAnother()) {
            return List.of();
        }
        List<String> failures = new ArrayList<>();
        Response unknown = other.as(stranger);
        // what is wrong with the body alone may be told, if it is told alike
        boolean ofBody = reply.status() == 422 && unknown.status() == 422;
        if (one.namesThing() && reply.status() != 404 && reply.status() != 403 && !ofBody) {
            failures.add("neither 404 nor 403: " + reply);
        }
        if (reply.status() < 300 && !one.method().equals("GET")) {
            failures.add("written: " + reply);
        }
        // by an id that is not there a PUT makes a thing, so the answer is about its body
        boolean makes = !ofBody && one.method().equals("PUT") && one.namesThing() && unknown.status() == 422;
        if (!makes
                && (reply.status() != unknown.status() || !twin.of(reply.text()).equals(unknown.text()))) {
            failures.add("told apart from what never was: " + reply + "\n  but " + unknown);
        }
        return failures;
    }

    @ParameterizedTest
    @Order(4)
    @ValueSource(strings = {"member2", "secretary2", "editor", "admin"})
    void aStrangerTakesNobodyOver(String login) {
        String own = sotay.as("officer")
                .get("/api/units?q=" + OTHER_CELL_CODE)
                .expect(200)
                .json()
                .at("/items/0/id")
                .asText();
        Client stranger = sotay.as(login);
        List<String> failures = new ArrayList<>();
        for (Operation operation : api.operations()) {
            boolean isOwn = login.equals("admin") && OF_ADMINISTRATOR.contains(operation.toString());
            if (operation.writes() && !isOwn && !operation.isOpen() && !OF_NO_CELL.contains(operation.toString())) {
                tries(operation, own).stream()
                        .filter(Try::namesThing)
                        .map(one -> one.as(stranger))
                        .filter(reply -> reply.status() != 404 && reply.status() != 403)
                        .map(reply -> "neither 404 nor 403: " + reply)
                        .forEach(failures::add);
            }
        }
        assertThat(failures).isEmpty();
    }

    @Test
    @Order(4)
    void aFileIsNotHadByNamingItsHash() {
        Client stranger = sotay.as("secretary2");
        String own = stranger.get("/api/me").json().at("/member/cell/id").asText();
        Map<String, Object> meeting = Map.of(
                "cell", own,
                "kind", "ORDINARY",
                "startsAt", "2026-12-20T12:00:00Z",
                "place", "Hội trường",
                "title", "Sinh hoạt",
                "items",
                        List.of(Map.of(
                                "id", UUID.randomUUID().toString(),
                                "title", "Tài liệu",
                                "documents", List.of(Map.of("file", file, "name", "a.pdf")))));

        Response reply =
                stranger.put("/api/meetings/" + UUID.randomUUID(), meeting).expect(422);

        assertThat(reply.json().at("/errors/0/rule").asText()).isEqualTo("file-missing");
        stranger.get("/api/files/" + file).expect(404);
        stranger.header("Range", "bytes=0-9").get("/api/files/" + file).expect(404);
        stranger.header("If-None-Match", '"' + file + '"')
                .get("/api/files/" + file)
                .expect(404);
    }

    @Test
    @Order(4)
    void sendingAFileDoesNotTellWhetherOthersHaveIt() {
        byte[] content =
                sotay.as("secretary").get("/api/files/" + file).expect(200).body();

        Response reply = sotay.as("member2").send("PUT", "/api/files/" + file, "application/octet-stream", content);

        Response other = sotay.as("member2")
                .send(
                        "PUT",
                        "/api/files/" + Client.sha256("x".getBytes(StandardCharsets.UTF_8)),
                        "text/plain",
                        new byte[] {'x'});
        assertThat(reply.status()).isEqualTo(other.status());
    }

    @ParameterizedTest
    @Order(4)
    @ValueSource(strings = {"member2", "secretary2", "editor", "admin"})
    void searchesAndPagesFindNobody(String login) {
        Client stranger = sotay.as(login);
        Set<String> unit = login.equals("admin") ? Set.of() : ofUnit;
        List<String> failures = new ArrayList<>();
        for (Operation operation : api.operations()) {
            if (operation.queries().containsKey("q")) {
                for (String words : words()) {
                    String path = operation.template() + "?q=" + encoded(words);
                    leaks(stranger.get(path), new Try("GET", path, null, null), ofPeople, unit)
                            .forEach(failures::add);
                }
            }
            if (operation.queries().containsKey("after")
                    && !operation.template().contains("{")) {
                foreignPages(operation, stranger, unit).forEach(failures::add);
            }
        }
        assertThat(failures).isEmpty();
    }

    private static Set<String> words() {
        Set<String> words = new LinkedHashSet<>(List.of(CELL_CODE, "Hải Ninh", "hai ninh", cell));
        members.stream().limit(12).forEach(member -> Stream.of("name", "cardNumber", "phone", "id")
                .map(field -> member.path(field).asText())
                .filter(value -> !value.isEmpty())
                .forEach(words::add));
        return words;
    }

    /** A cursor that was given to the cell's secretary, in the hands of somebody else. */
    private static List<String> foreignPages(Operation list, Client stranger, Set<String> unit) {
        JsonNode page = sotay.as("secretary").get(list.template() + "?limit=1").json();
        if (!page.path("next").isTextual()) {
            return List.of();
        }
        String path = list.template() + "?limit=500&after="
                + encoded(page.path("next").asText());
        Response reply = stranger.get(path);
        List<String> failures = leaks(reply, new Try("GET", path, null, null), ofPeople, unit);
        JsonNode total = reply.json().path("total");
        if (total.isNumber() && total.asInt() != reply.json().path("items").size()) {
            failures.add("counts what it does not show: " + reply);
        }
        return failures;
    }

    @ParameterizedTest
    @Order(4)
    @ValueSource(strings = {"member2", "secretary2", "editor", "admin"})
    void theChangeFeedTellsNothing(String login) {
        Client stranger = sotay.as(login);
        Set<String> unit = login.equals("admin") ? Set.of() : ofUnit;
        List<String> failures = new ArrayList<>();
        List<String> tokens = new ArrayList<>(List.of(""));
        for (String insider : List.of("secretary", "member", "officer2")) {
            tokens.add(sotay.as(insider)
                    .get("/api/changes")
                    .expect(200)
                    .json()
                    .path("token")
                    .asText());
        }
        for (String token : tokens) {
            String path = "/api/changes?since=" + token;
            for (Response reply : changes(stranger, token)) {
                // whose token it was knew of the cell: what the token names is named as lost
                Set<String> named = token.isEmpty() ? unit : Set.of();
                leaks(withoutRemoved(reply), new Try("GET", path, null, null), ofPeople, named)
                        .forEach(failures::add);
            }
        }
        assertThat(failures).isEmpty();
    }

    private static Response withoutRemoved(Response reply) {
        String text = reply.text().replaceAll("\"removed\":\\[[^]]*]", "");
        return new Response(reply.request(), reply.status(), reply.headers(), text.getBytes(StandardCharsets.UTF_8));
    }

    private static List<Response> changes(Client person, String since) {
        List<Response> replies = new ArrayList<>();
        String token = since;
        while (true) {
            Response reply = person.get("/api/changes" + (token.isEmpty() ? "" : "?since=" + token));
            replies.add(reply);
            if (reply.status() != 200 || reply.json().path("complete").asBoolean()) {
                return replies;
            }
            token = reply.json().path("token").asText();
        }
    }

    @ParameterizedTest
    @Order(5)
    @ValueSource(strings = {"member", "fisherman"})
    void aMemberSeesNoOtherMembersWords(String login) {
        String self = sotay.as(login).get("/api/me").json().at("/member/id").asText();
        Set<String> others = wordsBut(self);
        members.stream()
                .filter(member -> !member.path("id").asText().equals(self))
                .forEach(member -> Stream.of("cardNumber", "phone", "birthDate")
                        .map(field -> member.path(field).asText())
                        .filter(ofPeople::contains)
                        .forEach(others::add));
        assertThat(others).hasSizeGreaterThan(50);

        assertThat(readAll(login, others)).isEmpty();
    }

    @ParameterizedTest
    @Order(5)
    @ValueSource(strings = {"officer", "officer2"})
    void anOfficerSeesFiguresAndNoMembersWords(String login) {
        Set<String> words = wordsBut("");
        assertThat(words).hasSizeGreaterThan(3);

        assertThat(readAll(login, words)).isEmpty();
    }

    /** What members have written to the cell's meetings, and the ids of that. */
    private static Set<String> wordsBut(String author) {
        Set<String> words = new HashSet<>();
        for (String list : List.of("answers", "items/{item}/opinions")) {
            for (Filled path : paths.of("/api/meetings/{id}/" + list)) {
                for (JsonNode one : everything(sotay.as("secretary"), path.path())) {
                    if (!one.path("member").asText().equals(author)) {
                        Stream.of("id", "text", "message")
                                .map(field -> one.path(field).asText())
                                .forEach(words::add);
                    }
                }
            }
        }
        words.remove("");
        return words;
    }

    private static List<String> readAll(String login, Set<String> hidden) {
        List<String> failures = new ArrayList<>();
        for (Operation operation : api.operations()) {
            if (!operation.writes()) {
                for (Filled path : paths.of(operation.template())) {
                    Try one = new Try("GET", path.path(), null, null);
                    leaks(one.as(sotay.as(login)), one, hidden, Set.of()).forEach(failures::add);
                }
            }
        }
        return failures;
    }

    @Test
    @Order(5)
    void aMemberWritesNoOtherMembersWords() {
        Client member = sotay.as("member");
        List<String> failures = new ArrayList<>();
        String self = member.get("/api/me").json().at("/member/id").asText();
        Set<String> own = new HashSet<>(Set.of(self));
        for (Filled path : paths.of("/api/meetings/{id}/items/{item}/opinions")) {
            own.addAll(member.get(path.path()).json().path("items").findValuesAsText("id"));
        }
        for (Operation operation : api.operations()) {
            if (operation.writes() && !operation.isOpen() && !OF_NO_CELL.contains(operation.toString())) {
                tries(operation, cell).stream()
                        .filter(Try::namesThing)
                        .filter(one -> own.stream().noneMatch(one.path()::contains))
                        .map(one -> one.as(member))
                        .filter(reply -> reply.status() != 403 && reply.status() != 404)
                        .map(Response::toString)
                        .forEach(failures::add);
            }
        }
        assertThat(failures).isEmpty();
    }

    @Test
    @Order(8)
    void nothingOfTheCellHasChanged() {
        Map<String, String> after = dump();

        assertThat(after.keySet()).isEqualTo(before.keySet());
        before.forEach(
                (request, reply) -> assertThat(after.get(request)).as(request).isEqualTo(reply));
    }

    /** Were the bodies nonsense, a refusal would say nothing: somebody must be able to write them. */
    @Test
    @Order(9)
    void whoMayWritesTheVerySame() {
        Set<String> taken = new TreeSet<>();
        Set<String> asked = new TreeSet<>();
        Map<String, Response> last = new TreeMap<>();
        api.operations().stream()
                .filter(operation -> operation.writes() && !operation.isOpen())
                .filter(operation -> !OF_NO_CELL.contains(operation.toString()))
                .filter(operation -> !SHOWN_ELSEWHERE.contains(operation.toString()))
                // what is taken away is taken away last
                .sorted(Comparator.comparing(operation -> operation.method().equals("DELETE")))
                .forEach(operation -> {
                    asked.add(operation.toString());
                    for (Try one : tries(operation, cell)) {
                        for (String login : List.of("secretary", "member", "fisherman", "officer2", "officer")) {
                            Response reply = one.as(sotay.as(login));
                            last.put(operation + " " + login, reply);
                            if (reply.status() < 300 || reply.status() == 409) {
                                taken.add(operation.toString());
                            }
                        }
                    }
                });
        asked.removeAll(taken);
        assertThat(asked).as("the body is refused to all: %s", last).isEmpty();
    }

    // ---- what is tried

    /** A request that names something of the cell. */
    private record Try(String method, String path, String type, byte[] body) {

        Response as(Client person) {
            return type == null && body == null
                    ? method.equals("GET") ? person.get(path) : person.send(method, path)
                    : person.send(method, path, type, body);
        }

        /** Whether the path itself names it. */
        boolean namesThing() {
            return Twin.named(path).findAny().isPresent();
        }

        String sent() {
            return path + (body == null ? "" : new String(body, StandardCharsets.UTF_8));
        }
    }

    /** @param unit whose cell a body names */
    private static List<Try> tries(Operation operation, String unit) {
        List<Try> tries = new ArrayList<>();
        for (Filled filled :
                paths.of(operation.template()).stream().limit(TRIED_OF_EACH).toList()) {
            String type = operation.bodyType();
            byte[] body = null;
            if (type != null) {
                byte[] plain = body(operation, type, unit);
                body = plain;
                type = type.startsWith("multipart/") ? type + "; boundary=" + BOUNDARY : type;
            }
            tries.add(new Try(operation.method(), filled.path(), type, body));
            for (String name : operation.queries().keySet()) {
                for (String value : queries(operation, name)) {
                    tries.add(
                            new Try(operation.method(), filled.path() + '?' + name + '=' + encoded(value), type, body));
                }
            }
        }
        return tries;
    }

    private static List<String> queries(Operation operation, String name) {
        if (HARMLESS.contains(name) || name.equals("q")) {
            return List.of();
        }
        if (UNITS.contains(name)) {
            return List.of(cell);
        }
        if (name.equals("book")) {
            return List.of(sotay.as("secretary")
                    .get("/api/dues/books")
                    .expect(200)
                    .json()
                    .at("/items/0/id")
                    .asText());
        }
        if (name.equals("member")) {
            return List.of(members.get(1).path("id").asText());
        }
        if (name.equals("about")) {
            return List.of("meeting:" + cell);
        }
        throw new AssertionError("nobody said how to fill the parameter " + name + " of " + operation
                + ": tell its value, or that it names nothing of a cell");
    }

    /** DuesHttpIT, PaymentsHttpIT, UnitChangesIT, MandatesIT, EmergencyIT, ErasureIT, FactorsIT and LoginCardsIT show that who may does them; here the cell would be gone, and everybody signed out. */
    private static final Set<String> SHOWN_ELSEWHERE = Set.of(
            // NoticesIT: who is on the list is known when it has been worked out
            "PUT /api/notices/{id}/calls/{member}",
            "PUT /api/dues/books/{id}",
            "PUT /api/dues/books/{id}/closings/{day}",
            "POST /api/dues/books/{id}/closings/{day}/confirm",
            "PUT /api/dues/payments/{id}",
            "POST /api/dues/statements",
            "PUT /api/dues/transfers/{id}/decision",
            "PUT /api/dues/transfers/{id}/reversal",
            "PUT /api/dues/plans/{id}",
            "PUT /api/dues/plans/{id}/ending",
            "PUT /api/dues/accounts/{id}",
            "PUT /api/dues/requests/{id}",
            "PUT /api/dues/remittances/{id}",
            "POST /api/dues/remittances/{id}/acknowledge",
            "POST /api/dues/remittances/{id}/withdraw",
            "POST /api/dues/assessments",
            "PUT /api/dues/declarations/{id}",
            "PUT /api/dues/exemptions/{id}",
            "DELETE /api/accounts/{account}/factors",
            "PUT /api/access/emergencies/{id}",
            "PUT /api/access/emergencies/{id}/seen",
            "PUT /api/mandates/{id}",
            "DELETE /api/mandates/{id}",
            "DELETE /api/members/{id}/sessions/{session}",
            "DELETE /api/members/{member}/erasure",
            "POST /api/units/{id}/merge",
            "POST /api/units/{id}/move",
            "POST /api/units/{id}/split");

    private static final String BOUNDARY = "sotay-probe";

    private static byte[] body(Operation operation, String type, String unit) {
        if (type.equals("application/json")) {
            Map<String, String> told = new LinkedHashMap<>(Map.of(
                    "cell",
                    unit,
                    "members",
                    members.get(3).path("id").asText(),
                    "unit",
                    unit,
                    "parent",
                    unit,
                    "id",
                    UUID.randomUUID().toString(),
                    "kind",
                    "CELL",
                    "code",
                    CELL_CODE,
                    "path",
                    "a.txt",
                    "field",
                    "name",
                    "file",
                    file));
            told.put("member", members.get(1).path("id").asText());
            told.put("into", UUID.randomUUID().toString());
            Sample sample = new Sample(api, told);
            return sample.body(operation).toString().getBytes(StandardCharsets.UTF_8);
        }
        if (type.startsWith("multipart/") && operation.template().matches("/api/members/import|/api/dues/statements")) {
            return ("--" + BOUNDARY + "\r\nContent-Disposition: form-data; name=\"unit\"\r\n\r\n" + unit + "\r\n--"
                            + BOUNDARY + "\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.csv\"\r\n\r\n"
                            + "Họ và tên\nTrần Thử\n\r\n--" + BOUNDARY + "--\r\n")
                    .getBytes(StandardCharsets.UTF_8);
        }
        if (type.equals("application/octet-stream") && OF_NO_CELL.contains(operation.toString())) {
            return new byte[] {1};
        }
        throw new AssertionError("nobody said what to send to " + operation);
    }

    private static String encoded(String value) {
        return URLEncoder.encode(value, StandardCharsets.UTF_8);
    }

    /** Replaces each id by one that never was, the same by the same. */
    private static final class Twin {

        private static final java.util.regex.Pattern ID = java.util.regex.Pattern.compile(
                "[0-9a-f]{64}|[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}");

        private final Map<String, String> twins = new LinkedHashMap<>();

        static Stream<String> named(String text) {
            return ID.matcher(text).results().map(found -> found.group());
        }

        private UnaryOperator<String> twin() {
            return id -> twins.computeIfAbsent(
                    id,
                    each -> each.length() == 64
                            ? Client.sha256(UUID.randomUUID().toString().getBytes(StandardCharsets.UTF_8))
                            : UUID.randomUUID().toString());
        }

        String of(String text) {
            return ID.matcher(text).replaceAll(found -> twin().apply(found.group()));
        }

        byte[] of(byte[] body) {
            return body == null
                    ? null
                    : of(new String(body, StandardCharsets.ISO_8859_1)).getBytes(StandardCharsets.ISO_8859_1);
        }

        boolean isAnother() {
            return !twins.isEmpty();
        }
    }

    // ---- what is seen

    /** What of these words stands in a reply, without having been sent. */
    private static List<String> leaks(Response reply, Try sent, Set<String> people, Set<String> unit) {
        String seen = reply.text() + reply.headers().map();
        return new ArrayList<>(Stream.concat(people.stream(), unit.stream())
                .filter(seen::contains)
                .filter(word -> !sent.sent().contains(word) && !sent.sent().contains(encoded(word)))
                .map(word -> "tells " + word + ": " + reply)
                .toList());
    }

    /** All that those who may see of the cell, by who asked for what. */
    private static Map<String, String> dump() {
        Map<String, String> dump = new TreeMap<>();
        for (String login : List.of("officer", "officer2", "secretary", "member", "fisherman")) {
            for (Operation operation : api.operations()) {
                // who has read a record changes by reading, and so does how much there is to delete
                if (!operation.writes()
                        && !operation.isOpen()
                        && !operation.template().equals("/api/me/reads")
                        && !operation.template().equals("/api/members/{member}/erasure")
                        && !operation.template().startsWith("/api/units/{id}/audit")) {
                    for (Filled path : paths.of(operation.template())) {
                        Response reply = sotay.as(login).get(path.path());
                        // the token knows how far the feed is, and others write to it too
                        String text = reply.text().replaceAll("\"token\":\"[^\"]*\"", "");
                        // a PDF says when it was written
                        if (reply.text().startsWith("%PDF")) {
                            text = "a PDF";
                        }
                        dump.put(login + " GET " + path.path(), reply.status() + reply.header("ETag") + text);
                    }
                }
            }
        }
        return dump;
    }

    private static List<JsonNode> everything(Client person, String path) {
        List<JsonNode> all = new ArrayList<>();
        String next = path;
        while (next != null) {
            JsonNode page = person.get(next).expect(200).json();
            page.path("items").forEach(all::add);
            next = page.path("next").isTextual()
                    ? path + (path.contains("?") ? "&" : "?") + "after="
                            + encoded(page.path("next").asText())
                    : null;
        }
        return all;
    }
}
