package vn.sotay.platform.search;

import java.io.IOException;
import java.io.Reader;
import org.apache.lucene.analysis.CharFilter;

/**
 * Reads a blank for a dot, a colon or a low line between two letters, which the tokenizer would take for a part of one word: people forget
 * the blank after a full stop, and names of files have one before their ending. Nothing changes its place.
 */
final class Apart extends CharFilter {

    private static final int NONE = -2;

    private int before = NONE;
    private int ahead = NONE;

    Apart(Reader input) {
        super(input);
    }

    @Override
    public int read() throws IOException {
        int c = ahead == NONE ? input.read() : ahead;
        ahead = NONE;
        if ((c == '.' || c == ':' || c == '_') && Character.isLetter(before)) {
            ahead = input.read();
            if (Character.isLetter(ahead)) {
                c = ' ';
            }
        }
        before = c;
        return c;
    }

    @Override
    public int read(char[] buffer, int from, int most) throws IOException {
        int count = 0;
        while (count < most) {
            int c = read();
            if (c < 0) {
                ahead = c;
                break;
            }
            buffer[from + count++] = (char) c;
        }
        return count == 0 && most > 0 ? -1 : count;
    }

    @Override
    protected int correct(int offset) {
        return offset;
    }
}
