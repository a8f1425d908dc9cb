package vn.sotay.platform.search;

import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What was found, of what its reader may see.
 *
 * @param next what to give as {@code after} for the page that follows; left out on the last
 * @param total how many there are in all
 * @param types how many of each type, whatever type was asked for; the most first
 * @param years how many of each year, whatever year was asked for; the newest first
 * @param suggestion what may have been meant where a word is nowhere; left out if nothing better is known
 */
public record SearchResult(
        List<Hit> items,
        @Nullable String next,
        int total,
        List<Count> types,
        List<Count> years,
        @Nullable String suggestion) {

    /**
     * One that was found.
     *
     * @param link the page that shows it
     * @param title its title in pieces
     * @param snippet some of its text in pieces; left out if it has none
     * @param number as it is written
     * @param within what it is a part of
     */
    public record Hit(
            String type,
            UUID id,
            String link,
            List<Piece> title,
            @Nullable List<Piece> snippet,
            @Nullable String number,
            @Nullable String within,
            @Nullable LocalDate day) {}

    /** @param hit whether it is one of the words that were asked for; left out if not */
    public record Piece(String text, @Nullable Boolean hit) {}

    /** How many have this value. */
    public record Count(String value, int count) {}
}
