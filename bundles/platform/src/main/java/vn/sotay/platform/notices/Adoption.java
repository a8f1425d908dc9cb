package vn.sotay.platform.notices;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import vn.sotay.api.access.Caller;
import vn.sotay.api.access.Permission;
import vn.sotay.api.http.Problem;
import vn.sotay.api.store.Store;
import vn.sotay.api.store.Transaction;
import vn.sotay.api.unit.Unit;
import vn.sotay.api.unit.Units;
import vn.sotay.platform.members.MemberBook;

/**
 * How many use the handbook: who has signed in at all, and lately. Counts, and for a cell's leaders the names of those who never have, to be
 * helped. Nothing is kept of what anybody looks at. Thread-safe.
 */
@Component(service = Adoption.class)
public final class Adoption {

    static final Permission NAMES = new Permission("notices.help");
    private static final Duration LATELY = Duration.ofDays(30);

    /**
     * Of a unit and all below it.
     *
     * @param unit whose they are
     * @param cell whether members meet there
     * @param people active members
     * @param never of them, who have never signed in
     * @param lately of them, who have been there in the last 30 days
     */
    record Counted(UUID unit, String name, boolean cell, int people, int never, int lately) {}

    /** Somebody who has never signed in. */
    record Person(UUID member, String name, @Nullable String phone) {}

    /** Of the active members of a cell, how many have ever signed in, and how many lately. */
    record Cell(int people, int signedIn, int lately) {

        Cell and(Cell other) {
            return new Cell(people + other.people, signedIn + other.signedIn, lately + other.lately);
        }
    }

    private final Store store;
    private final Units units;
    private final MemberBook members;

    @Activate
    public Adoption(@Reference Store store, @Reference Units units, @Reference MemberBook members) {
        this.store = store;
        this.units = units;
        this.members = members;
    }

    /** The unit, then those right below it. */
    List<Counted> counts(Caller caller, UUID id) {
        Unit unit = units.find(id).map(found -> units.current(found.id())).orElseThrow(Problem::notFound);
        caller.require(Calls.COUNT, unit);
        Map<UUID, Cell> cells = store.read(tx -> cells(tx, unit));
        List<Counted> all = new ArrayList<>();
        all.add(sum(unit, cells));
        units.below(unit.id()).stream()
                .filter(below -> !below.hasClosed())
                .map(below -> sum(below, cells))
                .forEach(all::add);
        return all;
    }

    private Counted sum(Unit unit, Map<UUID, Cell> cells) {
        Cell sum = cells.entrySet().stream()
                .filter(one -> units.get(one.getKey()).isWithin(unit))
                .map(Map.Entry::getValue)
                .reduce(new Cell(0, 0, 0), Cell::and);
        return new Counted(
                unit.id(), unit.name(), units.isCell(unit), sum.people(), sum.people() - sum.signedIn(), sum.lately());
    }

    /** Those of a unit and all below it, by id. */
    static Map<UUID, Cell> cells(Transaction tx, Unit unit) {
        Instant since = tx.now().minus(LATELY);
        Map<UUID, Cell> cells = new HashMap<>();
        String path = unit.path();
        tx.handle()
                .createQuery(
                        "select m.cell, count(*), count(a.member), sum(case when a.seen_at >= :since then 1 else 0 end)"
                                + " from member m left join (select a.member, max(s.used_at) seen_at from account a join"
                                + " audit_session s on s.account = a.id where a.member is not null group by a.member) a"
                                + " on a.member = m.id where m.status not in ('LEFT', 'DECEASED') and m.cell in (select id from"
                                + " unit where path >= :path and path < :pathEnd) group by m.cell")
                .bind("since", since)
                .bind("path", path)
                .bind("pathEnd", path.substring(0, path.length() - 1) + '0')
                .map((row, context) -> Map.entry(
                        UUID.fromString(row.getString(1)), new Cell(row.getInt(2), row.getInt(3), row.getInt(4))))
                .list()
                .forEach(one -> cells.put(one.getKey(), one.getValue()));
        return cells;
    }

    /** Who of the cell has never signed in, by given name. */
    List<Person> never(Caller caller, UUID id) {
        Unit cell = units.find(id).orElseThrow(Problem::notFound);
        caller.require(NAMES, cell);
        return store.read(tx -> tx
                .handle()
                .createQuery("select m.id from member m where m.cell = :cell and m.status not in ('LEFT', 'DECEASED')"
                        + " and not exists (select s.account from audit_session s join account a on a.id = s.account"
                        + " where a.member = m.id) order by m.sort_name, m.id")
                .bind("cell", cell.id())
                .mapTo(UUID.class)
                .list()
                .stream()
                .flatMap(member -> members.find(tx, member).stream())
                .map(member -> new Person(member.id(), member.name(), member.phone()))
                .toList());
    }
}
