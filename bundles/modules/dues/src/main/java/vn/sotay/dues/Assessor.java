package vn.sotay.dues;

import java.nio.charset.StandardCharsets;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import vn.sotay.api.access.Audience;
import vn.sotay.api.member.Member;
import vn.sotay.api.member.Members;
import vn.sotay.api.rule.Rules;
import vn.sotay.api.store.Saved;
import vn.sotay.api.store.Seals;
import vn.sotay.api.store.Transaction;
import vn.sotay.api.unit.Unit;
import vn.sotay.api.unit.Units;
import vn.sotay.dues.AssessmentRows.Row;
import vn.sotay.dues.payment.Balances;
import vn.sotay.dues.payment.MonthSums;

/**
 * Reckons what members owe, of what they declared and were granted, and keeps it. The same again writes nothing. What changes after something was paid is kept
 * as a correction beside the amount that was due then. Works within the transaction of who calls. Thread-safe.
 */
@Component(service = Assessor.class)
public final class Assessor {

    private final Members members;
    private final Units units;
    private final Rules rules;
    private final DeclarationRows declarations;
    private final ExemptionRows exemptions;
    private final Balances balances;

    @Activate
    public Assessor(
            @Reference Members members,
            @Reference Units units,
            @Reference Rules rules,
            @Reference Seals seals,
            @Reference Balances balances) {
        this.members = members;
        this.units = units;
        this.rules = rules;
        this.declarations = new DeclarationRows(new DuesSeals(seals));
        this.exemptions = new ExemptionRows(new DuesSeals(seals));
        this.balances = balances;
    }

    /** The rules at a unit, each looked up once. Not thread-safe. */
    DuesRules.Book book(Unit unit) {
        Map<String, java.util.Optional<vn.sotay.api.rule.Rule>> known = new HashMap<>();
        return (day, key) -> known.computeIfAbsent(day + " " + key, none -> rules.find(day, unit, key));
    }

    /** What a member has declared and was granted. */
    private record Facts(Member member, List<Declaration> declared, List<Exemption> granted) {

        /** In force in a month: the one with the latest first month, of two the one that came later. */
        @Nullable Declaration in(YearMonth month) {
            return declared.stream()
                    .filter(one -> one.from().compareTo(month.toString()) <= 0)
                    .findFirst()
                    .orElse(null);
        }

        @Nullable Exemption granted(Exemption.Kind kind, YearMonth month) {
            String period = month.toString();
            return granted.stream()
                    .filter(one -> one.kind() == kind
                            && one.from().compareTo(period) <= 0
                            && Objects.requireNonNull(one.to()).compareTo(period) >= 0)
                    .max(Comparator.comparingInt(Exemption::percentOff))
                    .orElse(null);
        }
    }

    private Facts facts(Transaction tx, Member member) {
        return new Facts(
                member,
                declarations.of(tx, member.id()).stream()
                        .map(Saved::value)
                        .filter(one -> !Boolean.TRUE.equals(one.withdrawn()))
                        .toList(),
                exemptions.of(tx, member.id()).stream()
                        .map(Saved::value)
                        .filter(one -> one.state() == Exemption.State.GRANTED)
                        .toList());
    }

    /** What is owed for a month, by what is known today; null if it cannot be reckoned. Writes nothing. */
    @Nullable Due due(Transaction tx, Member member, YearMonth period, DuesRules.Book book) {
        return due(facts(tx, member), period, book);
    }

    private static @Nullable Due due(Facts facts, YearMonth period, DuesRules.Book book) {
        Declaration now = facts.in(period);
        if (now == null && !DuesRules.isOfPartyAge(facts.member().admittedOn(), period.atDay(1), book)) {
            return null;
        }
        Exemption relief = facts.granted(Exemption.Kind.RELIEF, period);
        try {
            Declaration of = now;
            if (now != null && now.duesClass() == DuesClass.INSURED) {
                // who was not insured in the month before has no wage of it: the first one counts
                Declaration before = facts.in(DuesRules.wageMonth(period, book));
                of = before != null && before.duesClass() == DuesClass.INSURED ? before : now;
            }
            return DuesRules.due(
                    new Basis(
                            now == null ? DuesClass.UNDECLARED : now.duesClass(),
                            of == null ? null : of.base(),
                            of == null ? null : of.pay(),
                            facts.member().admittedOn(),
                            relief == null ? 0 : relief.percentOff()),
                    period,
                    book);
        } catch (MissingRuleException e) {
            return null;
        }
    }

    /** What became of a member's months. */
    enum Outcome {
        ADDED,
        CHANGED,
        UNCHANGED,
        /** Nothing is declared, or a rule is not in force. */
        MISSING
    }

