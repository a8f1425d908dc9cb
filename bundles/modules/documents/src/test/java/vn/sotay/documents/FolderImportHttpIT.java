package vn.sotay.documents;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import vn.sotay.testkit.Client;
import vn.sotay.testkit.Response;
import vn.sotay.testkit.Sotay;

/** A folder over HTTP, as an editor's page drives it: packed, sent, looked at, imported and taken back. */
class FolderImportHttpIT {

    private static final String HEADS = "tệp\tsố\ttên\tloại\tcơ quan ban hành\tcấp\tngày ký\tthay thế\n";

    private final Sotay sotay = Sotay.shared();
    private final Client editor = sotay.as("editor");
    private final String mark = UUID.randomUUID().toString().substring(0, 8);

    private static byte[] zip(Map<String, byte[]> files) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes, StandardCharsets.UTF_8)) {
            for (Map.Entry<String, byte[]> file : files.entrySet()) {
                zip.putNextEntry(new ZipEntry(file.getKey()));
                zip.write(file.getValue());
                zip.closeEntry();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    private static byte[] text(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private Response unpack(byte[] zip) {
        return editor.send("POST", "/api/documents/import/files", "application/zip", zip);
    }

    private String unit() {
        return editor.get("/api/me").expect(200).json().at("/mandates/0/unit").asText();
    }

    /** Unpacks and stages it. */
    private String begin(Map<String, byte[]> files, String index) {
        List<Map<String, String>> sent = new ArrayList<>();
        unpack(zip(files))
                .expect(200)
                .json()
                .path("files")
                .forEach(one -> sent.add(Map.of(
                        "path",
                        one.path("path").asText(),
                        "file",
                        one.path("file").asText())));
        Response begun = editor.post("/api/documents/import", Map.of("unit", unit(), "index", index, "files", sent))
                .expect(202);
        return "/api/jobs/" + begun.json().path("job").asText();
    }

    private JsonNode await(String job, String state) {
        long end = System.nanoTime() + 30_000_000_000L;
        while (true) {
            JsonNode now = editor.get(job).expect(200).json();
            if (now.path("state").asText().equals(state)) {
                return now.path("result");
            }
            if (System.nanoTime() > end || now.path("state").asText().equals("FAILED")) {
                throw new AssertionError("was to become " + state + ": " + now);
            }
            try {
                Thread.sleep(50);
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
        }
    }

    private String line(int n, String replaces) {
        return "văn bản/" + n + ".txt\t" + n + '-' + mark + "\tQuy định thứ " + n + ' ' + mark
                + "\tQuy định\tTỉnh ủy\tTỉnh\t03/02/2026\t" + replaces + '\n';
    }

    private Map<String, byte[]> files(int count) {
        Map<String, byte[]> files = new LinkedHashMap<>();
        for (int i = 1; i <= count; i++) {
            files.put("Thư mục/văn bản/" + i + ".txt", text("Nội dung " + i + ' ' + mark));
        }
        files.put("__MACOSX/._1.txt", text("x"));
        return files;
    }

    private JsonNode review() {
        return editor.get("/api/documents?state=REVIEW&limit=500")
                .expect(200)
                .json()
                .path("items");
    }

    private List<JsonNode> made() {
        List<JsonNode> found = new ArrayList<>();
        review().forEach(one -> {
            if (one.path("title").asText().contains(mark)) {
                found.add(one);
            }
        });
        return found;
    }

    @Test
    void aFolderIsReportedImportedAndTakenBack() {
        String job = begin(files(3), HEADS + line(1, "") + line(2, "1-" + mark) + line(3, ""));

        JsonNode staged = await(job, "STAGED");
        assertThat(staged.path("taken").asInt()).as(staged.toString()).isEqualTo(3);
        assertThat(staged.path("warnings")).isEmpty();
        assertThat(made()).as("a dry run makes nothing").isEmpty();
        editor.post(job + "/apply").expect(200);
        assertThat(await(job, "APPLIED").path("added").asInt()).isEqualTo(3);

        List<JsonNode> made = made();
        assertThat(made).hasSize(3).allSatisfy(one -> assertThat(one.path("files"))
                .hasSize(1));
        JsonNode second = made.stream()
                .filter(one -> one.path("number").asText().startsWith("2-"))
                .findFirst()
                .orElseThrow();
        JsonNode first = made.stream()
                .filter(one -> one.path("number").asText().startsWith("1-"))
                .findFirst()
                .orElseThrow();
        assertThat(second.at("/relations/0/document").asText())
                .isEqualTo(first.path("id").asText());
        // four eyes stay
        editor.post("/api/documents/" + first.path("id").asText() + "/approve").expect(409);
        sotay.as("editor2")
                .post("/api/documents/" + first.path("id").asText() + "/approve")
                .expect(200);
        sotay.as("member").get("/api/documents/" + first.path("id").asText()).expect(200);

        editor.post(job + "/undo").expect(200);
        JsonNode undone = await(job, "UNDONE");
        assertThat(undone.path("kept").findValuesAsText("line")).containsExactly("2");
        assertThat(made()).isEmpty();
    }

    @Test
    void everyFaultIsToldByRowColumnAndRule() {
        Map<String, byte[]> files = files(2);
        files.put("Thư mục/văn bản/không kể.txt", text("thừa " + mark));
        files.put("Thư mục/văn bản/4.txt", text("Nội dung 1 " + mark));
        files.put("Thư mục/văn bản/5.pdf", text("Không phải PDF " + mark));
        String taken = "118/2007/QĐ-TTg";
        String index = HEADS
                + line(1, "")
                + line(2, "999-không có")
                + line(3, "")
                + line(4, "")
                + line(1, "")
                + "văn bản/2.txt\t" + taken + "\tTrùng số\tQuyết định\tThủ tướng Chính phủ\tTrung ương\t31/02/2026\t\n"
                + "văn bản/5.pdf\t5-" + mark + "\tKhông phải PDF\tQuyết định\tTỉnh ủy\tTỉnh\t\t\n";

        JsonNode staged = await(begin(files, index), "STAGED");

        Map<String, String> found = new LinkedHashMap<>();
        staged.path("refused").forEach(one -> {
            found.put(
                    one.path("line").asText() + ' ' + one.path("field").asText(),
                    one.path("rule").asText());
            assertThat(one.path("reason").asText()).doesNotContain("rule.").doesNotContain("{");
        });
        assertThat(found)
                .containsEntry("3 replaces", "import.replaces-unknown")
                .containsEntry("4 file", "import.file-missing")
                .containsEntry("5 file", "import.file-twice")
                .containsEntry("6 number", "import.number-twice")
                .containsEntry("6 file", "import.file-twice")
                .containsEntry("7 number", "import.number-taken")
                .containsEntry("7 signed", "import.no-day")
                .containsEntry("8 file", "file-other");
        assertThat(staged.path("taken").asInt()).isEqualTo(1);
        assertThat(staged.path("refusedLines").asInt()).isEqualTo(6);
        assertThat(staged.path("warnings").findValuesAsText("rule")).containsExactly("import.not-listed");
    }

    @Test
    void whatIsInTheLibraryIsNotImportedTwice() {
        Map<String, byte[]> files = files(1);
        String job = begin(files, HEADS + line(1, ""));
        await(job, "STAGED");
        editor.post(job + "/apply").expect(200);
        await(job, "APPLIED");

        JsonNode again = await(begin(files, HEADS + line(1, "")), "STAGED");

        assertThat(again.path("refused").findValuesAsText("rule"))
                .containsExactlyInAnyOrder("import.number-taken", "import.file-taken");
        editor.post(job + "/undo").expect(200);
        await(job, "UNDONE");
    }

    @Test
    void whatIsNoFolderIsRefusedInWords() {
        refused("archive.unreadable", unpack(text("no zip")));
        for (String name : List.of("../a.txt", "a/../../b.txt", "/etc/a.txt", "C:\\a.txt", "..\\a.txt")) {
            refused("archive.outside", unpack(zip(Map.of(name, text("x")))));
        }
        byte[] whole = zip(Map.of("a.bin", random(200_000)));
        refused("archive.unreadable", unpack(java.util.Arrays.copyOf(whole, whole.length / 2)));
        // a bomb: 30 MB of nothing in some kilobytes
        Response bomb = unpack(zip(Map.of("nothing.bin", new byte[30 << 20])));
        refused("archive.file-too-large", bomb);
        assertThat(bomb.json().path("detail").asText()).contains("nothing.bin");
        Map<String, byte[]> many = new LinkedHashMap<>();
        for (int i = 0; i <= 2_000; i++) {
            many.put("f" + i, text("same " + mark));
        }
        refused("archive.too-many", unpack(zip(many)));
    }

    private static byte[] random(int length) {
        byte[] bytes = new byte[length];
        new Random(1).nextBytes(bytes);
        return bytes;
    }

    private static void refused(String code, Response response) {
        JsonNode problem = response.expect(422).json();
        assertThat(problem.path("type").asText() + problem.path("code").asText())
                .contains(code);
        assertThat(problem.path("detail").asText()).isNotBlank().doesNotContain("{");
    }

    @Test
    void whoIsNoEditorSendsNothing() {
        for (String login : List.of("member", "secretary", "officer", "admin")) {
            Client client = sotay.as(login);
            client.send("POST", "/api/documents/import/files", "application/zip", zip(Map.of("a", text("x"))))
                    .expect(403);
            client.post("/api/documents/import", Map.of("unit", unit(), "index", "x", "files", List.of()))
                    .expect(403);
        }
    }

    @Test
    void namesEachFileThatNobodyHasSent() {
        String there = editor.putFile(text("Có đây"));
        List<Map<String, String>> sent = List.of(
                Map.of("path", "a.txt", "file", "0".repeat(64)),
                Map.of("path", "b.txt", "file", there),
                Map.of("path", "c.txt", "file", "1".repeat(64)));
        assertThat(editor.post("/api/documents/import", Map.of("unit", unit(), "index", "x", "files", sent))
                        .expect(422)
                        .errors())
                .containsExactly("files[0].file file-missing", "files[2].file file-missing");
    }
}
