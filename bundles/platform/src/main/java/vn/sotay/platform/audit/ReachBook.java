package vn.sotay.platform.audit;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import vn.sotay.api.access.Mandate;
import vn.sotay.api.access.Scope;
import vn.sotay.api.http.Page;
import vn.sotay.api.http.Problem;
import vn.sotay.api.store.AuditKind;
import vn.sotay.api.store.Store;
import vn.sotay.api.unit.Unit;
import vn.sotay.api.unit.Units;
import vn.sotay.platform.access.Permissions;
import vn.sotay.platform.access.Role;
import vn.sotay.platform.members.MemberBook;

/** Finds out by the audit trail whose data an account has reached. Thread-safe. */
@Component(service = ReachBook.class)
public final class ReachBook {

    private static final ZoneId ZONE = ZoneId.of("Asia/Ho_Chi_Minh");
    private static final int PAGE = 500;
    private static final int AT_ONCE = 500;

    /** What reaches anybody's data. */
    private static final Set<AuditKind> DATA = EnumSet.of(AuditKind.READ, AuditKind.EXPORT, AuditKind.WRITE);

    private static final Comparator<AccountReach.Person> BY_NAME = Comparator.comparing(
                    (AccountReach.Person person) -> person.name() == null ? "" : person.name())
            .thenComparing(AccountReach.Person::member);

    /** A list of a unit's members, read or taken out, on a day. */
    private record Listed(UUID unit, LocalDate day) {}

    private static final class Seen {
        private final Set<AccountReach.How> how = EnumSet.noneOf(AccountReach.How.class);
        private int times;
        private Instant first = Instant.MAX;
        private Instant last = Instant.MIN;

        void add(AccountReach.How one, Instant at) {
            how.add(one);
            times++;
            first = at.isBefore(first) ? at : first;
            last = at.isAfter(last) ? at : last;
        }
    }

    private record Thing(
            AuditKind action, String type, @Nullable String id) {}

    private final Store store;
    private final AuditBook book;
    private final Units units;
    private final Permissions permissions;

    @Activate
    public ReachBook(
            @Reference Store store,
            @Reference AuditBook book,
            @Reference Units units,
            @Reference Permissions permissions) {
        this.store = store;
        this.book = book;
        this.units = units;
        this.permissions = permissions;
    }

    /**
     * The whole report.
     *
     * @param sessions by which of the account's sessions; null for all
     * @throws vn.sotay.api.http.ProblemException 404 if there is no such account and never was one on the trail of the period
     */
    AccountReach of(UUID account, LocalDate from, LocalDate to, @Nullable Set<UUID> sessions) {
        // all rows of the account: they tell its devices too
        AuditFilter filter = new AuditFilter(begin(from), begin(to.plusDays(1)), account, null, null, null, null);
        AuditFilter asked = new AuditFilter(null, null, null, null, null, null, sessions);
        Map<UUID, Integer> times = new HashMap<>();
        int unknown = 0;
        Map<UUID, Seen> seen = new HashMap<>();
        Map<Thing, Seen> others = new LinkedHashMap<>();
        Map<Listed, List<UUID>> lists = new HashMap<>();
        String name = null;
        boolean isKnown = false;
        Page<AuditLine> page = book.page(filter, Long.MAX_VALUE, PAGE);
        while (true) {
            for (AuditLine line : page.items()) {
                isKnown = true;
                name = line.by() == null ? name : line.by().name();
                if (line.on() != null) {
                    times.merge(line.on().session(), 1, Integer::sum);
                } else if (DATA.contains(line.action())) {
                    unknown++;
                }
                if (asked.isOnDevice(line.on() == null ? null : line.on().session())) {
                    add(line, seen, others, lists);
                }
            }
            if (page.next() == null) {
                break;
            }
            page = book.page(filter, Long.parseLong(Page.values(page.next()).get(0)), PAGE);
        }
        List<Mandate> mandates = store.read(tx -> mandates(tx.handle(), account, from, to));
        String known = store.read(tx -> name(tx.handle(), account)).orElse(name);
        if (!isKnown && known == null) {
            throw Problem.notFound();
        }
        List<AccountReach.Person> people = people(seen);
        return new AccountReach(
                account,
                known,
                from,
                to,
                people.size(),
                people,
                others.entrySet().stream()
                        .map(other -> new AccountReach.Other(
                                other.getKey().action(),
                                other.getKey().type(),
                                other.getKey().id(),
                                other.getValue().times,
                                other.getValue().last))
                        .toList(),
                mandates.stream()
                        .map(mandate -> new AccountReach.Post(
                                mandate.role(),
                                units.find(mandate.unit()).map(Unit::name).orElse(null),
                                mandate.from(),
                                mandate.to()))
                        .toList(),
                couldReach(mandates, from, to),
                store.read(tx -> devices(tx.handle(), account, begin(from), begin(to.plusDays(1)), times)),
                unknown);
    }

