package vn.sotay.testkit;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** Files that are a zip of XML, as word processors write them. */
public final class SampleZip {

    private SampleZip() {}

    /**
     * @param name of the first part
     * @param content of the first part
     * @param more name and content of the next ones, by turns
     */
    public static byte[] of(String name, String content, String... more) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream out = new ZipOutputStream(bytes)) {
            put(out, name, content);
            for (int i = 0; i < more.length; i += 2) {
                put(out, more[i], more[i + 1]);
            }
        }
        return bytes.toByteArray();
    }

    private static void put(ZipOutputStream out, String name, String content) throws IOException {
        out.putNextEntry(new ZipEntry(name));
        out.write(content.getBytes(StandardCharsets.UTF_8));
        out.closeEntry();
    }
}
