package vn.sotay.dues;

import java.nio.charset.StandardCharsets;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import vn.sotay.api.access.Audience;
import vn.sotay.api.member.Member;
import vn.sotay.api.rule.Rules;
import vn.sotay.api.store.Saved;
import vn.sotay.api.store.Seals;
import vn.sotay.api.store.Transaction;
import vn.sotay.api.unit.Unit;
import vn.sotay.api.unit.Units;
import vn.sotay.dues.AssessmentRound.Outcome;
import vn.sotay.dues.AssessmentRound.Person;
import vn.sotay.dues.AssessmentRows.Row;
import vn.sotay.dues.payment.Balances;
import vn.sotay.dues.payment.Purse;

/**
 * Reckons what members owe, of what they declared and were granted, and keeps it. The same again writes nothing. What changes after something was paid is kept
 * as a correction beside the amount that was due then. Works within the transaction of who calls. Thread-safe.
 */
@Component(service = Assessor.class)
public final class Assessor {

    private final Units units;
    private final Rules rules;
    private final DeclarationRows declarations;
    private final ExemptionRows exemptions;
    private final Balances balances;

    @Activate
    public Assessor(
            @Reference Units units, @Reference Rules rules, @Reference Seals seals, @Reference Balances balances) {
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

    /** What members have declared and were granted, in their order. */
    List<Facts> facts(Transaction tx, List<Member> of) {
        List<UUID> ids = of.stream().map(Member::id).toList();
        Map<UUID, List<Saved<Declaration>>> declared = declarations.of(tx, ids);
        Map<UUID, List<Saved<Exemption>>> asked = exemptions.of(tx, ids);
        return of.stream()
                .map(one -> new Facts(
                        one,
                        declared.getOrDefault(one.id(), List.of()).stream()
                                .map(Saved::value)
                                .filter(made -> !Boolean.TRUE.equals(made.withdrawn()))
                                .toList(),
                        asked.getOrDefault(one.id(), List.of()).stream()
                                .map(Saved::value)
                                .filter(made -> made.state() == Exemption.State.GRANTED)
                                .toList()))
                .toList();
    }

    /** Assesses a month of members of whatever cells. */
    Map<Outcome, Integer> assess(Transaction tx, List<Member> of, YearMonth period) {
        List<Person> people = people(tx, of);
        AssessmentRound round = round(tx, people, period.toString(), period.toString());
        people.forEach(person -> round.assess(person, period));
        tell(tx, people, round.write());
        return round.outcomes();
    }

    /** Assesses anew those months of a member from a month on that were assessed before, for the member or for all. */
    void again(Transaction tx, Member member, String from) {
        List<Person> people = people(tx, List.of(member));
        AssessmentRound round = round(tx, people, from, DuesRules.LAST.toString());
        Set<String> periods = new TreeSet<>(DuesMonthRows.assessed(tx, from));
        periods.addAll(round.assessed(member.id()));
        periods.forEach(period -> round.assess(people.get(0), YearMonth.parse(period)));
        tell(tx, people, round.write());
    }

    /** Those of these members of whom something was assessed in another cell than that of today. */
    List<Member> elsewhere(Transaction tx, List<Member> of) {
        Map<UUID, Set<UUID>> cells =
                AssessmentRows.cells(tx, of.stream().map(Member::id).toList());
        return of.stream()
                .filter(one -> cells.getOrDefault(one.id(), Set.of()).stream()
                        .anyMatch(cell -> !cell.equals(units.current(one.cell()).id())))
                .toList();
    }

    /**
     * Members have come to another cell: the months that are open go with them, as they were assessed; those to come are assessed by the
     * rules of the new cell; those that are paid stay where they were.
     */
    void follow(Transaction tx, List<Member> of) {
        List<Person> people = people(tx, of);
        AssessmentRound round = round(tx, people, DuesRules.FIRST.toString(), DuesRules.LAST.toString());
        YearMonth now = YearMonth.from(tx.now().atZone(DuesRules.ZONE));
        people.forEach(person -> round.follow(person, now));
        tell(tx, people, round.write());
    }

    private List<Person> people(Transaction tx, List<Member> of) {
        // before anything is read of them: what is declared or granted meanwhile comes wholly before or after
        Purse.lock(tx, of.stream().map(one -> units.current(one.cell()).id()).toList());
        Map<UUID, DuesRules.Book> books = new HashMap<>();
        return facts(tx, of).stream()
                .map(one -> {
                    Unit cell = units.current(one.member().cell());
                    return new Person(one, cell, books.computeIfAbsent(cell.id(), id -> book(cell)));
                })
                .toList();
    }

    private static AssessmentRound round(Transaction tx, List<Person> people, String first, String last) {
        return new AssessmentRound(tx, people.stream().map(Person::id).toList(), first, last);
    }

    private void tell(Transaction tx, List<Person> people, Map<UUID, Set<Integer>> changed) {
        Map<Integer, List<Person>> byYear = new TreeMap<>();
        for (Person person : people) {
            changed.getOrDefault(person.id(), Set.of())
                    .forEach(year -> byYear.computeIfAbsent(year, none -> new ArrayList<>())
                            .add(person));
        }
        byYear.forEach((year, of) -> tell(tx, of, year));
        balances.tell(
                tx,
                people.stream()
                        .filter(one -> changed.containsKey(one.id()))
                        .map(one -> one.facts().member())
                        .toList());
    }

    private static void tell(Transaction tx, List<Person> people, int year) {
        Map<UUID, List<Row>> rows =
                AssessmentRows.of(tx, people.stream().map(Person::id).toList(), year + "-01", year + "-12");
        for (Person person : people) {
            Member member = person.facts().member();
            long version = 0;
            List<DuesYear.Month> months = new ArrayList<>();
            for (Row row : rows.getOrDefault(member.id(), List.of())) {
                version += row.version();
                months.add(new DuesYear.Month(
                        row.period(), row.duesClass(), row.due(), row.full(), row.reduction(), row.deferred()));
            }
            UUID cell = person.cell().id();
            DuesYear told = new DuesYear(member.id(), member.name(), cell, year, months);
            tx.changed(
                    DuesYear.TYPE,
                    UUID.nameUUIDFromBytes(("dues " + member.id() + " " + year).getBytes(StandardCharsets.UTF_8)),
                    version,
                    Map.of(Audience.member(member.id()), told, Audience.leaders(cell), told));
        }
    }
}
