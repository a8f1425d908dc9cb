package vn.sotay.platform.members;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.UUID;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jdbi.v3.core.statement.Query;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import vn.sotay.api.access.Caller;
import vn.sotay.api.access.Permission;
import vn.sotay.api.access.Reach;
import vn.sotay.api.http.FieldError;
import vn.sotay.api.http.Page;
import vn.sotay.api.http.Problem;
import vn.sotay.api.http.ProblemException;
import vn.sotay.api.member.Born;
import vn.sotay.api.member.Member;
import vn.sotay.api.member.MemberStatus;
import vn.sotay.api.member.Members;
import vn.sotay.api.store.Saved;
import vn.sotay.api.store.Store;
import vn.sotay.api.store.Transaction;
import vn.sotay.api.text.Folding;
import vn.sotay.api.unit.Unit;
import vn.sotay.api.unit.Units;
import vn.sotay.platform.json.Json;
import vn.sotay.platform.keys.FieldKeys;
import vn.sotay.platform.members.MemberRows.Begin;
import vn.sotay.platform.members.MemberRows.History;
import vn.sotay.platform.members.MemberRows.Span;

/**
 * The members: what can be done with them. What takes a {@link Caller} asks what it may do; what takes a transaction is for the
 * platform's other pieces, which have asked. Thread-safe.
 */
@Component(service = {Members.class, MemberBook.class})
public final class MemberBook implements Members {

    public static final Permission READ = new Permission("members.read");
    public static final Permission WRITE = new Permission("members.write");

    private static final ZoneId ZONE = ZoneId.of("Asia/Ho_Chi_Minh");

    /** All that is kept of a member. */
    private record Image(Member member, List<Span> statuses, List<Span> cells) {}

    private final Store store;
    private final Units units;
    private final MemberRows rows;
    private final WordCounts words;
    private final ObjectMapper json = Json.own();

    @Activate
    public MemberBook(@Reference Store store, @Reference Units units, @Reference FieldKeys keys) {
        this.store = store;
        this.units = units;
        this.rows = new MemberRows(new Phones(keys));
        this.words = new WordCounts(store);
    }

    // ---- for modules

    @Override
    public Optional<Member> find(Transaction tx, UUID id) {
        return rows.find(tx.handle(), id).map(Saved::value);
    }

    @Override
    public List<Member> ofCell(Transaction tx, UUID cell) {
        return MemberRows.query(
                        tx.handle(), Begin.CELL, "m.cell = :cell and m.status not in ('LEFT', 'DECEASED')", 100_000)
                .bind("cell", cell)
                .map(rows.row)
                .stream()
                .map(Saved::value)
                .toList();
    }

    @Override
    public void forEachBelow(Transaction tx, Unit unit, BiConsumer<UUID, UUID> each) {
        forEach(below(tx, unit, "id, cell", ""), each);
    }

    @Override
    public void forEachBelow(Transaction tx, Unit unit, Born born, BiConsumer<UUID, UUID> each) {
        Reach reach = new Reach(List.of(), List.of(unit));
        BornSql those = BornSql.member(born);
        Query query = tx.handle()
                .createQuery("select m.id, m.cell from member m where m.status not in ('LEFT', 'DECEASED') and "
                        + those.sql() + " and " + reach.sql("m.cell"))
                .bindMap(those.binds())
                .bindMap(reach.binds());
        forEach(query, each);
    }

    private static void forEach(Query members, BiConsumer<UUID, UUID> each) {
        members.setFetchSize(1000)
                .map((row, context) -> {
                    each.accept(UUID.fromString(row.getString(1)), UUID.fromString(row.getString(2)));
                    return true;
                })
                .forEach(counted -> {});
    }

    @Override
    public Map<UUID, Integer> countBelow(Transaction tx, Unit unit) {
        Map<UUID, Integer> counts = new HashMap<>();
        below(tx, unit, "cell, count(*)", " group by cell")
                .map((row, context) -> counts.put(UUID.fromString(row.getString(1)), row.getInt(2)))
                .list();
        return counts;
    }

