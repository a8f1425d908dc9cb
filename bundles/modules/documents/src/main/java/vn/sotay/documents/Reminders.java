package vn.sotay.documents;

import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import vn.sotay.api.member.Members;
import vn.sotay.api.notice.Notices;
import vn.sotay.api.rule.Rule;
import vn.sotay.api.rule.Rules;
import vn.sotay.api.store.Saved;
import vn.sotay.api.store.Store;
import vn.sotay.api.store.Transaction;
import vn.sotay.api.unit.Units;
import vn.sotay.documents.Document.State;

/**
 * Reminds those who have not read what they are to read until a day, and those who have not said what they think of a draft, by the rules:
 * of an edition once, cell by cell, one transaction each. Who does it is reminded no longer, and nobody of what is over. Thread-safe.
 */
@Component(service = Reminders.class)
public final class Reminders {

    /** Nobody is told before that in the morning. */
    private static final LocalTime FIRST = LocalTime.of(7, 0);

    private static final int IN_ONE_QUESTION = 500;

    private record Begun(UUID document, int edition, Reminder what, String reached, UUID unit) {}

    private final Store store;
    private final Units units;
    private final Members members;
    private final Rules rules;
    private final Notices notices;

    @Activate
    public Reminders(
            @Reference Store store,
            @Reference Units units,
            @Reference Members members,
            @Reference Rules rules,
            @Reference Notices notices) {
        this.store = store;
        this.units = units;
        this.members = members;
        this.rules = rules;
        this.notices = notices;
    }

    /** Reminds whom it is time to remind. Asked often, it does nothing more. */
    public void remind() {
        ZonedDateTime now = store.read(tx -> tx.now().atZone(DocumentRules.ZONE));
        LocalDate today = now.toLocalDate();
        over(today).forEach(this::takeBack);
        if (!now.toLocalTime().isBefore(FIRST)) {
            for (Reminder what : Reminder.values()) {
                near(what, today).forEach(document -> remind(what, document, today));
            }
        }
    }

    /** Documents whose day is near by any rule, and of which not everybody was reminded. */
    private List<Document> near(Reminder what, LocalDate today) {
        int furthest = rules.anywhere(today, what.daysBefore()).stream()
                .mapToInt(Rule::integer)
                .max()
                .orElse(0);
        if (furthest == 0) {
            return List.of();
        }
        return store.read(tx -> {
            List<UUID> near = tx.handle()
                    .createQuery("select id from document d where " + what.day() + " between :today and :end and"
                            + " state = 'PUBLISHED' and deleted = false and not exists (select r.document from"
                            + " document_reminder r where r.document = d.id and r.edition = d.edition and r.what = :what"
                            + " and r.ended = true) order by id")
                    .bind("today", today)
                    .bind("end", today.plusDays(furthest))
                    .bind("what", what)
                    .mapTo(UUID.class)
                    .list();
            return DocumentRows.load(tx, near).stream().map(Saved::value).toList();
        });
    }

    private void remind(Reminder what, Document document, LocalDate today) {
        LocalDate until = what.until(document);
        int daysBefore = rules.on(today, units.current(document.unit()), what.daysBefore())
                .integer();
        Integer edition = document.edition();
        if (until == null || edition == null || !Reminder.isDue(today, until, daysBefore)) {
            return;
        }
        UUID id = Telling.id(document);
        String reached = store.write(tx -> begin(tx, what, id, edition));
        // read after it has begun: who does it from now on waits for its cell, see done
        cells(document.unit()).forEach((cell, readers) -> {
            if (cell.compareTo(reached) > 0) {
                store.change(tx -> remind(tx, what, document, cell, readers));
            }
        });
        store.change(tx -> tx.handle()
                .execute(
                        "update document_reminder set ended = true where document = ? and edition = ? and what = ?",
                        id,
                        edition,
                        what));
    }

    /** The readers by their cells, in an order that stays. */
    private Map<String, List<UUID>> cells(UUID unit) {
        Map<String, List<UUID>> cells = new TreeMap<>();
        store.read(tx -> {
            members.forEachBelow(tx, units.current(unit), (member, cell) -> cells.computeIfAbsent(
                            cell.toString(), none -> new ArrayList<>())
                    .add(member));
            return cells;
        });
        return cells;
    }