    /** Those on the trail in the period, and those that were signed in then and did nothing that is on it. */
    private static List<AccountReach.Device> devices(
            Handle handle, UUID account, Instant from, Instant to, Map<UUID, Integer> times) {
        record Session(UUID id, String name, @Nullable UUID device, Instant begun, Instant used) {}
        Map<UUID, AccountReach.Device> devices = new LinkedHashMap<>();
        Map<UUID, Integer> left = new HashMap<>(times);
        handle.createQuery("select id, name, device, begun_at, used_at from audit_session where account = :account"
                        + " order by used_at desc, id")
                .bind("account", account)
                .map((row, context) -> {
                    String device = row.getString(3);
                    return new Session(
                            UUID.fromString(row.getString(1)),
                            row.getString(2),
                            device == null ? null : UUID.fromString(device),
                            Instant.ofEpochMilli(row.getLong(4)),
                            Instant.ofEpochMilli(row.getLong(5)));
                })
                .list()
                .forEach(one -> {
                    Integer rows = left.remove(one.id());
                    // its last use is known to the hour
                    boolean was = one.begun().isBefore(to)
                            && one.used().plus(Duration.ofHours(1)).isAfter(from);
                    if (rows != null || was) {
                        devices.merge(
                                one.device() == null ? one.id() : one.device(),
                                new AccountReach.Device(
                                        one.device(),
                                        one.device() == null ? one.id() : null,
                                        one.name(),
                                        one.begun(),
                                        one.used(),
                                        rows == null ? 0 : rows),
                                ReachBook::together);
                    }
                });
        List<AccountReach.Device> all = new ArrayList<>(devices.values());
        left.forEach((id, rows) -> all.add(new AccountReach.Device(null, id, "", null, null, rows)));
        return all;
    }

    /** Two sessions on one device, the one that was used last first. */
    private static AccountReach.Device together(AccountReach.Device one, AccountReach.Device other) {
        Instant begun = one.begun();
        Instant before = other.begun();
        return new AccountReach.Device(
                one.device(),
                null,
                one.name().isEmpty() ? other.name() : one.name(),
                begun == null || before != null && before.isBefore(begun) ? before : begun,
                one.used(),
                one.times() + other.times());
    }

    private void add(AuditLine line, Map<UUID, Seen> seen, Map<Thing, Seen> others, Map<Listed, List<UUID>> lists) {
        boolean isRead = line.action() == AuditKind.READ || line.action() == AuditKind.EXPORT;
        if (line.concerns() != null) {
            seen.computeIfAbsent(line.concerns().member(), id -> new Seen())
                    .add(isRead ? AccountReach.How.READ : AccountReach.How.CHANGED, line.at());
        } else if (isRead) {
            Optional<UUID> unit = line.type().equals("member") ? unit(line.id()) : Optional.empty();
            AccountReach.How how =
                    line.action() == AuditKind.EXPORT ? AccountReach.How.EXPORTED : AccountReach.How.LISTED;
            if (unit.isPresent()) {
                Listed listed = new Listed(unit.get(), LocalDate.ofInstant(line.at(), ZONE));
                lists.computeIfAbsent(listed, this::members)
                        .forEach(member ->
                                seen.computeIfAbsent(member, id -> new Seen()).add(how, line.at()));
            } else {
                others.computeIfAbsent(new Thing(line.action(), line.type(), line.id()), thing -> new Seen())
                        .add(how, line.at());
            }
        }
    }

