package vn.sotay.tests;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import vn.sotay.testkit.Client;
import vn.sotay.testkit.SamplePdf;

/** The handbook in the pocket: what a phone shows without a network and without a server. */
@PageTest
class OfflinePagesIT extends WithPhone {

    @Test
    void whatWasSeenIsThereWithoutAServerAndAfterTheBrowserWasClosed() {
        begin("fisherman");
        phone.press("#way-meetings");
        phone.pressWords(MEETING);
        phone.see("#answer-state-none, [id^='answer-']");
        String meeting = phone.path();
        String words = phone.text();
        phone.press("#way-today");

        openAtSea("/");
        phone.read("Ngoại tuyến");
        phone.read("Đang xem bản lấy");
        phone.read("Sinh hoạt");
        phone.picture("offline-today-phone");
        assertThat(phone.faults()).isEmpty();
        // by the address bar, as an icon on the home screen does
        phone.open(meeting);
        phone.read(words.lines()
                .filter(line -> line.startsWith(MEETING))
                .findFirst()
                .orElseThrow());
        phone.picture("offline-meeting-phone");
        assertThat(phone.faults()).isEmpty();
        phone.size(Browser.DESK);
        phone.picture("offline-meeting-desk");
        assertThat(phone.faults()).isEmpty();

        sotay.startAgain();
        phone.run("dispatchEvent(new Event('online'))");
        phone.open("/");
        phone.until("told that there is a network", () -> !phone.text().contains("Ngoại tuyến"));
    }

    @Test
    void whatWasNeverLookedAtIsThereOnceTheCopyIsWhole() {
        begin("fisherman");
        phone.read("Đã cập nhật");
        phone.picture("standing-phone");
        String meeting = coming("fisherman");
        openAtSea("/meetings/" + meeting);
        phone.read(MEETING);
        phone.see("#opinion-1");
        assertThat(phone.faults()).isEmpty();
        sotay.startAgain();
    }

    @Test
    void whatAnotherWritesComesAtOnceByAStream() {
        begin("fisherman");
        phone.read("Đã cập nhật");
        phone.press("#way-meetings");
        String meeting = notified("Chuyên đề nghe được ngay");
        phone.read("Chuyên đề nghe được ngay");
        assertThat((String) phone.run("""
                return performance.getEntriesByType('resource').map(one => one.name).filter(name => name.includes('/api/changes')).join(' ');
                """)).contains("since=").doesNotContain("wait=");
        sotay.as("secretary").delete(meeting).expect(204);
    }

    @Test
    void documentsThatWereTakenAlongOpenWithoutANetwork() {
        begin("fisherman");
        String meeting = "/meetings/" + coming("fisherman");
        phone.go(meeting);
        phone.press(".take-along");
        phone.read("Đã tải đủ");
        String name = phone.attribute(".documents a", "download");
        String file = phone.attribute(".documents a", "href");
        phone.picture("taken-along-phone");
        assertThat(phone.faults()).isEmpty();
        byte[] sent = sotay.as("fisherman").get(file).expect(200).body();

        openAtSea(meeting);
        phone.read("Đã có trên máy");
        phone.press(".documents a");

        assertThat(phone.downloaded(name)).isEqualTo(sent);
        sotay.startAgain();
    }

    @Test
    void whatIsKeptIsSearchedWithoutANetwork() {
        begin("fisherman");
        phone.read("Đã cập nhật");
        String law = "";
        for (JsonNode one : sotay.as("fisherman")
                .get("/api/documents?kind=LAW")
                .expect(200)
                .json()
                .path("items")) {
            law = one.path("title").asText().contains("Hòa giải")
                    ? "/documents/" + one.path("id").asText()
                    : law;
        }
        phone.go(law);
        phone.press(".take-along");
        phone.read("Đã tải đủ");

        openAtSea("/search");
        phone.type("#search-words", "quyen cua hoa giai vien");
        phone.read("Không có mạng");
        phone.read("Điều 9. Quyền của hòa giải viên");
        phone.see(".found mark");
        phone.picture("offline-search-phone");
        assertThat(phone.faults()).isEmpty();
        phone.type("#search-words", "luat phi va le phi");
        phone.read("Luật Phí và lệ phí");
        phone.type("#search-words", "bao ve du lieu ca nhan");
        phone.read("Được thay thế bởi");
        phone.type("#search-words", "sinh hoat thuong ky");
        phone.read("Buổi sinh hoạt");
        phone.type("#search-words", "quyen hoa giai vien");
        phone.pressWords("Điều 9. Quyền của hòa giải viên");
        phone.until("it opens at the article", () -> phone.focused().equals("dieu-9"));
        assertThat(phone.path()).isEqualTo(law);
        sotay.startAgain();
    }

