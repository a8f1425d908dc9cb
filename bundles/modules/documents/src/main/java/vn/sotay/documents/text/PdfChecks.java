package vn.sotay.documents.text;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import org.apache.pdfbox.cos.COSArray;
import org.apache.pdfbox.cos.COSBase;
import org.apache.pdfbox.cos.COSDictionary;
import org.apache.pdfbox.cos.COSName;
import org.apache.pdfbox.cos.COSObjectKey;
import org.apache.pdfbox.filter.FilterFactory;
import org.apache.pdfbox.pdmodel.PDDocument;

/** What a PDF must not be: cut off, a bomb, or a program. */
final class PdfChecks {

    private static final Set<String> RUNS = Set.of("JavaScript", "Launch");
    private static final byte[] STREAM = "stream".getBytes(StandardCharsets.US_ASCII);
    private static final Pattern INDIRECT = Pattern.compile("/Filter\\s+\\d+\\s+\\d+\\s+R");
    private static final Pattern ESCAPED = Pattern.compile("#([0-9A-Fa-f]{2})");
    private static final Pattern FILTER = Pattern.compile(
            "/(FlateDecode|Fl|LZWDecode|LZW|RunLengthDecode|RL|ASCII85Decode|A85|ASCIIHexDecode|AHx)(?![0-9A-Za-z])");
    private static final Map<String, COSName> FILTERS = Map.of(
            "FlateDecode", COSName.FLATE_DECODE,
            "Fl", COSName.FLATE_DECODE,
            "LZWDecode", COSName.LZW_DECODE,
            "LZW", COSName.LZW_DECODE,
            "RunLengthDecode", COSName.RUN_LENGTH_DECODE,
            "RL", COSName.RUN_LENGTH_DECODE,
            "ASCII85Decode", COSName.ASCII85_DECODE,
            "A85", COSName.ASCII85_DECODE,
            "ASCIIHexDecode", COSName.ASCII_HEX_DECODE,
            "AHx", COSName.ASCII_HEX_DECODE);
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
                if (dictionary.replaceAll("\\s", "").contains("/Subtype/Image")) {
                    continue;
                }
                if (INDIRECT.matcher(dictionary).find()) {
                    // which filter it is cannot be known before the library has unpacked others
                    throw new UnreadableException(Reading.BROKEN);
                }
                List<COSName> filters = filters(dictionary);
                if (filters.equals(List.of(COSName.FLATE_DECODE))) {
                    inflate(bytes, at, limits);
                } else if (!filters.isEmpty()) {
                    unpack(stream(bytes, at), filters, dictionary, limits);
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

    /** The filters of a stream that make it larger or hide such ones, in their order. */
    private static List<COSName> filters(String dictionary) {
        List<COSName> filters = new ArrayList<>();
        // a name may be written with numbers for its letters
        Matcher escaped = ESCAPED.matcher(dictionary);
        Matcher name = FILTER.matcher(escaped.replaceAll(
                one -> Matcher.quoteReplacement(String.valueOf((char) Integer.parseInt(one.group(1), 16)))));
        while (name.find()) {
            filters.add(Objects.requireNonNull(FILTERS.get(name.group(1))));
        }
        return filters;
    }

    /** What stands between "stream" and "endstream". */
    private static byte[] stream(ByteBuffer bytes, int after) {
        int begin = begin(bytes, after);
        int end = begin;
        while (end < bytes.limit() - STREAM.length
                && !(bytes.get(end) == 's' && isStream(bytes, end) && bytes.get(end - 1) == 'd')) {
            end++;
        }
        byte[] content = new byte[Math.max(0, end - begin)];
        bytes.get(begin, content);
        return content;
    }

    /** Sends a stream through its filters, the last of them into nothing. */
    private static void unpack(byte[] packed, List<COSName> filters, String dictionary, Limits limits)
            throws UnreadableException {
        COSDictionary parameters = new COSDictionary();
        if (dictionary.replaceAll("\\s", "").contains("/EarlyChange0")) {
            COSDictionary early = new COSDictionary();
            early.setInt(COSName.EARLY_CHANGE, 0);
            parameters.setItem(COSName.DECODE_PARMS, early);
        }
        byte[] content = packed;
        try {
            for (COSName filter : filters) {
                Counted out = new Counted(limits);
                FilterFactory.INSTANCE.getFilter(filter).decode(new ByteArrayInputStream(content), out, parameters, 0);
                content = out.toByteArray();
            }
        } catch (UncheckedIOException e) {
            if (e.getCause() instanceof UnreadableException unreadable) {
                throw unreadable;
            }
        } catch (IOException | RuntimeException e) {
            // not packed by this, or not a stream at all: for the library to say
        }
    }

    /** Keeps what a filter gives, up to the bound of a part. */
    private static final class Counted extends ByteArrayOutputStream {

        /** Filters give single bytes, and to ask for the time takes longer than one. */
        private static final int OFTEN = 64 * 1024;

        private final Limits limits;
        private int pending;

        Counted(Limits limits) {
            this.limits = limits;
        }

        @Override
        public void write(int one) {
            require(1);
            super.write(one);
        }

        @Override
        public void write(byte[] from, int offset, int length) {
            require(length);
            super.write(from, offset, length);
        }

        private void require(int more) {
            pending += more;
            if (pending >= OFTEN) {
                try {
                    limits.count(pending);
                } catch (UnreadableException e) {
                    throw new UncheckedIOException(e);
                }
                pending = 0;
            }
            if (size() + more > Limits.PART / 2) {
                throw new UncheckedIOException(new UnreadableException(Reading.TOO_LARGE));
            }
        }
    }

    private static int begin(ByteBuffer bytes, int after) {
        int begin = after;
        while (begin < bytes.limit() && (bytes.get(begin) == '\r' || bytes.get(begin) == '\n')) {
            begin++;
        }
        return begin;
    }

    private static void inflate(ByteBuffer bytes, int after, Limits limits) throws UnreadableException {
        int begin = begin(bytes, after);
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
