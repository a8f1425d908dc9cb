package vn.sotay.news;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import vn.sotay.api.access.Audience;
import vn.sotay.api.access.Caller;
import vn.sotay.api.access.Permission;
import vn.sotay.api.file.Files;
import vn.sotay.api.http.FieldError;
import vn.sotay.api.http.Page;
import vn.sotay.api.http.Problem;
import vn.sotay.api.member.Born;
import vn.sotay.api.member.Members;
import vn.sotay.api.notice.Notices;
import vn.sotay.api.rule.Rules;
import vn.sotay.api.store.AuditKind;
import vn.sotay.api.store.Saved;
import vn.sotay.api.store.Store;
import vn.sotay.api.store.Transaction;
import vn.sotay.api.unit.Unit;
import vn.sotay.api.unit.Units;
import vn.sotay.news.News.Picture;
import vn.sotay.news.News.State;
import vn.sotay.news.NewsRules.Step;

/**
 * What editors do with news, and what readers read. Each public method is one transaction that asks whether the caller may, does it by
 * SQL, and tells the change feed. The rules are pure functions in {@link NewsRules}, to be read next.
 *
 * <p>A draft is for the editors of its unit alone. What is published does not change: to mend it, it is withdrawn, and published again by
 * four eyes.
 */
@Component(service = Newsroom.class)
public final class Newsroom {

    /** What is published for one's own units, and those one works for. */
    static final Permission READ = new Permission("news.read");

    /** Drafts, and all that an editor does. */
    static final Permission EDIT = new Permission("news.edit");

    private volatile Runnable timed = () -> {};
    private final Store store;
    private final Units units;
    private final Members members;
    private final Rules rules;
    private final Files files;
    private final NewsNotices notices;

    @Activate
    public Newsroom(
            @Reference Store store,
            @Reference Units units,
            @Reference Members members,
            @Reference Rules rules,
            @Reference Files files,
            @Reference Notices notices) {
        this.notices = new NewsNotices(notices);
        this.store = store;
        this.units = units;
        this.members = members;
        this.rules = rules;
        this.files = files;
    }

    // ---- reading

    /**
     * News that the caller may read, the newest first, without their texts.
     *
     * @param state what readers read if it is null or {@code PUBLISHED}; the others are for editors
     * @param toAcknowledge those alone that ask the caller to say that it has read them, which it has not
     */
    public Page<News> list(
            Caller caller, @Nullable State state, boolean toAcknowledge, int limit, @Nullable List<String> after) {
        State wanted = state == null ? State.PUBLISHED : state;
        boolean edits = wanted != State.PUBLISHED;
        return store.read(tx -> {
            Map<String, Object> binds = new LinkedHashMap<>();
            String which = edits
                    ? edited(caller, binds)
                    : visible(tx, caller, toAcknowledge).sql(binds);
            binds.put("state", wanted.name());
            List<UUID> ids = ids(tx, caller, which, binds, toAcknowledge, limit, after);
            List<News> found = NewsRows.load(tx, ids, false).stream()
                    .map(one -> one.value().forLists(edits))
                    .toList();
            Map<UUID, Long> times = NewsRows.sortTimes(tx, ids);
            return Page.of(found, limit, one -> List.of("" + times.get(id(one)), id(one).toString()));
        });
    }

    private static List<UUID> ids(
            Transaction tx,
            Caller caller,
            String which,
            Map<String, Object> binds,
            boolean toAcknowledge,
            int limit,
            @Nullable List<String> after) {
        StringBuilder sql =
                new StringBuilder("select id from news n where deleted = false and state = :state and ").append(which);
        if (toAcknowledge) {
            sql.append(" and asks = 'ACKNOWLEDGED' and not exists (select 1 from news_receipt r"
                    + " where r.news = n.id and r.member = :self and r.edition >= n.edition)");
            binds.put("self", caller.member().map(UUID::toString).orElseThrow(Problem::forbidden));
        }
        if (after != null) {
            addAfter(sql, binds, after);
        }
        sql.append(" order by sort_at desc, id desc fetch first :rows rows only");
        return tx.handle()
                .createQuery(sql.toString())
                .bindMap(binds)
                .bind("rows", limit + 1)
                .mapTo(UUID.class)
                .list();
    }