    @Test
    void theTextOfAPdfThatWasTakenAlongIsReadWithoutANetwork() {
        String document = "/documents/" + UUID.randomUUID();
        Client editor = sotay.as("editor");
        String unit =
                editor.get("/api/me").expect(200).json().at("/mandates/0/unit").asText();
        String file = editor.putFile(SamplePdf.written(
                "Điều 1. Phạm vi áp dụng",
                "Quy định này áp dụng cho tàu cá của tỉnh.",
                "Điều 2. Trước khi ra khơi",
                "Chủ tàu báo cho đồn biên phòng.",
                "Điều 3. Khi có bão",
                "Tàu cá vào nơi trú bão gần nhất và báo về bờ, thuyền trưởng chịu trách nhiệm gọi cho đồn biên phòng hai giờ"
                        + " một lần cho đến khi bão tan."));
        Map<String, Object> body = Map.of(
                "unit",
                unit,
                "title",
                "Quy định về tàu cá và bão, bằng PDF",
                "kind",
                "REGULATION",
                "issuer",
                "Tỉnh ủy",
                "level",
                "PROVINCE",
                "topics",
                List.of("Thủy sản"),
                "relations",
                List.of(),
                "files",
                List.of(Map.of("file", file, "name", "quy-dinh-bao.pdf")));
        editor.put("/api" + document, body).expect(201);
        editor.post("/api" + document + "/submit").expect(200);
        sotay.as("editor2").post("/api" + document + "/approve").expect(200);

        begin("fisherman");
        phone.go(document);
        phone.read("Điều 3. Khi có bão");
        phone.press(".take-along");
        phone.read("Đã tải đủ");
        openAtSea(document);

        phone.read("gọi cho đồn biên phòng hai giờ một lần cho đến khi bão tan.");
        phone.press(".documents-articles summary");
        phone.press(".documents-articles li:nth-child(3) a");
        assertThat(phone.focused()).isEqualTo("dieu-3");
        phone.picture("document-pdf-offline-phone");
        assertThat(phone.faults()).isEmpty();
        sotay.startAgain();
        editor.post("/api" + document + "/withdraw").expect(200);
        editor.delete("/api" + document).expect(204);
    }

    @Test
    void whatIsTakenAlongKeepsToItsRoomAndIsRemovedAtOnce() {
        begin("fisherman");
        phone.go("/me");
        phone.press("#along-way");
        phone.read("0 tài liệu đang ở trên máy này");
        String along = "import(document.querySelector('script[src$=\"main.js\"]').src.replace('main.js', 'along.js'))";

        phone.run("return " + along + ".then(along => along.setBudget(10))");
        phone.press(".take-along");
        phone.read("Đã hết chỗ dành cho tài liệu (10 B)");
        phone.press("#budget-50");
        phone.press(".take-along");
        phone.read("Đã tải đủ");
        phone.read("1 tài liệu đang ở trên máy này");
        phone.picture("along-phone");
        assertThat(phone.faults()).isEmpty();

        openAtSea("/me/along");
        phone.read("1 tài liệu đang ở trên máy này");
        phone.press("#along-clear");
        phone.read("0 tài liệu đang ở trên máy này");
        phone.focusComesTo("along-used");
        assertThat(phone.text()).doesNotContain("Đã tải đủ");
        sotay.startAgain();
    }

