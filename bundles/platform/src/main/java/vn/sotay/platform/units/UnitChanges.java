package vn.sotay.platform.units;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.UUID;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import vn.sotay.api.access.Caller;
import vn.sotay.api.http.Problem;
import vn.sotay.api.member.Member;
import vn.sotay.api.store.Saved;
import vn.sotay.api.store.Store;
import vn.sotay.api.store.Transaction;
import vn.sotay.api.unit.Unit;
import vn.sotay.platform.access.Mandates;
import vn.sotay.platform.access.Mandates.Held;
import vn.sotay.platform.files.StoredFiles;
import vn.sotay.platform.json.Json;
import vn.sotay.platform.members.MemberBook;
import vn.sotay.platform.store.Succession;
import vn.sotay.platform.units.Rearrangement.Worked;
import vn.sotay.platform.units.UnitRows.Cause;
import vn.sotay.platform.units.UnitRows.Reason;

/**
 * Moves, merges and splits units: each in one transaction with the members, mandates, files and audiences that it concerns. The same
 * request again is answered the same and changes nothing; a dry run says what would happen. Thread-safe.
 */
@Component(service = UnitChanges.class)
public final class UnitChanges {

    private final Store store;
    private final UnitBook book;
    private final MemberBook members;
    private final StoredFiles files;
    private final ObjectMapper json = Json.own();

    @Activate
    public UnitChanges(
            @Reference Store store,
            @Reference UnitBook book,
            @Reference MemberBook members,
            @Reference StoredFiles files) {
        this.store = store;
        this.book = book;
        this.members = members;
        this.files = files;
    }

    /** A change that is asked for. */
    private interface Change {

        /** Whether the units are as the request wants them. */
        boolean isDone(UnitTree units);

        /** @throws vn.sotay.api.http.ProblemException if it cannot be, or the caller may not */
        Plan plan(Transaction tx, UnitTree before, Unit unit, LocalDate from, boolean dryRun);
    }

    /**
     * All that is to happen.
     *
     * @param unit what was moved, takes over or is split
     * @param transfers members by their new cell
     * @param ended mandates that end
     * @param carried of these, the ids of those that go on at {@code unit}
     */
    private record Plan(
            Cause cause,
            UUID unit,
            Worked units,
            Map<UUID, List<Saved<Member>>> transfers,
            List<Held> ended,
            Set<UUID> carried) {

        static Plan of(Cause cause, UUID unit, Worked units) {
            return new Plan(cause, unit, units, Map.of(), List.of(), Set.of());
        }
    }

    private Outcome run(
            Caller caller,
            UUID id,
            Record body,
            @Nullable LocalDate wantedFrom,
            boolean dryRun,
            OptionalLong ifMatch,
            Change change) {
        String request = request(body);
        Store.Work<Outcome, RuntimeException> work = tx -> {
            UnitTree before = UnitRows.take(tx.handle());
            Saved<Unit> unit =
                    before.find(id).filter(saved -> caller.sees(saved.value())).orElseThrow(Problem::notFound);
            caller.require(UnitBook.WRITE, unit.value());
            if (!dryRun && change.isDone(before)) {
                Optional<String> answered = UnitRows.answered(tx.handle(), id, request);
                if (answered.isPresent()) {
                    // if it was never known whether the first time committed, this is how memory learns of it
                    book.publish(tx, before, List.of());
                    return withHolders(tx, read(answered.get()));
                }
            }
            LocalDate from = from(tx, wantedFrom);
            Plan plan = change.plan(tx, before, unit.value(), from, dryRun);
            Outcome outcome = outcome(plan, dryRun, from);
            if (!plan.units().isNothing()) {
                if (ifMatch.isPresent() && ifMatch.getAsLong() != unit.version()) {
                    throw Problem.changedMeanwhile(unit);
                }
                if (!dryRun) {
                    apply(tx, caller, plan, from);
                    UnitRows.answer(tx, id, request, caller.account(), write(outcome));
                }
            }
            return withHolders(tx, outcome);
        };
        return dryRun ? store.read(work) : store.write(work);
    }

    private static LocalDate from(Transaction tx, @Nullable LocalDate wanted) {
        LocalDate today = UnitBook.day(tx);
        if (wanted == null) {
            return today;
        }
        if (wanted.isAfter(today)) {
            throw Problem.invalid("from", "unit.from-future");
        }
        if (wanted.isBefore(today.minusYears(1))) {
            throw Problem.invalid("from", "unit.from-past");
        }
        return wanted;
    }

