package vn.sotay.dues.payment;

import java.nio.file.Path;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.BiConsumer;
import vn.sotay.api.access.Audience;
import vn.sotay.api.access.Caller;
import vn.sotay.api.access.Mandate;
import vn.sotay.api.access.Permission;
import vn.sotay.api.access.Reach;
import vn.sotay.api.http.Problem;
import vn.sotay.api.member.Member;
import vn.sotay.api.member.MemberStatus;
import vn.sotay.api.member.Members;
import vn.sotay.api.store.Seals;
import vn.sotay.api.store.Transaction;
import vn.sotay.api.unit.Unit;
import vn.sotay.platform.store.Sent;
import vn.sotay.platform.store.TestStore;
import vn.sotay.platform.store.TestWorld;
import vn.sotay.testkit.Database;

/** Two cells of a commune, who collects there, and a real database; what is due is written straight into its table. */
public final class Hamlet extends TestWorld implements Members {

    private final Map<UUID, Member> membersById = new LinkedHashMap<>();

    public final Unit commune = unit(null, "COMMUNE", "38.168");
    public final Unit cell = unit(commune, "CELL", "38.168.053.000.001");
    public final Unit otherCell = unit(commune, "CELL", "38.168.053.000.002");

    public final Person secretary = new Person(member(cell, "Nguyễn Thị An"), cell, Set.of(Rights.COLLECT));
    public final Person deputy = new Person(member(cell, "Lê Văn Phó"), cell, Set.of(Rights.COLLECT));
    public final Person member = new Person(member(cell, "Trần Văn Bình"), cell, Set.of());
    public final Person fisherman = new Person(member(cell, "Phạm Văn Hải"), cell, Set.of());
    public final Person secretary2 = new Person(member(otherCell, "Võ Văn Xa"), otherCell, Set.of(Rights.COLLECT));
    public final Person officer =
            new Person(member(otherCell, "Bùi Thị Kế"), commune, Set.of(Rights.SETTLE, Rights.COUNT));

    final Sent sent = new Sent();
    public final TestStore database;
    public final Seals seals;
    public final Balances balances;
    public final Payments payments;
    final Books books;

    public Hamlet(Database kind) {
        database = open(kind, "dues");
        seals = database.seals("dues", Path.of("src/main/resources/sotay/module.json"));
        balances = new Balances(database.store(), this, this, sent);
        payments = new Payments(database.store(), this, this, balances, seals);
        books = new Books(database.store(), this, seals);
    }

    /** Somebody who asks: for its own by {@code dues.read}, for others by its permissions at a unit and below. */
    public record Person(UUID id, Unit at, Set<Permission> permissions) implements Caller {

        @Override
        public UUID account() {
            return UUID.nameUUIDFromBytes(id.toString().getBytes(java.nio.charset.StandardCharsets.US_ASCII));
        }

        @Override
        public Optional<UUID> member() {
            return Optional.of(id);
        }

        @Override
        public Optional<Unit> cell() {
            return Optional.of(at);
        }

        @Override
        public List<Mandate> mandates() {
            return List.of();
        }

        @Override
        public Set<Audience> audiences() {
            return Set.of();
        }

        @Override
        public Reach reach(Permission permission) {
            return new Reach(List.of(), permissions.contains(permission) ? List.of(at) : List.of());
        }

        @Override
        public boolean may(Permission permission, Unit unit) {
            return reach(permission).covers(unit);
        }

        @Override
        public boolean mayForSelf(Permission permission, UUID who) {
            return permission.equals(Rights.READ) && id.equals(who);
        }

        @Override
        public boolean sees(Unit unit) {
            return unit.isWithin(at);
        }

        @Override
        public void require(Permission permission, Unit unit) {
            if (!sees(unit)) {
                throw Problem.notFound();
            }
            if (!may(permission, unit)) {
                throw Problem.forbidden();
            }
        }
    }

    public UUID member(Unit in, String name) {
        UUID id = UUID.randomUUID();
        membersById.put(id, member(id, name, in));
        return id;
    }

    private static Member member(UUID id, String name, Unit in) {
        return new Member(id, name, null, 1980, null, null, null, null, MemberStatus.OFFICIAL, in.id(), null);
    }

    public void move(UUID id, Unit to) {
        membersById.computeIfPresent(id, (same, one) -> member(id, one.name(), to));
    }

    /** What a member owes for a month from now on. */
    public void assess(UUID member, String period, long amount) {
        database.store()
                .change(tx -> MonthSums.keep(tx, membersById.get(member).cell(), member, List.of(period), () -> {
                    int changed = tx.handle()
                            .execute(
                                    "update dues_assessment set amount = ?, version = version + 1 where member = ? and period = ?",
                                    amount,
                                    member,
                                    period);
                    if (changed == 0) {
                        tx.handle()
                                .execute(
                                        "insert into dues_assessment (member, period, cell, amount, correction, full_amount,"
                                                + " reduction, dues_class, postponed, rules, assessed_at, version)"
                                                + " values (?, ?, ?, ?, 0, ?, 0, 'UNINSURED', false, '[]', 0, 1)",
                                        member,
                                        period,
                                        membersById.get(member).cell(),
                                        amount,
                                        amount);
                    }
                }));
    }

    Balance balance(UUID member) {
        return database.store().read(tx -> Balances.of(tx, member));
    }

    /** The numbers of each book and year, in their order. */
    Map<String, List<Integer>> numbers() {
        Map<String, List<Integer>> numbers = new HashMap<>();
        database.store().change(tx -> tx.handle()
                .createQuery("select book, number_year, number from dues_payment order by book, number_year, number")
                .map((row, context) -> Map.entry(row.getString(1) + '/' + row.getInt(2), row.getInt(3)))
                .forEach(one -> numbers.computeIfAbsent(one.getKey(), key -> new java.util.ArrayList<>())
                        .add(one.getValue())));
        return numbers;
    }

    LocalDate today() {
        return now.atZone(Payments.ZONE).toLocalDate();
    }

    @Override
    public Optional<Member> find(Transaction tx, UUID id) {
        return Optional.ofNullable(membersById.get(id));
    }

    @Override
    public List<Member> ofCell(Transaction tx, UUID id) {
        return membersById.values().stream()
                .filter(one -> one.cell().equals(id))
                .toList();
    }

    @Override
    public void forEachBelow(Transaction tx, Unit unit, BiConsumer<UUID, UUID> each) {
        membersById.values().stream()
                .filter(one -> get(one.cell()).isWithin(unit))
                .forEach(one -> each.accept(one.id(), one.cell()));
    }
}
