package vn.sotay.dues.remittance;

import java.time.LocalDate;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import vn.sotay.api.access.Audience;
import vn.sotay.api.access.Caller;
import vn.sotay.api.access.Reach;
import vn.sotay.api.http.Page;
import vn.sotay.api.http.Problem;
import vn.sotay.api.http.ProblemException;
import vn.sotay.api.rule.Rules;
import vn.sotay.api.store.Saved;
import vn.sotay.api.store.Store;
import vn.sotay.api.store.Transaction;
import vn.sotay.api.unit.Unit;
import vn.sotay.api.unit.Units;
import vn.sotay.dues.payment.Purse;
import vn.sotay.dues.payment.Rights;

/**
 * What units keep of dues and pass on to the unit above. What a unit has is never entered: it is what it took from members and what came from
 * below, less what it counted before, so that late payments and those that were taken back are in the next remittance. One transaction a
 * method.
 */
@Component(service = Remittances.class)
public final class Remittances {

    static final ZoneId ZONE = ZoneId.of("Asia/Ho_Chi_Minh");
    private static final int FIRST_YEAR = 2010;

    private final Store store;
    private final Units units;
    private final Rules rules;

    @Activate
    public Remittances(@Reference Store store, @Reference Units units, @Reference Rules rules) {
        this.store = store;
        this.units = units;
        this.rules = rules;
    }

    // ---- reading

    /** What a unit has and would pass on today. */
    public Passing passing(Caller caller, UUID id) {
        Unit unit = units.get(id);
        requireReading(caller, unit);
        return store.read(tx -> passing(tx, unit, today(tx)));
    }

    private Passing passing(Transaction tx, Unit unit, LocalDate day) {
        RemittanceRows.Sums sums = RemittanceRows.sums(tx, unit);
        long received = sums.collected() + sums.acknowledged() - sums.received();
        Share share = Share.of(rules, day, unit).orElse(null);
        Long keeps = share == null ? null : share.kept(received);
        return new Passing(
                unit.id(),
                unit.parent(),
                sums.collected(),
                sums.acknowledged(),
                sums.awaited(),
                sums.passed(),
                sums.kept(),
                received,
                keeps,
                keeps == null ? null : received - keeps,
                share == null ? null : share.percent().toPlainString(),
                share == null ? null : share.citation());
    }

    /**
     * Which remittances are asked for.
     *
     * @param unit that passed on, or one that was merged into it
     * @param superior that got it, or one that was merged into it
     */
    public record Filter(
            @Nullable UUID unit,
            @Nullable UUID superior,
            Remittance.@Nullable State state,
            LocalDate from,
            LocalDate to) {}

    /** Remittances by a unit, or to one, by their day and id. */
    public Page<Remittance> list(Caller caller, Filter filter, int limit, @Nullable List<String> after) {
        UUID asked = filter.unit() != null ? filter.unit() : filter.superior();
        if (asked == null) {
            throw Problem.invalid("unit", "required");
        }
        if (after != null && after.size() < 2) {
            throw Problem.invalid("after", "cursor");
        }
        Unit unit = units.get(asked);
        requireReading(caller, unit);
        Reach reach = new Reach(List.of(unit), List.of());
        Map<String, Object> binds = new HashMap<>(reach.binds());
        binds.put("from", after == null ? filter.from().toString() : after.get(0));
        binds.put("to", filter.to().toString());
        binds.put("id", after == null ? "" : after.get(1));
        binds.put("rows", limit + 1);
        String state = filter.state() == null ? "" : " and state = '" + filter.state() + '\'';
        return store.read(tx -> Page.of(
                tx
                        .handle()
                        .createQuery("select * from dues_remittance where "
                                + reach.sql(filter.unit() != null ? "unit" : "superior") + state
                                + " and day <= :to and day >= :from and (day > :from or id > :id)"
                                + " order by day, id fetch first :rows rows only")
                        .bindMap(binds)
                        .map(RemittanceRows::row)
                        .list()
                        .stream()
                        .map(Saved::value)
                        .toList(),
                limit,
                one -> List.of(one.day().toString(), String.valueOf(one.id()))));
    }

    public Saved<Remittance> get(Caller caller, UUID id) {
        return store.read(tx -> readable(tx, caller, id));
    }

    /** A remittance that the caller's unit made or gets. */
    Saved<Remittance> readable(Transaction tx, Caller caller, UUID id) {
        Saved<Remittance> found = RemittanceRows.find(tx, id).orElseThrow(Problem::notFound);
        Unit unit = units.current(found.value().unit());
        if (!passesOn(caller, unit) && !receives(caller, found.value())) {
            throw Problem.notFound();
        }
        return found;
    }

    /** A cell's money is its collector's to pass on, a committee's that of who keeps its account. */
    private boolean passesOn(Caller caller, Unit unit) {
        return caller.may(Rights.SETTLE, unit) || units.isCell(unit) && caller.may(Rights.COLLECT, unit);
    }