    private void apply(Transaction tx, Caller caller, Plan plan, LocalDate from) {
        Worked units = plan.units();
        UUID origin = plan.cause() == Cause.SPLIT ? plan.unit() : null;
        Reason reason = new Reason(plan.cause(), caller.account(), from, origin);
        List<Succession> successions = units.successions();
        UnitRows.lock(
                tx, units.changed().stream().map(saved -> saved.value().id()).toList());
        List<Runnable> transfers = new ArrayList<>();
        plan.transfers().forEach((cell, who) -> transfers.add(members.transfer(tx, who, cell, from)));
        Mandates.end(tx, plan.ended(), from.minusDays(1));
        List<Held> carried = plan.ended().stream()
                .filter(held -> plan.carried().contains(held.id()))
                .toList();
        Mandates.carry(tx, carried, plan.unit(), from);
        files.readdress(tx, successions);
        UnitBook.tell(tx, units.made());
        UnitBook.tell(tx, units.changed());
        book.publish(tx, units.after(), successions, () -> {
            UnitRows.insert(tx, units.made().stream().map(Saved::value).toList(), reason);
            transfers.forEach(Runnable::run);
            UnitRows.update(tx, units.before(), units.changed(), reason);
        });
    }

    // ---- moving

    /**
     * Lets a unit stand below another one, with all that is below it.
     *
     * @throws vn.sotay.api.http.ProblemException 404, 403, 409, 412, 422
     */
    Outcome move(Caller caller, UUID id, Move body, OptionalLong ifMatch) {
        return run(caller, id, body, body.from(), isDry(body.dryRun()), ifMatch, new Change() {
            @Override
            public boolean isDone(UnitTree units) {
                return units.find(id)
                        .filter(unit -> body.parent().equals(unit.value().parent()))
                        .filter(unit -> body.code() == null
                                || body.code().strip().equals(unit.value().code()))
                        .isPresent();
            }

            @Override
            public Plan plan(Transaction tx, UnitTree before, Unit unit, LocalDate from, boolean dryRun) {
                requireBelowRoot(caller, before, unit);
                Unit parent = named(caller, before, "parent", body.parent());
                Rearrangement change = new Rearrangement(book.unitKinds(), before);
                if (!parent.id().equals(unit.parent())) {
                    change.place("parent", unit, parent);
                }
                if (body.code() != null && !body.code().strip().equals(unit.code())) {
                    change.code("code", id, body.code().strip());
                }
                recode(change, before, body.codes(), one -> one.isWithin(unit) && !one.equals(unit));
                return Plan.of(Cause.MOVED, id, change.work());
            }
        });
    }

    private static void recode(
            Rearrangement change, UnitTree before, @Nullable List<Move.NewCode> codes, Predicate<Unit> isConcerned) {
        int i = 0;
        for (Move.NewCode wanted : codes == null ? List.<Move.NewCode>of() : codes) {
            String field = "codes[" + i++ + ']';
            Unit unit = before.find(wanted.unit())
                    .map(Saved::value)
                    .filter(one -> !one.hasClosed())
                    .filter(isConcerned)
                    .orElse(null);
            if (unit == null) {
                change.wrong(field + ".unit", "unit.not-below");
            } else if (!wanted.code().strip().equals(unit.code())) {
                change.code(field + ".code", unit.id(), wanted.code().strip());
            }
        }
    }

    // ---- merging

    /**
     * Closes units and lets another one take over what they have.
     *
     * @throws vn.sotay.api.http.ProblemException 404, 403, 409, 412, 422
     */
    Outcome merge(Caller caller, UUID id, Merge body, OptionalLong ifMatch) {
        UUID target = body.into() == null ? id : body.into();
        Map<String, UUID> closing = new LinkedHashMap<>();
        if (!target.equals(id)) {
            closing.put("into", id);
        }
        List<UUID> named = body.units() == null ? List.of() : body.units();
        for (int i = 0; i < named.size(); i++) {
            closing.put("units[" + i + ']', named.get(i));
        }
        if (closing.isEmpty()) {
            throw Problem.invalid("units", "required");
        }
        return run(caller, id, body, body.from(), isDry(body.dryRun()), ifMatch, new Change() {
            @Override
            public boolean isDone(UnitTree units) {
                return closing.values().stream().allMatch(unit -> units.find(unit)
                        .filter(saved -> target.equals(saved.value().successor()))
                        .isPresent());
            }

            @Override
            public Plan plan(Transaction tx, UnitTree before, Unit unit, LocalDate from, boolean dryRun) {
                Unit successor = target.equals(id) ? living(unit) : named(caller, before, "into", target);
                Rearrangement change = new Rearrangement(book.unitKinds(), before);
                Map<String, Unit> closed = closed(caller, before, change, closing, successor);
                Set<UUID> ids = new HashSet<>();
                closed.values().forEach(one -> ids.add(one.id()));
                closed.forEach((field, one) -> change.close(field, one, successor, ids));
                recode(
                        change,
                        before,
                        body.codes(),
                        one -> !ids.contains(one.id())
                                && closed.values().stream().anyMatch(one::isWithin));
                List<Held> ended = Mandates.at(tx.handle(), ids, from);
                Set<UUID> carried = carried(change, body.carry(), ended, closed.isEmpty());
                Worked units = change.work();
                List<UUID> cells = closed.values().stream()
                        .filter(book::isCell)
                        .map(Unit::id)
                        .toList();
                Map<UUID, List<Saved<Member>>> transfers = Map.of(target, members(tx, cells, dryRun));
                return new Plan(Cause.MERGED, target, units, transfers, ended, carried);
            }
        });
    }