    /** The active members of a unit and all below it. */
    private static Query below(Transaction tx, Unit unit, String columns, String end) {
        Reach reach = new Reach(List.of(), List.of(unit));
        boolean isAll = unit.parent() == null;
        return tx.handle()
                // of all of a province the index has all that is asked for; Derby by itself fetches each row as well
                .createQuery("select " + columns + " from member m"
                        + (isAll ? " --DERBY-PROPERTIES index=member_name\n" : "")
                        + " where m.status not in ('LEFT', 'DECEASED')"
                        + (isAll ? "" : " and " + reach.sql("m.cell")) + end)
                .bindMap(isAll ? Map.of() : reach.binds());
    }

    // ---- for callers

    /**
     * Which members the caller asks for.
     *
     * @throws ProblemException 404 if the unit is none that the caller may know of
     */
    MemberSearch search(Caller caller, @Nullable UUID unit, String typed, @Nullable MemberStatus status) {
        Unit within = unit == null ? null : units.current(unit);
        if (within != null && !caller.sees(within)) {
            throw Problem.notFound();
        }
        Reach reach = caller.reach(READ);
        UUID self = caller.member().filter(id -> caller.mayForSelf(READ, id)).orElse(null);
        Unit place = within == null ? all(caller, reach, self) : within;
        boolean isCell = place != null && units.isCell(place);
        boolean whole = place != null
                && (isCell ? reach.covers(place) : reach.trees().stream().anyMatch(place::isWithin));
        return new MemberSearch(
                whole ? null : reach,
                whole ? null : self,
                place == null || place.parent() == null ? null : place,
                isCell,
                typed,
                status,
                typed.isBlank() ? null : words.now());
    }

    /** The one unit in which lies all that the caller may read; null if there is no such unit. */
    private static @Nullable Unit all(Caller caller, Reach reach, @Nullable UUID self) {
        List<Unit> all =
                Stream.concat(reach.units().stream(), reach.trees().stream()).toList();
        if (all.size() != 1) {
            return null;
        }
        Unit one = all.get(0);
        boolean hasSelf =
                self == null || caller.cell().filter(cell -> cell.isWithin(one)).isPresent();
        return hasSelf ? one : null;
    }

    /**
     * The members that were asked for, by given name.
     *
     * @throws ProblemException 422 if {@code after} is of another list
     */
    Page<Member> list(MemberSearch search, @Nullable List<String> after, int limit) {
        if (after != null && after.size() != 2) {
            throw Problem.invalid("after", "cursor");
        }
        return Page.of(
                store.read(tx -> search.page(rows, tx.handle(), after, limit + 1)),
                limit,
                member ->
                        List.of(Folding.byGivenName(member.name()), member.id().toString()));
    }

    /**
     * A member.
     *
     * @throws ProblemException 404 if there is none that the caller may read
     */
    Saved<Member> get(Caller caller, UUID id) {
        return store.read(tx -> rows.find(tx.handle(), id))
                .filter(saved -> mayRead(caller, saved.value()))
                .orElseThrow(Problem::notFound);
    }

    private boolean mayRead(Caller caller, Member member) {
        return caller.mayForSelf(READ, member.id()) || caller.may(READ, units.current(member.cell()));
    }

    /**
     * Makes a member or changes its record, from today on. The same again changes nothing.
     *
     * @throws ProblemException 404, 403, 412, 422
     */
    Saved<Member> put(Caller caller, UUID id, MemberBody body, OptionalLong ifMatch) {
        if (body.id() != null && !body.id().equals(id)) {
            throw Problem.invalid("id", "unchangeable");
        }
        return store.write(tx -> {
            Saved<Member> before = rows.lock(tx.handle(), id).orElse(null);
            if (before != null) {
                if (!mayRead(caller, before.value())) {
                    // the same as for an id that nobody has, as far as the body alone decides
                    requireCell(caller, body.cell());
                    throw Problem.notFound();
                }
                caller.require(WRITE, units.current(before.value().cell()));
            }
            Member member =
                    body.member(id, before == null ? null : before.value().status());
            if (before != null && before.value().equals(member)) {
                return before;
            }
            expect(ifMatch, before);
            requireCell(caller, member.cell());
            LocalDate today = LocalDate.ofInstant(tx.now(), ZONE);
            check(tx, before == null ? null : before.value(), member, today);
            long version = save(tx, before, member, today);
            return new Saved<>(member, version, before == null);
        });
    }

