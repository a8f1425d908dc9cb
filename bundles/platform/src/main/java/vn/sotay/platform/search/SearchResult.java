package vn.sotay.platform.search;

import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What was found, of what its reader may see. Each thing is there once, with the part of it that answers best. The counts of a kind of
 * choice are of what is found with the others that were chosen, and without this one.
 *
 * @param next what to give as {@code after} for the page that follows; left out on the last
 * @param total how many things there are in all
 * @param types how many of each type; the most first
 * @param years how many of each year; the newest first
 * @param kinds how many of each kind; the most first
 * @param levels how many of each level; the most first
 * @param issuers how many of each issuer; the most first, {@value #MOST} of them
 * @param inForce how many are in force today, {@code true}, and how many are not, {@code false}
 * @param suggestion what may have been meant where a word is nowhere, or hardly anywhere; left out if nothing better is known
 */
public record SearchResult(
        List<Hit> items,
        @Nullable String next,
        int total,
        List<Count> types,
        List<Count> years,
        List<Count> kinds,
        List<Count> levels,
        List<Count> issuers,
        List<Count> inForce,
        @Nullable String suggestion) {

    static final int MOST = 20;

    /**
     * One that was found.
     *
     * @param link the page that shows it; with {@code #} the place in it
     * @param title its title in pieces
     * @param snippet some of its text in pieces; left out if it has none
     * @param number as it is written
     * @param within what it is a part of
     * @param force whether it is in force today; left out for what is neither in force nor not
     * @param replacedBy what has replaced it, in a few words
     */
    public record Hit(
            String type,
            UUID id,
            String link,
            List<Piece> title,
            @Nullable List<Piece> snippet,
            @Nullable String number,
            @Nullable String within,
            @Nullable LocalDate day,
            @Nullable Force force,
            @Nullable String replacedBy) {}

    /** Whether something is in force today. */
    public enum Force {
        NOT_YET,
        NOW,
        ENDED,
        REPLACED
    }

    /** @param hit whether it is one of the words that were asked for; left out if not */
    public record Piece(String text, @Nullable Boolean hit) {}

    /** How many have this value. */
    public record Count(String value, int count) {}
}
