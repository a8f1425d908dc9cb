package vn.sotay.meetings;

import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jdbi.v3.core.result.RowView;
import org.jdbi.v3.core.statement.Query;
import vn.sotay.api.store.Saved;
import vn.sotay.api.store.Transaction;
import vn.sotay.meetings.Meeting.State;
import vn.sotay.meetings.Meeting.Step;

/** How a meeting stands in its four tables. */
final class MeetingRows {

    private MeetingRows() {}

    static Optional<Saved<Meeting>> find(Transaction tx, UUID id) {
        return load(tx, List.of(id)).stream().findFirst();
    }

    /**
     * Meetings with all that belongs to them, by their beginning; those that are deleted are left out. The version is read first: if
     * the agenda changes in between, a reader has the newer one with the older version, and its next write is refused, not lost.
     */
    static List<Saved<Meeting>> load(Transaction tx, List<UUID> ids) {
        if (ids.isEmpty()) {
            return List.of();
        }
        List<Saved<Meeting>> bare = of(
                        tx, ids, "select * from meeting where id in (<ids>) and deleted = false order by starts_at, id")
                .map(row -> new Saved<>(meeting(row), row.getColumn("version", Long.class)))
                .list();
        Map<String, List<Document>> documents = new HashMap<>();
        of(tx, ids, "select * from meeting_document where meeting in (<ids>) order by position")
                .map(row -> Map.entry(key(row, "item"), document(row)))
                .forEach(row -> add(documents, row));
        Map<UUID, List<AgendaItem>> items = new HashMap<>();
        of(tx, ids, "select * from meeting_item where meeting in (<ids>) order by position")
                .map(row -> Map.entry(
                        row.getColumn("meeting", UUID.class),
                        item(row, documents.getOrDefault(key(row, "id"), List.of()))))
                .forEach(row -> add(items, row));
        Map<UUID, List<Step>> steps = new HashMap<>();
        of(tx, ids, "select * from meeting_step where meeting in (<ids>) order by reached_at, state")
                .map(row -> Map.entry(row.getColumn("meeting", UUID.class), step(row)))
                .forEach(row -> add(steps, row));
        return bare.stream()
                .map(one -> new Saved<>(whole(one.value(), items, steps), one.version()))
                .toList();
    }

    private static Query of(Transaction tx, List<UUID> ids, String sql) {
        return tx.handle()
                .createQuery(sql)
                .bindList("ids", ids.stream().map(UUID::toString).toList());
    }

    /** An item's id is unique within its meeting alone. */
    private static String key(RowView row, String item) {
        return row.getColumn("meeting", String.class) + row.getColumn(item, String.class);
    }

    private static <K, V> void add(Map<K, List<V>> lists, Map.Entry<K, V> row) {
        lists.computeIfAbsent(row.getKey(), key -> new ArrayList<>()).add(row.getValue());
    }

    private static Meeting meeting(RowView row) {
        return new Meeting(
                row.getColumn("id", UUID.class),
                row.getColumn("cell", UUID.class),
                row.getColumn("kind", Meeting.Kind.class),
                row.getColumn("starts_at", Instant.class),
                row.getColumn("place", String.class),
                row.getColumn("title", String.class),
                List.of(),
                row.getColumn("documents_due", LocalDate.class),
                null,
                null,
                null);
    }

    private static Meeting whole(Meeting bare, Map<UUID, List<AgendaItem>> items, Map<UUID, List<Step>> steps) {
        List<AgendaItem> agenda = items.getOrDefault(bare.id(), List.of());
        List<Step> done = steps.getOrDefault(bare.id(), List.of());
        State state = MeetingRules.state(
                !agenda.isEmpty(),
                agenda.stream().anyMatch(item -> !item.papers().isEmpty()),
                done.stream().map(Step::state).collect(Collectors.toSet()));
        return new Meeting(
                bare.id(),
                bare.cell(),
                bare.kind(),
                bare.startsAt(),
                bare.place(),
                bare.title(),
                agenda,
                bare.documentsDue(),
                state,
                done,
                null);
    }

    private static AgendaItem item(RowView row, List<Document> documents) {
        return new AgendaItem(row.getColumn("id", UUID.class), row.getColumn("title", String.class), documents);
    }

    private static Document document(RowView row) {
        return new Document(
                row.getColumn("file", String.class),
                row.getColumn("name", String.class),
                row.getColumn("type", String.class),
                row.getColumn("size", Long.class),
                row.getColumn("posted_at", Instant.class),
                row.getColumn("late", Boolean.class),
                row.getColumn("rule", String.class));
    }

    private static Step step(RowView row) {
        return new Step(
                row.getColumn("state", State.class),
                row.getColumn("reached_at", Instant.class),
                row.getColumn("late", Boolean.class),
                row.getColumn("rule", String.class));
    }
}
