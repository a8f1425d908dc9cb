package vn.sotay.questions;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jdbi.v3.core.result.RowView;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import vn.sotay.api.access.Audience;
import vn.sotay.api.access.Caller;
import vn.sotay.api.access.Reach;
import vn.sotay.api.http.Page;
import vn.sotay.api.http.Problem;
import vn.sotay.api.store.Saved;
import vn.sotay.api.store.Store;
import vn.sotay.api.store.Transaction;
import vn.sotay.api.unit.Unit;
import vn.sotay.api.unit.Units;
import vn.sotay.questions.QuestionRows.Row;

/** The knowledge base: questions with their answers, for everybody below the unit that answered. */
@Component(service = Entries.class)
public final class Entries {

    private final Store store;
    private final Units units;

    @Activate
    public Entries(@Reference Store store, @Reference Units units) {
        this.store = store;
        this.units = units;
    }

    /** What the caller may read, the newest first. */
    public Page<Entry> list(Caller caller, @Nullable UUID topic, int limit, @Nullable List<String> after) {
        Reach reach = visible(caller);
        Map<String, Object> binds = new LinkedHashMap<>(reach.binds());
        binds.put("from", after == null ? Long.MAX_VALUE : Questions.millis(after));
        binds.put("id", after == null ? "" : after.get(1));
        if (topic != null) {
            binds.put("topic", topic.toString());
        }
        String sql = "select * from question_entry where " + reach.sql("unit")
                + (topic == null ? "" : " and topic = :topic")
                + " and published_at <= :from and (published_at < :from or question < :id)"
                + " order by published_at desc, question desc fetch first :rows rows only";
        return store.read(
                tx -> {
                    List<Entry> found = tx
                            .handle()
                            .createQuery(sql)
                            .bindMap(binds)
                            .bind("rows", limit + 1)
                            .map(Entries::row)
                            .list()
                            .stream()
                            .map(row -> entry(tx, row).value())
                            .toList();
                    return Page.of(
                            found,
                            limit,
                            one -> List.of(
                                    Long.toString(Objects.requireNonNull(one.publishedAt())
                                            .toEpochMilli()),
                                    String.valueOf(one.id())));
                });
    }

    public Saved<Entry> get(Caller caller, UUID id) {
        return store.read(
                tx -> find(tx, id).filter(one -> isVisible(caller, one.value())).orElseThrow(Problem::notFound));
    }

    boolean isVisible(Caller caller, Entry entry) {
        return visible(caller).covers(units.current(Objects.requireNonNull(entry.unit())));
    }

    /** The units whose entries the caller reads: the own cell's and all above it, and those the caller works for. */
    private Reach visible(Caller caller) {
        Reach working = caller.reach(Questions.READ);
        Set<Unit> own = new LinkedHashSet<>(working.units());
        caller.cell().ifPresent(cell -> own.addAll(units.path(cell.id())));
        List<Unit> held = new ArrayList<>(working.units());
        held.addAll(working.trees());
        held.forEach(unit -> own.addAll(units.path(unit.id())));
        return new Reach(List.copyOf(own), working.trees());
    }

    // ---- in the transactions of others

    private record Stored(
            UUID id, UUID unit, @Nullable UUID topic, String text, String answer, Instant publishedAt, long version) {}

    private static Stored row(RowView row) {
        return new Stored(
                row.getColumn("question", UUID.class),
                row.getColumn("unit", UUID.class),
                row.getColumn("topic", UUID.class),
                row.getColumn("text", String.class),
                row.getColumn("answer", String.class),
                row.getColumn("published_at", Instant.class),
                row.getColumn("version", Long.class));
    }

