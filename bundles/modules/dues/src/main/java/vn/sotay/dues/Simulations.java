package vn.sotay.dues;

import java.time.YearMonth;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import vn.sotay.api.access.Caller;
import vn.sotay.api.http.Problem;
import vn.sotay.api.member.Member;
import vn.sotay.api.member.Members;
import vn.sotay.api.store.Store;
import vn.sotay.api.unit.Unit;
import vn.sotay.api.unit.Units;

/** What would change for whom: rules of two months over the same members. Writes nothing. */
@Component(service = Simulations.class)
public final class Simulations {

    private final Store store;
    private final Members members;
    private final Units units;
    private final Assessor assessor;

    @Activate
    public Simulations(
            @Reference Store store, @Reference Members members, @Reference Units units, @Reference Assessor assessor) {
        this.store = store;
        this.members = members;
        this.units = units;
        this.assessor = assessor;
    }

    /** What is summed up of a unit. */
    private static final class Sum {

        private int members;
        private int unknown;
        private int changed;
        private long before;
        private long after;

        void add(Sum other) {
            members += other.members;
            unknown += other.unknown;
            changed += other.changed;
            before += other.before;
            after += other.after;
        }
    }

    public Simulation run(Caller caller, UUID unit, String from, String to) {
        YearMonth first = DuesRules.month(from).orElseThrow(() -> Problem.invalid("from", "month"));
        YearMonth second = DuesRules.month(to).orElseThrow(() -> Problem.invalid("to", "month"));
        Unit of = units.get(unit);
        caller.require(DuesRights.COUNT, of);
        boolean byName = units.isCell(of) && caller.may(DuesRights.READ, of);
        List<Simulation.Person> people = new ArrayList<>();
        Sum all = new Sum();
        Map<Unit, Sum> parts = new LinkedHashMap<>();
        List<Unit> below = units.below(of.id());
        below.forEach(part -> parts.put(part, new Sum()));
        for (Unit cell : cells(of)) {
            // a transaction a cell: the whole province takes a while
            Sum sum = cell(cell, first, second, people);
            all.add(sum);
            below.stream().filter(cell::isWithin).findFirst().ifPresent(part -> parts.computeIfAbsent(
                            part, none -> new Sum())
                    .add(sum));
        }
        return new Simulation(
                from,
                to,
                all.members,
                all.unknown,
                all.before,
                all.after,
                all.changed,
                parts.entrySet().stream()
                        .map(one -> new Simulation.Part(
                                one.getKey().id(),
                                one.getKey().name(),
                                one.getValue().members,
                                one.getValue().changed,
                                one.getValue().before,
                                one.getValue().after))
                        .toList(),
                byName ? people : null);
    }

    private List<Unit> cells(Unit of) {
        List<Unit> cells = new ArrayList<>();
        if (units.isCell(of)) {
            cells.add(of);
        }
        units.below(of.id()).forEach(one -> cells.addAll(cells(one)));
        return cells;
    }

    private Sum cell(Unit cell, YearMonth first, YearMonth second, List<Simulation.Person> people) {
        return store.read(tx -> {
            Sum sum = new Sum();
            DuesRules.Book book = assessor.book(cell);
            for (Facts facts : assessor.facts(tx, members.ofCell(tx, cell.id()))) {
                Member member = facts.member();
                Due before = facts.due(first, book);
                Due after = facts.due(second, book);
                if (before == null || after == null) {
                    sum.unknown++;
                    continue;
                }
                sum.members++;
                sum.before += before.amount();
                sum.after += after.amount();
                if (before.amount() != after.amount()) {
                    sum.changed++;
                    if (people.size() < 500) {
                        people.add(new Simulation.Person(member.id(), member.name(), before.amount(), after.amount()));
                    }
                }
            }
            return sum;
        });
    }
}
