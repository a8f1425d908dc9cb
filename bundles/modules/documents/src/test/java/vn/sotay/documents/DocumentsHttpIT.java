package vn.sotay.documents;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import vn.sotay.testkit.Client;
import vn.sotay.testkit.Response;
import vn.sotay.testkit.SamplePdf;
import vn.sotay.testkit.SampleZip;
import vn.sotay.testkit.Sotay;

/** The library over HTTP, in the demo province. */
class DocumentsHttpIT {

    private final Sotay sotay = Sotay.shared();
    private final Client editor = sotay.as("editor");
    private final Client editor2 = sotay.as("editor2");
    private final Client member = sotay.as("member");
    private final String id = UUID.randomUUID().toString();
    private final String document = "/api/documents/" + id;
    private final String number = id.substring(0, 8) + "-QĐ/TU";
    private String file;

    private static final String SENTENCE =
            "Chi bộ họp thường kỳ mỗi tháng một lần vào ngày mồng ba, do đồng chí bí thư chủ trì; "
                    + "chi bộ có đảng viên đi biển dài ngày thì họp khi tàu về bến.";

    private Map<String, Object> body() {
        file = editor.putFile(("Quy định " + id).getBytes(StandardCharsets.UTF_8));
        Map<String, Object> body = new HashMap<>();
        body.put(
                "unit",
                editor.get("/api/me").expect(200).json().at("/mandates/0/unit").asText());
        body.put("number", number);
        body.put("title", "Quy định về sổ tay " + id);
        body.put("kind", "REGULATION");
        body.put("issuer", "Tỉnh ủy");
        body.put("level", "PROVINCE");
        body.put("signed", "2026-11-02");
        body.put("topics", List.of("Sổ tay"));
        body.put("relations", List.of());
        body.put("files", List.of(Map.of("file", file, "name", "quy-dinh.txt")));
        return body;
    }

    @Test
    void aDocumentFromTheDraftToEveryMember() {
        String since = changes("");
        editor.put(document, body()).expect(201);
        member.get(document).expect(404);
        member.get("/api/files/" + file).expect(404);
        editor.post(document + "/submit").expect(200);
        assertThat(editor.post(document + "/approve")
                        .expect(409)
                        .json()
                        .path("detail")
                        .asText())
                .contains("sửa cuối");
        editor2.post(document + "/approve").expect(200);

        JsonNode read = member.get(document).expect(200).json();
        assertThat(read.path("number").asText()).isEqualTo(number);
        assertThat(read.path("state").asText()).isEqualTo("PUBLISHED");
        assertThat(read.has("changedBy")).isFalse();
        assertThat(editor.get(document).expect(200).json().path("changedBy").asText())
                .isNotEmpty();
        assertThat(member.get("/api/files/" + file).expect(200).text()).isEqualTo("Quy định " + id);
        assertThat(member.get("/api/documents?topic=so+tay&year=2026&inForce=true")
                        .expect(200)
                        .json()
                        .path("items")
                        .findValuesAsText("id"))
                .contains(id);
        assertThat(member.get("/api/changes?since=" + since).expect(200).text())
                .contains(id)
                .doesNotContain("changedBy");

        String page = "/documents/" + id;
        String asked = "/api/search?q=" + id.substring(0, 8) + "+qd+tu";
        await("found by its number", () -> found(asked).contains(page));
        assertThat(found("/api/search?q=quy+dinh+ve+so+tay&type=document")).contains(page);

        editor.post(document + "/withdraw").expect(200);
        await("not found any more", () -> !found(asked).contains(page));
        member.get(document).expect(404);
        member.get("/api/files/" + file).expect(404);
        editor.delete(document).expect(204);
        editor.get(document).expect(404);
        editor.put(document, body()).expect(410);
    }

    /** Links of what a member finds; none while the index is being made. */
    private List<String> found(String path) {
        Response reply = member.get(path);
        return reply.status() == 503
                ? List.of()
                : reply.expect(200).json().path("items").findValuesAsText("link");
    }

