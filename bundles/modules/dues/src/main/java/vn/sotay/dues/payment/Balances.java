package vn.sotay.dues.payment;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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

    @Activate
    public Balances(@Reference Store store, @Reference Members members, @Reference Units units) {
        this.store = store;
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
            List<MemberBalance> balances = members.ofCell(tx, of.id()).stream()
                    .filter(one -> one.id().toString().compareTo(begin) > 0)
                    .sorted((one, other) ->
                            one.id().toString().compareTo(other.id().toString()))
                    .limit(limit + 1L)
                    .map(one -> told(tx, one))
                    .toList();
            return Page.of(balances, limit, one -> List.of(one.member().toString()));
        });
    }

    private MemberBalance of(Transaction tx, Caller caller, UUID id) {
        Member member = members.find(tx, id).orElseThrow(Problem::notFound);
        if (!caller.mayForSelf(Rights.READ, id)) {
            caller.require(Rights.COLLECT, units.current(member.cell()));
        }
        return told(tx, member);
    }

    /** Tells the member and who leads its cell, once anything of it has changed in this transaction. */
    public void tell(Transaction tx, UUID id) {
        members.find(tx, id).ifPresent(member -> {
            MemberBalance now = told(tx, member);
            tx.changed(
                    MemberBalance.TYPE,
                    id,
                    tx.now().toEpochMilli(),
                    Map.of(Audience.member(id), now, Audience.leaders(now.cell()), now));
        });
    }

    private MemberBalance told(Transaction tx, Member member) {
        Balance balance = of(tx, member.id());
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
        List<Balance.Assessed> assessed = tx.handle()
                .createQuery(
                        "select period, amount + correction as due from dues_assessment where member = :member order by period")
                .bind("member", member)
                .map(row -> new Balance.Assessed(
                        row.getColumn("period", String.class), Math.max(0, row.getColumn("due", Long.class))))
                .list();
        Map<String, Long> paid = new LinkedHashMap<>();
        tx.handle()
                .createQuery("select period, sum(amount) as paid from dues_payment_line where member = :member"
                        + " group by period")
                .bind("member", member)
                .map(row -> Map.entry(row.getColumn("period", String.class), row.getColumn("paid", Long.class)))
                .forEach(one -> paid.put(one.getKey(), one.getValue()));
        long ahead = tx.handle()
                .createQuery("select coalesce(sum(ahead), 0) from dues_payment where member = :member")
                .bind("member", member)
                .mapTo(Long.class)
                .one();
        return Balance.of(assessed, paid, ahead);
    }
}
