package vn.sotay.dues;

import java.time.YearMonth;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import vn.sotay.api.access.Caller;
import vn.sotay.api.http.FieldError;
import vn.sotay.api.http.Page;
import vn.sotay.api.http.Problem;
import vn.sotay.api.member.Member;
import vn.sotay.api.member.Members;
import vn.sotay.api.rule.Rule;
import vn.sotay.api.store.Saved;
import vn.sotay.api.store.Seals;
import vn.sotay.api.store.Store;
import vn.sotay.api.store.Transaction;
import vn.sotay.api.unit.Unit;
import vn.sotay.api.unit.Units;

/** Exemptions from dues: asked for in the cell, decided where the rule says. One transaction a method. */
@Component(service = Exemptions.class)
public final class Exemptions {

    private final Store store;
    private final Members members;
    private final Units units;
    private final Assessor assessor;
    private final ExemptionRows rows;
    private final DuesRights rights;

    @Activate
    public Exemptions(
            @Reference Store store,
            @Reference Members members,
            @Reference Units units,
            @Reference Seals seals,
            @Reference Assessor assessor) {
        this.store = store;
        this.members = members;
        this.units = units;
        this.assessor = assessor;
        this.rows = new ExemptionRows(new DuesSeals(seals));
        this.rights = new DuesRights(members, units);
    }

    /** A member's, or those of a cell's members. */
    public Page<Exemption> list(
            Caller caller, @Nullable UUID member, @Nullable UUID cell, int limit, @Nullable List<String> after) {
        return store.read(tx -> {
            List<Member> of = new ArrayList<>();
            if (cell != null) {
                rights.cell(caller, DuesRights.READ, cell);
                of.addAll(members.ofCell(tx, cell));
            } else {
                of.add(rights.member(tx, caller, DuesRights.READ, Declarations.own(caller, member)));
            }
            Map<UUID, List<Saved<Exemption>>> asked =
                    rows.of(tx, of.stream().map(Member::id).toList());
            List<Exemption> all = of.stream()
                    .filter(one -> member == null || one.id().equals(member))
                    .flatMap(one -> asked.getOrDefault(one.id(), List.of()).stream()
                            .map(row -> named(row, one.name()).value()))
                    .toList();
            return Cursor.page(all, limit, after);
        });
    }

    /** Those that wait for the caller to decide. */
    public Page<Exemption> waiting(Caller caller, int limit, @Nullable List<String> after) {
        return store.read(
                tx -> {
                    List<Exemption> found = rows
                            .waiting(tx, caller.reach(DuesRights.GRANT), after == null ? "" : after.get(0), limit + 1)
                            .stream()
                            .map(row ->
                                    named(row, nameOf(tx, row.value().member())).value())
                            .toList();
                    return Page.of(found, limit, one -> List.of(String.valueOf(one.id())));
                });
    }

    private String nameOf(Transaction tx, UUID member) {
        return members.find(tx, member).map(Member::name).orElse("");
    }

    private static Saved<Exemption> named(Saved<Exemption> row, String name) {
        Exemption one = row.value();
        return new Saved<>(
                new Exemption(
                        one.id(),
                        one.member(),
                        name,
                        one.kind(),
                        one.ground(),
                        one.percent(),
                        one.from(),
                        one.months(),
                        one.to(),
                        one.reason(),
                        one.state(),
                        one.at(),
                        one.recordedBy(),
                        one.decidedBy(),
                        one.decidedAt(),
                        one.message()),
                row.version(),
                row.made());
    }

