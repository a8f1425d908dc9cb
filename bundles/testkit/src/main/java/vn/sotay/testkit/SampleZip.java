package vn.sotay.testkit;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;
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
        ZipEntry entry = new ZipEntry(name);
        byte[] bytes = content.getBytes(StandardCharsets.UTF_8);
        if (name.equals("mimetype")) {
            // by which it is told what it is: as it is, and first
            CRC32 sum = new CRC32();
            sum.update(bytes);
            entry.setMethod(ZipEntry.STORED);
            entry.setSize(bytes.length);
            entry.setCrc(sum.getValue());
        }
        out.putNextEntry(entry);
        out.write(bytes);
        out.closeEntry();
    }
}
