package vn.sotay.platform.files;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import vn.sotay.api.http.Problem;

/**
 * The part of a file that a client asks for.
 *
 * @param first number of the first byte
 * @param last number of the last one
 */
record ByteRange(long first, long last) {

    private static final Pattern ONE = Pattern.compile("bytes=(\\d{0,18})-(\\d{0,18})");

    /**
     * Reads a {@code Range} header.
     *
     * @return null if it asks for several ranges or in another way: then the whole file is an allowed answer
     * @throws vn.sotay.api.http.ProblemException 416 if the file has no such part
     */
    static @Nullable ByteRange of(String header, long size) {
        Matcher one = ONE.matcher(header.strip());
        if (!one.matches() || one.group(1).isEmpty() && one.group(2).isEmpty()) {
            return null;
        }
        long first;
        long last = size - 1;
        if (one.group(1).isEmpty()) {
            first = Math.max(0, size - Long.parseLong(one.group(2)));
        } else {
            first = Long.parseLong(one.group(1));
            if (!one.group(2).isEmpty()) {
                long end = Long.parseLong(one.group(2));
                if (end < first) {
                    return null;
                }
                last = Math.min(last, end);
            }
        }
        if (first > last) {
            throw Problem.other(416, "file.no-such-range").with("size", size);
        }
        return new ByteRange(first, last);
    }

    long length() {
        return last - first + 1;
    }
}
