package vn.sotay.platform.rules;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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

    /** A rule with the days on which it is in force. */
    private record Entry(Origin origin, RulePack pack, Line line, LocalDate from, LocalDate to) {

        boolean isInForce(LocalDate day) {
            return !day.isBefore(from) && !day.isAfter(to);
        }

        boolean meets(Entry other) {
            return origin == other.origin
                    && line.scope().equals(other.line.scope())
                    && !from.isAfter(other.to)
                    && !other.from.isAfter(to);
        }
    }

    private final Map<String, List<Entry>> byKey = new HashMap<>();

    /** @throws ModuleException if two packs of one origin are in force on the same day for one key and scope */
    RuleBook(Map<Origin, List<RulePack>> packs) throws ModuleException {
        for (Origin origin : Origin.values()) {
            List<RulePack> all = packs.getOrDefault(origin, List.of());
            for (RulePack pack : all) {
                LocalDate end = end(pack, all);
                for (Line line : pack.rules()) {
                    add(new Entry(origin, pack, line, pack.effectiveFrom(), end));
                }
            }
        }
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
        return byKey.getOrDefault(key, List.of()).stream()
                .filter(entry -> entry.isInForce(day))
                .filter(entry -> distance(entry, codes) != null)
                .min(Comparator.comparing(Entry::origin).thenComparing(entry -> distance(entry, codes)))
                .map(entry -> new Rule(
                        key,
                        entry.line().value(),
                        entry.pack().id(),
                        entry.line().citation()));
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
