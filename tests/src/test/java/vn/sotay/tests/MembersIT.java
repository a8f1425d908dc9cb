package vn.sotay.tests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import vn.sotay.testkit.Client;
import vn.sotay.testkit.Response;
import vn.sotay.testkit.Sotay;

/** {@code /api/members}: how members are made, changed, found and seen. Those of the tests have a cell of their own. */
class MembersIT {

    private static final Sotay SOTAY = Sotay.shared();
    private static final Client OFFICER = SOTAY.as("officer");
    private static final String CELL = UUID.randomUUID().toString();
    private static String commune;

    private final String id = UUID.randomUUID().toString();
    private final String member = "/api/members/" + id;

    @BeforeAll
    static void fillCell() {
        commune = OFFICER.get("/api/units?q=38.168&kind=COMMUNE")
                .expect(200)
                .json()
                .at("/items/0/id")
                .asText();
        OFFICER.put(
                        "/api/units/" + CELL,
                        Map.of("parent", commune, "kind", "CELL", "code", "38.168.901.000.001", "name", "thôn Thử"))
                .expect(201);
        add("Đỗ Thị Hoà", Map.of("cardNumber", "97.300001", "officialOn", "2010-05-19"));
        add("Đỗ Văn Hoa", Map.of("cardNumber", "97.300002", "status", "OFFICIAL"));
        add("Hoàng Đỗ Quyên", Map.of("cardNumber", "97.310003", "status", "EXEMPT"));
        add("Nguyễn Văn Ấn", Map.of());
        add("Nguyễn Thị Ánh", Map.of("status", "LEFT", "cardNumber", "97.300005"));
    }

    private static void add(String name, Map<String, Object> more) {
        OFFICER.put("/api/members/" + UUID.randomUUID(), body(name, more)).expect(201);
    }

    private static Map<String, Object> body(String name, Map<String, Object> more) {
        Map<String, Object> body = new HashMap<>(Map.of("name", name, "cell", CELL));
        body.putAll(more);
        return body;
    }

    private static List<String> names(String query) {
        List<String> names = new ArrayList<>();
        OFFICER.get("/api/members?unit=" + CELL + query)
                .expect(200)
                .json()
                .path("items")
                .forEach(one -> names.add(one.path("name").asText()));
        return names;
    }

    /** Those that a test made beside those of the cell would be in the way of the others. */
    private void leave() {
        OFFICER.put(member, body("Người Thử", Map.of("status", "LEFT"))).expect(200);
    }

    // ---- one member

    @Test
    void isMadeOnceAndChangedUnderItsVersion() {
        Map<String, Object> first =
                body("Người Thử", Map.of("birthDate", "1980-02-29", "gender", "FEMALE", "phone", "+84 905 123 456"));
        Response made = OFFICER.put(member, first).expect(201);
        Response again = OFFICER.put(member, first).expect(200);
        Map<String, Object> other = body("Người Thử", Map.of("birthYear", 1980, "admittedOn", "2010-05-19"));
        Response changed = OFFICER.header("If-Match", made.header("ETag"))
                .put(member, other)
                .expect(200);
        Response stale = OFFICER.header("If-Match", made.header("ETag"))
                .put(member, first)
                .expect(412);

        assertThat(made.json().path("birthYear").asInt()).isEqualTo(1980);
        assertThat(made.json().path("phone").asText()).isEqualTo("0905123456");
        assertThat(made.json().path("status").asText()).isEqualTo("PROBATIONARY");
        assertThat(again.header("ETag")).isEqualTo(made.header("ETag"));
        assertThat(again.text()).isEqualTo(made.text());
        assertThat(changed.header("ETag")).isNotEqualTo(made.header("ETag"));
        assertThat(changed.json().has("birthDate")).isFalse();
        assertThat(stale.json().path("current")).isEqualTo(changed.json());
        assertThat(stale.header("ETag")).isEqualTo(changed.header("ETag"));
        OFFICER.header("If-None-Match", changed.header("ETag")).get(member).expect(304);
        leave();
    }

    @Test
    void isNotMadeWhereAVersionWasExpected() {
        OFFICER.header("If-Match", "\"1\"")
                .put(member, body("Người Thử", Map.of()))
                .expect(412);
        OFFICER.get(member).expect(404);
    }