    /** @return the cell that was reached before Sotay stopped; empty if it begins */
    private static String begin(Transaction tx, Reminder what, UUID document, int edition) {
        return tx.handle()
                .createQuery("select reached from document_reminder where document = :document and edition = :edition"
                        + " and what = :what")
                .bind("document", document)
                .bind("edition", edition)
                .bind("what", what)
                .mapTo(String.class)
                .findFirst()
                .orElseGet(() -> {
                    tx.handle()
                            .execute(
                                    "insert into document_reminder (document, edition, what, reached, ended)"
                                            + " values (?, ?, ?, '', false)",
                                    document,
                                    edition,
                                    what);
                    return "";
                });
    }

    private void remind(Transaction tx, Reminder what, Document document, String cell, List<UUID> readers) {
        UUID id = Telling.id(document);
        // whoever withdraws it meanwhile comes wholly before or after
        boolean isThere = Telling.take(tx, id)
                .map(Saved::value)
                .filter(now -> now.state() == State.PUBLISHED && Objects.equals(document.edition(), now.edition()))
                .isPresent();
        tx.handle()
                .execute(
                        "update document_reminder set reached = ? where document = ? and edition = ? and what = ?",
                        cell,
                        id,
                        document.edition(),
                        what);
        if (isThere) {
            Set<UUID> have = have(tx, what, document, readers);
            readers.stream()
                    .filter(member -> !have.contains(member))
                    .forEach(member -> notices.send(tx, what.of(member, document)));
        }
    }

    private static Set<UUID> have(Transaction tx, Reminder what, Document document, List<UUID> readers) {
        Set<UUID> have = new HashSet<>();
        for (int i = 0; i < readers.size(); i += IN_ONE_QUESTION) {
            have.addAll(tx.handle()
                    .createQuery(what.have() + " and member in (<readers>)")
                    .bind("document", document.id())
                    .bind("edition", document.edition())
                    .bindList(
                            "readers",
                            readers.subList(i, Math.min(readers.size(), i + IN_ONE_QUESTION)).stream()
                                    .map(UUID::toString)
                                    .toList())
                    .mapTo(UUID.class)
                    .list());
        }
        return have;
    }

    /** A member has done it, in the transaction in which it is written: whether it is being reminded just now or not, it is no longer. */
    void done(Transaction tx, Reminder what, UUID document, UUID member) {
        tx.handle()
                .execute(
                        "update document_reminder set reached = reached where document = ? and what = ? and ended = false",
                        document,
                        what);
        what.done(tx, notices, document, List.of(member));
    }

    // ---- what is over

    /** What is published no longer, or anew; and drafts on which nobody is asked any more. Of what should have been read long ago one still is reminded. */
    private List<Begun> over(LocalDate today) {
        return store.read(tx -> tx.handle()
                .createQuery("select r.*, d.unit from document_reminder r join document d on d.id = r.document where"
                        + " d.deleted = true or d.state <> 'PUBLISHED' or d.edition <> r.edition or (r.what = 'OPINE'"
                        + " and d.opinions_until < :today) order by r.document, r.edition, r.what")
                .bind("today", today)
                .map(row -> new Begun(
                        row.getColumn("document", UUID.class),
                        row.getColumn("edition", Integer.class),
                        row.getColumn("what", Reminder.class),
                        row.getColumn("reached", String.class),
                        row.getColumn("unit", UUID.class)))
                .list());
    }

    private void takeBack(Begun over) {
        cells(over.unit()).forEach((cell, readers) -> {
            if (cell.compareTo(over.reached()) <= 0) {
                store.change(tx -> over.what().done(tx, notices, over.document(), readers));
            }
        });
        store.change(tx -> tx.handle()
                .execute(
                        "delete from document_reminder where document = ? and edition = ? and what = ?",
                        over.document(),
                        over.edition(),
                        over.what()));
    }
}
