package vn.sotay.news;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.BiConsumer;
import org.jdbi.v3.core.result.RowView;
import org.jdbi.v3.core.statement.Query;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import vn.sotay.api.access.Audience;
import vn.sotay.api.access.Caller;
import vn.sotay.api.access.Permission;
import vn.sotay.api.http.Page;
import vn.sotay.api.http.Problem;
import vn.sotay.api.member.Born;
import vn.sotay.api.member.Member;
import vn.sotay.api.member.Members;
import vn.sotay.api.store.Saved;
import vn.sotay.api.store.Store;
import vn.sotay.api.store.Transaction;
import vn.sotay.api.unit.Unit;
import vn.sotay.api.unit.Units;

/** Who has read a piece of news. One transaction a method, as in {@link Newsroom}. */
@Component(service = Receipts.class)
public final class Receipts {

    /** For oneself alone: nobody acknowledges for another. */
    static final Permission ACKNOWLEDGE = new Permission("news.acknowledge");

    /** How many have, by unit. */
    static final Permission COUNT = new Permission("news.count");

    /** Who has not, by name: for those who lead the cell. */
    static final Permission NAMES = new Permission("news.names");

    private final Store store;
    private final Units units;
    private final Members members;
    private final Newsroom newsroom;

    @Activate
    public Receipts(
            @Reference Store store, @Reference Units units, @Reference Members members, @Reference Newsroom newsroom) {
        this.store = store;
        this.units = units;
        this.members = members;
        this.newsroom = newsroom;
    }

    /**
     * A member has read an edition, and says so, or its page does, as the news asks. Of one edition the first time counts. Without a network
     * it may have been said while another edition was there: it is kept for the one that was read, and the newer one asks anew.
     */
    public Saved<Receipt> put(Caller caller, UUID id, UUID member, int edition) {
        if (caller.member().filter(member::equals).isEmpty() || !caller.mayForSelf(ACKNOWLEDGE, member)) {
            throw Problem.notFound();
        }
        News news = newsroom.get(caller, id).value();
        if (news.asks() == null) {
            throw Problem.conflict("news.not-asked");
        }
        if (edition < 1 || news.edition() == null || edition > news.edition()) {
            throw Problem.invalid("edition", "no-such-edition");
        }
        UUID cell = caller.cell().orElseThrow(Problem::notFound).id();
        return store.write(tx -> {
            Optional<Receipt> before = find(tx, id, member);
            if (before.isPresent() && before.get().edition() >= edition) {
                return new Saved<>(before.get(), before.get().edition());
            }
            Receipt made = new Receipt(id, member, edition, tx.now());
            write(tx, made, before.isEmpty());
            // of an earlier edition, which may have asked for nothing that is told by name, the leaders hear nothing
            Map<Audience, Receipt> told = isNamed(news) && Objects.equals(edition, news.edition())
                    ? Map.of(Audience.member(member), made, Audience.leaders(cell), made)
                    : Map.of(Audience.member(member), made);
            tx.changed(Receipt.TYPE, lineId(id, member), edition, told);
            return new Saved<>(made, edition, before.isEmpty());
        });
    }

    /** Who has merely opened it is counted, and named to nobody. */
    private static boolean isNamed(News news) {
        return news.asks() == News.Ask.ACKNOWLEDGED;
    }

    private static void write(Transaction tx, Receipt made, boolean isNew) {
        tx.handle()
                .createUpdate(
                        isNew
                                ? "insert into news_receipt (news, member, edition, received_at)"
                                        + " values (:news, :member, :edition, :at)"
                                : "update news_receipt set edition = :edition, received_at = :at"
                                        + " where news = :news and member = :member")
                .bind("news", made.news())
                .bind("member", made.member())
                .bind("edition", made.edition())
                .bind("at", made.at())
                .execute();
    }

    /**
     * Of a piece of news: the caller's own; where members say so themselves, also those of a cell that the caller leads, of the edition that
     * is published: an earlier one may have promised that nobody is named.
     */
    public Page<Receipt> list(Caller caller, UUID id, int limit, @Nullable List<String> after) {
        News news = newsroom.get(caller, id).value();
        return store.read(tx -> {
            Set<UUID> shown = new HashSet<>();
            caller.member().ifPresent(shown::add);
            if (isNamed(news)) {
                caller.reach(NAMES).units().stream().filter(units::isCell).forEach(cell -> members.ofCell(tx, cell.id())
                        .forEach(one -> shown.add(one.id())));
            }
            if (shown.isEmpty()) {
                return new Page<>(List.of(), null);
            }
            // by whom, since news of the province are read by a hundred thousand
            List<Receipt> found = tx.handle()
                    .createQuery("select * from news_receipt where news = :news"
                            + " and member in (<shown>) and (edition >= :edition or member = :self)"
                            + " and member > :after order by member"
                            + " fetch first :rows rows only")
                    .bind("news", id)
                    .bindList("shown", shown.stream().map(UUID::toString).toList())
                    .bind("edition", news.edition() == null ? 0 : news.edition())
                    .bind("self", caller.member().map(UUID::toString).orElse(""))
                    .bind("after", after == null ? "" : after.get(0))
                    .bind("rows", limit + 1)
                    .map(Receipts::read)
                    .list();
            return Page.of(
                    found,
                    limit,
                    one -> List.of(Objects.requireNonNull(one.member()).toString()));
        });
    }