    /** The units that are to be closed and are not yet, by the field that names each. */
    private static Map<String, Unit> closed(
            Caller caller, UnitTree before, Rearrangement change, Map<String, UUID> closing, Unit successor) {
        Map<String, Unit> closed = new LinkedHashMap<>();
        Set<UUID> seen = new HashSet<>();
        closing.forEach((field, id) -> {
            Unit unit = before.find(id).map(Saved::value).filter(caller::sees).orElse(null);
            if (unit == null) {
                change.wrong(field, "unit.unknown");
            } else if (!seen.add(id)) {
                change.wrong(field, "unit.twice");
            } else if (id.equals(successor.id())) {
                change.wrong(field, "unit.itself");
            } else if (!unit.hasClosed()) {
                caller.require(UnitBook.WRITE, unit);
                requireParent(caller, before, unit);
                closed.put(field, unit);
            } else if (!successor.id().equals(unit.successor())) {
                change.wrong(field, "unit.closed");
            }
        });
        return closed;
    }

    private static Set<UUID> carried(
            Rearrangement change, @Nullable List<UUID> wanted, List<Held> ended, boolean isDone) {
        List<UUID> carried = wanted == null ? List.of() : wanted;
        for (int i = 0; i < carried.size(); i++) {
            UUID id = carried.get(i);
            if (!isDone && ended.stream().noneMatch(held -> held.id().equals(id))) {
                change.wrong("carry[" + i + ']', "unit.no-mandate");
            }
        }
        return Set.copyOf(carried);
    }

    // ---- splitting

    /**
     * Makes parts of a unit to units of their own.
     *
     * @throws vn.sotay.api.http.ProblemException 404, 403, 409, 412, 422
     */
    Outcome split(Caller caller, UUID id, Split body, OptionalLong ifMatch) {
        if (body.units().isEmpty()) {
            throw Problem.invalid("units", "required");
        }
        return run(caller, id, body, body.from(), isDry(body.dryRun()), ifMatch, new Change() {
            @Override
            public boolean isDone(UnitTree units) {
                return body.units().stream()
                        .allMatch(part -> units.find(part.id()).isPresent());
            }

            @Override
            public Plan plan(Transaction tx, UnitTree before, Unit unit, LocalDate from, boolean dryRun) {
                requireBelowRoot(caller, before, unit);
                Rearrangement change = new Rearrangement(book.unitKinds(), before);
                Map<UUID, Saved<Member>> left = new HashMap<>();
                if (book.isCell(unit)) {
                    members(tx, List.of(id), dryRun)
                            .forEach(saved -> left.put(saved.value().id(), saved));
                }
                Map<UUID, List<Saved<Member>>> transfers = new LinkedHashMap<>();
                Set<UUID> placed = new HashSet<>();
                for (int i = 0; i < body.units().size(); i++) {
                    Split.Part part = body.units().get(i);
                    String field = "units[" + i + ']';
                    change.make(field, part.id(), part.code().strip(), UnitBook.name(part.name()), unit);
                    transfers.put(part.id(), leaving(change, field, part, left, book.isCell(unit)));
                    place(change, before, field, part, unit, placed);
                }
                Worked units = change.work();
                return new Plan(Cause.SPLIT, id, units, transfers, List.of(), Set.of());
            }
        });
    }

    /** The members that go to the new unit; each goes to one. */
    private static List<Saved<Member>> leaving(
            Rearrangement change, String field, Split.Part part, Map<UUID, Saved<Member>> left, boolean isCell) {
        List<Saved<Member>> leaving = new ArrayList<>();
        List<UUID> wanted = part.members() == null ? List.of() : part.members();
        for (int i = 0; i < wanted.size(); i++) {
            Saved<Member> member = left.remove(wanted.get(i));
            if (member == null) {
                change.wrong(field + ".members[" + i + ']', isCell ? "unit.not-a-member" : "unit.members-of-cells");
            } else {
                leaving.add(member);
            }
        }
        return leaving;
    }

