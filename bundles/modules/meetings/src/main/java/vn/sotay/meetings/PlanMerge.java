package vn.sotay.meetings;

import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import vn.sotay.api.change.Merged;
import vn.sotay.meetings.Meeting.Plan;

/**
 * Two plans of one meeting that were written without knowing of each other, put together field by field. An item's title is a field; its
 * documents, and the items, are sets to which both add and from which both take. Pure; tested by the table in {@code PlanMergeTest}.
 */
final class PlanMerge {

    /**
     * What comes out.
     *
     * @param plan as {@link Meeting#plan}
     * @param lost what gave way, as text, by the field's name in JSON; {@code items.<id>} for the title of an item
     * @param chosen fields that the later one's writer has changed, having seen what is there
     */
    record Result(Meeting plan, Map<String, String> lost, Set<String> chosen) {}

    private final Map<String, String> lost = new LinkedHashMap<>();
    private final Set<String> chosen = new LinkedHashSet<>();

    private PlanMerge() {}

    /**
     * @param base what the later one's writer saw
     * @param there the plan as it is
     * @param sent the plan that comes
     */
    static Result of(Plan base, Meeting there, Meeting sent) {
        PlanMerge merge = new PlanMerge();
        Meeting plan = Meeting.planned(
                there.cell(),
                merge.field("kind", base.kind(), there.kind(), sent.kind()),
                merge.field(
                        "startsAt", base.startsAt().truncatedTo(ChronoUnit.MILLIS), there.startsAt(), sent.startsAt()),
                merge.field("place", base.place(), there.place(), sent.place()),
                merge.field("title", base.title(), there.title(), sent.title()),
                merge.items(base.items().stream().map(AgendaItem::plan).toList(), there.items(), sent.items()));
        return new Result(plan, merge.lost, merge.chosen);
    }

    private <T> T field(String name, @Nullable T base, T there, T sent) {
        Merged<T> merged = Merged.of(base, there, sent);
        if (merged.gaveWay()) {
            lost.put(name, String.valueOf(merged.other()));
        } else if (there.equals(base) && !sent.equals(there)) {
            chosen.add(name);
        }
        return Objects.requireNonNull(merged.value());
    }

    private List<AgendaItem> items(List<AgendaItem> base, List<AgendaItem> there, List<AgendaItem> sent) {
        Map<UUID, AgendaItem> before = byId(base);
        Map<UUID, AgendaItem> now = byId(there);
        Map<UUID, AgendaItem> comes = byId(sent);
        List<AgendaItem> merged = new ArrayList<>();
        for (UUID id : isReordered(before, comes) ? order(comes, now) : order(now, comes)) {
            AgendaItem item = item(before.get(id), now.get(id), comes.get(id));
            if (item != null) {
                merged.add(item);
            }
        }
        return merged;
    }

    private static Map<UUID, AgendaItem> byId(List<AgendaItem> items) {
        return items.stream()
                .collect(
                        Collectors.toMap(AgendaItem::id, Function.identity(), (one, other) -> one, LinkedHashMap::new));
    }

    private static boolean isReordered(Map<UUID, AgendaItem> base, Map<UUID, AgendaItem> sent) {
        List<UUID> one = base.keySet().stream().filter(sent::containsKey).toList();
        List<UUID> other = sent.keySet().stream().filter(base::containsKey).toList();
        return !one.equals(other);
    }

    /** The first ones in their order; what only the second ones have, behind what stands before it there. */
    private static List<UUID> order(Map<UUID, AgendaItem> first, Map<UUID, AgendaItem> second) {
        List<UUID> order = new ArrayList<>(first.keySet());
        int place = 0;
        for (UUID id : second.keySet()) {
            int at = order.indexOf(id);
            if (at < 0) {
                // what both have put into the same place: the later one's behind the other's
                while (place < order.size() && !second.containsKey(order.get(place))) {
                    place++;
                }
                order.add(place++, id);
            } else {
                place = at + 1;
            }
        }
        return order;
    }

    /** Null if it was taken out. What one has taken out and the other has changed stays: nothing that was written is lost. */
    private @Nullable AgendaItem item(
            @Nullable AgendaItem before, @Nullable AgendaItem now, @Nullable AgendaItem comes) {
        if (now != null && comes != null) {
            String title =
                    field("items." + comes.id(), before == null ? null : before.title(), now.title(), comes.title());
            return new AgendaItem(comes.id(), title, papers(before, now, comes));
        }
        AgendaItem left = now == null ? comes : now;
        return Objects.equals(left, before) ? null : left;
    }

    private static List<Document> papers(@Nullable AgendaItem before, AgendaItem now, AgendaItem comes) {
        Set<String> was = files(before == null ? List.of() : before.papers());
        Set<String> is = files(now.papers());
        Set<String> arrive = files(comes.papers());
        List<Document> papers = new ArrayList<>();
        for (Document one : comes.papers()) {
            if (is.contains(one.file()) || !was.contains(one.file())) {
                papers.add(one);
            }
        }
        for (Document one : now.papers()) {
            if (!was.contains(one.file()) && !arrive.contains(one.file())) {
                papers.add(one);
            }
        }
        return papers;
    }

    private static Set<String> files(List<Document> papers) {
        return papers.stream().map(Document::file).collect(Collectors.toSet());
    }
}
