package vn.sotay.documents;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import java.util.stream.Stream;
import java.util.zip.DeflaterOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import vn.sotay.testkit.Client;
import vn.sotay.testkit.Response;
import vn.sotay.testkit.SamplePdf;
import vn.sotay.testkit.SampleZip;
import vn.sotay.testkit.Sotay;

/** What files may bring, and what the editor reads then: the table of {@code docs/files.md}. The server stays small meanwhile, and goes on. */
class AttackFilesHttpIT {

    /** What the server's process may grow by, whatever the file. */
    private static final int MEGABYTES = 200;

    private static final int MOST = 20 << 20;
    private static final String SENTENCE =
            "Chi bộ họp thường kỳ mỗi tháng một lần vào ngày mồng ba, do đồng chí bí thư chủ trì; "
                    + "chi bộ có đảng viên đi biển dài ngày thì họp khi tàu về bến.";
    private static final String WORDS = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";

    private final Sotay sotay = Sotay.shared();
    private final Client editor = sotay.as("editor");
    private final String id = UUID.randomUUID().toString();
    private final String document = "/api/documents/" + id;

    @AfterEach
    void delete() {
        editor.delete(document);
    }

    /** Makes a file; each test another, so that no one is known already. */
    private interface Content extends Function<String, byte[]> {}

    private static Arguments of(String what, String name, String read, Content content) {
        return arguments(what, name, read, content);
    }

