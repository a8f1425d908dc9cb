package vn.sotay.api.search;

import java.time.LocalDate;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Something that can be found. Immutable. */
public final class SearchDocument {

    private final String title;
    private final String link;
    private final String text;
    private final @Nullable String number;
    private final @Nullable String within;
    private final @Nullable LocalDate day;

    private SearchDocument(
            String title,
            String link,
            String text,
            @Nullable String number,
            @Nullable String within,
            @Nullable LocalDate day) {
        this.title = title;
        this.link = link;
        this.text = text;
        this.number = number;
        this.within = within;
        this.day = day;
    }

    /**
     * A document of a title alone.
     *
     * @param title its words weigh more than those of the text
     * @param link the page that shows it, such as {@code /meetings/<id>}
     */
    public static SearchDocument of(String title, String link) {
        return new SearchDocument(Objects.requireNonNull(title), Objects.requireNonNull(link), "", null, null, null);
    }

    /** The same with this text, as people read it, paragraphs by line breaks. */
    public SearchDocument text(String other) {
        return new SearchDocument(title, link, Objects.requireNonNull(other), number, within, day);
    }

    /** The same with the number that it bears as it is written, such as {@code 01-QĐ/TW}; it is found in any spelling. */
    public SearchDocument number(String other) {
        return new SearchDocument(title, link, text, Objects.requireNonNull(other), within, day);
    }

    /** The same with the name of what it is a part of. */
    public SearchDocument within(String other) {
        return new SearchDocument(title, link, text, number, Objects.requireNonNull(other), day);
    }

    /** The same with the day that it is of, in Viet Nam; its year can be chosen. */
    public SearchDocument day(LocalDate other) {
        return new SearchDocument(title, link, text, number, within, Objects.requireNonNull(other));
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
}