    private static void place(
            Rearrangement change, UnitTree before, String field, Split.Part part, Unit unit, Set<UUID> placed) {
        List<UUID> wanted = part.below() == null ? List.of() : part.below();
        for (int i = 0; i < wanted.size(); i++) {
            String name = field + ".below[" + i + ']';
            Unit below = before.find(wanted.get(i))
                    .map(Saved::value)
                    .filter(one -> !one.hasClosed() && unit.id().equals(one.parent()))
                    .orElse(null);
            if (below == null) {
                change.wrong(name, "unit.not-below");
            } else if (!placed.add(below.id())) {
                change.wrong(name, "unit.twice");
            } else {
                change.placeInNew(name, below, part.id(), unit);
            }
        }
    }

    // ---- what all of these share

    private static boolean isDry(@Nullable Boolean dryRun) {
        return Boolean.TRUE.equals(dryRun);
    }

    /** A living unit that the body names, and that the caller may change. */
    private static Unit named(Caller caller, UnitTree before, String field, UUID id) {
        Unit unit = before.find(id)
                .map(Saved::value)
                .filter(caller::sees)
                .orElseThrow(() -> Problem.invalid(field, "unit.unknown"));
        if (unit.hasClosed()) {
            throw Problem.invalid(field, "unit.closed");
        }
        caller.require(UnitBook.WRITE, unit);
        return unit;
    }

    private static Unit living(Unit unit) {
        if (unit.hasClosed()) {
            throw Problem.conflict("unit.closed");
        }
        return unit;
    }

    private static void requireBelowRoot(Caller caller, UnitTree before, Unit unit) {
        if (living(unit).parent() == null) {
            throw Problem.conflict("unit.root");
        }
        requireParent(caller, before, unit);
    }

    /** Who takes a unit away from where it stands may do so there. */
    private static void requireParent(Caller caller, UnitTree before, Unit unit) {
        UUID parent = unit.parent();
        if (parent != null) {
            caller.require(UnitBook.WRITE, before.find(parent).orElseThrow().value());
        }
    }

    /** The active members of cells that they are about to leave. */
    private List<Saved<Member>> members(Transaction tx, List<UUID> cells, boolean dryRun) {
        if (!dryRun) {
            UnitRows.lockAgainstMembers(tx, cells);
        }
        return members.take(tx, cells);
    }

    private static Outcome outcome(Plan plan, boolean dryRun, LocalDate from) {
        Worked units = plan.units();
        return new Outcome(
                dryRun,
                from,
                units.after().find(plan.unit()).orElseThrow().value(),
                units.made().stream().map(Saved::value).toList(),
                units.closed(),
                units.moved(),
                plan.transfers().values().stream().mapToInt(Collection::size).sum(),
                plan.ended().stream()
                        .map(held -> new Outcome.Ended(
                                held.id(),
                                held.mandate().unit(),
                                held.mandate().role(),
                                null,
                                plan.carried().contains(held.id())))
                        .toList());
    }

    /** The names of people are not kept with what was done, but looked up for who asks. */
    private static Outcome withHolders(Transaction tx, Outcome outcome) {
        Map<UUID, String> holders = new HashMap<>();
        Mandates.find(
                        tx.handle(),
                        outcome.mandates().stream().map(Outcome.Ended::id).toList())
                .forEach(held -> holders.put(held.id(), held.holder()));
        List<Outcome.Ended> mandates = outcome.mandates().stream()
                .map(one -> new Outcome.Ended(one.id(), one.unit(), one.role(), holders.get(one.id()), one.carried()))
                .toList();
        return new Outcome(
                outcome.dryRun(),
                outcome.from(),
                outcome.unit(),
                outcome.made(),
                outcome.closed(),
                outcome.moved(),
                outcome.members(),
                mandates);
    }

    /** The same for the same request. */
    private String request(Record body) {
        ObjectNode asked = json.valueToTree(body);
        asked.remove("dryRun");
        String text = body.getClass().getSimpleName() + ' ' + asked;
        return UUID.nameUUIDFromBytes(text.getBytes(StandardCharsets.UTF_8)).toString();
    }

    private Outcome read(String text) {
        try {
            return json.readValue(text, Outcome.class);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("an outcome that cannot be read", e);
        }
    }

    private String write(Outcome outcome) {
        try {
            return json.writeValueAsString(outcome);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("an outcome is always JSON", e);
        }
    }
}