    private static void await(String what, BooleanSupplier condition) {
        long end = System.nanoTime() + Duration.ofSeconds(60).toNanos();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as(what).isLessThan(end);
            LockSupport.parkNanos(50_000_000);
        }
    }

    /** The token with which a member knows all. */
    private String changes(String since) {
        JsonNode page = member.get("/api/changes" + (since.isEmpty() ? "" : "?since=" + since))
                .expect(200)
                .json();
        String token = page.path("token").asText();
        return page.path("complete").asBoolean() ? token : changes(token);
    }

    @Test
    void whatNamesADocumentIsToldToItsEditorAndNumbersAreFoundInAnySpelling() {
        Map<String, Object> body = body();
        String other = UUID.randomUUID().toString();
        Map<String, Object> citing = new HashMap<>(body);
        citing.put("number", other.substring(0, 8) + "-KH/TU");
        // numbers begin with a figure here as everywhere
        String numbered = "7" + id.substring(0, 3).replaceAll("[^0-9]", "0") + "-QĐ/TU";
        body.put("number", numbered);
        String text = "Căn cứ khoản 2 Điều 5 Quy định số " + numbered.replace("-", " - ") + " của Tỉnh ủy " + other;
        citing.put(
                "files",
                List.of(Map.of("file", editor.putFile(text.getBytes(StandardCharsets.UTF_8)), "name", "ke-hoach.txt")));
        editor.put(document, body).expect(201);
        assertThat(editor.get(document + "/citing").expect(200).json().path("items"))
                .isEmpty();
        editor.put("/api/documents/" + other, citing).expect(201);
        assertThat(editor.get(document + "/citing")
                        .expect(200)
                        .json()
                        .path("items")
                        .findValuesAsText("id"))
                .containsExactly(other);
        member.get(document + "/citing").expect(403);

        editor.post(document + "/submit").expect(200);
        editor2.post(document + "/approve").expect(200);
        String asked = numbered.toLowerCase(java.util.Locale.ROOT)
                .replace("đ", "d")
                .replace("-", "")
                .replace("/", "");
        assertThat(member.get("/api/documents?numbers=999%2F1999%2FQH9," + asked)
                        .expect(200)
                        .json()
                        .path("items")
                        .findValuesAsText("id"))
                .contains(id);
        member.get("/api/documents?numbers=,").expect(422);
        member.get("/api/documents?numbers=" + "1,".repeat(5)
                        + java.util.stream.IntStream.range(0, 101)
                                .mapToObj(String::valueOf)
                                .collect(java.util.stream.Collectors.joining(",")))
                .expect(422);

        // another file is another text
        citing.put("files", List.of(Map.of("file", file, "name", "ke-hoach.txt")));
        editor.put("/api/documents/" + other, citing).expect(200);
        assertThat(editor.get(document + "/citing").expect(200).json().path("items"))
                .isEmpty();
        editor.delete("/api/documents/" + other).expect(204);
        editor.post(document + "/withdraw").expect(200);
        editor.delete(document).expect(204);
    }

    @Test
    void whoIsNoEditorWritesNothing() {
        Map<String, Object> body = body();
        for (String login : List.of("member", "secretary", "officer", "admin")) {
            sotay.as(login).put(document, body).expect(403);
        }
        editor.put(document, body).expect(201);
        for (String login : List.of("member", "secretary", "officer", "admin")) {
            sotay.as(login).post(document + "/submit").expect(403);
            sotay.as(login).delete(document).expect(403);
        }
        sotay.as("member").get("/api/documents?state=DRAFT").expect(403);
        sotay.as("admin").get("/api/documents").expect(403);
    }

    @Test
    void whatIsSecretIsRefusedAndToldToTheTrailWithoutItsWords() {
        Map<String, Object> body = body();
        body.put("title", "Kế hoạch TUYỆT MẬT " + id);

        JsonNode refused = editor.put(document, body).expect(422).json();

        assertThat(refused.at("/errors/0/field").asText()).isEqualTo("title");
        assertThat(refused.at("/errors/0/message").asText()).contains("tài liệu mật");
        String trail = sotay.as("admin")
                .get("/api/audit?type=document&limit=20")
                .expect(200)
                .text();
        assertThat(trail).contains(id, "stamp of secrecy").doesNotContain("TUYỆT MẬT");
    }

    private Map<String, Object> body(String name, byte[] content) {
        Map<String, Object> body = body();
        body.put("files", List.of(Map.of("file", editor.putFile(content), "name", name)));
        return body;
    }

    /** It is refused where it is written, or, where a machine with much else to do takes longer to read it, where it is submitted. */
    private void refused(String name, byte[] content, String message) {
        Response answer = editor.put(document, body(name, content));
        boolean later = answer.status() < 300;
        if (later) {
            reading();
            answer = editor.post(document + "/submit");
        }
        JsonNode problem = answer.expect(422).json();

        assertThat(problem.at("/errors/0/field").asText()).isEqualTo("files[0].file");
        assertThat(problem.at("/errors/0/message").asText()).contains(message);
        if (later) {
            assertThat(editor.get(document).expect(200).json().path("state").asText())
                    .isEqualTo("DRAFT");
        }
    }

    /** What came of reading the first file of the document, once it is known. */
    private JsonNode reading() {
        await("its file was read", () -> !text().path("reading").asText().equals("WAITS"));
        return text();
    }

    private JsonNode text() {
        return editor.get(document).expect(200).json().at("/files/0/text");
    }

    @Test
    void theTextOfAPdfIsReadByWhoMayReadTheDocument() {
        byte[] pdf = SamplePdf.written("Điều 1. Phạm vi " + id, SENTENCE, "Điều 2. Đối tượng", SENTENCE);
        assertThat(editor.put(document, body("quy-dinh.pdf", pdf)).status()).isIn(200, 201);
        JsonNode text = reading();

        assertThat(text.path("reading").asText()).isEqualTo("WHOLE");
        String address = "/api/files/" + text.path("file").asText();
        assertThat(editor.get(address).expect(200).text())
                .isEqualTo("### Điều 1. Phạm vi " + id + "\n\n" + SENTENCE + "\n\n### Điều 2. Đối tượng\n\n" + SENTENCE
                        + "\n");
        member.get(address).expect(404);
        editor.post(document + "/submit").expect(200);
        editor2.post(document + "/approve").expect(200);
        assertThat(member.get(document)
                        .expect(200)
                        .json()
                        .at("/files/0/text/size")
                        .asLong())
                .isEqualTo(member.get(address).expect(200).body().length);
        editor.post(document + "/withdraw").expect(200);
        member.get(address).expect(404);
        editor.delete(document).expect(204);
    }

    @Test
    void theTextOfADocxIsRead() throws IOException {
        String start = "<w:document xmlns:w='http://schemas.openxmlformats.org/wordprocessingml/2006/main'>";
        String paragraph = "<w:p><w:r><w:t>" + SENTENCE + "</w:t></w:r></w:p>";
        String types = "<Types xmlns='http://schemas.openxmlformats.org/package/2006/content-types'/>";
        byte[] docx = SampleZip.of(
                "[Content_Types].xml", types, "word/document.xml", start + paragraph + "<w:p/></w:document>");

        assertThat(editor.put(document, body("quy-dinh.docx", docx)).status()).isIn(200, 201);
        JsonNode text = reading();

        assertThat(editor.get("/api/files/" + text.path("file").asText())
                        .expect(200)
                        .text())
                .isEqualTo(SENTENCE + "\n");
        editor.delete(document).expect(204);
    }

    @Test
    void aScanIsPublishedAndSaidToBeOne() {
        assertThat(editor.put(document, body("quet.pdf", SamplePdf.scanned(2))).status())
                .isIn(200, 201);
        JsonNode text = reading();

        assertThat(text.path("reading").asText()).isEqualTo("PICTURES");
        assertThat(text.has("file")).isFalse();
        editor.post(document + "/submit").expect(200);
        editor.delete(document).expect(204);
    }

    @Test
    void theLettersOfAScanAreRecognisedAndMendedByAnEditor() {
        // as an office's scanner packs it
        byte[] scan = SamplePdf.copiedAsJbig2(SamplePdf.written("Điều 1. Phạm vi " + id.substring(0, 4), SENTENCE));
        editor.put(document, body("quet.pdf", scan));
        assertThat(reading().path("reading").asText()).isEqualTo("PICTURES");
        String hash = Client.sha256(scan);
        editor2.post("/api/documents/" + id + "/scan", Map.of("file", "0".repeat(64)))
                .expect(422);
        member.post(document + "/scan", Map.of("file", hash)).expect(403);
        Response begun = editor.post(document + "/scan", Map.of("file", hash));
        if (begun.status() == 409) {
            assertThat(begun.json().path("detail").asText()).contains("tesseract-ocr-vie");
        } else {
            String job = "/api/jobs/" + begun.expect(202).json().path("job").asText();
            assertThat(editor2.post(document + "/scan", Map.of("file", hash))
                            .expect(409)
                            .json()
                            .path("title")
                            .asText())
                    .isEqualTo("Bản chụp này đang được nhận dạng");
            JsonNode running =
                    editor2.get(document + "/scan").expect(200).json().path("running");
            assertThat(running).hasSize(1);
            assertThat(running.get(0).path("file").asText()).isEqualTo(hash);
            assertThat("/api/jobs/" + running.get(0).path("job").asText()).isEqualTo(job);
            await("it was recognised", () -> !editor.get(job)
                    .expect(200)
                    .json()
                    .path("state")
                    .asText()
                    .equals("RUNNING"));
            assertThat(editor.get(job).json().path("state").asText()).isEqualTo("APPLIED");
            assertThat(editor.get(document + "/scan").expect(200).json().path("running"))
                    .isEmpty();
            assertThat(text().path("by").asText()).isEqualTo("MACHINE");
            assertThat(editor.get("/api/files/" + text().path("file").asText())
                            .expect(200)
                            .text())
                    .contains("do đồng chí bí thư chủ trì");
        }

        Map<String, Object> mended = Map.of("file", hash, "text", "Điều 1. Phạm vi\n\n" + SENTENCE + ' ' + id);
        member.put(document + "/text", mended).expect(403);
        editor2.header("If-Match", "\"77\"").put(document + "/text", mended).expect(412);
        assertThat(editor2.put(document + "/text", Map.of("file", hash, "text", "TỐI MẬT\n\n" + SENTENCE))
                        .expect(422)
                        .errors())
                .containsExactly("text secret");
        editor2.put(document + "/text", mended).expect(200);
        assertThat(text().path("by").asText()).isEqualTo("EDITOR");
        editor.post(document + "/submit").expect(200);
        // who has written the text does not approve it
        editor2.post(document + "/approve").expect(409);
        editor.post(document + "/approve").expect(200);
        editor.put(document + "/text", mended).expect(409);
        await("found by the letters of its scan", () -> found("/api/search?q=" + id)
                .contains("/documents/" + id));
        assertThat(editor.get(document + "/editions").expect(200).json().at("/items/0/document/files/0/text/by"))
                .hasToString("\"EDITOR\"");
        editor.post(document + "/withdraw").expect(200);
        editor.delete(document).expect(204);
    }

    @Test
    void aStampOfSecrecyWithinAFileIsRefusedAndToldToTheTrail() {
        refused("ke-hoach.pdf", SamplePdf.written("TỈNH ỦY", "TỐI MẬT", SENTENCE + id), "tài liệu mật");

        assertThat(sotay.as("admin")
                        .get("/api/audit?type=document&limit=20")
                        .expect(200)
                        .text())
                .contains(id, "stamp of secrecy")
                .doesNotContain("TỐI MẬT");
    }
}
