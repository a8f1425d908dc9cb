package vn.sotay.documents;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import vn.sotay.testkit.Client;
import vn.sotay.testkit.Response;
import vn.sotay.testkit.Sotay;

/** A folder of fifty-six real laws, some of them as DOCX and PDF: imported, approved, found and read article by article. */
class LawsHttpIT {

    private static final List<String> AS_DOCX = List.of("29-2018-QH14", "18-2017-QH14");
    private static final List<String> AS_PDF = List.of("26-2020-ND-CP", "86-2015-QH13");

    /** By what the demo's dozen of them are told from those of the folder: two documents of one issuer have not one number. */
    private static final String OTHER = " (bản của thư mục)";

    private final Sotay sotay = Sotay.shared();
    private final Client editor = sotay.as("editor");
    private final Client editor2 = sotay.as("editor2");
    private final Client member = sotay.as("member");
    private final Map<String, JsonNode> made = new HashMap<>();

    @AfterEach
    void takeAway() {
        made.values().forEach(one -> {
            String path = "/api/documents/" + one.path("id").asText();
            editor.post(path + "/withdraw");
            editor.post(path + "/return");
            editor.delete(path).expect(204);
        });
    }

    private static byte[] folder(String index) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes, StandardCharsets.UTF_8)) {
            for (Path file : Laws.all()) {
                String name = file.getFileName().toString();
                String bare = name.substring(0, name.length() - 3);
                String law = Laws.read(file);
                byte[] content = AS_DOCX.contains(bare)
                        ? Laws.docx(law)
                        : AS_PDF.contains(bare) ? Laws.pdf(law) : law.getBytes(StandardCharsets.UTF_8);
                zip.putNextEntry(new ZipEntry("laws/" + named(name)));
                zip.write(content);
            }
            zip.putNextEntry(new ZipEntry("laws/index.tsv"));
            zip.write(index.getBytes(StandardCharsets.UTF_8));
        }
        return bytes.toByteArray();
    }

    private static String named(String name) {
        String bare = name.substring(0, name.length() - 3);
        return bare + (AS_DOCX.contains(bare) ? ".docx" : AS_PDF.contains(bare) ? ".pdf" : ".md");
    }

    /** The index, with the files as they are named here, and the issuers of some lines marked. */
    private static String index(List<Integer> marked) {
        List<String> lines = new ArrayList<>(Laws.index().lines().toList());
        for (int i = 1; i < lines.size(); i++) {
            String[] cells = lines.get(i).split("\t", -1);
            cells[0] = named(cells[0]);
            cells[4] += marked.contains(i + 1) ? OTHER : "";
            lines.set(i, String.join("\t", cells));
        }
        return String.join("\n", lines);
    }

    private static void await(String what, BooleanSupplier condition) {
        long end = System.nanoTime() + Duration.ofSeconds(120).toNanos();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as(what).isLessThan(end);
            LockSupport.parkNanos(100_000_000);
        }
    }

    private JsonNode await(String job, String state) {
        JsonNode[] now = new JsonNode[1];
        await(job + " becomes " + state, () -> {
            now[0] = editor.get(job).expect(200).json();
            assertThat(now[0].path("state").asText()).isNotEqualTo("FAILED");
            return now[0].path("state").asText().equals(state);
        });
        return now[0].path("result");
    }

    private String begin(JsonNode files, String index) {
        String unit =
                editor.get("/api/me").expect(200).json().at("/mandates/0/unit").asText();
        List<Map<String, String>> sent = new ArrayList<>();
        files.forEach(one -> sent.add(Map.of(
                "path", one.path("path").asText(), "file", one.path("file").asText())));
        return "/api/jobs/"
                + editor.post("/api/documents/import", Map.of("unit", unit, "index", index, "files", sent))
                        .expect(202)
                        .json()
                        .path("job")
                        .asText();
    }

    @Test
    void aFolderOfLawsIsImportedFoundAndRead(TestReporter reporter) throws IOException {
        byte[] zip = folder(index(List.of()));
        long begun = System.nanoTime();
        JsonNode files = editor.send("POST", "/api/documents/import/files", "application/zip", zip)
                .expect(200)
                .json()
                .path("files");
        assertThat(files).hasSize(57);

        // what the demo has is told by its line
        String first = begin(files, index(List.of()));
        JsonNode staged = await(first, "STAGED");
        assertThat(staged.path("refused").findValuesAsText("rule")).hasSize(12).containsOnly("import.number-taken");
        List<Integer> there = staged.path("refused").findValuesAsText("line").stream()
                .map(Integer::valueOf)
                .toList();
        editor.post(first + "/cancel").expect(200);

        String job = begin(files, index(there));
        JsonNode checked = await(job, "STAGED");
        assertThat(checked.path("refused")).isEmpty();
        assertThat(checked.path("taken").asInt()).isEqualTo(56);
        assertThat(checked.path("warnings").findValuesAsText("rule"))
                .containsExactlyInAnyOrder("import.head-unknown", "import.not-listed");
        editor.post(job + "/apply").expect(200);
        assertThat(await(job, "APPLIED").path("added").asInt()).isEqualTo(56);
        remember();
        assertThat(made).hasSize(56);
        long imported = System.nanoTime();

        made.values()
                .forEach(one -> editor2.post("/api/documents/" + one.path("id").asText() + "/approve")
                        .expect(200));
        long approved = System.nanoTime();
        await("the last one is found", () -> made.values().stream().allMatch(this::isFound));
        reporter.publishEntry(Map.of(
                "imported (ms)", Long.toString((imported - begun) / 1_000_000),
                "read and published (ms)", Long.toString((approved - imported) / 1_000_000),
                "all found (ms later)", Long.toString((System.nanoTime() - approved) / 1_000_000)));

        everyFileHasItsArticles();
        anArticleIsFoundWhereItIs();
        whatIsReplacedSaysSo();
    }

    private void remember() {
        editor.get("/api/documents?state=REVIEW&limit=500")
                .expect(200)
                .json()
                .path("items")
                .forEach(one -> {
                    String name = one.at("/files/0/name").asText();
                    if (Laws.all().stream()
                            .anyMatch(law -> named(law.getFileName().toString()).equals(name))) {
                        made.put(name.substring(0, name.lastIndexOf('.')), one);
                    }
                });
    }

    private boolean isFound(JsonNode document) {
        return found(document.path("number").asText(), "&limit=50")
                .contains("/documents/" + document.path("id").asText());
    }

    private List<String> found(String question, String more) {
        Response reply =
                member.get("/api/search?q=" + java.net.URLEncoder.encode(question, StandardCharsets.UTF_8) + more);
        return reply.status() == 503
                ? List.of()
                : reply.expect(200).json().path("items").findValuesAsText("link");
    }

    private JsonNode read(String name) {
        return member.get("/api/documents/" + made.get(name).path("id").asText())
                .expect(200)
                .json();
    }

    /** Those that speak of secrets, too. */
    private void everyFileHasItsArticles() {
        made.keySet().forEach(name -> {
            JsonNode text = read(name).at("/files/0/text");
            assertThat(text.path("reading").asText()).as(name).isEqualTo("WHOLE");
            String words = member.get("/api/files/" + text.path("file").asText())
                    .expect(200)
                    .text();
            assertThat(Articles.of(Articles.withoutFront(words)).stream().filter(one -> one.anchor() != null))
                    .as(name)
                    .hasSize(Laws.articles(Laws.read(name + ".md")));
        });
    }

    private void anArticleIsFoundWhereItIs() {
        Map<String, String> asked = new LinkedHashMap<>();
        asked.put("thời hạn bảo vệ bí mật nhà nước", "29-2018-QH14#dieu-19");
        asked.put("thoi han bao ve bi mat nha nuoc", "29-2018-QH14#dieu-19");
        asked.put("độ tuổi lấy ý kiến trong phiên họp có nội dung bí mật phương tiện thiết bị", "26-2020-ND-CP#dieu-6");
        asked.forEach((question, place) -> {
            String[] parts = place.split("#");
            assertThat(found(question, "&type=document"))
                    .as(question)
                    .contains("/documents/" + made.get(parts[0]).path("id").asText() + '#' + parts[1]);
        });
    }

    private void whatIsReplacedSaysSo() {
        JsonNode document = read("13-2023-ND-CP");
        assertThat(document.at("/relations/0/kind").asText()).isEqualTo("REPLACED_BY");
        assertThat(document.at("/relations/0/number").asText()).isEqualTo("356/2025/NĐ-CP");
        JsonNode hit = member.get("/api/search?q=13/2023/N%C4%90-CP&limit=50")
                .expect(200)
                .json()
                .path("items");
        assertThat(hit.findValuesAsText("replacedBy")).contains("356/2025/NĐ-CP");
        // what is in the folder, too, is led to
        assertThat(read("26-2020-ND-CP").at("/relations/0/document").asText())
                .isEqualTo(made.get("29-2018-QH14").path("id").asText());
    }
}
