package vn.sotay.dues.payment;

import java.time.LocalDate;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import vn.sotay.api.access.Caller;
import vn.sotay.api.http.FieldError;
import vn.sotay.api.http.Page;
import vn.sotay.api.http.Problem;
import vn.sotay.api.http.ProblemException;
import vn.sotay.api.member.Member;
import vn.sotay.api.member.Members;
import vn.sotay.api.rule.Rules;
import vn.sotay.api.store.Saved;
import vn.sotay.api.store.Store;
import vn.sotay.api.store.Transaction;
import vn.sotay.api.unit.Unit;
import vn.sotay.api.unit.Units;

/** Plans by which arrears are paid off: agreed in the cell, read by the member and those who lead it. One transaction a method. */
@Component(service = Plans.class)
public final class Plans {

    private static final int FIRST_YEAR = 2010;

    private final Store store;
    private final Units units;
    private final Members members;
    private final Rules rules;
    private final Balances balances;

    @Activate
    public Plans(
            @Reference Store store,
            @Reference Units units,
            @Reference Members members,
            @Reference Rules rules,
            @Reference Balances balances) {
        this.store = store;
        this.units = units;
        this.members = members;
        this.rules = rules;
        this.balances = balances;
    }

    // ---- reading

    /** Plans of a cell's members, or of one member, the caller itself if none is named; by their ids. */
    public Page<Plan> list(
            Caller caller, @Nullable UUID cell, @Nullable UUID member, int limit, @Nullable List<String> after) {
        String begin = after == null ? "" : after.get(0);
        return store.read(tx -> {
            List<Plan> plans = told(tx, whose(tx, caller, cell, member)).stream()
                    .filter(one -> String.valueOf(one.id()).compareTo(begin) > 0)
                    .sorted(Comparator.comparing(one -> String.valueOf(one.id())))
                    .limit(limit + 1L)
                    .toList();
            return Page.of(plans, limit, one -> List.of(String.valueOf(one.id())));
        });
    }

    private List<Member> whose(Transaction tx, Caller caller, @Nullable UUID cell, @Nullable UUID member) {
        if (cell != null) {
            Unit of = units.current(cell);
            caller.require(Rights.PLAN, of);
            return members.ofCell(tx, of.id()).stream()
                    .filter(one -> member == null || one.id().equals(member))
                    .toList();
        }
        UUID id = member != null ? member : caller.member().orElseThrow(() -> Problem.invalid("member", "required"));
        return List.of(readable(tx, caller, id));
    }

    private Member readable(Transaction tx, Caller caller, UUID id) {
        Member member = members.find(tx, id).orElseThrow(Problem::notFound);
        if (!caller.mayForSelf(Rights.READ, id) && !caller.may(Rights.PLAN, units.current(member.cell()))) {
            throw Problem.notFound();
        }
        return member;
    }

    public Saved<Plan> get(Caller caller, UUID id) {
        return store.read(tx -> {
            Saved<Plan> found = PlanRows.find(tx, id).orElseThrow(Problem::notFound);
            return beside(tx, found, readable(tx, caller, found.value().member()));
        });
    }

    private static Saved<Plan> beside(Transaction tx, Saved<Plan> one, Member member) {
        return new Saved<>(one.value().beside(member.name(), Balances.of(tx, member.id())), one.version(), one.made());
    }

    private static List<Plan> told(Transaction tx, List<Member> of) {
        Map<UUID, Member> byId = new HashMap<>();
        of.forEach(one -> byId.put(one.id(), one));
        Map<UUID, List<Saved<Plan>>> plans = PlanRows.of(tx, byId.keySet());
        Map<UUID, Balance> open = Balances.of(tx, plans.keySet());
        return plans.entrySet().stream()
                .flatMap(one -> one.getValue().stream().map(plan -> plan.value()
                        .beside(
                                Objects.requireNonNull(byId.get(one.getKey())).name(),
                                Objects.requireNonNull(open.get(one.getKey())))))
                .toList();
    }

