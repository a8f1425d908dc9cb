package vn.sotay.tests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
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

/** {@code /api/units}: how units are listed, made and changed. Those of the tests stand below a commune of their own. */
class UnitsIT {

    private static final Sotay SOTAY = Sotay.shared();
    private static final Client OFFICER = SOTAY.as("officer");
    private static final String COMMUNE = UUID.randomUUID().toString();
    private static final String BASE = UUID.randomUUID().toString();
    private static final String CELL = UUID.randomUUID().toString();
    /** Where the tests write; the others are only read. */
    private static final String OTHER = UUID.randomUUID().toString();

    private static String province;

    private final String id = UUID.randomUUID().toString();
    private final String unit = "/api/units/" + id;

    @BeforeAll
    static void plant() {
        province = OFFICER.get("/api/units?kind=PROVINCE")
                .expect(200)
                .json()
                .at("/items/0/id")
                .asText();
        add(COMMUNE, body(province, "COMMUNE", "38.902", "xã Thử Nghiệm"));
        add(OTHER, body(province, "COMMUNE", "38.903", "xã Khác"));
        add(BASE, body(COMMUNE, "GRASSROOTS", "38.902.001", "Đảng bộ Trường Đại học Thử"));
        add(CELL, body(BASE, "CELL", "38.902.001.000.001", "Khoa Thuỷ sản"));
        add(UUID.randomUUID().toString(), body(BASE, "CELL", "38.902.001.000.002", "Khoa Điện tử"));
        add(UUID.randomUUID().toString(), body(COMMUNE, "CELL", "38.902.002.000.001", "thôn Thuỷ Tiên"));
    }

    private static void add(String id, Map<String, Object> body) {
        OFFICER.put("/api/units/" + id, body).expect(201);
    }

    private static Map<String, Object> body(String parent, String kind, String code, String name) {
        return new HashMap<>(Map.of("parent", parent, "kind", kind, "code", code, "name", name));
    }

    private static List<String> codes(Client client, String query) {
        List<String> codes = new ArrayList<>();
        client.get("/api/units" + query)
                .expect(200)
                .json()
                .path("items")
                .forEach(one -> codes.add(one.path("code").asText()));
        return codes;
    }

    // ---- lists

    @ParameterizedTest(name = "{0} of kind {1}, typed {2}")
    @CsvSource(delimiter = '|', textBlock = """
                    COMMUNE |            |               | 38.902.001, 38.902.002.000.001
                    COMMUNE | CELL       |               | 38.902.002.000.001
                    COMMUNE | GRASSROOTS |               | 38.902.001
                    BASE    |            |               | 38.902.001.000.001, 38.902.001.000.002
                    CELL    |            |               |
                            |            | thuỷ tiên     | 38.902.002.000.001
                            | CELL       | 38.902        | 38.902.001.000.001, 38.902.001.000.002, 38.902.002.000.001
                            | CELL       | 38.902.001    | 38.902.001.000.001, 38.902.001.000.002
                            |            | dai hoc thu   | 38.902.001
                            |            | Đại Học Thử   | 38.902.001
                    BASE    |            | dien          | 38.902.001.000.002
                    BASE    |            | hoc           |
                            | HAMLET     |               |
                    """)
    void areListedByParentKindAndWhatIsTyped(String parent, String kind, String typed, String expected) {
        Map<String, String> ids = Map.of("COMMUNE", COMMUNE, "BASE", BASE, "CELL", CELL);
        String query = "?limit=500"
                + (parent == null ? "" : "&parent=" + ids.get(parent))
                + (kind == null ? "" : "&kind=" + kind)
                + (typed == null ? "" : "&q=" + URLEncoder.encode(typed, StandardCharsets.UTF_8));

        assertThat(codes(OFFICER, query)).isEqualTo(expected == null ? List.of() : List.of(expected.split(", ")));
    }

    @Test
    void comeInPagesByCode() {
        List<String> found = new ArrayList<>();
        String after = "";
        do {
            JsonNode page =
                    OFFICER.get("/api/units?limit=7" + after).expect(200).json();
            page.path("items").forEach(one -> found.add(one.path("code").asText()));
            after = page.path("next").isNull()
                    ? ""
                    : "&after=" + page.path("next").asText();
        } while (!after.isEmpty());

        assertThat(found).isSorted().doesNotHaveDuplicates().isEqualTo(codes(OFFICER, "?limit=500"));
    }

    @Test
    void areKnownAsFarAsOneMayKnow() {
        assertThat(codes(SOTAY.as("fisherman"), "")).containsExactly("38", "38.168", "38.168.053.000.001");
        assertThat(codes(SOTAY.as("secretary"), "")).containsExactly("38", "38.168", "38.168.053.000.001");
        assertThat(codes(SOTAY.as("officer2"), "?limit=500"))
                .startsWith("38", "38.168", "38.168.053.000.001")
                .allMatch(code -> code.equals("38") || code.startsWith("38.168"))
                .hasSizeGreaterThan(3);
        assertThat(codes(SOTAY.as("admin"), "?limit=500")).isEqualTo(codes(OFFICER, "?limit=500"));
        SOTAY.as("officer2").get("/api/units/" + CELL).expect(404);
        SOTAY.as("officer2").get("/api/units/" + CELL + "/path").expect(404);
        SOTAY.as("officer2").get("/api/units?parent=" + COMMUNE).expect(404);
        SOTAY.anonymous().get("/api/units").expect(401);
    }