    /** Assesses one month of a member. */
    Outcome assess(Transaction tx, Member member, Unit cell, YearMonth period, DuesRules.Book book) {
        Outcome outcome = assess(tx, facts(tx, member), cell, period, book);
        if (outcome == Outcome.ADDED || outcome == Outcome.CHANGED) {
            tell(tx, member, cell, period.getYear());
        }
        return outcome;
    }

    /** Assesses anew those months of a member from a month on that were assessed before, for the member or for all. */
    void again(Transaction tx, Member member, String from) {
        Unit cell = units.current(member.cell());
        DuesRules.Book book = book(cell);
        Facts facts = facts(tx, member);
        Set<String> periods = new TreeSet<>(DuesMonthRows.assessed(tx, from));
        AssessmentRows.of(tx, member.id(), from, DuesRules.LAST.toString()).forEach(row -> periods.add(row.period()));
        Set<Integer> years = new TreeSet<>();
        for (String period : periods) {
            YearMonth month = YearMonth.parse(period);
            Outcome outcome = assess(tx, facts, cell, month, book);
            if (outcome == Outcome.ADDED || outcome == Outcome.CHANGED) {
                years.add(month.getYear());
            }
        }
        years.forEach(year -> tell(tx, member, cell, year));
    }

    private Outcome assess(Transaction tx, Facts facts, Unit cell, YearMonth period, DuesRules.Book book) {
        UUID member = facts.member().id();
        List<Row> found = AssessmentRows.of(tx, member, period.toString(), period.toString());
        Row before = found.isEmpty() ? null : found.get(0);
        Due due = due(facts, period, book);
        if (due == null && before == null) {
            return Outcome.MISSING;
        }
        Declaration declared = facts.in(period);
        Exemption relief = facts.granted(Exemption.Kind.RELIEF, period);
        Row after = new Row(
                member,
                period.toString(),
                cell.id(),
                due == null ? 0 : due.amount(),
                0,
                due == null ? 0 : due.full(),
                due == null ? 0 : due.reduction(),
                due == null || declared == null ? DuesClass.UNDECLARED : declared.duesClass(),
                facts.granted(Exemption.Kind.DEFERRAL, period) != null,
                due == null ? "" : AssessmentRows.written(due.rules()),
                before == null ? 1 : before.version() + 1);
        @Nullable UUID declaration = declared == null ? null : declared.id();
        @Nullable UUID exemption = relief == null ? null : relief.id();
        if (before == null) {
            MonthSums.keep(
                    tx,
                    cell.id(),
                    member,
                    List.of(after.period()),
                    () -> AssessmentRows.insert(tx, after, declaration, exemption));
            return Outcome.ADDED;
        }
        if (before.saysTheSame(after)) {
            return Outcome.UNCHANGED;
        }
        Row corrected = corrected(tx, before, after, declaration);
        MonthSums.keep(
                tx,
                cell.id(),
                member,
                List.of(after.period()),
                () -> AssessmentRows.update(tx, corrected, declaration, exemption));
        return Outcome.CHANGED;
    }

    /** What was due when something was paid stays; what has come to it is told beside it. */
    private static Row corrected(Transaction tx, Row before, Row after, @Nullable UUID declaration) {
        long paid = AssessmentRows.paid(tx, before.member()).getOrDefault(before.period(), 0L);
        if (paid == 0 && before.correction() == 0) {
            return after;
        }
        if (after.amount() != before.due()) {
            AssessmentRows.correct(tx, before.member(), before.period(), after.amount() - before.due(), declaration);
        }
        return new Row(
                after.member(),
                after.period(),
                after.cell(),
                before.amount(),
                after.amount() - before.amount(),
                after.full(),
                after.reduction(),
                after.duesClass(),
                after.deferred(),
                after.rules(),
                after.version());
    }

    private void tell(Transaction tx, Member member, Unit cell, int year) {
        List<Row> rows = AssessmentRows.of(tx, member.id(), year + "-01", year + "-12");
        long version = 0;
        List<DuesYear.Month> months = new ArrayList<>();
        for (Row row : rows) {
            version += row.version();
            months.add(new DuesYear.Month(
                    row.period(), row.duesClass(), row.due(), row.full(), row.reduction(), row.deferred()));
        }
        DuesYear told = new DuesYear(member.id(), member.name(), cell.id(), year, months);
        tx.changed(
                DuesYear.TYPE,
                UUID.nameUUIDFromBytes(("dues " + member.id() + " " + year).getBytes(StandardCharsets.UTF_8)),
                version,
                Map.of(Audience.member(member.id()), told, Audience.leaders(cell.id()), told));
        balances.tell(tx, member.id());
    }
}
