package vn.sotay.dues.payment;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import vn.sotay.api.access.Audience;
import vn.sotay.api.access.Caller;
import vn.sotay.api.http.Page;
import vn.sotay.api.http.Problem;
import vn.sotay.api.member.Member;
import vn.sotay.api.member.Members;
import vn.sotay.api.notice.Notices;
import vn.sotay.api.store.Saved;
import vn.sotay.api.store.Store;
import vn.sotay.api.store.Transaction;
import vn.sotay.api.unit.Unit;
import vn.sotay.api.unit.Units;

/** What members owe today, for themselves and for who collects in their cell. */
@Component(service = Balances.class)
public final class Balances {

    private final Store store;
    private final Members members;
    private final Units units;
    private final Notices notices;

    @Activate
    public Balances(
            @Reference Store store, @Reference Members members, @Reference Units units, @Reference Notices notices) {
        this.store = store;
        this.notices = notices;
        this.members = members;
        this.units = units;
    }

    /** What is open of a cell's members, by their ids; or of one member, the caller itself if none is named. */
    public Page<MemberBalance> list(
            Caller caller, @Nullable UUID cell, @Nullable UUID member, int limit, @Nullable List<String> after) {
        return store.read(tx -> {
            if (cell == null) {
                UUID whose = member != null ? member : caller.member().orElseThrow(Problem::notFound);
                return new Page<>(List.of(of(tx, caller, whose)), null);
            }
            Unit of = units.current(cell);
            caller.require(Rights.COLLECT, of);
            String begin = after == null ? "" : after.get(0);
            List<Member> people = members.ofCell(tx, of.id()).stream()
                    .filter(one -> one.id().toString().compareTo(begin) > 0)
                    .sorted((one, other) ->
                            one.id().toString().compareTo(other.id().toString()))
                    .limit(limit + 1L)
                    .toList();
            return Page.of(told(tx, people), limit, one -> List.of(one.member().toString()));
        });
    }

    private MemberBalance of(Transaction tx, Caller caller, UUID id) {
        Member member = members.find(tx, id).orElseThrow(Problem::notFound);
        if (!caller.mayForSelf(Rights.READ, id)) {
            caller.require(Rights.COLLECT, units.current(member.cell()));
        }
        return told(tx, List.of(member)).get(0);
    }

    /** Tells the member and who leads its cell, once anything of it has changed in this transaction. */
    public void tell(Transaction tx, UUID id) {
        members.find(tx, id).ifPresent(member -> tell(tx, List.of(member)));
    }

    /** The same of many at once. What they were reminded of and is settled now is taken back. */
    public void tell(Transaction tx, List<Member> people) {
        List<UUID> ids = people.stream().map(Member::id).toList();
        Map<UUID, Balance> balances = of(tx, ids);
        for (MemberBalance now : told(people, balances)) {
            tx.changed(
                    MemberBalance.TYPE,
                    now.member(),
                    tx.now().toEpochMilli(),
                    Map.of(Audience.member(now.member()), now, Audience.leaders(now.cell()), now));
        }
        Map<UUID, List<Plan>> plans = new HashMap<>();
        Map<UUID, List<Saved<Plan>>> agreed = PlanRows.of(tx, ids);
        for (Member member : people) {
            Balance balance = Objects.requireNonNull(balances.get(member.id()));
            plans.put(
                    member.id(),
                    agreed.getOrDefault(member.id(), List.of()).stream()
                            .map(one -> one.value().beside(member.name(), balance))
                            .toList());
        }
        people.forEach(member -> tell(tx, member, plans.getOrDefault(member.id(), List.of())));
        notices.withdraw(
                tx,
                ids.stream().map(Audience::member).toList(),
                (whose, about) -> DuesNotices.isSettled(
                        about,
                        Objects.requireNonNull(balances.get(whose.id())),
                        plans.getOrDefault(whose.id(), List.of())));
    }

    /** What is paid changes what is open of a plan. */
    private void tell(Transaction tx, Member member, List<Plan> plans) {
        Audience leaders = Audience.leaders(units.current(member.cell()).id());
        for (Plan now : plans) {
            tx.changed(
                    Plan.TYPE,
                    Objects.requireNonNull(now.id()),
                    tx.now().toEpochMilli(),
                    Map.of(Audience.member(member.id()), now, leaders, now));
        }
    }

    private List<MemberBalance> told(Transaction tx, List<Member> people) {
        return told(people, of(tx, people.stream().map(Member::id).toList()));
    }

    private List<MemberBalance> told(List<Member> people, Map<UUID, Balance> balances) {
        return people.stream()
                .map(one -> told(one, Objects.requireNonNull(balances.get(one.id()))))
                .toList();
    }

    private MemberBalance told(Member member, Balance balance) {
        return new MemberBalance(
                member.id(),
                member.name(),
                units.current(member.cell()).id(),
                balance.open(),
                balance.ahead(),
                balance.months().stream()
                        .filter(one -> one.open() > 0)
                        .map(one -> new MemberBalance.Month(one.period(), one.due(), one.paid()))
                        .toList());
    }

    /**
     * What a member owes.
     *
     * @param periods the months that are meant; null for all
     * @return đồng
     */
    public long open(Transaction tx, UUID member, @Nullable List<String> periods) {
        return of(tx, member).months().stream()
                .filter(one -> periods == null || periods.contains(one.period()))
                .mapToLong(Balance.Month::open)
                .sum();
    }

    /** As it stands in this transaction. */
    static Balance of(Transaction tx, UUID member) {
        return Objects.requireNonNull(of(tx, List.of(member)).get(member));
    }

    /** The same of many, each of whom has one, even if nothing is known of it. */
    static Map<UUID, Balance> of(Transaction tx, Collection<UUID> members) {
        Map<UUID, List<Balance.Assessed>> assessed = new HashMap<>();
        Map<UUID, Map<String, Long>> paid = PaymentLines.paid(tx, members);
        Map<UUID, Long> ahead = new HashMap<>();
        Ids.forEach(members, ids -> {
            tx.handle()
                    .createQuery("select member, period, amount + correction as due from dues_assessment"
                            + " --DERBY-PROPERTIES index=dues_assessment_member\n where member in (<ids>)"
                            + " order by member, period")
                    .bindList("ids", ids)
                    .map((row, context) -> Map.entry(
                            UUID.fromString(row.getString("member")),
                            new Balance.Assessed(row.getString("period"), Math.max(0, row.getLong("due")))))
                    .forEach(one -> assessed.computeIfAbsent(one.getKey(), id -> new ArrayList<>())
                            .add(one.getValue()));
            tx.handle()
                    .createQuery("select member, sum(ahead) as ahead from dues_payment"
                            + " --DERBY-PROPERTIES index=dues_payment_member\n where member in (<ids>) group by member")
                    .bindList("ids", ids)
                    .map((row, context) -> Map.entry(UUID.fromString(row.getString("member")), row.getLong("ahead")))
                    .forEach(one -> ahead.put(one.getKey(), one.getValue()));
        });
        Map<UUID, Balance> balances = new HashMap<>();
        for (UUID member : members) {
            balances.put(
                    member,
                    Balance.of(
                            assessed.getOrDefault(member, List.of()),
                            paid.getOrDefault(member, Map.of()),
                            ahead.getOrDefault(member, 0L)));
        }
        return balances;
    }
}