    private static void expect(OptionalLong ifMatch, @Nullable Saved<Member> before) {
        if (ifMatch.isEmpty()) {
            return;
        }
        if (before == null) {
            throw Problem.other(412, "changed-meanwhile");
        }
        if (ifMatch.getAsLong() != before.version()) {
            throw Problem.changedMeanwhile(before);
        }
    }

    private void requireCell(Caller caller, UUID cell) {
        Unit unit = units.find(cell)
                .filter(found -> caller.sees(found) || caller.may(WRITE, found))
                .orElseThrow(() -> Problem.invalid("cell", "unit.unknown"));
        caller.require(WRITE, unit);
        if (!units.isCell(unit)) {
            throw Problem.invalid("cell", "member.not-a-cell");
        }
    }

    private static void check(Transaction tx, @Nullable Member before, Member member, LocalDate today) {
        List<FieldError> errors = new ArrayList<>(MemberRules.check(member, today));
        String card = activeCard(member);
        if (card != null
                && (before == null || !card.equals(activeCard(before)))
                && MemberRows.isCardTaken(tx.handle(), card, member.id())) {
            errors.add(new FieldError("cardNumber", "member.card-taken"));
        }
        if (!errors.isEmpty()) {
            throw Problem.invalid(errors);
        }
    }

    /** The card that nobody else may have. */
    private static @Nullable String activeCard(Member member) {
        return member.status().isActive() ? member.cardNumber() : null;
    }

    // ---- for the platform's other pieces

    /**
     * The members with one of these cards, and those who have both one of these names, folded, and one of these birthdays. At most
     * 500 of each are asked for.
     */
    public List<Saved<Member>> find(
            Transaction tx,
            Collection<String> cards,
            Collection<String> foldedNames,
            Collection<LocalDate> birthDates) {
        Map<UUID, Saved<Member>> found = new LinkedHashMap<>();
        if (!cards.isEmpty()) {
            rows.withCards(tx.handle(), cards)
                    .forEach(saved -> found.put(saved.value().id(), saved));
        }
        if (!foldedNames.isEmpty() && !birthDates.isEmpty()) {
            rows.namedAndBorn(tx.handle(), foldedNames, birthDates)
                    .forEach(saved -> found.put(saved.value().id(), saved));
        }
        return List.copyOf(found.values());
    }

    /** The members of these cells who have one of these names, folded. At most 500 of each are asked for. */
    public List<Saved<Member>> find(Transaction tx, Collection<UUID> cells, Collection<String> foldedNames) {
        return cells.isEmpty() || foldedNames.isEmpty()
                ? List.of()
                : rows.namedInCells(tx.handle(), cells, foldedNames);
    }

    /** The active members with this phone number, however it was typed; none if that is no whole number. */
    public List<Saved<Member>> withPhone(Transaction tx, String typed) {
        return Phones.number(typed)
                .map(number -> rows.withPhone(tx.handle(), number))
                .orElse(List.of());
    }

    /** The member with its version, whatever the status. */
    public Optional<Saved<Member>> get(Transaction tx, UUID id) {
        return rows.find(tx.handle(), id);
    }

    /**
     * Makes or changes a member from that day on, with its history, and tells the feed.
     *
     * @return its version
     */
    public long save(Transaction tx, Member member, LocalDate from) {
        return save(tx, rows.lock(tx.handle(), member.id()).orElse(null), MemberRules.kept(member), from);
    }

    private long save(Transaction tx, @Nullable Saved<Member> before, Member member, LocalDate from) {
        if (before == null) {
            rows.insert(tx, List.of(member), each -> from);
            return 1;
        }
        if (before.value().equals(member)) {
            return before.version();
        }
        long version = before.version() + 1;
        rows.update(tx, before.value(), member, version);
        for (History history : History.values()) {
            if (!history.of(member).equals(history.of(before.value()))) {
                MemberRows.follow(tx.handle(), history, member, from);
            }
        }
        return version;
    }

    /**
     * The record with one field as its member says it is.
     *
     * @throws ProblemException 422 for {@code value}, if the field cannot be so
     */
    public Member corrected(Transaction tx, Member member, RecordField field, String value) {
        Member corrected = MemberRules.kept(field.in(member, value.strip()));
        try {
            check(tx, member, corrected, LocalDate.ofInstant(tx.now(), ZONE));
        } catch (ProblemException e) {
            throw Problem.invalid(e.problem().errors().stream()
                    .map(error -> new FieldError("value", error.rule(), error.values()))
                    .toList());
        }
        return corrected;
    }