    private Optional<UUID> unit(@Nullable String id) {
        try {
            return id == null
                    ? Optional.empty()
                    : units.find(UUID.fromString(id)).map(Unit::id);
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static Instant begin(LocalDate day) {
        return day.atStartOfDay(ZONE).toInstant();
    }

    private static Optional<String> name(Handle handle, UUID account) {
        return handle.createQuery(
                        "select coalesce(m.name, a.login) from account a left join member m on m.id = a.member"
                                + " where a.id = :account")
                .bind("account", account)
                .mapTo(String.class)
                .findOne();
    }

    private static List<Mandate> mandates(Handle handle, UUID account, LocalDate from, LocalDate to) {
        return handle.createQuery("select role, unit, from_day, to_day from mandate where account = :account"
                        + " and from_day <= :to and (to_day is null or to_day >= :from) order by from_day, id")
                .bind("account", account)
                .bind("from", from)
                .bind("to", to)
                .map((row, context) -> {
                    String end = row.getString(4);
                    return new Mandate(
                            row.getString(1),
                            UUID.fromString(row.getString(2)),
                            LocalDate.parse(row.getString(3)),
                            end == null ? null : LocalDate.parse(end));
                })
                .list();
    }

    /** Who was on the roll of the unit, or of one below it, on that day. */
    private List<UUID> members(Listed listed) {
        return members(listed.unit(), true, listed.day(), listed.day());
    }

    private List<UUID> members(UUID at, boolean below, LocalDate from, LocalDate to) {
        Unit unit = units.current(at);
        String path = unit.path();
        return store.read(tx -> tx.handle()
                .createQuery("select distinct c.member from member_cell c join unit u on u.id = c.cell"
                        + " join member_status s on s.member = c.member where "
                        + (below ? "u.path >= :path and u.path < :end" : "u.id = :unit")
                        + " and c.from_day <= :to and (c.to_day is null or c.to_day >= :from)"
                        + " and s.from_day <= :to and (s.to_day is null or s.to_day >= :from)"
                        + " and s.status not in ('LEFT', 'DECEASED')")
                .bindMap(
                        below
                                ? Map.of("path", path, "end", path.substring(0, path.length() - 1) + '0')
                                : Map.of("unit", unit.id().toString()))
                .bind("from", from)
                .bind("to", to)
                .mapTo(UUID.class)
                .list());
    }

    private long couldReach(List<Mandate> mandates, LocalDate from, LocalDate to) {
        Set<UUID> all = new HashSet<>();
        for (Mandate mandate : mandates) {
            Optional<Scope> scope = role(mandate.role()).flatMap(role -> permissions.scope(MemberBook.READ, role));
            boolean isUnit = units.find(mandate.unit()).isPresent();
            if (isUnit && scope.isPresent() && scope.get() != Scope.OWN) {
                LocalDate begin = mandate.from().isAfter(from) ? mandate.from() : from;
                LocalDate end = mandate.to() == null || mandate.to().isAfter(to) ? to : mandate.to();
                all.addAll(members(mandate.unit(), scope.get() == Scope.BELOW, begin, end));
            }
        }
        return all.size();
    }

    private static Optional<Role> role(String name) {
        for (Role role : Role.values()) {
            if (role.name().equals(name)) {
                return Optional.of(role);
            }
        }
        return Optional.empty();
    }

    private List<AccountReach.Person> people(Map<UUID, Seen> seen) {
        record Known(String name, UUID cell) {}
        Map<UUID, Known> known = new HashMap<>();
        List<UUID> ids = new ArrayList<>(seen.keySet());
        for (int at = 0; at < ids.size(); at += AT_ONCE) {
            List<String> some = ids.subList(at, Math.min(ids.size(), at + AT_ONCE)).stream()
                    .map(UUID::toString)
                    .toList();
            store.read(tx -> tx.handle()
                            .createQuery("select id, name, cell from member where id in (<ids>)")
                            .bindList("ids", some)
                            .map((row, context) -> Map.entry(
                                    UUID.fromString(row.getString(1)),
                                    new Known(row.getString(2), UUID.fromString(row.getString(3)))))
                            .list())
                    .forEach(one -> known.put(one.getKey(), one.getValue()));
        }
        return seen.entrySet().stream()
                .map(entry -> {
                    Known one = known.get(entry.getKey());
                    Seen how = entry.getValue();
                    return new AccountReach.Person(
                            entry.getKey(),
                            one == null ? null : one.name(),
                            one == null
                                    ? null
                                    : units.find(one.cell()).map(Unit::name).orElse(null),
                            how.how,
                            how.times,
                            how.first,
                            how.last);
                })
                .sorted(BY_NAME)
                .toList();
    }
}
