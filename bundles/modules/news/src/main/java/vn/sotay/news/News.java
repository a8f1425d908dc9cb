package vn.sotay.news;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import vn.sotay.api.change.ChangeType;
import vn.sotay.api.http.Range;
import vn.sotay.api.http.Text;
import vn.sotay.api.member.Born;
import vn.sotay.news.text.Block;

/**
 * A piece of news. What bears {@code @Nullable} from {@code state} on is set by the server: a client may leave it out or send back what
 * it got, it is not looked at.
 *
 * @param unit whose editors write it; never changes
 * @param target whom it is for
 * @param lead what stands in lists, and says the whole in two sentences
 * @param text Markdown, told to editors alone; readers have {@code blocks}
 * @param pictures the first stands above the text, the others below it
 * @param urgent whether its readers are told at once, by a notice; null for no
 * @param asks what its readers are asked for; null for nothing
 * @param publishAt when it becomes visible, once it is approved; null or past: as soon as it is approved. Told to editors alone
 * @param expiresAt from then on it is visible no longer; null: after the months that the rule {@code news.months} gives
 * @param state how far it has come, see {@link NewsRules#after}
 * @param blocks the text as it is shown; null in lists
 * @param origin by whom it was passed on, in words; null for what was written here
 * @param changedBy the account that wrote it last, whom four eyes leave out; told to editors alone
 * @param edition how often it was published, the first time is 1; null if it never was
 * @param born when those are born whose age the target names, as it was on the day of publication: who is told and asked does not change
 *     from day to day; null for all, and for what is not published
 */
public record News(
        @Nullable UUID id,
        UUID unit,
        Target target,
        @Text(max = 200) String title,
        @Text(max = 500, lines = true) String lead,
        @Nullable @Text(max = 16_000, lines = true) String text,
        @Range(max = 12) List<Picture> pictures,
        @Nullable Boolean urgent,
        @Nullable Ask asks,
        @Nullable Instant publishAt,
        @Nullable Instant expiresAt,
        @Nullable State state,
        @Nullable @Range(max = 16_000) List<Block> blocks,
        @Nullable @Text(max = 200) String origin,
        @Nullable Instant publishedAt,
        @Nullable UUID changedBy,
        @Nullable Integer edition,
        @Nullable Born born) {

    static final ChangeType<News> TYPE = new ChangeType<>("news", News.class);

    /** How far a piece of news has come. */
    public enum State {
        DRAFT,
        REVIEW,
        /** Approved, and waits for its time. */
        APPROVED,
        PUBLISHED,
        /** Its time is over. */
        EXPIRED
    }

    /** What readers are asked for. */
    public enum Ask {
        /** Nothing that they do: that they have opened it is told by itself, and counted. */
        OPENED,
        /** To say with one touch that they have read it. */
        ACKNOWLEDGED
    }

    /**
     * Whom it is for.
     *
     * @param unit that of the editors, or one below it
     * @param ages of which age, of members alone; null for all. It narrows who is told and asked, and hides nothing
     */
    public record Target(UUID unit, To to, @Nullable Ages ages) {

        /** Who of the unit and of all below it. */
        public enum To {
            MEMBERS,
            /** Secretaries, deputies and helpers. */
            LEADERS,
            OFFICERS
        }
    }

    /**
     * An age band, in whole years on the day of publication; at least one of both is given.
     *
     * @param from the youngest; null for any
     * @param to the oldest, to the day before the next birthday; null for any
     */
    public record Ages(
            @Nullable @Range(min = 16, max = 120) Integer from,
            @Nullable @Range(min = 16, max = 120) Integer to) {}

    /**
     * A picture, as {@code POST /api/news/pictures} has given it.
     *
     * @param file SHA-256 of its content
     * @param alt what is to be seen, for who does not see it
     * @param width pixels; set by the server, as what follows
     */
    public record Picture(
            @Text(max = 64, pattern = "[0-9a-f]{64}") String file,
            @Text(max = 300) String alt,
            @Nullable Integer width,
            @Nullable Integer height,
            @Nullable Long size) {}

    /** What an editor has written of it: two with the same plan are the same. */
    News plan() {
        return new News(
                null,
                unit,
                target,
                title,
                lead,
                text,
                pictures.stream()
                        .map(one -> new Picture(one.file(), one.alt(), null, null, null))
                        .toList(),
                isUrgent() ? Boolean.TRUE : null,
                asks,
                asKept(publishAt),
                asKept(expiresAt),
                null,
                null,
                null,
                null,
                null,
                null,
                null);
    }

    private static @Nullable Instant asKept(@Nullable Instant time) {
        return time == null ? null : time.truncatedTo(ChronoUnit.MILLIS);
    }

    boolean isUrgent() {
        return Boolean.TRUE.equals(urgent);
    }

    /** As its readers have it. */
    News forReaders() {
        return with(blocks, false);
    }

    /** As it stands in lists. */
    News forLists(boolean forEditors) {
        return with(null, forEditors);
    }

    private News with(@Nullable List<Block> shown, boolean forEditors) {
        return new News(
                id,
                unit,
                target,
                title,
                lead,
                forEditors ? text : null,
                pictures,
                urgent,
                asks,
                forEditors ? publishAt : null,
                expiresAt,
                state,
                shown,
                origin,
                publishedAt,
                forEditors ? changedBy : null,
                edition,
                born);
    }
}