    /** The months of each member that a plan pays off which is kept: of them nobody is to be reminded. */
    public static Map<UUID, Set<String>> kept(Transaction tx, Collection<UUID> ids) {
        Map<UUID, List<Saved<Plan>>> plans = PlanRows.of(tx, ids);
        Map<UUID, Balance> open = Balances.of(tx, plans.keySet());
        LocalDate today = Payments.today(tx);
        Map<UUID, Set<String>> kept = new HashMap<>();
        plans.forEach((member, all) -> all.stream()
                .map(one -> one.value().beside("", Objects.requireNonNull(open.get(member))))
                .filter(one -> one.isLive() && !one.isBroken(today))
                .forEach(one ->
                        kept.computeIfAbsent(member, id -> new HashSet<>()).addAll(one.periods())));
        return kept;
    }

    // ---- agreeing

    /** Who leads the cell has agreed with a member. The same again changes nothing. */
    public Saved<Plan> put(Caller caller, UUID id, Plan body) {
        return store.write(tx -> {
            Member member = members.find(tx, body.member()).orElseThrow(Problem::notFound);
            Unit cell = units.current(member.cell());
            caller.require(Rights.PLAN, cell);
            // two who lead the cell do not both agree with the same member
            Purse.lock(tx, cell.id());
            Optional<Saved<Plan>> there = PlanRows.find(tx, id);
            if (there.isPresent()) {
                readable(tx, caller, there.get().value().member());
                if (!there.get().value().isWhat(body)) {
                    throw Problem.conflict("plan.fixed");
                }
                return beside(tx, there.get(), member);
            }
            if (caller.member().filter(member.id()::equals).isPresent()) {
                throw Problem.conflict("plan.own");
            }
            check(tx, body, cell);
            PlanRows.insert(tx, agreed(caller, id, body), cell.id());
            balances.tell(tx, List.of(member));
            Saved<Plan> made = PlanRows.find(tx, id).orElseThrow();
            return beside(tx, new Saved<>(made.value(), made.version(), true), member);
        });
    }

    private static Plan agreed(Caller caller, UUID id, Plan body) {
        return new Plan(
                id,
                body.member(),
                null,
                body.agreedOn(),
                body.periods(),
                body.instalments(),
                null,
                null,
                null,
                caller.member().orElse(null),
                null,
                null);
    }

    private void check(Transaction tx, Plan body, Unit cell) {
        if (body.agreedOn().getYear() < FIRST_YEAR) {
            throw Problem.invalid("agreedOn", "past");
        }
        Balance balance = Balances.of(tx, body.member());
        int most = rules.on(body.agreedOn(), cell, PlanRules.MONTHS).integer();
        List<FieldError> errors = PlanRules.errors(body, balance, Payments.today(tx), most);
        if (!errors.isEmpty()) {
            throw Problem.invalid(errors);
        }
        boolean isAnother = PlanRows.of(tx, List.of(body.member())).getOrDefault(body.member(), List.of()).stream()
                .anyMatch(one -> one.value().beside("", balance).isLive());
        if (isAnother) {
            throw Problem.conflict("plan.another");
        }
        long open = PlanRules.open(balance, body.periods());
        if (open != body.total()) {
            // somebody has paid meanwhile, or the amounts do not make up what is open
            throw new ProblemException(
                    Problem.conflict("plan.sum").problem().with("open", open).with("sum", body.total()));
        }
    }

    /** Takes a plan back: what is open is owed as before. The same again changes nothing. */
    public Saved<Plan> end(Caller caller, UUID id, Plan.Ending ending) {
        return store.write(tx -> {
            Plan plan = PlanRows.find(tx, id).orElseThrow(Problem::notFound).value();
            Member member = readable(tx, caller, plan.member());
            Unit cell = units.current(member.cell());
            caller.require(Rights.PLAN, cell);
            if (ending.reason().isBlank()) {
                throw Problem.invalid("reason", "required");
            }
            Purse.lock(tx, cell.id());
            Saved<Plan> now = beside(tx, PlanRows.find(tx, id).orElseThrow(), member);
            return switch (Objects.requireNonNull(now.value().state())) {
                case WITHDRAWN -> now;
                case PAID -> throw Problem.conflict("plan.paid");
                case OPEN -> {
                    PlanRows.end(tx, id, ending.reason());
                    balances.tell(tx, List.of(member));
                    yield beside(tx, PlanRows.find(tx, id).orElseThrow(), member);
                }
            };
        });
    }
}
