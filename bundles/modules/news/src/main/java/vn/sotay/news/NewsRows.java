package vn.sotay.news;

import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jdbi.v3.core.result.RowView;
import org.jdbi.v3.core.statement.Query;
import org.jspecify.annotations.Nullable;
import vn.sotay.api.member.Born;
import vn.sotay.api.store.Saved;
import vn.sotay.api.store.Transaction;
import vn.sotay.news.News.Picture;
import vn.sotay.news.News.State;
import vn.sotay.news.News.Target;
import vn.sotay.news.text.NewsText;

/** How news stand in their tables. */
final class NewsRows {

    private NewsRows() {}

    static Optional<Saved<News>> find(Transaction tx, UUID id) {
        return load(tx, List.of(id), true).stream().findFirst();
    }

    /** Locks it for this transaction and returns it; empty if there is none. */
    static Optional<Saved<News>> take(Transaction tx, UUID id) {
        tx.handle().execute("update news set version = version where id = ?", id);
        return find(tx, id);
    }

    /**
     * News with their pictures, in the order of the ids; those that are deleted are left out.
     *
     * @param withBlocks whether their texts are read, too; lists have none
     */
    static List<Saved<News>> load(Transaction tx, List<UUID> ids, boolean withBlocks) {
        if (ids.isEmpty()) {
            return List.of();
        }
        Map<UUID, List<Picture>> pictures = new HashMap<>();
        // the version first: if the rest changes in between, a reader's next write is refused
        List<Saved<News>> bare = of(tx, ids, "select * from news where id in (<ids>) and deleted = false")
                .map(row -> new Saved<>(news(row, withBlocks), row.getColumn("version", Long.class)))
                .list();
        of(tx, ids, "select * from news_picture where news in (<ids>) order by position")
                .map(row -> pictures.computeIfAbsent(row.getColumn("news", UUID.class), none -> new ArrayList<>())
                        .add(picture(row)))
                .list();
        return bare.stream()
                .map(one -> new Saved<>(
                        withPictures(
                                one.value(), pictures.getOrDefault(one.value().id(), List.of())),
                        one.version()))
                .sorted(Comparator.comparingInt(one -> ids.indexOf(one.value().id())))
                .toList();
    }

    private static Query of(Transaction tx, List<UUID> ids, String sql) {
        return tx.handle()
                .createQuery(sql)
                .bindList("ids", ids.stream().map(UUID::toString).toList());
    }

    private static News news(RowView row, boolean withBlocks) {
        String text = row.getColumn("body", String.class);
        return new News(
                row.getColumn("id", UUID.class),
                row.getColumn("unit", UUID.class),
                target(row),
                row.getColumn("title", String.class),
                row.getColumn("lead_text", String.class),
                text,
                List.of(),
                Boolean.TRUE.equals(row.getColumn("urgent", Boolean.class)) ? Boolean.TRUE : null,
                row.getColumn("asks", News.Ask.class),
                row.getColumn("publish_at", Instant.class),
                row.getColumn("expires_at", Instant.class),
                row.getColumn("state", State.class),
                withBlocks ? NewsText.read(text).blocks() : null,
                row.getColumn("origin", String.class),
                row.getColumn("published_at", Instant.class),
                row.getColumn("changed_by", UUID.class),
                row.getColumn("edition", Integer.class),
                born(row));
    }

    private static Target target(RowView row) {
        Integer from = row.getColumn("ages_from", Integer.class);
        Integer to = row.getColumn("ages_to", Integer.class);
        return new Target(
                row.getColumn("target_unit", UUID.class),
                row.getColumn("target_group", Target.To.class),
                from == null && to == null ? null : new News.Ages(from, to));
    }

    private static @Nullable Born born(RowView row) {
        LocalDate from = row.getColumn("born_from", LocalDate.class);
        LocalDate to = row.getColumn("born_to", LocalDate.class);
        return from == null && to == null ? null : new Born(from, to);
    }

    private static News withPictures(News one, List<Picture> pictures) {
        return new News(
                one.id(),
                one.unit(),
                one.target(),
                one.title(),
                one.lead(),
                one.text(),
                pictures,
                one.urgent(),
                one.asks(),
                one.publishAt(),
                one.expiresAt(),
                one.state(),
                one.blocks(),
                one.origin(),
                one.publishedAt(),
                one.changedBy(),
                one.edition(),
                one.born());
    }

    private static Picture picture(RowView row) {
        return new Picture(
                row.getColumn("file", String.class),
                row.getColumn("alt", String.class),
                row.getColumn("width", Integer.class),
                row.getColumn("height", Integer.class),
                row.getColumn("size", Long.class));
    }