    /**
     * What asks for an answer asks the members whom it is for, not those who work for these. Who leads or works anywhere lists news for
     * every age, to look after those whom they are for.
     */
    private Visibility visible(Transaction tx, Caller caller, boolean asMember) {
        Born self = caller.member()
                .flatMap(id -> members.find(tx, id))
                .map(Born::of)
                .orElse(null);
        if (asMember) {
            return Visibility.asMember(caller, units, self);
        }
        boolean works = caller.mandates().stream().anyMatch(one -> !one.role().equals("MEMBER"));
        return Visibility.of(caller, units, works ? null : self);
    }

    private static String edited(Caller caller, Map<String, Object> binds) {
        if (caller.reach(EDIT).isEmpty()) {
            throw Problem.forbidden();
        }
        binds.putAll(caller.reach(EDIT).binds());
        return caller.reach(EDIT).sql("unit");
    }

    private static void addAfter(StringBuilder sql, Map<String, Object> binds, List<String> after) {
        try {
            binds.put("time", Long.parseLong(after.get(0)));
            binds.put("id", UUID.fromString(after.get(1)).toString());
        } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
            throw Problem.invalid("after", "cursor");
        }
        sql.append(" and (sort_at < :time or (sort_at = :time and id < :id))");
    }

    /** A piece of news; what is not published is for its editors alone. */
    public Saved<News> get(Caller caller, UUID id) {
        return store.read(tx -> {
            Saved<News> news = NewsRows.find(tx, id).orElseThrow(Problem::notFound);
            if (caller.may(EDIT, units.current(news.value().unit()))) {
                return news;
            }
            if (news.value().state() != State.PUBLISHED
                    || !Visibility.of(caller, units, null).covers(news.value().target())) {
                throw Problem.notFound();
            }
            return new Saved<>(news.value().forReaders(), news.version());
        });
    }

    /** How a piece of news was each time it was published, the newest first. For its editors. */
    public Page<Edition> editions(Caller caller, UUID id) {
        return store.read(tx -> {
            News news = NewsRows.find(tx, id).orElseThrow(Problem::notFound).value();
            caller.require(EDIT, units.current(news.unit()));
            return new Page<>(NewsRows.editions(tx, news), null);
        });
    }

    /** The root of all units. */
    Unit province() {
        UUID root = store.read(tx -> tx.handle()
                .createQuery("select id from unit where path = '/' || id || '/'")
                .mapTo(UUID.class)
                .first());
        return units.get(root);
    }

    /** What is published for all members of the province, of whatever age, the newest first; for the feed that other programmes read. */
    List<News> forEverybody(int most) {
        return store.read(tx -> {
            List<UUID> ids = tx.handle()
                    .createQuery(
                            "select n.id from news n join unit u on u.id = n.target_unit"
                                    + " where n.deleted = false and n.state = 'PUBLISHED' and n.target_group = 'MEMBERS'"
                                    + " and n.ages_from is null and n.ages_to is null"
                                    + " and u.path = '/' || u.id || '/' order by n.sort_at desc, n.id desc fetch first :rows rows only")
                    .bind("rows", most)
                    .mapTo(UUID.class)
                    .list();
            return NewsRows.load(tx, ids, true).stream()
                    .map(one -> one.value().forReaders())
                    .toList();
        });
    }

    // ---- editing

    /** Writes a draft, or what waits to be approved. The same again changes nothing. */
    public Saved<News> put(Caller caller, UUID id, News body, OptionalLong ifMatch) {
        List<FieldError> errors = NewsRules.check(body);
        if (!errors.isEmpty()) {
            throw Problem.invalid(errors);
        }
        return store.write(tx -> {
            Optional<Saved<News>> there = NewsRows.take(tx, id);
            if (there.isEmpty() && NewsRows.wasDeleted(tx, id)) {
                throw Problem.other(410, "news.deleted");
            }
            if (there.isPresent()) {
                Saved<News> before = there.get();
                caller.require(EDIT, units.current(before.value().unit()));
                if (before.value().plan().equals(body.plan())) {
                    return before;
                }
                if (!before.value().unit().equals(body.unit())) {
                    throw Problem.invalid("unit", "unchangeable");
                }
                expect(ifMatch, before);
                requireOpen(before.value());
            } else {
                caller.require(EDIT, units.current(body.unit()));
                expect(ifMatch, null);
            }
            requireWithin(body);
            NewsRows.write(tx, id, body, caller.account(), there.isEmpty());
            NewsRows.writePictures(
                    tx,
                    id,
                    Pictures.known(
                            tx,
                            body.pictures(),
                            there.map(one -> one.value().pictures()).orElse(List.of())));
            tx.audited(AuditKind.WRITE, News.TYPE.name(), id, null, null);
            return tell(tx, id, there.isEmpty());
        });
    }

    /** News of a commune are not for another one. */
    private void requireWithin(News body) {
        boolean isWithin = units.find(body.target().unit())
                .filter(one -> one.isWithin(units.current(body.unit())))
                .isPresent();
        if (!isWithin) {
            throw Problem.invalid("target.unit", "not-below");
        }
    }

    private static void requireOpen(News news) {
        State state = Objects.requireNonNull(news.state());
        if (!NewsRules.isOpen(state)) {
            throw Problem.conflict(state == State.APPROVED ? "news.approved" : "news.published");
        }
    }

    /** Takes a piece of news a step further, or back. */
    public Saved<News> step(Caller caller, UUID id, Step step, OptionalLong ifMatch) {
        Saved<News> stepped = store.write(tx -> {
            Saved<News> before = NewsRows.take(tx, id).orElseThrow(Problem::notFound);
            Unit unit = units.current(before.value().unit());
            caller.require(EDIT, unit);
            State state = Objects.requireNonNull(before.value().state());
            State after = NewsRules.after(state, step);
            if (after == null) {
                if (NewsRules.isDone(state, step)) {
                    return before;
                }
                throw Problem.conflict("news.not-now");
            }
            expect(ifMatch, before);
            requireTime(before.value(), step, tx.now());
            if (step == Step.APPROVE
                    && rules.on(today(tx), unit, NewsRules.PERSONS).integer() > 1
                    && caller.account().equals(before.value().changedBy())) {
                throw Problem.conflict("news.four-eyes");
            }
            Instant publishAt = before.value().publishAt();
            boolean waits = after == State.PUBLISHED && publishAt != null && publishAt.isAfter(tx.now());
            become(tx, before.value(), waits ? State.APPROVED : after, step.name());
            return tell(tx, id, false);
        });
        timed.run();
        return stepped;
    }

    /** What would be over before anybody saw it is not published. */
    private static void requireTime(News news, Step step, Instant now) {
        if ((step == Step.SUBMIT || step == Step.APPROVE)
                && news.expiresAt() != null
                && !news.expiresAt().isAfter(now)) {
            throw Problem.invalid("expiresAt", "over");
        }
    }

    private void become(Transaction tx, News news, State state, String how) {
        boolean isPublished = state == State.PUBLISHED;
        int edition = news.edition() == null ? 0 : news.edition();
        int months = rules.on(today(tx), units.current(news.unit()), NewsRules.MONTHS)
                .integer();
        Born born = isPublished
                ? NewsRules.born(news.target().ages(), today(tx))
                : state == State.EXPIRED ? news.born() : null;
        tx.handle()
                .createUpdate(
                        "update news set state = :state, published_at = :at, ends_at = :ends, edition = :edition,"
                                + " born_from = :bornFrom, born_to = :bornTo, sort_at = :now, version = version + 1 where id = :id")
                .bind("state", state)
                .bind("at", isPublished ? tx.now() : state == State.EXPIRED ? news.publishedAt() : null)
                .bind("ends", isPublished ? NewsRules.expires(news, tx.now(), months) : null)
                .bind("edition", isPublished ? Integer.valueOf(edition + 1) : news.edition())
                .bind("bornFrom", born == null ? null : born.from())
                .bind("bornTo", born == null ? null : born.to())
                .bind("now", tx.now())
                .bind("id", id(news))
                .execute();
        tx.audited(AuditKind.WRITE, News.TYPE.name(), id(news), null, how);
        News now = NewsRows.find(tx, id(news)).orElseThrow().value();
        Set<Audience> readers =
                NewsRules.readers(now.target().to(), units.current(now.target().unit()));
        if (isPublished) {
            keepEdition(tx, now);
            notices.send(tx, now, readers);
        } else {
            notices.withdraw(
                    tx, now, NewsRules.sinceMerged(readers, now.target().unit()));
        }
    }

    private void keepEdition(Transaction tx, News published) {
        NewsRows.keepEdition(tx, published);
        files.hold(
                tx,
                NewsRows.EDITION_HOLDER,
                holder(id(published), Objects.requireNonNull(published.edition())),
                hashes(published),
                Set.of(Audience.EDITORS));
    }

    private static UUID holder(UUID news, int edition) {
        return UUID.nameUUIDFromBytes((news + "/" + edition).getBytes(StandardCharsets.UTF_8));
    }

    /** Deletes what is not published. Its id is not used again. */
    public void delete(Caller caller, UUID id, OptionalLong ifMatch) {
        store.change(tx -> {
            Optional<Saved<News>> there = NewsRows.take(tx, id);
            if (there.isEmpty()) {
                if (!NewsRows.wasDeleted(tx, id)) {
                    throw Problem.notFound();
                }
                return;
            }
            Saved<News> before = there.get();
            caller.require(EDIT, units.current(before.value().unit()));
            expect(ifMatch, before);
            requireOpen(before.value());
            NewsRows.writePictures(tx, id, List.of());
            NewsRows.deleteEditions(tx, id)
                    .forEach(one -> files.hold(tx, NewsRows.EDITION_HOLDER, holder(id, one), Set.of(), Set.of()));
            tx.handle().execute("update news set deleted = true, version = version + 1 where id = ?", id);
            tx.audited(AuditKind.WRITE, News.TYPE.name(), id, null, "DELETE");
            tx.removed(News.TYPE, id, before.version() + 1);
            files.hold(tx, News.TYPE.name(), id, Set.of(), Set.of());
        });
    }

    // ---- times

    /** Called after a step, which may have brought a time that is to come; one at most. */
    void whenTimed(Runnable listener) {
        timed = listener;
    }

    /**
     * Publishes what was approved for a time that has come, and takes away what is over.
     *
     * @return when the next one is due; null if none waits
     */
    @Nullable Instant workDue() {
        workDue(State.APPROVED, "publish_at", State.PUBLISHED, "PUBLISH");
        workDue(State.PUBLISHED, "ends_at", State.EXPIRED, "EXPIRE");
        return store.read(tx -> Stream.of(
                                NewsRows.next(tx, State.APPROVED, "publish_at"),
                                NewsRows.next(tx, State.PUBLISHED, "ends_at"))
                        .flatMap(Optional::stream)
                        .min(Instant::compareTo))
                .orElse(null);
    }

    private void workDue(State from, String column, State to, String how) {
        for (UUID id : store.<List<UUID>, RuntimeException>read(tx -> NewsRows.due(tx, from, column))) {
            store.change(tx -> {
                News there = NewsRows.take(tx, id).map(Saved::value).orElse(null);
                // another node may have done it, or an editor has taken it back
                if (there != null && there.state() == from) {
                    become(tx, there, to, how);
                    tell(tx, id, false);
                }
            });
        }
    }

    // ---- what all of these share

    /** Reads it as it is now, and tells it to those whom it is for, with its pictures. */
    private Saved<News> tell(Transaction tx, UUID id, boolean made) {
        Saved<News> news = NewsRows.find(tx, id).orElseThrow();
        News value = news.value();
        Set<Audience> readers = value.state() == State.PUBLISHED
                ? NewsRules.readers(
                        value.target().to(), units.current(value.target().unit()))
                : Set.of();
        // drafts are asked for, and told to nobody
        tx.changed(
                News.TYPE,
                id,
                news.version(),
                readers.stream().collect(Collectors.toMap(one -> one, one -> value.forReaders())));
        Set<Audience> holders = new LinkedHashSet<>(readers);
        holders.add(Audience.EDITORS);
        files.hold(tx, News.TYPE.name(), id, hashes(value), holders);
        return new Saved<>(value, news.version(), made);
    }

    private static Set<String> hashes(News news) {
        return news.pictures().stream().map(Picture::file).collect(Collectors.toSet());
    }

    /** Passes if the caller replaces what it has read, or does not care. */
    private static void expect(OptionalLong ifMatch, @Nullable Saved<?> current) {
        if (ifMatch.isPresent() && current == null) {
            throw Problem.other(412, "changed-meanwhile");
        }
        if (current != null && ifMatch.orElse(current.version()) != current.version()) {
            throw Problem.changedMeanwhile(current);
        }
    }

    static UUID id(News news) {
        return Objects.requireNonNull(news.id());
    }

    private static LocalDate today(Transaction tx) {
        return LocalDate.ofInstant(tx.now(), NewsRules.ZONE);
    }
}