    static Stream<Arguments> refused() {
        String locked = "Tệp có mật khẩu";
        String script = "Tệp có mã lệnh tự chạy";
        String broken = "Tệp bị hỏng hoặc thiếu phần cuối";
        String bomb = "Tệp phình quá lớn khi mở";
        String other = "Nội dung tệp không đúng với đuôi tên";
        return Stream.of(
                of("a PDF that needs a password", "a.pdf", locked, id -> SamplePdf.locked(pdf(id), true)),
                of("a PDF with a script", "a.pdf", script, id -> SamplePdf.scripted(pdf(id))),
                of("half a PDF", "a.pdf", broken, id -> half(pdf(id))),
                of("a PDF that unpacks to 200 MB", "a.pdf", bomb, AttackFilesHttpIT::pdfBomb),
                of("a PDF of its first and last letters", "a.pdf", broken, id -> text("%PDF-1.7\n%" + id + "\n%%EOF")),
                of("a PDF under the name of a DOCX", "a.docx", other, AttackFilesHttpIT::pdf),
                of("a page of HTML under the name of a PDF", "a.pdf", other, id -> text("<script>" + id)),
                of("a program under the name of a PDF", "a.pdf", other, id -> text("MZ\u0090\0\3\0\0\0" + id)),
                of("HTML before a PDF", "a.pdf", other, id -> joined(text("<html><!--" + id + '\n'), pdf(id))),
                of("a PDF before a DOCX, as DOCX", "a.docx", other, id -> joined(pdf(id), docx(paragraph(id)))),
                of(
                        "a DOCX that unpacks to 60 MB",
                        "a.docx",
                        bomb,
                        id -> docx(paragraph(id).repeat(300_000))),
                of("a DOCX with macros", "a.docx", script, id -> docx(paragraph(id), "word/vbaProject.bin", "Sub")),
                of("half a DOCX", "a.docx", broken, id -> half(docx(paragraph(id)))),
                of("a DOCX that is no XML", "a.docx", broken, id -> docx("<w:p>" + id)),
                of("a DOCX that reads a file of the server", "a.docx", broken, AttackFilesHttpIT::reading),
                of("a DOCX whose names grow", "a.docx", broken, AttackFilesHttpIT::growing),
                of("an encrypted DOCX", "a.docx", locked, id -> joined(OLE, text(id))),
                of("half an ODT", "a.odt", broken, id -> half(odt(id, ""))),
                of("an encrypted ODT", "a.odt", locked, id -> odt(id, "<manifest:encryption-data/>")),
                of("half an XLSX", "a.xlsx", broken, id -> half(zip("xl/workbook.xml", id))),
                of("half a PPTX", "a.pptx", broken, id -> half(zip("ppt/presentation.xml", id))),
                of("a DOCX under the name of an XLSX", "a.xlsx", other, id -> docx(paragraph(id))),
                of(
                        "a stamp of secrecy in a DOCX",
                        "a.docx",
                        "tài liệu mật",
                        id -> docx("<w:p><w:r><w:t>TUYỆT MẬT</w:t></w:r></w:p>" + paragraph(id))));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("refused")
    void isRefusedInPlainWords(String what, String name, String read, Content content) throws IOException {
        byte[] file = content.apply(id);
        long before = fromNow();
        Response answer = editor.put(document, body(name, file));
        if (answer.status() < 300) {
            // a machine with much else to do takes longer to read it: then it is refused where it is submitted
            reading();
            answer = editor.post(document + "/submit");
        }
        JsonNode problem = answer.expect(422).json();

        assertThat(problem.at("/errors/0/field").asText()).isEqualTo("files[0].file");
        assertThat(problem.at("/errors/0/message").asText()).contains(read);
        assertThat(peak() - before).as("MB more at most").isLessThan(MEGABYTES);
    }

    static Stream<Arguments> taken() {
        return Stream.of(
                of("a PDF of 300 pages", "a.pdf", "WHOLE", AttackFilesHttpIT::threeHundredPages),
                of(
                        "a PDF that needs a password to change it",
                        "a.pdf",
                        "WHOLE",
                        id -> SamplePdf.locked(pdf(id), false)),
                of("a scan", "a.pdf", "PICTURES", id -> SamplePdf.scanned(3)),
                // it is given back as what it is, to be kept and not to be run
                of("an archive behind a PDF", "a.pdf", "WHOLE", id -> joined(pdf(id), docx(paragraph(id)))),
                // nothing of it is unpacked here
                of(
                        "an XLSX that unpacks to 60 MB",
                        "a.xlsx",
                        "NONE",
                        id -> zip("xl/workbook.xml", id.repeat(1_700_000))),
                of(
                        "a picture with HTML in it",
                        "a.png",
                        "NONE",
                        id -> joined(PNG, text("<script>alert(1)</script>" + id))));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("taken")
    void isTakenAndDoesNoHarm(String what, String name, String reading, Content content) throws IOException {
        byte[] file = content.apply(id);
        long before = fromNow();
        Response answer = editor.put(document, body(name, file));
        assertThat(answer.status()).as(answer.text()).isIn(200, 201);

        assertThat(reading().path("reading").asText()).isEqualTo(reading);
        assertThat(peak() - before).as("MB more at most").isLessThan(MEGABYTES);
        Response back = editor.get("/api/files/" + Client.sha256(file)).expect(200);
        assertThat(back.header("X-Content-Type-Options")).isEqualTo("nosniff");
        assertThat(back.header("Content-Type")).doesNotContain("html");
        if (name.endsWith("pdf") && reading.equals("WHOLE")) {
            assertThat(editor.get("/api/files/" + reading().path("file").asText())
                            .expect(200)
                            .text())
                    .contains(id.substring(0, 4));
        }
    }

    /** 200 MB that do not say how many they are: the server answers soon after the limit and hangs up. */
    @Test
    void anUploadWithoutAnEndIsRefusedWhileItComes() throws IOException {
        byte[] chunk = new byte[1 << 16];
        long before = fromNow();
        long sent = 0;
        String answer = "";
        try (Socket socket = new Socket("localhost", sotay.url().getPort())) {
            socket.setSoTimeout(30_000);
            OutputStream out = socket.getOutputStream();
            out.write(text("PUT /api/files/" + Client.sha256(chunk) + " HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer "
                    + session() + "\r\nAccept-Language: vi\r\nTransfer-Encoding: chunked\r\n\r\n"));
            while (sent < 200L << 20 && socket.getInputStream().available() == 0) {
                out.write(text("10000\r\n"));
                out.write(chunk);
                out.write(text("\r\n"));
                sent += chunk.length;
            }
            answer = new String(socket.getInputStream().readNBytes(12), StandardCharsets.UTF_8);
        } catch (SocketException e) {
            // it has hung up while we were still sending
        }

        assertThat(sent).isBetween((long) MOST, MOST + (12L << 20));
        assertThat(answer).satisfiesAnyOf(none -> assertThat(none).isEmpty(), said -> assertThat(said)
                .isEqualTo("HTTP/1.1 413"));
        assertThat(peak() - before).as("MB more at most").isLessThan(MEGABYTES);
        Response told =
                editor.send("PUT", "/api/files/" + "0".repeat(64), "application/octet-stream", new byte[MOST + 1]);
        assertThat(told.expect(413).json().path("detail").asText()).contains(String.valueOf(MOST));
    }

    // ---- what is written

    private Map<String, Object> body(String name, byte[] content) {
        Map<String, Object> body = new HashMap<>();
        body.put(
                "unit",
                editor.get("/api/me").expect(200).json().at("/mandates/0/unit").asText());
        body.put("number", id.substring(0, 8) + "-QĐ/TU");
        body.put("title", "Quy định " + id);
        body.put("kind", "REGULATION");
        body.put("issuer", "Tỉnh ủy");
        body.put("level", "PROVINCE");
        body.put("signed", "2026-11-02");
        body.put("topics", List.of());
        body.put("relations", List.of());
        body.put("files", List.of(Map.of("file", editor.putFile(content), "name", name)));
        return body;
    }

    private JsonNode reading() {
        long end = System.nanoTime() + Duration.ofMinutes(3).toNanos();
        JsonNode text = editor.get(document).expect(200).json().at("/files/0/text");
        while (text.path("reading").asText().equals("WAITS")) {
            assertThat(System.nanoTime()).as("it is read").isLessThan(end);
            LockSupport.parkNanos(50_000_000);
            text = editor.get(document).expect(200).json().at("/files/0/text");
        }
        return text;
    }

    private String session() {
        return sotay.anonymous()
                .post("/api/session", Map.of("login", "editor", "password", Sotay.PASSWORD))
                .expect(201)
                .json()
                .path("token")
                .asText();
    }

    // ---- memory

    /** Megabytes of the server's process now; the largest it has is measured from here on. */
    private long fromNow() throws IOException {
        Files.writeString(Path.of("/proc", String.valueOf(sotay.pid()), "clear_refs"), "5");
        return megabytes("VmRSS:");
    }

    private long peak() throws IOException {
        return megabytes("VmHWM:");
    }

    private long megabytes(String line) throws IOException {
        return Files.readAllLines(Path.of("/proc", String.valueOf(sotay.pid()), "status")).stream()
                .filter(one -> one.startsWith(line))
                .mapToLong(one -> Long.parseLong(one.replaceAll("\\D", "")) / 1024)
                .sum();
    }

    // ---- files

    private static final byte[] OLE = {
        (byte) 0xd0, (byte) 0xcf, 0x11, (byte) 0xe0, (byte) 0xa1, (byte) 0xb1, 0x1a, (byte) 0xe1
    };
    private static final byte[] PNG = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'};

    private static byte[] text(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] pdf(String id) {
        return SamplePdf.written("Điều 1. Phạm vi " + id.substring(0, 4), SENTENCE);
    }

    private static byte[] threeHundredPages(String id) {
        String[] paragraphs = new String[3400];
        Arrays.setAll(paragraphs, i -> i + 1 + ". " + SENTENCE + ' ' + SENTENCE);
        paragraphs[3399] = "Điều 99. Điều khoản thi hành " + id.substring(0, 4);
        return SamplePdf.written(paragraphs);
    }

    private static byte[] half(byte[] whole) {
        return Arrays.copyOf(whole, whole.length / 2);
    }

    private static byte[] joined(byte[] one, byte[] other) {
        byte[] both = Arrays.copyOf(one, one.length + other.length);
        System.arraycopy(other, 0, both, one.length, other.length);
        return both;
    }

    private static byte[] pdfBomb(String id) {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (DeflaterOutputStream out = new DeflaterOutputStream(packed)) {
            byte[] zeros = new byte[1 << 20];
            for (int i = 0; i < 200; i++) {
                out.write(zeros);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        byte[] head = text("%PDF-1.7\n%" + id + "\n1 0 obj\n<< /Type /ObjStm /Filter /FlateDecode /Length "
                + packed.size() + " >>\nstream\n");
        return joined(joined(head, packed.toByteArray()), text("\nendstream\nendobj\n%%EOF\n"));
    }

    private static String paragraph(String text) {
        return "<w:p><w:r><w:t>" + text + ' ' + SENTENCE + "</w:t></w:r></w:p>";
    }

    private static byte[] zip(String name, String content, String... more) {
        try {
            String[] parts = new String[more.length + 2];
            parts[0] = name;
            parts[1] = content;
            System.arraycopy(more, 0, parts, 2, more.length);
            return SampleZip.of(
                    "[Content_Types].xml",
                    "<Types xmlns='http://schemas.openxmlformats.org/package/2006/content-types'/>",
                    parts);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static byte[] docx(String paragraphs, String... more) {
        return zip("word/document.xml", "<w:document xmlns:w='" + WORDS + "'>" + paragraphs + "</w:document>", more);
    }

    private static byte[] reading(String id) {
        return zip(
                "word/document.xml",
                "<!DOCTYPE w [<!ENTITY b SYSTEM 'file:///etc/passwd'>]><w:document xmlns:w='" + WORDS
                        + "'><w:p><w:r><w:t>" + id + " &b;</w:t></w:r></w:p></w:document>");
    }

    private static byte[] growing(String id) {
        StringBuilder names = new StringBuilder("<!ENTITY n0 '" + id + "'>");
        for (int i = 1; i <= 9; i++) {
            names.append("<!ENTITY n")
                    .append(i)
                    .append(" '")
                    .append(("&n" + (i - 1) + ";").repeat(10))
                    .append("'>");
        }
        return zip(
                "word/document.xml",
                "<!DOCTYPE w [" + names + "]><w:document xmlns:w='" + WORDS
                        + "'><w:p><w:r><w:t>&n9;</w:t></w:r></w:p></w:document>");
    }

    private static byte[] odt(String id, String manifest) {
        try {
            byte[] zipped = SampleZip.of(
                    "mimetype",
                    "application/vnd.oasis.opendocument.text",
                    "META-INF/manifest.xml",
                    "<manifest:manifest xmlns:manifest='urn:oasis:names:tc:opendocument:xmlns:manifest:1.0'>" + manifest
                            + "</manifest:manifest>",
                    "content.xml",
                    "<office:text xmlns:office='urn:oasis:names:tc:opendocument:xmlns:office:1.0'"
                            + " xmlns:text='urn:oasis:names:tc:opendocument:xmlns:text:1.0'><text:p>" + id
                            + "</text:p></office:text>");
            return zipped;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
