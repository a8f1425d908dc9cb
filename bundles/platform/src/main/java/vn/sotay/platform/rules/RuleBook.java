package vn.sotay.platform.rules;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import vn.sotay.api.rule.Rule;
import vn.sotay.platform.module.ModuleException;
import vn.sotay.platform.rules.RulePack.Line;

/** All rules of the province at one time. Pure and immutable: a change makes a new one. */
final class RuleBook {

    /** Where a pack comes from; what stands first goes before the rest. */
    enum Origin {
        PROVINCE,
        MODULES
    }

    /**
     * A rule with the days on which it is in force.
     *
     * @param isConfirmed whether it is in force at all: one that waits for that is shown and checked, and never found
     */
    record Entry(Origin origin, RulePack pack, Line line, LocalDate from, LocalDate to, boolean isConfirmed) {

        boolean isInForce(LocalDate day) {
            return !day.isBefore(from) && !day.isAfter(to);
        }

        Rule rule() {
            return new Rule(line.key(), line.value(), pack.id(), line.citation());
        }

        boolean meets(Entry other) {
            return origin == other.origin
                    && line.scope().equals(other.line.scope())
                    && !from.isAfter(other.to)
                    && !other.from.isAfter(to);
        }
    }

    private final Map<String, List<Entry>> byKey = new TreeMap<>();
    private final Map<Origin, List<RulePack>> packs;

    /** As {@link #RuleBook(Map, Predicate)}, where none that waits for it is confirmed. */
    RuleBook(Map<Origin, List<RulePack>> packs) throws ModuleException {
        this(packs, id -> false);
    }

    /**
     * @param confirmed whether the province has confirmed the pack with this id
     * @throws ModuleException if two packs of one origin are in force on the same day for one key and scope, or there is a day between two
     *     without a rule that must be continuous
     */
    RuleBook(Map<Origin, List<RulePack>> packs, Predicate<String> confirmed) throws ModuleException {
        this.packs = packs;
        for (Origin origin : Origin.values()) {
            List<RulePack> all = packs.getOrDefault(origin, List.of());
            for (RulePack pack : all) {
                LocalDate end = end(pack, all);
                boolean isConfirmed = !pack.needsConfirmation() || confirmed.test(pack.id());
                for (Line line : pack.rules()) {
                    LocalDate from = later(pack.effectiveFrom(), line.from());
                    LocalDate to = line.to() == null || line.to().isAfter(end) ? end : line.to();
                    if (!to.isBefore(from)) {
                        add(new Entry(origin, pack, line, from, to, isConfirmed));
                    }
                }
            }
        }
        for (List<Entry> ofKey : byKey.values()) {
            requireNoGap(ofKey);
        }
    }

    private static LocalDate later(LocalDate one, @Nullable LocalDate other) {
        return other == null || other.isBefore(one) ? one : other;
    }

    /** Days between two rules of a key and scope, where one of them says that there must be none. */
    private static void requireNoGap(List<Entry> ofKey) throws ModuleException {
        for (Entry entry : ofKey) {
            if (!entry.line().isContinuous()) {
                continue;
            }
            List<Entry> after = ofKey.stream()
                    .filter(other -> other.origin() == entry.origin()
                            && other.line().scope().equals(entry.line().scope())
                            && other.from().isAfter(entry.to()))
                    .toList();
            if (!after.isEmpty()
                    && after.stream()
                            .noneMatch(other -> other.from().equals(entry.to().plusDays(1)))) {
                throw new ModuleException("no rule pack says " + entry.line().key() + " for "
                        + entry.line().scope() + " on " + entry.to().plusDays(1) + ", after "
                        + entry.pack().id() + " ends: it must be continuous");
            }
        }
    }

    /** All packs, of whatever day. */
    Map<Origin, List<RulePack>> packs() {
        return packs;
    }

    /** The last day of a pack; {@code LocalDate.MAX} while it is open. */
    LocalDate end(Origin origin, RulePack pack) {
        return end(pack, packs.getOrDefault(origin, List.of()));
    }

    /**
     * What is in force on a day, or would be if it were confirmed: for each key the rule that is found, and before it one that waits and would go
     * before it.
     *
     * @param codes as in {@link #find}
     */
    List<Entry> on(LocalDate day, List<String> codes) {
        List<Entry> all = new ArrayList<>();
        byKey.forEach((key, entries) -> {
            Optional<Entry> waits = entry(day, codes, key, entry -> true).filter(entry -> !entry.isConfirmed());
            waits.ifPresent(all::add);
            entry(day, codes, key, Entry::isConfirmed).ifPresent(all::add);
        });
        return all;
    }

    /** The last day on which a pack is in force: its own, or the day before the one that supersedes it. */
    private static LocalDate end(RulePack pack, List<RulePack> all) {
        LocalDate end = pack.effectiveTo() == null ? LocalDate.MAX : pack.effectiveTo();
        for (RulePack other : all) {
            LocalDate before = other.effectiveFrom().minusDays(1);
            if (pack.id().equals(other.supersedes()) && before.isBefore(end)) {
                end = before;
            }
        }
        return end;
    }

    private void add(Entry entry) throws ModuleException {
        List<Entry> there = byKey.computeIfAbsent(entry.line().key(), key -> new ArrayList<>());
        for (Entry other : there) {
            if (entry.meets(other)) {
                throw new ModuleException("the rule packs " + other.pack().id() + " and "
                        + entry.pack().id() + " both say " + entry.line().key() + " for "
                        + entry.line().scope() + " on the same day: end one of them by effectiveTo or supersedes");
            }
        }
        there.add(entry);
    }

    /**
     * The rule in force: the province's before the modules', then that of the nearest unit.
     *
     * @param codes codes of the units from the nearest up
     */
    Optional<Rule> find(LocalDate day, List<String> codes, String key) {
        return entry(day, codes, key, Entry::isConfirmed).map(Entry::rule);
    }

    /** What is in force at any unit. */
    List<Rule> anywhere(LocalDate day, String key) {
        return byKey.getOrDefault(key, List.of()).stream()
                .filter(entry -> entry.isConfirmed() && entry.isInForce(day))
                .map(Entry::rule)
                .toList();
    }

    private Optional<Entry> entry(LocalDate day, List<String> codes, String key, Predicate<Entry> which) {
        return byKey.getOrDefault(key, List.of()).stream()
                .filter(entry -> entry.isInForce(day) && which.test(entry))
                .filter(entry -> distance(entry, codes) != null)
                .min(Comparator.comparing(Entry::origin).thenComparing(entry -> distance(entry, codes)));
    }

    /** How many steps up the rule's unit is; null if it is not above. */
    private static @Nullable Integer distance(Entry entry, List<String> codes) {
        String scope = entry.line().scope();
        if (scope.equals(RulePack.EVERYWHERE)) {
            return codes.size();
        }
        int index = codes.indexOf(scope);
        return index < 0 ? null : index;
    }
}