    @Test
    void keepsItsStatusUnlessAnotherIsSaid() {
        OFFICER.put(member, body("Người Thử", Map.of("status", "SUSPENDED"))).expect(201);

        Response renamed = OFFICER.put(member, body("Người Thử Hai", Map.of())).expect(200);

        assertThat(renamed.json().path("status").asText()).isEqualTo("SUSPENDED");
        leave();
    }

    @Test
    void isKeptInComposedLettersWithBlanksSqueezed() {
        String decomposed = Normalizer.normalize("  Nguyễn   Thị Thuỷ ", Normalizer.Form.NFD);

        Response made = OFFICER.put(member, body(decomposed, Map.of("cardNumber", "97 400001")))
                .expect(201);

        assertThat(made.json().path("name").asText()).isEqualTo("Nguyễn Thị Thuỷ");
        assertThat(made.json().path("cardNumber").asText()).isEqualTo("97.400001");
        leave();
    }

    @Test
    void givesItsCardFreeWhenItLeaves() {
        OFFICER.put(member, body("Người Thử", Map.of("cardNumber", "97.400002")))
                .expect(201);
        String other = "/api/members/" + UUID.randomUUID();
        Map<String, Object> sameCard = body("Người Thử Hai", Map.of("cardNumber", "97400002"));

        assertThat(OFFICER.put(other, sameCard).expect(422).errors()).containsExactly("cardNumber member.card-taken");
        OFFICER.put(member, body("Người Thử", Map.of("cardNumber", "97.400002", "status", "LEFT")))
                .expect(200);
        OFFICER.put(other, sameCard).expect(201);
        OFFICER.put(other, body("Người Thử Hai", Map.of("status", "LEFT"))).expect(200);
    }

    static Stream<Arguments> wrong() {
        String tomorrow = LocalDate.now().plusDays(2).toString();
        return Stream.of(
                arguments(Map.of("birthDate", "1990-02-30"), "birthDate day"),
                arguments(Map.of("birthDate", "30/04/1975"), "birthDate day"),
                arguments(Map.of("birthDate", "1899-12-31"), "birthDate member.born-too-early"),
                arguments(Map.of("birthDate", tomorrow), "birthDate member.day-in-future"),
                arguments(Map.of("birthDate", "1990-01-01", "birthYear", 1991), "birthYear member.birth-year"),
                arguments(Map.of("birthYear", "1990"), "birthYear number"),
                arguments(Map.of("birthYear", 1899), "birthYear out-of-range"),
                arguments(
                        Map.of("birthDate", "1990-01-01", "admittedOn", "1989-12-31"),
                        "admittedOn member.before-birth"),
                arguments(Map.of("birthYear", 1990, "officialOn", "1989-12-31"), "officialOn member.before-birth"),
                arguments(
                        Map.of("admittedOn", "2020-05-19", "officialOn", "2020-05-18"),
                        "officialOn member.official-before-admitted"),
                arguments(Map.of("admittedOn", tomorrow), "admittedOn member.day-in-future"),
                arguments(
                        Map.of("status", "PROBATIONARY", "officialOn", "2020-05-18"),
                        "status member.probationary-official"),
                arguments(Map.of("gender", "OTHER"), "gender enum"),
                arguments(Map.of("status", "official"), "status enum"),
                arguments(Map.of("nickname", "Tư"), "nickname unknown-field"),
                arguments(Map.of("name", "Nguyễn".repeat(17)), "name too-long"),
                arguments(Map.of("name", "   "), "name blank"),
                arguments(Map.of("name", "12345"), "name member.no-name"),
                arguments(Map.of("name", "Nguyễn\nVăn"), "name control-characters"),
                arguments(Map.of("name", 7), "name text"),
                arguments(Map.of("cardNumber", "9".repeat(21)), "cardNumber too-long"),
                arguments(Map.of("phone", "113"), "phone member.phone"),
                arguments(Map.of("cell", UUID.randomUUID().toString()), "cell unit.unknown"),
                arguments(Map.of("cell", "thôn Thử"), "cell uuid"),
                arguments(Map.of("id", UUID.randomUUID().toString()), "id unchangeable"));
    }

    @ParameterizedTest(name = "{1}")
    @MethodSource("wrong")
    void namesTheFieldAtFaultAndItsRule(Map<String, Object> fields, String error) {
        Response refused = OFFICER.put(member, body("Người Thử", fields)).expect(422);

        assertThat(refused.errors()).containsExactly(error);
        assertThat(refused.json().at("/errors/0/message").asText()).isNotBlank();
        OFFICER.get(member).expect(404);
    }

