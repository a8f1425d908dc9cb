package vn.sotay.platform.files;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Tells a file's media type by its content: what the sender says is not asked. Nothing that a browser would run is told apart from
 * text.
 */
final class FileTypes {

    /** How many bytes of the beginning and of the end are looked at. */
    static final int LOOK = 64 * 1024;

    static final String BYTES = "application/octet-stream";

    private static final String OFFICE = "application/vnd.openxmlformats-officedocument.";
    private static final int MIMETYPE_AT = 30;

    private FileTypes() {}

    /**
     * The media type.
     *
     * @param head the first {@link #LOOK} bytes, or all there are
     * @param tail the last ones
     */
    static String of(byte[] head, byte[] tail) {
        if (starts(head, 0, "%PDF-")) {
            return "application/pdf";
        }
        if (starts(head, 0, "\u0089PNG\r\n\u001a\n")) {
            return "image/png";
        }
        if (starts(head, 0, "\u00ff\u00d8\u00ff")) {
            return "image/jpeg";
        }
        if (starts(head, 0, "RIFF") && starts(head, 8, "WEBP")) {
            return "image/webp";
        }
        if (starts(head, 0, "PK\u0003\u0004")) {
            return zip(head, tail);
        }
        if (starts(head, 0, "\u00d0\u00cf\u0011\u00e0\u00a1\u00b1\u001a\u00e1")) {
            return "application/x-ole-storage";
        }
        return isText(head) ? "text/plain" : BYTES;
    }

    /** The names of a zip's entries stand, as they are, in the directory at its end. */
    private static String zip(byte[] head, byte[] tail) {
        if (starts(head, MIMETYPE_AT, "mimetypeapplication/vnd.oasis.opendocument.")) {
            String kind = new String(
                    head, MIMETYPE_AT + 8, Math.min(80, head.length - MIMETYPE_AT - 8), StandardCharsets.ISO_8859_1);
            for (String known : new String[] {"text", "spreadsheet", "presentation"}) {
                String type = "application/vnd.oasis.opendocument." + known;
                if (kind.startsWith(type + "PK")) {
                    return type;
                }
            }
        }
        String names = new String(tail, StandardCharsets.ISO_8859_1);
        // the mark of the directory's end: half a file has names, too, before its parts
        if (names.contains("PK\u0005\u0006") && names.contains("[Content_Types].xml")) {
            if (names.contains("word/document.xml")) {
                return OFFICE + "wordprocessingml.document";
            }
            if (names.contains("xl/workbook.xml")) {
                return OFFICE + "spreadsheetml.sheet";
            }
            if (names.contains("ppt/presentation.xml")) {
                return OFFICE + "presentationml.presentation";
            }
        }
        return "application/zip";
    }

    private static boolean starts(byte[] bytes, int at, String signature) {
        byte[] expected = signature.getBytes(StandardCharsets.ISO_8859_1);
        return bytes.length >= at + expected.length
                && Arrays.equals(bytes, at, at + expected.length, expected, 0, expected.length);
    }

    /** Whether it is UTF-8 without control characters. */
    private static boolean isText(byte[] head) {
        for (byte one : head) {
            if (one >= 0 && one < ' ' && "\t\n\r\f".indexOf(one) < 0) {
                return false;
            }
        }
        // at the end of what is looked at, a letter may be cut in two
        boolean all = head.length < LOOK;
        return head.length > 0
                && !StandardCharsets.UTF_8
                        .newDecoder()
                        .decode(ByteBuffer.wrap(head), CharBuffer.allocate(head.length), all)
                        .isError();
    }
}