    /** Makes many members at once who are not there yet, each from its day on; at most 500 in one transaction. */
    public void add(Transaction tx, List<Member> members, Function<Member, LocalDate> since) {
        rows.insert(tx, members.stream().map(MemberRules::kept).toList(), since);
    }

    /** Everything that is kept of a member, as text for {@link #restore}. */
    public String image(Transaction tx, UUID id) {
        try {
            return json.writeValueAsString(new Image(
                    rows.find(tx.handle(), id).orElseThrow().value(),
                    MemberRows.spans(tx.handle(), History.STATUS, id),
                    MemberRows.spans(tx.handle(), History.CELL, id)));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a member is always JSON", e);
        }
    }

    /**
     * Puts back what {@link #image} gave, as a newer version, and tells the feed.
     *
     * @return whether it could: not if the member's cell of then is closed
     */
    public boolean restore(Transaction tx, UUID id, String image) {
        try {
            Image was = json.readValue(image, Image.class);
            if (units.find(was.member().cell()).isEmpty()) {
                return false;
            }
            Saved<Member> now = rows.lock(tx.handle(), id).orElseThrow();
            rows.update(tx, now.value(), was.member(), now.version() + 1);
            MemberRows.restore(tx.handle(), History.STATUS, id, was.statuses());
            MemberRows.restore(tx.handle(), History.CELL, id, was.cells());
            return true;
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("no image of a member", e);
        }
    }

    /** As {@link #get}, and keeps every other writer out until the transaction ends. */
    public Optional<Saved<Member>> lock(Transaction tx, UUID id) {
        return rows.lock(tx.handle(), id);
    }

    /** The active members of these cells, locked for this transaction; at most some hundred cells. */
    public List<Saved<Member>> take(Transaction tx, Collection<UUID> cells) {
        return cells.isEmpty() ? List.of() : rows.lockCells(tx.handle(), cells);
    }

    /**
     * Lets members belong to another cell from that day on, with their history: tells the feed at once.
     *
     * @param who active members that are locked
     * @return writes their rows, later in the same transaction
     */
    public Runnable transfer(Transaction tx, List<Saved<Member>> who, UUID cell, LocalDate from) {
        return MemberRows.transfer(tx, who, cell, from);
    }

    /**
     * Takes members away as if they had never been, and tells the feed; at most 500 in one transaction.
     *
     * @param members as {@link #lock} gave them
     * @return those who stay, since somebody signs in as them
     */
    public Set<UUID> remove(Transaction tx, List<Saved<Member>> members) {
        if (members.isEmpty()) {
            return Set.of();
        }
        Set<UUID> kept = MemberRows.withAccounts(
                tx.handle(), members.stream().map(saved -> saved.value().id()).toList());
        List<UUID> removed = new ArrayList<>();
        for (Saved<Member> saved : members) {
            UUID id = saved.value().id();
            if (!kept.contains(id)) {
                removed.add(id);
                tx.removed(MemberRows.TYPE, id, saved.version() + 1);
            }
        }
        MemberRows.delete(tx.handle(), removed);
        return kept;
    }

    /**
     * The active members within this reach, by cell and name.
     *
     * @param after the last member of the page before; null for the first
     */
    public List<Member> page(Transaction tx, Reach reach, @Nullable Member after, int most) {
        // asked of each of 130,000 members, whether they are of the province takes longer than reading them
        boolean isAll = reach.trees().stream().anyMatch(tree -> tree.parent() == null);
        String condition = "m.status not in ('LEFT', 'DECEASED')" + (isAll ? "" : " and " + reach.sql("m.cell"));
        if (after != null) {
            condition += " and m.cell >= :cell and (m.cell > :cell or m.sort_name > :name"
                    + " or (m.sort_name = :name and m.id > :id))";
        }
        Query query = MemberRows.query(tx.handle(), Begin.CELL, condition, "m.cell, m.sort_name, m.id", most)
                .bindMap(isAll ? Map.of() : reach.binds());
        if (after != null) {
            query.bind("cell", after.cell())
                    .bind("name", Folding.byGivenName(after.name()))
                    .bind("id", after.id());
        }
        return query.map(rows.row).stream().map(Saved::value).toList();
    }
}
