package vn.sotay.news;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import vn.sotay.api.access.Audience;
import vn.sotay.api.access.Caller;
import vn.sotay.api.access.Reach;
import vn.sotay.api.member.Born;
import vn.sotay.api.unit.Unit;
import vn.sotay.api.unit.Units;
import vn.sotay.news.News.Target;

/**
 * Which published news a caller reads: what is for members of its units, of all above them and of those it works for; what is for leaders
 * or officers, if it is one. Made for one request.
 */
final class Visibility {

    private final Units units;
    private final Reach members;
    private final Reach leaders;
    private final Reach officers;
    private final @Nullable Born self;

    private Visibility(Units units, Reach members, Reach leaders, Reach officers, @Nullable Born self) {
        this.units = units;
        this.members = members;
        this.leaders = leaders;
        this.officers = officers;
        this.self = self;
    }

    /** @param self when the caller may be born: news for members of another age are left out of what {@link #sql} finds; null for none */
    static Visibility of(Caller caller, Units units, @Nullable Born self) {
        return new Visibility(
                units,
                members(caller, units),
                of(caller, units, Audience.Kind.ALL_LEADERS),
                of(caller, units, Audience.Kind.ALL_OFFICERS),
                self);
    }

    /** What is for the caller as a member alone, wherever it works. */
    static Visibility asMember(Caller caller, Units units, @Nullable Born self) {
        Reach none = new Reach(List.of(), List.of());
        List<Unit> own = caller.cell().map(cell -> units.path(cell.id())).orElse(List.of());
        return new Visibility(units, new Reach(own, List.of()), none, none, self);
    }

    /** The own cell, all above it, and what the caller works for; what is for everybody is for an account without a cell as well. */
    private static Reach members(Caller caller, Units units) {
        Reach working = caller.reach(Newsroom.READ);
        Set<Unit> own = new LinkedHashSet<>(working.units());
        caller.cell().ifPresent(cell -> own.addAll(units.path(cell.id())));
        List<Unit> held = new ArrayList<>(working.units());
        held.addAll(working.trees());
        held.forEach(unit -> own.addAll(units.path(unit.id())));
        return new Reach(List.copyOf(own), working.trees());
    }

    private static Reach of(Caller caller, Units units, Audience.Kind kind) {
        return new Reach(
                caller.audiences().stream()
                        .filter(one -> one.kind() == kind)
                        .flatMap(one -> units.find(Objects.requireNonNull(one.id())).stream())
                        .toList(),
                List.of());
    }

    /** Whether the caller may read what is for them, whatever their age. */
    boolean covers(Target target) {
        Unit unit = units.current(target.unit());
        return reach(target.to()).covers(unit);
    }

    private Reach reach(Target.To to) {
        return switch (to) {
            case MEMBERS -> members;
            case LEADERS -> leaders;
            case OFFICERS -> officers;
        };
    }

    /** The same as a condition on rows of {@code news}, without those for members of another age. */
    String sql(Map<String, Object> binds) {
        StringBuilder sql = new StringBuilder("(1 = 0");
        for (Target.To to : Target.To.values()) {
            Reach reach = reach(to);
            if (!reach.isEmpty()) {
                // each reach names its values alike
                String name = to.name().toLowerCase(Locale.ROOT);
                sql.append(" or (target_group = '").append(to).append("' and ");
                sql.append(reach.sql("target_unit").replace(":reach", ':' + name));
                if (to == Target.To.MEMBERS && self != null) {
                    sql.append(" and (born_from is null or born_from <= :bornLast)"
                            + " and (born_to is null or born_to >= :bornFirst)");
                    binds.put(
                            "bornLast",
                            self.to() == null ? "9999-12-31" : self.to().toString());
                    binds.put(
                            "bornFirst",
                            self.from() == null ? "0001-01-01" : self.from().toString());
                }
                sql.append(')');
                reach.binds().forEach((key, value) -> binds.put(key.replace("reach", name), value));
            }
        }
        return sql.append(')').toString();
    }
}