    private boolean receives(Caller caller, Remittance one) {
        UUID superior = one.superior();
        return superior != null && caller.may(Rights.SETTLE, units.current(superior));
    }

    private void requireReading(Caller caller, Unit unit) {
        if (!passesOn(caller, unit)) {
            caller.require(Rights.SETTLE, unit);
        }
    }

    // ---- passing on

    /** Passes on what a unit has. The same again changes nothing. */
    public Saved<Remittance> put(Caller caller, UUID id, Remittance body) {
        return store.write(tx -> {
            Optional<Saved<Remittance>> there = RemittanceRows.find(tx, id);
            if (there.isPresent()) {
                Saved<Remittance> found = readable(tx, caller, id);
                if (!found.value().isWhat(body)) {
                    throw Problem.conflict("remittance.fixed");
                }
                return found;
            }
            Unit unit = units.get(body.unit());
            requireReading(caller, unit);
            if (body.day().getYear() < FIRST_YEAR || body.day().isAfter(today(tx))) {
                throw Problem.invalid("day", body.day().getYear() < FIRST_YEAR ? "past" : "future");
            }
            Purse.lock(tx, unit.id());
            return passOn(tx, caller, id, body, unit);
        });
    }

    private Saved<Remittance> passOn(Transaction tx, Caller caller, UUID id, Remittance body, Unit unit) {
        Passing now = passing(tx, unit, body.day());
        Long amount = now.amount();
        if (amount == null) {
            throw Problem.conflict("remittance.no-share");
        }
        if (amount <= 0) {
            throw Problem.conflict("remittance.nothing");
        }
        if (amount != body.amount()) {
            // somebody has paid meanwhile, or gave notice of it on another phone: what is handed over must be counted
            // again
            throw new ProblemException(
                    Problem.conflict("remittance.changed").problem().with("amount", amount));
        }
        Remittance made = new Remittance(
                id,
                unit.id(),
                unit.parent(),
                body.day(),
                amount,
                now.received(),
                now.keeps(),
                now.percent(),
                now.citation(),
                body.reference(),
                Remittance.State.SENT,
                caller.member().orElse(null),
                tx.now(),
                null,
                null);
        RemittanceRows.insert(tx, made, Share.Level.of(rules, body.day(), unit, units.isCell(unit)));
        tell(tx, made, 1);
        return new Saved<>(made, 1, true);
    }

    /** Says that it has come. The same again changes nothing. */
    public Saved<Remittance> acknowledge(Caller caller, UUID id) {
        return store.write(tx -> {
            Saved<Remittance> found = readable(tx, caller, id);
            if (!receives(caller, found.value())) {
                throw Problem.forbidden();
            }
            return switch (state(found)) {
                case ACKNOWLEDGED -> found;
                case WITHDRAWN -> throw Problem.conflict("remittance.withdrawn");
                case SENT -> {
                    // who acknowledges adds to what its own unit has
                    Purse.lock(
                            tx,
                            units.current(Objects.requireNonNull(found.value().superior()))
                                    .id());
                    RemittanceRows.acknowledge(tx, id, caller.member().orElse(null));
                    yield told(tx, id);
                }
            };
        });
    }

    /** Takes it back before it was acknowledged: the money is still with the unit. The same again changes nothing. */
    public Saved<Remittance> withdraw(Caller caller, UUID id) {
        return store.write(tx -> {
            Saved<Remittance> found = readable(tx, caller, id);
            Unit unit = units.current(found.value().unit());
            if (!passesOn(caller, unit)) {
                throw Problem.forbidden();
            }
            return switch (state(found)) {
                case WITHDRAWN -> found;
                case ACKNOWLEDGED -> throw Problem.conflict("remittance.acknowledged");
                case SENT -> {
                    Purse.lock(tx, unit.id());
                    RemittanceRows.withdraw(tx, id);
                    yield told(tx, id);
                }
            };
        });
    }

    private static Remittance.State state(Saved<Remittance> one) {
        return Objects.requireNonNull(one.value().state());
    }

    private Saved<Remittance> told(Transaction tx, UUID id) {
        Saved<Remittance> now = RemittanceRows.find(tx, id).orElseThrow();
        tell(tx, now.value(), now.version());
        return now;
    }

    private void tell(Transaction tx, Remittance one, long version) {
        Map<Audience, Remittance> readers = new LinkedHashMap<>();
        UUID unit = units.current(one.unit()).id();
        readers.put(Audience.leaders(unit), one);
        readers.put(Audience.officers(unit), one);
        if (one.superior() != null) {
            readers.put(Audience.officers(units.current(one.superior()).id()), one);
        }
        tx.changed(Remittance.TYPE, Objects.requireNonNull(one.id()), version, readers);
    }

    static LocalDate today(Transaction tx) {
        return tx.now().atZone(ZONE).toLocalDate();
    }
}