    static void write(Transaction tx, UUID id, News body, UUID account, boolean isNew) {
        News.Ages ages = body.target().ages();
        tx.handle()
                .createUpdate(
                        isNew
                                ? "insert into news (id, unit, target_unit, target_group, ages_from, ages_to, title, lead_text, body, urgent, asks,"
                                        + " publish_at, expires_at, state, sort_at, changed_by, version, deleted)"
                                        + " values (:id, :unit, :targetUnit, :targetGroup, :agesFrom, :agesTo, :title, :lead, :text, :urgent, :asks,"
                                        + " :publishAt, :expiresAt, 'DRAFT', :now, :account, 1, false)"
                                : "update news set target_unit = :targetUnit, target_group = :targetGroup, ages_from = :agesFrom, ages_to = :agesTo, title = :title,"
                                        + " lead_text = :lead, body = :text, urgent = :urgent, asks = :asks,"
                                        + " publish_at = :publishAt, expires_at = :expiresAt, sort_at = :now,"
                                        + " changed_by = :account, version = version + 1 where id = :id")
                .bind("id", id)
                .bind("unit", body.unit())
                .bind("targetUnit", body.target().unit())
                .bind("targetGroup", body.target().to())
                .bind("agesFrom", ages == null ? null : ages.from())
                .bind("agesTo", ages == null ? null : ages.to())
                .bind("title", body.title())
                .bind("lead", body.lead())
                .bind("text", body.text())
                .bind("urgent", body.isUrgent())
                .bind("asks", body.asks())
                .bind("publishAt", body.publishAt())
                .bind("expiresAt", body.expiresAt())
                .bind("now", tx.now())
                .bind("account", account)
                .execute();
    }

    static void writePictures(Transaction tx, UUID id, List<Picture> pictures) {
        tx.handle().execute("delete from news_picture where news = ?", id);
        for (int i = 0; i < pictures.size(); i++) {
            Picture one = pictures.get(i);
            tx.handle()
                    .execute(
                            "insert into news_picture (news, position, file, alt, width, height, size) values (?, ?, ?, ?, ?, ?, ?)",
                            id,
                            i,
                            one.file(),
                            one.alt(),
                            one.width(),
                            one.height(),
                            one.size());
        }
    }

    /** By what a list is ordered. */
    static Map<UUID, Long> sortTimes(Transaction tx, List<UUID> ids) {
        Map<UUID, Long> times = new HashMap<>();
        if (!ids.isEmpty()) {
            of(tx, ids, "select id, sort_at from news where id in (<ids>)")
                    .map(row -> times.put(row.getColumn("id", UUID.class), row.getColumn("sort_at", Long.class)))
                    .list();
        }
        return times;
    }

    /** Those of a state whose time, a column, has come. */
    static List<UUID> due(Transaction tx, State state, String column) {
        return tx.handle()
                .createQuery("select id from news where state = :state and " + column
                        + " <= :now and deleted = false order by id fetch first 100 rows only")
                .bind("state", state)
                .bind("now", tx.now())
                .mapTo(UUID.class)
                .list();
    }

    /** The nearest such time. */
    static Optional<Instant> next(Transaction tx, State state, String column) {
        return tx.handle()
                .createQuery("select min(" + column + ") from news where state = :state and deleted = false")
                .bind("state", state)
                .mapTo(Long.class)
                .findFirst()
                .map(Instant::ofEpochMilli);
    }

    static boolean wasDeleted(Transaction tx, UUID id) {
        return tx.handle()
                .createQuery("select id from news where id = :id and deleted = true")
                .bind("id", id)
                .mapTo(String.class)
                .findFirst()
                .isPresent();
    }

    // ---- editions

    static final String EDITION_HOLDER = "news-edition";

    static void keepEdition(Transaction tx, News news) {
        News.Ages ages = news.target().ages();
        tx.handle()
                .createUpdate(
                        "insert into news_edition (news, edition, published_at, target_unit, target_group, ages_from, ages_to, title, lead_text,"
                                + " body, pictures) values (:news, :edition, :at, :targetUnit, :targetGroup, :agesFrom, :agesTo, :title, :lead, :text, :pictures)")
                .bind("news", news.id())
                .bind("edition", news.edition())
                .bind("at", news.publishedAt())
                .bind("targetUnit", news.target().unit())
                .bind("targetGroup", news.target().to())
                .bind("agesFrom", ages == null ? null : ages.from())
                .bind("agesTo", ages == null ? null : ages.to())
                .bind("title", news.title())
                .bind("lead", news.lead())
                .bind("text", news.text())
                .bind("pictures", PictureLines.write(news.pictures()))
                .execute();
    }

    /** How a piece of news was each time, the newest first. */
    static List<Edition> editions(Transaction tx, News news) {
        return tx.handle()
                .createQuery("select * from news_edition where news = :news order by edition desc")
                .bind("news", news.id())
                .map((RowView row) -> edition(row, news))
                .list();
    }

    private static Edition edition(RowView row, News now) {
        String text = row.getColumn("body", String.class);
        Instant at = row.getColumn("published_at", Instant.class);
        int edition = row.getColumn("edition", Integer.class);
        Target target = target(row);
        return new Edition(
                edition,
                at,
                new News(
                        now.id(),
                        now.unit(),
                        target,
                        row.getColumn("title", String.class),
                        row.getColumn("lead_text", String.class),
                        text,
                        PictureLines.read(row.getColumn("pictures", String.class)),
                        null,
                        null,
                        null,
                        null,
                        null,
                        NewsText.read(text).blocks(),
                        now.origin(),
                        at,
                        null,
                        edition,
                        NewsRules.born(target.ages(), LocalDate.ofInstant(at, NewsRules.ZONE))));
    }

    static Set<Integer> deleteEditions(Transaction tx, UUID id) {
        Set<Integer> editions = Set.copyOf(tx.handle()
                .createQuery("select edition from news_edition where news = :news")
                .bind("news", id)
                .mapTo(Integer.class)
                .list());
        tx.handle().execute("delete from news_edition where news = ?", id);
        return editions;
    }
}