    /** The member asks, or a leader of its cell for it. Twice the same is one. */
    public Saved<Exemption> put(Caller caller, UUID id, Exemption body) {
        return store.write(tx -> {
            Member member = rights.member(tx, caller, DuesRights.DECLARE, body.member());
            Optional<Saved<Exemption>> before = rows.find(tx, id);
            if (before.isPresent()) {
                rights.member(
                        tx, caller, DuesRights.DECLARE, before.get().value().member());
                if (!saysTheSame(before.get().value(), body)) {
                    throw Problem.conflict("exemption.made");
                }
                return named(before.get(), member.name());
            }
            YearMonth from = DuesRules.month(body.from()).orElseThrow(() -> Problem.invalid("from", "month"));
            Unit cell = units.current(member.cell());
            DuesRules.Book book = assessor.book(cell);
            check(body, from, body.percent(), body.months(), book);
            Rule rule = book.on(from.atDay(1), DuesRules.DECIDED_BY);
            UUID decides = DuesRules.cellDecides(from, book) || cell.parent() == null ? cell.id() : cell.parent();
            boolean self = DuesRights.isSelf(caller, member.id());
            Exemption asked = new Exemption(
                    id,
                    body.member(),
                    null,
                    body.kind(),
                    body.ground(),
                    body.percent(),
                    body.from(),
                    body.months(),
                    null,
                    body.reason(),
                    null,
                    null,
                    self ? null : caller.member().orElse(caller.account()),
                    null,
                    null,
                    null);
            rows.insert(tx, id, asked, cell.id(), decides, AssessmentRows.written(List.of(rule)));
            Saved<Exemption> made = rows.find(tx, id).orElseThrow();
            return named(new Saved<>(made.value(), made.version(), true), member.name());
        });
    }

    private static boolean saysTheSame(Exemption one, Exemption other) {
        return one.member().equals(other.member())
                && one.kind() == other.kind()
                && one.ground() == other.ground()
                && one.percentOff() == other.percentOff()
                && one.from().equals(other.from())
                && one.months() == other.months()
                && Objects.equals(one.reason(), other.reason());
    }

    private static void check(
            Exemption body, YearMonth from, @Nullable Integer percent, int months, DuesRules.Book book) {
        List<FieldError> errors = new ArrayList<>();
        if (body.ground().kind() != body.kind()) {
            errors.add(new FieldError("ground", "ground-kind"));
        }
        List<Integer> percents = DuesRules.percents(from, book);
        if (body.kind() == Exemption.Kind.RELIEF && (percent == null || !percents.contains(percent))) {
            errors.add(new FieldError("percent", "percent-of", Map.of("percents", percents.toString())));
        }
        int most = DuesRules.mostMonths(from, book);
        if (months > most) {
            errors.add(new FieldError("months", "months-most", Map.of("most", most)));
        }
        if (!errors.isEmpty()) {
            throw Problem.invalid(errors);
        }
    }

    /** Decides. Nobody does so for itself; the same again changes nothing. */
    public Saved<Exemption> decide(Caller caller, UUID id, Exemption.Decision decision) {
        return store.write(tx -> {
            Saved<Exemption> there = rows.find(tx, id).orElseThrow(Problem::notFound);
            Exemption one = there.value();
            Unit decides = units.current(Objects.requireNonNull(one.decidedBy()));
            if (!caller.may(DuesRights.GRANT, decides)) {
                // to a leader of the cell it is known, and to nobody else
                rights.member(tx, caller, DuesRights.READ, one.member());
                throw Problem.forbidden();
            }
            if (DuesRights.isSelf(caller, one.member())) {
                throw Problem.conflict("exemption.own");
            }
            Member member = members.find(tx, one.member()).orElseThrow(Problem::notFound);
            Exemption.State state = decision.granted() ? Exemption.State.GRANTED : Exemption.State.REFUSED;
            if (one.state() == state) {
                return named(there, member.name());
            }
            if (one.state() != Exemption.State.APPLIED) {
                throw Problem.conflict("exemption.decided");
            }
            YearMonth from = YearMonth.parse(one.from());
            if (decision.granted()) {
                check(
                        one,
                        from,
                        decision.percent() == null ? one.percent() : decision.percent(),
                        decision.months() == null ? one.months() : decision.months(),
                        assessor.book(units.current(member.cell())));
            }
            rows.decide(tx, one, decision, caller.account());
            if (decision.granted()) {
                assessor.again(tx, member, one.from());
            }
            return named(rows.find(tx, id).orElseThrow(), member.name());
        });
    }
}