    private static Saved<Entry> entry(Transaction tx, Stored row) {
        int edition = tx.handle()
                .createQuery("select coalesce(max(edition), 0) from question_answer where question = :id"
                        + " and released_at is not null")
                .bind("id", row.id())
                .mapTo(Integer.class)
                .one();
        boolean stale = tx.handle()
                .createQuery("select stale from question_answer where question = :id and edition = :edition")
                .bind("id", row.id())
                .bind("edition", edition)
                .mapTo(Boolean.class)
                .findFirst()
                .orElse(false);
        // what a question was about is the asker's, what the answer rests on is for everybody
        List<Citation> citations =
                edition == QuestionRows.ABOUT ? List.of() : QuestionRows.citations(tx, row.id(), edition);
        return new Saved<>(
                new Entry(
                        row.id(),
                        row.text(),
                        row.answer(),
                        row.unit(),
                        row.topic(),
                        citations,
                        row.publishedAt(),
                        stale ? Boolean.TRUE : null),
                row.version());
    }

    static Optional<Saved<Entry>> find(Transaction tx, UUID id) {
        return tx.handle()
                .createQuery("select * from question_entry where question = :id")
                .bind("id", id)
                .map(Entries::row)
                .findFirst()
                .map(row -> entry(tx, row));
    }

    /** Publishes an answered question; the same again changes nothing. The question is locked. */
    Saved<Entry> write(Transaction tx, Row question, String text, Answer answer, UUID account, OptionalLong ifMatch) {
        UUID id = question.id();
        Saved<Entry> before = find(tx, id).orElse(null);
        if (before != null) {
            if (before.value().text().equals(text)
                    && answer.text().equals(before.value().answer())) {
                return before;
            }
            if (ifMatch.orElse(before.version()) != before.version()) {
                throw Problem.changedMeanwhile(before);
            }
            tx.handle()
                    .execute(
                            "update question_entry set text = ?, answer = ?, published_by = ?, version = version + 1"
                                    + " where question = ?",
                            text,
                            answer.text(),
                            account,
                            id);
        } else {
            tx.handle()
                    .createUpdate(
                            "insert into question_entry (question, unit, topic, text, answer, published_by,"
                                    + " published_at, version) values (:id, :unit, :topic, :text, :answer, :by, :now, :version)")
                    .bind("id", id)
                    .bind("unit", units.current(question.team()).id())
                    .bind("topic", question.topic())
                    .bind("text", text)
                    .bind("answer", answer.text())
                    .bind("by", account)
                    .bind("now", tx.now())
                    // one that was taken out and comes again is newer than its tombstone
                    .bind("version", question.version())
                    .execute();
        }
        return tell(tx, id, before == null);
    }

    /** The newer answer takes the place of the one that was published with it. */
    void renew(Transaction tx, UUID id, String answer) {
        if (tx.handle()
                        .execute(
                                "update question_entry set answer = ?, version = version + 1 where question = ?",
                                answer,
                                id)
                > 0) {
            tell(tx, id, false);
        }
    }

    /** @return false if it was not there */
    boolean remove(Transaction tx, UUID id) {
        Saved<Entry> entry = find(tx, id).orElse(null);
        if (entry == null) {
            return false;
        }
        tx.handle().execute("delete from question_entry where question = ?", id);
        tx.removed(Entry.TYPE, id, entry.version() + 1);
        return true;
    }

    /** Tells it as it is now, if it is there. */
    void tellAgain(Transaction tx, UUID id) {
        if (tx.handle().execute("update question_entry set version = version + 1 where question = ?", id) > 0) {
            tell(tx, id, false);
        }
    }

    private Saved<Entry> tell(Transaction tx, UUID id, boolean made) {
        Saved<Entry> entry = find(tx, id).orElseThrow();
        Unit unit = units.current(Objects.requireNonNull(entry.value().unit()));
        tx.changed(
                Entry.TYPE,
                id,
                entry.version(),
                readers(unit).stream().collect(Collectors.toMap(one -> one, one -> entry.value())));
        return new Saved<>(entry.value(), entry.version(), made);
    }

    static Set<Audience> readers(Unit unit) {
        return unit.parent() == null
                ? Set.of(Audience.EVERYONE)
                : Set.of(Audience.members(unit.id()), Audience.officers(unit.id()));
    }
}