    @Test
    void namesAllFieldsAtFaultAtOnce() {
        assertThat(OFFICER.put(member, Map.of("birthYear", 1800, "phone", "1".repeat(21)))
                        .expect(422)
                        .errors())
                .containsExactlyInAnyOrder(
                        "name required", "cell required", "birthYear out-of-range", "phone too-long");
    }

    @Test
    void standsInACellAlone() {
        assertThat(OFFICER.put(member, Map.of("name", "Người Thử", "cell", commune))
                        .expect(422)
                        .errors())
                .containsExactly("cell member.not-a-cell");
    }

    // ---- lists

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    ''         | Nguyễn Văn Ấn, Đỗ Thị Hoà, Đỗ Văn Hoa, Hoàng Đỗ Quyên
                    hoa        | Đỗ Thị Hoà, Đỗ Văn Hoa, Hoàng Đỗ Quyên
                    Hoà        | Đỗ Thị Hoà, Đỗ Văn Hoa, Hoàng Đỗ Quyên
                    Hòa        | Đỗ Thị Hoà, Đỗ Văn Hoa, Hoàng Đỗ Quyên
                    hoa thi    | Đỗ Thị Hoà
                    thi hoa    | Đỗ Thị Hoà
                    do hoa     | Đỗ Thị Hoà, Đỗ Văn Hoa, Hoàng Đỗ Quyên
                    đỗ         | Đỗ Thị Hoà, Đỗ Văn Hoa, Hoàng Đỗ Quyên
                    Ðỗ         | Đỗ Thị Hoà, Đỗ Văn Hoa, Hoàng Đỗ Quyên
                    ẤN         | Nguyễn Văn Ấn
                    oa         |
                    97.30      | Đỗ Thị Hoà, Đỗ Văn Hoa
                    9730       | Đỗ Thị Hoà, Đỗ Văn Hoa
                    97 30      | Đỗ Thị Hoà, Đỗ Văn Hoa
                    97300001   | Đỗ Thị Hoà
                    97         | Đỗ Thị Hoà, Đỗ Văn Hoa, Hoàng Đỗ Quyên
                    97.300005  |
                    %          |
                    """)
    void isFoundByWhatIsTyped(String typed, String expected) {
        List<String> all = expected == null ? List.of() : List.of(expected.split(", "));

        for (Normalizer.Form form : List.of(Normalizer.Form.NFC, Normalizer.Form.NFD)) {
            String query = URLEncoder.encode(Normalizer.normalize(typed, form), StandardCharsets.UTF_8);
            assertThat(names("&q=" + query)).as(form.name()).containsExactlyElementsOf(all);
        }
    }

    /** Which words there are is counted once in a while: who has another one is found at once. */
    @Test
    void isFoundInTheProvinceByAWordThatNobodyHadBefore() {
        Faults.await(
                "the words are counted",
                Duration.ofSeconds(30),
                () -> inTheProvince("hoang do quy").contains("Hoàng Đỗ Quyên"),
                SOTAY::output);
        OFFICER.put(member, body("Đỗ Khoèn Quỳnhx", Map.of())).expect(201);

        for (String typed : List.of("khoen", "quynhx", "do khoen", "khoe", "quynh do")) {
            assertThat(inTheProvince(typed)).as(typed).contains("Đỗ Khoèn Quỳnhx");
        }
        leave();
    }

    private static List<String> inTheProvince(String typed) {
        List<String> names = new ArrayList<>();
        OFFICER.get("/api/members?limit=500&q=" + URLEncoder.encode(typed, StandardCharsets.UTF_8))
                .expect(200)
                .json()
                .path("items")
                .forEach(one -> names.add(one.path("name").asText()));
        return names;
    }

    @ParameterizedTest
    @CsvSource({
        "OFFICIAL, 'Đỗ Thị Hoà, Đỗ Văn Hoa'",
        "EXEMPT, Hoàng Đỗ Quyên",
        "PROBATIONARY, Nguyễn Văn Ấn",
        "DECEASED,",
    })
    void isFoundByStatus(String status, String expected) {
        assertThat(names("&status=" + status)).isEqualTo(expected == null ? List.of() : List.of(expected.split(", ")));
    }

    @Test
    void whoHasLeftIsFoundByThatStatusAlone() {
        assertThat(names("&q=anh")).isEmpty();
        assertThat(names("&q=anh&status=LEFT")).containsExactly("Nguyễn Thị Ánh");
    }

    @Test
    void comesInPages() {
        List<String> found = new ArrayList<>();
        String after = "";
        int pages = 0;
        do {
            JsonNode page = OFFICER.get("/api/members?unit=" + CELL + "&limit=1" + after)
                    .expect(200)
                    .json();
            assertThat(page.has("next")).isTrue();
            page.path("items").forEach(one -> found.add(one.path("name").asText()));
            after = page.path("next").isNull()
                    ? ""
                    : "&after=" + page.path("next").asText();
            pages++;
        } while (!after.isEmpty());

        assertThat(found).containsExactly("Nguyễn Văn Ấn", "Đỗ Thị Hoà", "Đỗ Văn Hoa", "Hoàng Đỗ Quyên");
        assertThat(pages).isEqualTo(4);
    }

    @ParameterizedTest
    @CsvSource({
        "limit=0, limit out-of-range",
        "limit=501, limit out-of-range",
        "limit=many, limit number",
        "after=%25, after cursor",
        "unit=1, unit uuid",
        "status=GONE, status enum",
        "name=An, name unknown-parameter",
    })
    void tellsWhichParameterIsWrong(String query, String error) {
        assertThat(OFFICER.get("/api/members?" + query).expect(400).errors()).containsExactly(error);
    }

    @Test
    void takesTheCursorOfNoOtherList() {
        String ofUnits = OFFICER.get("/api/units?limit=1")
                .expect(200)
                .json()
                .path("next")
                .asText();

        assertThat(OFFICER.get("/api/members?after=" + ofUnits).expect(422).errors())
                .containsExactly("after cursor");
    }

    @Test
    void aUnitThatOneMayNotKnowOfIsNotFound() {
        SOTAY.as("secretary2").get("/api/members?unit=" + CELL).expect(404);
        OFFICER.get("/api/members?unit=" + UUID.randomUUID()).expect(404);
    }

    // ---- who sees whom

    @Test
    void isSeenByItsLeadersAndTheOfficersAboveAlone() {
        Client secretary = SOTAY.as("secretary");
        JsonNode fisherman =
                SOTAY.as("fisherman").get("/api/me").expect(200).json().path("member");
        String path = "/api/members/" + fisherman.path("id").asText();

        JsonNode record = secretary.get(path).expect(200).json();
        assertThat(record.path("name")).isEqualTo(fisherman.path("name"));
        for (String login : List.of("officer", "officer2", "fisherman")) {
            assertThat(SOTAY.as(login).get(path).expect(200).json()).as(login).isEqualTo(record);
        }
        for (String login : List.of("member", "member2", "secretary2")) {
            SOTAY.as(login).get(path).expect(404);
            assertThat(SOTAY.as(login).get("/api/members?limit=500").expect(200).text())
                    .as(login)
                    .doesNotContain(fisherman.path("id").asText());
        }
        for (String login : List.of("admin", "editor")) {
            SOTAY.as(login).get(path).expect(403);
            SOTAY.as(login).get("/api/members").expect(403);
        }
        SOTAY.anonymous().get(path).expect(401);
        SOTAY.anonymous().get("/api/members").expect(401);
    }

    @Test
    void isWrittenByWhoLeadsTheCellAndTheOfficersAbove() {
        Map<String, Object> body = body("Người Thử", Map.of());

        SOTAY.as("fisherman").put(member, body).expect(403);
        SOTAY.as("admin").put(member, body).expect(403);
        // of another cell: of this one the secretary knows nothing, and does not learn whether there is such a member
        Response before = SOTAY.as("secretary2").put(member, body).expect(422);
        assertThat(before.errors()).containsExactly("cell unit.unknown");
        SOTAY.as("officer2").put(member, body).expect(201);
        assertThat(SOTAY.as("secretary2").put(member, body).expect(422).text()).isEqualTo(before.text());
        leave();
    }

    @Test
    void aMemberReadsItselfAndNobodyElse() {
        Client fisherman = SOTAY.as("fisherman");
        String self =
                fisherman.get("/api/me").expect(200).json().at("/member/id").asText();

        JsonNode items = fisherman.get("/api/members").expect(200).json().path("items");

        assertThat(items).hasSize(1);
        assertThat(items.get(0).path("id").asText()).isEqualTo(self);
    }
}
