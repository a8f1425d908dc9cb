package vn.sotay.dues;

import java.time.YearMonth;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import vn.sotay.api.store.Transaction;
import vn.sotay.api.unit.Unit;
import vn.sotay.dues.AssessmentRows.Row;
import vn.sotay.dues.AssessmentRows.Written;
import vn.sotay.dues.payment.MonthSums;
import vn.sotay.dues.payment.PaymentLines;

/**
 * Months of some members that are assessed together: what is known of all is read at once, what has changed is written at once. Belongs
 * to one transaction.
 */
final class AssessmentRound {

    /** What became of a member's months. */
    enum Outcome {
        ADDED,
        CHANGED,
        UNCHANGED,
        /** Nothing is declared, or a rule is not in force. */
        MISSING
    }

    /** A member's facts, the cell it belongs to now and the rules there. */
    record Person(Facts facts, Unit cell, DuesRules.Book book) {

        UUID id() {
            return facts.member().id();
        }
    }

    private final Transaction tx;
    private final Map<UUID, Map<String, Row>> before = new HashMap<>();
    private final Map<UUID, Map<String, Long>> paid;
    private final List<Written> added = new ArrayList<>();
    private final List<Written> changed = new ArrayList<>();
    private final Map<Outcome, Integer> outcomes = new EnumMap<>(Outcome.class);

    /** The purses of the members' cells are locked: nobody pays meanwhile. */
    AssessmentRound(Transaction tx, Collection<UUID> members, String first, String last) {
        this.tx = tx;
        this.paid = PaymentLines.paid(tx, members);
        AssessmentRows.of(tx, members, first, last)
                .forEach((member, rows) -> rows.forEach(row ->
                        before.computeIfAbsent(member, id -> new HashMap<>()).put(row.period(), row)));
    }

    /** The months of a member that were assessed before. */
    Set<String> assessed(UUID member) {
        return before.getOrDefault(member, Map.of()).keySet();
    }

    void assess(Person person, YearMonth period) {
        outcomes.merge(outcome(person, period), 1, Integer::sum);
    }

    private Outcome outcome(Person person, YearMonth period) {
        Row there = before.getOrDefault(person.id(), Map.of()).get(period.toString());
        Due due = person.facts().due(period, person.book());
        if (due == null && there == null) {
            return Outcome.MISSING;
        }
        Declaration declared = person.facts().in(period);
        Exemption relief = person.facts().granted(Exemption.Kind.RELIEF, period);
        Row after = row(person, period, due, there == null ? 1 : there.version() + 1);
        @Nullable UUID declaration = declared == null ? null : declared.id();
        @Nullable UUID exemption = relief == null ? null : relief.id();
        if (there == null) {
            added.add(new Written(after, declaration, exemption));
            return Outcome.ADDED;
        }
        if (there.saysTheSame(after) && !movesTo(person.cell(), there)) {
            return Outcome.UNCHANGED;
        }
        changed.add(new Written(corrected(there, after, declaration), declaration, exemption));
        return Outcome.CHANGED;
    }

    /** Lets the months that are open follow a member to its cell; those after this one are assessed anew. */
    void follow(Person person, YearMonth now) {
        for (Row there : List.copyOf(before.getOrDefault(person.id(), Map.of()).values())) {
            YearMonth period = YearMonth.parse(there.period());
            if (period.isAfter(now)) {
                assess(person, period);
            } else if (movesTo(person.cell(), there)) {
                Declaration declared = person.facts().in(period);
                Exemption relief = person.facts().granted(Exemption.Kind.RELIEF, period);
                changed.add(new Written(
                        there.in(person.cell().id()),
                        declared == null ? null : declared.id(),
                        relief == null ? null : relief.id()));
            }
        }
    }

    private boolean movesTo(Unit cell, Row there) {
        return !there.cell().equals(cell.id()) && !isPaid(there);
    }

    private boolean isPaid(Row there) {
        return there.due() <= already(there);
    }

    private long already(Row there) {
        return paid.getOrDefault(there.member(), Map.of()).getOrDefault(there.period(), 0L);
    }

    private static Row row(Person person, YearMonth period, @Nullable Due due, long version) {
        Declaration declared = person.facts().in(period);
        return new Row(
                person.id(),
                period.toString(),
                person.cell().id(),
                due == null ? 0 : due.amount(),
                0,
                due == null ? 0 : due.full(),
                due == null ? 0 : due.reduction(),
                due == null || declared == null ? DuesClass.UNDECLARED : declared.duesClass(),
                person.facts().granted(Exemption.Kind.DEFERRAL, period) != null,
                due == null ? "" : AssessmentRows.written(due.rules()),
                version);
    }

    /** What was due when something was paid stays; what has come to it is told beside it. */
    private Row corrected(Row there, Row after, @Nullable UUID declaration) {
        if (already(there) == 0 && there.correction() == 0) {
            return after;
        }
        if (after.amount() != there.due()) {
            AssessmentRows.correct(tx, there.member(), there.period(), after.amount() - there.due(), declaration);
        }
        return new Row(
                after.member(),
                after.period(),
                isPaid(there) ? there.cell() : after.cell(),
                there.amount(),
                after.amount() - there.amount(),
                after.full(),
                after.reduction(),
                after.duesClass(),
                after.deferred(),
                after.rules(),
                after.version());
    }

    /**
     * Writes what has changed, and the sums with it.
     *
     * @return the years of which something has changed, by member
     */
    Map<UUID, Set<Integer>> write() {
        Map<UUID, Set<Integer>> years = new LinkedHashMap<>();
        Set<String> periods = new TreeSet<>();
        for (List<Written> all : List.of(added, changed)) {
            for (Written one : all) {
                periods.add(one.row().period());
                years.computeIfAbsent(one.row().member(), id -> new TreeSet<>())
                        .add(YearMonth.parse(one.row().period()).getYear());
            }
        }
        if (!years.isEmpty()) {
            MonthSums.keep(tx, years.keySet(), periods, () -> {
                AssessmentRows.insert(tx, added);
                AssessmentRows.update(tx, changed);
            });
        }
        return years;
    }

    Map<Outcome, Integer> outcomes() {
        return Collections.unmodifiableMap(outcomes);
    }
}
