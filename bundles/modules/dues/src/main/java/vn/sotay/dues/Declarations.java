package vn.sotay.dues;

import java.time.YearMonth;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
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
import vn.sotay.api.store.Saved;
import vn.sotay.api.store.Seals;
import vn.sotay.api.store.Store;
import vn.sotay.api.unit.Unit;
import vn.sotay.api.unit.Units;

/** What members declare that they pay dues of. One transaction a method. */
@Component(service = Declarations.class)
public final class Declarations {

    private final Store store;
    private final Members members;
    private final Units units;
    private final Assessor assessor;
    private final DeclarationRows rows;
    private final DuesRights rights;

    @Activate
    public Declarations(
            @Reference Store store,
            @Reference Members members,
            @Reference Units units,
            @Reference Seals seals,
            @Reference Assessor assessor) {
        this.store = store;
        this.members = members;
        this.units = units;
        this.assessor = assessor;
        this.rows = new DeclarationRows(new DuesSeals(seals));
        this.rights = new DuesRights(members, units);
    }

    /** A member's, or those of a cell's members, the newest month of each first. */
    public Page<Declaration> list(
            Caller caller, @Nullable UUID member, @Nullable UUID cell, int limit, @Nullable List<String> after) {
        return store.read(tx -> {
            List<UUID> of = new ArrayList<>();
            if (cell != null) {
                rights.cell(caller, DuesRights.READ, cell);
                members.ofCell(tx, cell).forEach(one -> of.add(one.id()));
            } else {
                of.add(rights.member(tx, caller, DuesRights.READ, own(caller, member))
                        .id());
            }
            Map<UUID, List<Saved<Declaration>>> declared = rows.of(tx, of);
            List<Declaration> all = of.stream()
                    .filter(one -> member == null || one.equals(member))
                    .flatMap(one -> declared.getOrDefault(one, List.of()).stream())
                    .map(one -> told(caller, one).value())
                    .toList();
            return Cursor.page(all, limit, after);
        });
    }

    static UUID own(Caller caller, @Nullable UUID member) {
        return Optional.ofNullable(member).or(caller::member).orElseThrow(() -> Problem.invalid("member", "required"));
    }

    /** Income is for the member alone, unless the province says otherwise. */
    private Saved<Declaration> told(Caller caller, Saved<Declaration> one) {
        UUID member = one.value().member();
        boolean seen = DuesRights.isSelf(caller, member) || caller.cell().isPresent() && leadersSee(caller);
        return seen ? one : new Saved<>(one.value().withoutAmounts(), one.version(), one.made());
    }

    private boolean leadersSee(Caller caller) {
        Unit cell = caller.cell().orElseThrow();
        return DuesRules.leadersSeeBase(YearMonth.now(DuesRules.ZONE).atDay(1), assessor.book(cell));
    }

    /** The member declares, or a leader of its cell for it. Twice the same is one. */
    public Saved<Declaration> put(Caller caller, UUID id, Declaration body) {
        return store.write(tx -> {
            Member member = rights.member(tx, caller, DuesRights.DECLARE, body.member());
            Optional<Saved<Declaration>> before = rows.find(tx, id);
            if (before.isPresent()) {
                rights.member(
                        tx, caller, DuesRights.DECLARE, before.get().value().member());
                if (!before.get().value().saysTheSame(body)) {
                    throw Problem.conflict("declaration.made");
                }
                return told(caller, before.get());
            }
            check(body);
            boolean self = DuesRights.isSelf(caller, member.id());
            rows.insert(
                    tx,
                    id,
                    new Declaration(
                            id,
                            body.member(),
                            body.duesClass(),
                            body.from(),
                            body.base(),
                            body.pay(),
                            null,
                            self ? null : caller.member().orElse(caller.account()),
                            false));
            assessor.again(tx, member, body.from());
            Saved<Declaration> made = rows.find(tx, id).orElseThrow();
            return told(caller, new Saved<>(made.value(), made.version(), true));
        });
    }

    private static void check(Declaration body) {
        List<FieldError> errors = new ArrayList<>();
        if (DuesRules.month(body.from()).isEmpty()) {
            errors.add(new FieldError("from", "month"));
        }
        if (body.duesClass() == DuesClass.UNDECLARED) {
            errors.add(new FieldError("duesClass", "class-undeclared"));
        }
        if (body.duesClass().hasBase() && body.base() == null) {
            errors.add(new FieldError("base", "base-needed"));
        }
        if (!body.duesClass().hasBase() && body.base() != null) {
            errors.add(new FieldError("base", "base-none"));
        }
        if (body.duesClass() != DuesClass.PENSIONER && body.pay() != null) {
            errors.add(new FieldError("pay", "pay-none"));
        }
        if (!errors.isEmpty()) {
            throw Problem.invalid(errors);
        }
    }

    /** Takes one back: what was declared before counts again. */
    public void withdraw(Caller caller, UUID id) {
        store.change(tx -> {
            Declaration there = rows.find(tx, id).map(Saved::value).orElseThrow(Problem::notFound);
            Member member = rights.member(tx, caller, DuesRights.DECLARE, there.member());
            if (!Boolean.TRUE.equals(there.withdrawn())) {
                rows.withdraw(tx, id);
                assessor.again(tx, member, there.from());
            }
        });
    }
}
