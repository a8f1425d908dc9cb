package vn.sotay.documents.text;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import org.apache.pdfbox.cos.COSArray;
import org.apache.pdfbox.cos.COSBase;
import org.apache.pdfbox.cos.COSDictionary;
import org.apache.pdfbox.cos.COSName;
import org.apache.pdfbox.cos.COSObjectKey;
import org.apache.pdfbox.pdmodel.PDDocument;

/** What a PDF must not be: cut off, a bomb, or a program. */
final class PdfChecks {

    private static final Set<String> RUNS = Set.of("JavaScript", "Launch");
    private static final byte[] STREAM = "stream".getBytes(StandardCharsets.US_ASCII);
    private static final int TAIL = 4096;
    private static final int DICTIONARY = 2048;

    private PdfChecks() {}

    /**
     * Looks at the bytes, before the library does, which unpacks whatever it needs in memory: each packed stream but those of pictures,
     * which nobody unpacks here.
     */
    static void requireWhole(Path file, Limits limits) throws IOException {
        try (FileChannel channel = FileChannel.open(file)) {
            MappedByteBuffer bytes = channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size());
            if (!text(bytes, Math.max(0, bytes.limit() - TAIL), bytes.limit()).contains("%%EOF")) {
                throw new UnreadableException(Reading.BROKEN);
            }
            for (int at = find(bytes, 0); at >= 0; at = find(bytes, at)) {
                String before = text(bytes, Math.max(0, at - STREAM.length - DICTIONARY), at - STREAM.length);
                String dictionary = before.substring(before.lastIndexOf(" obj") + 1);
                if (dictionary.contains("FlateDecode")
                        && !dictionary.replace(" ", "").contains("/Subtype/Image")) {
                    unpack(bytes, at, limits);
                }
            }
        }
    }

    /** The place after the next word "stream" that begins one; -1 if there is none. */
    private static int find(ByteBuffer bytes, int from) {
        int last = bytes.limit() - STREAM.length - 1;
        for (int at = from; at < last; at++) {
            if (bytes.get(at) == 's' && isStream(bytes, at) && bytes.get(at - 1) != 'd') {
                return at + STREAM.length;
            }
        }
        return -1;
    }

    private static boolean isStream(ByteBuffer bytes, int at) {
        for (int i = 1; i < STREAM.length; i++) {
            if (bytes.get(at + i) != STREAM[i]) {
                return false;
            }
        }
        return at > 0;
    }

    private static String text(ByteBuffer bytes, int from, int to) {
        byte[] part = new byte[to - from];
        bytes.get(from, part);
        return new String(part, StandardCharsets.ISO_8859_1);
    }

    private static void unpack(ByteBuffer bytes, int after, Limits limits) throws UnreadableException {
        int begin = after;
        while (begin < bytes.limit() && (bytes.get(begin) == '\r' || bytes.get(begin) == '\n')) {
            begin++;
        }
        Inflater inflater = new Inflater();
        try {
            inflater.setInput(bytes.slice(begin, bytes.limit() - begin));
            byte[] buffer = new byte[64 * 1024];
            int count = inflater.inflate(buffer);
            while (count > 0) {
                limits.count(count);
                if (inflater.getBytesWritten() > Limits.PART) {
                    throw new UnreadableException(Reading.TOO_LARGE);
                }
                count = inflater.inflate(buffer);
            }
        } catch (DataFormatException e) {
            // not packed by this, or not a stream at all: for the library to say
        } finally {
            inflater.end();
        }
    }

    /** Refuses what runs a script or another program. */
    static void requireHarmless(PDDocument document, Limits limits) throws IOException {
        Set<COSBase> seen = Collections.newSetFromMap(new IdentityHashMap<>());
        for (COSObjectKey key :
                List.copyOf(document.getDocument().getXrefTable().keySet())) {
            limits.requireTime();
            COSBase object = document.getDocument().getObjectFromPool(key).getObject();
            if (object != null) {
                requireHarmless(object, seen, 0);
            }
        }
        for (var page : document.getPages()) {
            for (var streams = page.getContentStreams(); streams.hasNext(); ) {
                // what was not unpacked as it said it was a picture
                if (COSName.IMAGE.equals(streams.next().getCOSObject().getCOSName(COSName.SUBTYPE))) {
                    throw new UnreadableException(Reading.BROKEN);
                }
            }
        }
    }

    private static void requireHarmless(COSBase object, Set<COSBase> seen, int depth) throws UnreadableException {
        if (depth > 100 || !seen.add(object)) {
            return;
        }
        if (object instanceof COSDictionary dictionary) {
            String kind = dictionary.getNameAsString(COSName.S);
            if (kind != null && (RUNS.contains(kind) || dictionary.containsKey(COSName.JS))) {
                throw new UnreadableException(Reading.SCRIPT);
            }
            for (COSBase value : dictionary.getValues()) {
                requireHarmless(value, seen, depth + 1);
            }
        } else if (object instanceof COSArray array) {
            for (int i = 0; i < array.size(); i++) {
                COSBase value = array.get(i);
                if (value != null) {
                    requireHarmless(value, seen, depth + 1);
                }
            }
        }
    }
}