    @Test
    void theCopySaysWhatTheServerSays() {
        for (String login : List.of("fisherman", "secretary")) {
            begin(login);
            phone.read("Đã cập nhật");
            Client client = sotay.as(login);
            String cell = client.get("/api/me").json().at("/member/cell/id").asText();
            List<String> paths = new ArrayList<>(List.of(
                    "/api/meetings?limit=100&from=2020-01-01&cell=" + cell,
                    "/api/documents?limit=500",
                    "/api/documents?limit=500&inForce=true",
                    "/api/documents?limit=500&forOpinions=true",
                    "/api/documents/opinions?limit=500",
                    "/api/documents/"
                            + client.get("/api/documents?limit=1")
                                    .json()
                                    .at("/items/0/id")
                                    .asText()));
            for (JsonNode meeting : client.get(paths.get(0)).expect(200).json().path("items")) {
                String path = "/api/meetings/" + meeting.path("id").asText();
                paths.addAll(List.of(
                        path,
                        path + "/answers?limit=500",
                        path + "/attendance?limit=500",
                        path + "/late-calls?limit=500",
                        path + "/messages?limit=500",
                        path + "/reads?limit=500"));
                meeting.path("items")
                        .forEach(item ->
                                paths.add(path + "/items/" + item.path("id").asText() + "/opinions?limit=200"));
                if (client.get(path + "/minutes").status() == 200) {
                    paths.add(path + "/minutes");
                }
            }
            assertThat(paths).hasSizeGreaterThan(8);
            for (String path : paths) {
                assertThat(phone.run(SAID_BY_BOTH, path))
                        .as(path + " for " + login)
                        .isEqualTo(true);
            }
        }
    }

    /** Compares what the copy and the server say at a path; whoever wrote down for whom is told by the server alone. */
    private static final String SAID_BY_BOTH = """
            const path = arguments[0];
            const copy = import(document.querySelector('script[src$="main.js"]').src.replace('main.js', 'copy.js'));
            const plain = value => JSON.stringify(value, (name, one) => name === 'recordedByName' ? undefined
                : one && typeof one === 'object' && !Array.isArray(one) ? Object.fromEntries(Object.entries(one).sort()) : one);
            return Promise.all([copy.then(({local}) => local(path)), fetch(path).then(reply => reply.json())])
                .then(([own, said]) => plain(own && own.data) === plain(said) || `${plain(own && own.data)} is not ${plain(said)}`);
            """;

    @Test
    void whoMovesToAnotherCellKeepsNothingOfTheOneBefore() {
        begin("member");
        phone.read("Đã cập nhật");
        phone.press("#way-meetings");
        phone.pressWords(MEETING);
        String before = phone.path();
        Client officer = sotay.as("officer");
        String path = "/api/members/"
                + sotay.as("member").get("/api/me").json().at("/member/id").asText();
        String other = sotay.as("secretary2")
                .get("/api/me")
                .json()
                .at("/member/cell/id")
                .asText();
        ObjectNode member = (ObjectNode) officer.get(path).expect(200).json();
        String cell = member.path("cell").asText();
        officer.put(path, member.put("cell", other)).expect(200);

        phone.press("#way-me");
        phone.until("in the other cell", () -> (Boolean) phone.run(
                "return " + COPIES + ".then(copy => !copy.has(arguments[0]))", before.replace("/meetings/", "")));
        phone.offline(true);
        phone.open(before);
        phone.read("Mất kết nối");
        assertThat(phone.text()).doesNotContain(MEETING);
        phone.offline(false);

        officer.put(path, member.put("cell", cell)).expect(200);
    }

    /** The ids of all meetings of which the page knows. */
    private static final String COPIES = """
            import(document.querySelector('script[src$="main.js"]').src.replace('main.js', 'copy.js'))
                .then(({local}) => local('/api/meetings')).then(said => new Set((said ? said.data.items : []).map(one => one.id)))""";

    @Test
    void aNewerShellIsOfferedAndComesWhenItIsWanted() {
        begin("fisherman");
        phone.open("/");
        phone.run("navigator.serviceWorker.register('/sw.js?newer')");
        phone.read("Có bản mới");
        phone.picture("newer-phone");
        assertThat(phone.faults()).isEmpty();
        phone.pressWords("Cập nhật");
        phone.until(
                "taken",
                () -> !phone.text().contains("Có bản mới")
                        && (Boolean)
                                phone.run("return navigator.serviceWorker.controller.scriptURL.endsWith('?newer')"));
    }
}
