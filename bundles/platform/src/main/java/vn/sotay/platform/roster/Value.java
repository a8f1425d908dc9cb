package vn.sotay.platform.roster;

import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import org.jspecify.annotations.Nullable;

/**
 * What stands in one field of a file.
 *
 * @param kind what the file says it is; in a CSV file all is text
 * @param text as shown, composed to NFC, without blanks at its ends
 * @param day of a cell that is formatted as a date; else null
 */
record Value(Kind kind, String text, @Nullable LocalDate day) {

    enum Kind {
        TEXT,
        NUMBER,
        DAY
    }

    static final Value EMPTY = new Value(Kind.TEXT, "", null);

    private static final DateTimeFormatter SHOWN = DateTimeFormatter.ofPattern("dd/MM/uuuu");

    static Value text(String text) {
        String clean = Names.clean(text);
        return clean.isEmpty() ? EMPTY : new Value(Kind.TEXT, clean, null);
    }

    static Value number(String plain) {
        return new Value(Kind.NUMBER, plain, null);
    }

    static Value day(LocalDate day) {
        return new Value(Kind.DAY, SHOWN.format(day), day);
    }

    boolean isEmpty() {
        return text.isEmpty();
    }
}
