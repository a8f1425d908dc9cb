package vn.sotay.platform.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;

class FileTypesTest {

    private static String type(byte[] content) {
        byte[] head = Arrays.copyOf(content, Math.min(content.length, FileTypes.LOOK));
        return FileTypes.of(head, Arrays.copyOfRange(content, content.length - head.length, content.length));
    }

    private static String type(String latin1) {
        return type(latin1.getBytes(StandardCharsets.ISO_8859_1));
    }

    private static byte[] zip(String... names) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            for (String name : names) {
                zip.putNextEntry(new ZipEntry(name));
                zip.write(new byte[100_000]);
            }
        }
        return bytes.toByteArray();
    }

    private static byte[] odt(String type) throws IOException {
        byte[] content = type.getBytes(StandardCharsets.US_ASCII);
        CRC32 crc = new CRC32();
        crc.update(content);
        ZipEntry first = new ZipEntry("mimetype");
        first.setMethod(ZipEntry.STORED);
        first.setSize(content.length);
        first.setCrc(crc.getValue());
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            zip.putNextEntry(first);
            zip.write(content);
            zip.putNextEntry(new ZipEntry("content.xml"));
        }
        return bytes.toByteArray();
    }

    @Test
    void knowsTheTypesByTheirContent() throws IOException {
        assertThat(type("%PDF-1.7 …")).isEqualTo("application/pdf");
        assertThat(type("\u0089PNG\r\n\u001a\n\u0000")).isEqualTo("image/png");
        assertThat(type("\u00ff\u00d8\u00ff\u00e0")).isEqualTo("image/jpeg");
        assertThat(type("RIFF\u0001\u0002\u0003\u0004WEBPVP8 ")).isEqualTo("image/webp");
        assertThat(type(zip("a.txt"))).isEqualTo("application/zip");
        assertThat(type(zip("[Content_Types].xml", "_rels/.rels", "word/document.xml")))
                .isEqualTo("application/vnd.openxmlformats-officedocument.wordprocessingml.document");
        assertThat(type(zip("[Content_Types].xml", "xl/workbook.xml")))
                .isEqualTo("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet");
        assertThat(type(zip("[Content_Types].xml", "ppt/presentation.xml")))
                .isEqualTo("application/vnd.openxmlformats-officedocument.presentationml.presentation");
        assertThat(type(odt("application/vnd.oasis.opendocument.text")))
                .isEqualTo("application/vnd.oasis.opendocument.text");
        assertThat(type(odt("application/vnd.oasis.opendocument.something"))).isEqualTo("application/zip");
        assertThat(type("\u00d0\u00cf\u0011\u00e0\u00a1\u00b1\u001a\u00e1")).isEqualTo("application/x-ole-storage");
    }

    @Test
    void doesNotTakeHalfAFileForAWholeOne() throws IOException {
        byte[] whole = zip("[Content_Types].xml", "xl/workbook.xml");

        assertThat(type(Arrays.copyOf(whole, whole.length - 100))).isEqualTo("application/zip");
    }

    @Test
    void callsWhatABrowserWouldRunText() {
        assertThat(type("<html><script>alert(1)</script>")).isEqualTo("text/plain");
        assertThat(type("<svg xmlns='http://www.w3.org/2000/svg'/>")).isEqualTo("text/plain");
    }

    @Test
    void knowsTextFromBytes() {
        assertThat(type("Nghị quyết số 5".getBytes(StandardCharsets.UTF_8))).isEqualTo("text/plain");
        assertThat(type("ệ".repeat(40_000).getBytes(StandardCharsets.UTF_8))).isEqualTo("text/plain");
        assertThat(type("Ngh\u00f0 quy\u00ea")).isEqualTo(FileTypes.BYTES);
        assertThat(type("a\u0000b")).isEqualTo(FileTypes.BYTES);
        assertThat(type("")).isEqualTo(FileTypes.BYTES);
        assertThat(type("PK")).isEqualTo("text/plain");
    }

    @Test
    void readsRanges() {
        assertThat(ByteRange.of("bytes=0-99", 1000)).isEqualTo(new ByteRange(0, 99));
        assertThat(ByteRange.of("bytes=900-", 1000)).isEqualTo(new ByteRange(900, 999));
        assertThat(ByteRange.of("bytes=990-2000", 1000)).isEqualTo(new ByteRange(990, 999));
        assertThat(ByteRange.of("bytes=-10", 1000)).isEqualTo(new ByteRange(990, 999));
        assertThat(ByteRange.of("bytes=-2000", 1000)).isEqualTo(new ByteRange(0, 999));
        assertThat(ByteRange.of("bytes=5-4", 1000)).isNull();
        assertThat(ByteRange.of("bytes=0-1,5-6", 1000)).isNull();
        assertThat(ByteRange.of("lines=0-1", 1000)).isNull();
        assertThat(ByteRange.of("bytes=-", 1000)).isNull();
        assertThatThrownBy(() -> ByteRange.of("bytes=1000-", 1000)).hasMessage("416 file.no-such-range");
        assertThatThrownBy(() -> ByteRange.of("bytes=-0", 1000)).hasMessage("416 file.no-such-range");
    }
}