    /** The members of a cell who were asked to say that they have read it and have not, by name. */
    public Page<Missing> missing(Caller caller, UUID id, UUID cell) {
        News news = asked(caller, id);
        Unit unit = units.get(cell);
        caller.require(NAMES, unit);
        if (!isNamed(news)) {
            throw Problem.conflict("news.not-asked");
        }
        if (!units.isCell(unit) || !unit.isWithin(units.current(news.target().unit()))) {
            throw Problem.notFound();
        }
        return store.read(tx -> {
            Set<UUID> have = have(tx, news);
            List<Missing> missing = members.ofCell(tx, unit.id()).stream()
                    .filter(one -> isFor(news, one) && !have.contains(one.id()))
                    .map(one -> new Missing(one.id(), one.name()))
                    .toList();
            return new Page<>(missing, null);
        });
    }

    private static boolean isFor(News news, Member member) {
        return news.born() == null || news.born().meets(Born.of(member));
    }

    /** How many of a unit have. */
    public Share share(Caller caller, UUID id, UUID of) {
        News news = asked(caller, id);
        Unit unit = units.get(of);
        caller.require(COUNT, unit);
        Unit audience = units.current(news.target().unit());
        if (!unit.isWithin(audience) && !audience.isWithin(unit)) {
            throw Problem.notFound();
        }
        // news of a commune concern its members alone, whoever looks
        Unit counted = unit.isWithin(audience) ? unit : audience;
        List<Unit> below = units.below(counted.id());
        return store.read(tx -> {
            Set<UUID> have = have(tx, news);
            Tally all = new Tally();
            Map<UUID, Tally> byCell = new HashMap<>();
            BiConsumer<UUID, UUID> each = (member, cell) -> {
                all.add(have.contains(member));
                byCell.computeIfAbsent(cell, none -> new Tally()).add(have.contains(member));
            };
            if (news.born() == null) {
                members.forEachBelow(tx, counted, each);
            } else {
                members.forEachBelow(tx, counted, news.born(), each);
            }
            Map<UUID, Tally> byPart = new HashMap<>();
            byCell.forEach((cell, tally) -> {
                Unit at = units.current(cell);
                below.stream().filter(at::isWithin).findFirst().ifPresent(part -> byPart.computeIfAbsent(
                                part.id(), none -> new Tally())
                        .add(tally));
            });
            return new Share(
                    counted.id(),
                    all.members,
                    all.have,
                    below.stream()
                            .map(part -> {
                                Tally tally = byPart.getOrDefault(part.id(), new Tally());
                                return new Share.Part(part.id(), part.name(), tally.members, tally.have);
                            })
                            .toList());
        });
    }

    private static final class Tally {

        private int members;
        private int have;

        void add(boolean has) {
            members++;
            have += has ? 1 : 0;
        }

        void add(Tally other) {
            members += other.members;
            have += other.have;
        }
    }

    private News asked(Caller caller, UUID id) {
        News news = newsroom.get(caller, id).value();
        if (news.asks() == null || news.state() != News.State.PUBLISHED) {
            throw Problem.conflict("news.not-asked");
        }
        return news;
    }

    /** Who has read the edition that is published. */
    private static Set<UUID> have(Transaction tx, News news) {
        return new HashSet<>(of(tx, Objects.requireNonNull(news.id()), Objects.requireNonNull(news.edition()), null));
    }

    /**
     * Who has read an edition, or a later one.
     *
     * @param members of these alone; null for all
     */
    static List<UUID> of(Transaction tx, UUID news, int edition, @Nullable Collection<UUID> members) {
        Query query = tx.handle()
                .createQuery("select member from news_receipt where news = :news and edition >= :edition"
                        + (members == null ? "" : " and member in (<members>)"))
                .bind("news", news)
                .bind("edition", edition);
        if (members != null) {
            query.bindList("members", members.stream().map(UUID::toString).toList());
        }
        return query.mapTo(UUID.class).list();
    }

    private static Optional<Receipt> find(Transaction tx, UUID news, UUID member) {
        return tx.handle()
                .createQuery("select * from news_receipt where news = :news and member = :member")
                .bind("news", news)
                .bind("member", member)
                .map(Receipts::read)
                .findFirst();
    }

    private static Receipt read(RowView row) {
        return new Receipt(
                row.getColumn("news", UUID.class),
                row.getColumn("member", UUID.class),
                row.getColumn("edition", Integer.class),
                row.getColumn("received_at", Instant.class));
    }

    /** The id in the change feed of what a member says of a piece of news: the same on each node. */
    private static UUID lineId(UUID news, UUID member) {
        return UUID.nameUUIDFromBytes((news + "/" + member).getBytes(StandardCharsets.UTF_8));
    }
}