    @Test
    void tellTheWayDownToThem() {
        List<String> codes = new ArrayList<>();
        OFFICER.get("/api/units/" + CELL + "/path")
                .expect(200)
                .json()
                .path("items")
                .forEach(one -> codes.add(one.path("code").asText()));

        assertThat(codes).containsExactly("38", "38.902", "38.902.001", "38.902.001.000.001");
        assertThat(OFFICER.get("/api/units/" + CELL)
                        .expect(200)
                        .json()
                        .path("path")
                        .asText())
                .isEqualTo("/" + String.join("/", province, COMMUNE, BASE, CELL) + "/");
        OFFICER.get("/api/units/" + id).expect(404);
        OFFICER.get("/api/units/38.902").expect(404);
    }

    // ---- one unit

    @Test
    void areMadeOnceAndChangedUnderTheirVersion() {
        Map<String, Object> body = body(OTHER, "CELL", "38.903.003.000.001", " thôn  Mới ");
        Response made = OFFICER.put(unit, body).expect(201);
        Response again = OFFICER.put(unit, body).expect(200);
        Response sentBack = OFFICER.put(unit, made.text()).expect(200);
        Map<String, Object> renamed = body(OTHER, "CELL", "38.903.003.000.009", "thôn Mới Hơn");
        Response changed = OFFICER.header("If-Match", made.header("ETag"))
                .put(unit, renamed)
                .expect(200);
        Response stale =
                OFFICER.header("If-Match", made.header("ETag")).put(unit, body).expect(412);

        assertThat(made.json().path("name").asText()).isEqualTo("thôn Mới");
        assertThat(List.of(again.header("ETag"), sentBack.header("ETag"))).containsOnly(made.header("ETag"));
        assertThat(changed.header("ETag")).isNotEqualTo(made.header("ETag"));
        assertThat(stale.json().path("current")).isEqualTo(changed.json());
        assertThat(codes(OFFICER, "?q=38.903.003")).containsExactly("38.903.003.000.009");
        OFFICER.header("If-None-Match", changed.header("ETag")).get(unit).expect(304);
    }

    @Test
    void areNotMadeWhereAVersionWasExpected() {
        OFFICER.header("If-Match", "\"1\"")
                .put(unit, body(OTHER, "CELL", "38.903.004.000.001", "thôn Khác"))
                .expect(412);
        OFFICER.get(unit).expect(404);
    }

    static Stream<Arguments> wrong() {
        return Stream.of(
                arguments(Map.of("kind", "HAMLET"), "kind unit.kind"),
                arguments(Map.of("kind", "cell"), "kind unit.kind"),
                arguments(Map.of("kind", "PROVINCE"), "parent unit.parent-kind"),
                arguments(Map.of("kind", "COMMUNE"), "parent unit.parent-kind"),
                arguments(Map.of("parent", CELL), "parent unit.parent-kind"),
                arguments(Map.of("parent", UUID.randomUUID().toString()), "parent unit.unknown"),
                arguments(Map.of("parent", "38.902"), "parent uuid"),
                arguments(Map.of("code", "38.902.001.000.001"), "code unit.code-taken"),
                arguments(Map.of("code", "38.9"), "code unit.code"),
                arguments(Map.of("code", "38.902.001.000.0001"), "code unit.code"),
                arguments(Map.of("code", "38-902"), "code unit.code"),
                arguments(Map.of("code", "٣٨.902"), "code unit.code"),
                arguments(Map.of("code", "38.902.001.000.001.1234"), "code too-long"),
                arguments(Map.of("name", " "), "name blank"),
                arguments(Map.of("name", "a".repeat(201)), "name too-long"),
                arguments(Map.of("id", UUID.randomUUID().toString()), "id unchangeable"),
                arguments(Map.of("level", 3), "level unknown-field"));
    }

    @ParameterizedTest(name = "{0}: {1}")
    @MethodSource("wrong")
    void nameTheFieldAtFaultAndItsRule(Map<String, Object> fields, String error) {
        Map<String, Object> body = body(OTHER, "CELL", "38.903.005.000.001", "thôn Khác");
        body.putAll(fields);

        assertThat(OFFICER.put(unit, body).expect(422).errors()).containsExactly(error);
        OFFICER.get(unit).expect(404);
    }

    @Test
    void haveAParentBesidesTheRoot() {
        Map<String, Object> body = body(OTHER, "CELL", "38.903.006.000.001", "thôn Khác");
        body.remove("parent");

        assertThat(OFFICER.put(unit, body).expect(422).errors()).containsExactly("parent required");
    }

    @Test
    void keepTheirKindAndStayWhereTheyAre() {
        assertThat(OFFICER.put("/api/units/" + CELL, body(COMMUNE, "CELL", "38.902.001.000.001", "Khoa Thuỷ sản"))
                        .expect(409)
                        .problem())
                .isEqualTo("unit.move");
        assertThat(OFFICER.put("/api/units/" + CELL, body(BASE, "SUB_COMMITTEE", "38.902.001.000.001", "Khoa Thuỷ sản"))
                        .expect(409)
                        .problem())
                .isEqualTo("unit.kind-kept");
    }

    @Test
    void areWrittenByOfficersAndAdministratorsAlone() {
        Map<String, Object> body = body(OTHER, "CELL", "38.903.007.000.001", "thôn Khác");

        for (String login : List.of("secretary", "member", "editor")) {
            SOTAY.as(login).put(unit, body).expect(403);
        }
        assertThat(SOTAY.as("officer2").put(unit, body).expect(422).errors()).containsExactly("parent unit.unknown");
        SOTAY.as("officer2")
                .put("/api/units/" + CELL, body(BASE, "CELL", "38.902.001.000.001", "Khoa Khác"))
                .expect(404);
        SOTAY.as("officer2")
                .put("/api/units/" + province, Map.of("kind", "PROVINCE", "code", "38", "name", "tỉnh Khác"))
                .expect(403);
        SOTAY.as("admin").put(unit, body).expect(201);
        SOTAY.anonymous().put(unit, body).expect(401);
    }
}
