package vn.sotay.api.search;

import java.time.LocalDate;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Something that can be found. Immutable. */
public final class SearchDocument {

    private final String title;
    private final String link;
    private String text = "";
    private @Nullable String number;
    private @Nullable String within;
    private @Nullable LocalDate day;
    private @Nullable String kind;
    private @Nullable String level;
    private @Nullable String issuer;
    private @Nullable Force force;

    /**
     * From when until when it is in force. Whether it is, is computed on the day of the search.
     *
     * @param from the first day; null: always was
     * @param until the day from which on it is not any more; null: no such day is known
     * @param successor by what it is replaced on that day, in a few words; null if by nothing
     */
    public record Force(
            @Nullable LocalDate from,
            @Nullable LocalDate until,
            @Nullable String successor) {

        /** Whether it is in force on a day. */
        public boolean on(LocalDate day) {
            return (from == null || !from.isAfter(day)) && (until == null || until.isAfter(day));
        }
    }

    private SearchDocument(String title, String link) {
        this.title = Objects.requireNonNull(title);
        this.link = Objects.requireNonNull(link);
    }

    private SearchDocument copy() {
        SearchDocument copy = new SearchDocument(title, link);
        copy.text = text;
        copy.number = number;
        copy.within = within;
        copy.day = day;
        copy.kind = kind;
        copy.level = level;
        copy.issuer = issuer;
        copy.force = force;
        return copy;
    }

    /**
     * A document of a title alone.
     *
     * @param title its words weigh more than those of the text
     * @param link the page that shows it, such as {@code /meetings/<id>}; with {@code #} the place in it
     */
    public static SearchDocument of(String title, String link) {
        return new SearchDocument(title, link);
    }

    /** The same with this text, as people read it, paragraphs by line breaks. */
    public SearchDocument text(String other) {
        SearchDocument copy = copy();
        copy.text = Objects.requireNonNull(other);
        return copy;
    }

    /** The same with the number that it bears as it is written, such as {@code 01-QĐ/TW}; it is found in any spelling. */
    public SearchDocument number(String other) {
        SearchDocument copy = copy();
        copy.number = Objects.requireNonNull(other);
        return copy;
    }

    /** The same with the name of what it is a part of. */
    public SearchDocument within(String other) {
        SearchDocument copy = copy();
        copy.within = Objects.requireNonNull(other);
        return copy;
    }

    /** The same with the day that it is of, in Viet Nam; its year can be chosen. */
    public SearchDocument day(LocalDate other) {
        SearchDocument copy = copy();
        copy.day = Objects.requireNonNull(other);
        return copy;
    }

    /**
     * The same with its kind, which can be chosen. The page says {@code kind.<kind>} of the module's texts.
     *
     * @since 1.1
     */
    public SearchDocument kind(String other) {
        SearchDocument copy = copy();
        copy.kind = Objects.requireNonNull(other);
        return copy;
    }

    /**
     * The same with the level of the organisation at which it was issued, which can be chosen. The page says {@code level.<level>} of the
     * module's texts.
     *
     * @since 1.1
     */
    public SearchDocument level(String other) {
        SearchDocument copy = copy();
        copy.level = Objects.requireNonNull(other);
        return copy;
    }

    /**
     * The same with who has issued it, in words, which can be chosen.
     *
     * @since 1.1
     */
    public SearchDocument issuer(String other) {
        SearchDocument copy = copy();
        copy.issuer = Objects.requireNonNull(other);
        return copy;
    }

    /**
     * The same with the days on which it is in force: what is comes before what is not, and it can be chosen.
     *
     * @since 1.1
     */
    public SearchDocument force(Force other) {
        SearchDocument copy = copy();
        copy.force = Objects.requireNonNull(other);
        return copy;
    }

    public String title() {
        return title;
    }

    public String link() {
        return link;
    }

    /** The text, empty if there is none. */
    public String text() {
        return text;
    }

    public Optional<String> number() {
        return Optional.ofNullable(number);
    }

    public Optional<String> within() {
        return Optional.ofNullable(within);
    }

    public Optional<LocalDate> day() {
        return Optional.ofNullable(day);
    }

    /** @since 1.1 */
    public Optional<String> kind() {
        return Optional.ofNullable(kind);
    }

    /** @since 1.1 */
    public Optional<String> level() {
        return Optional.ofNullable(level);
    }

    /** @since 1.1 */
    public Optional<String> issuer() {
        return Optional.ofNullable(issuer);
    }

    /** Empty for what is neither in force nor not. @since 1.1 */
    public Optional<Force> force() {
        return Optional.ofNullable(force);
    }
}
