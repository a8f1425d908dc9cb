package vn.sotay.meetings;

import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import org.jdbi.v3.core.result.RowView;
import org.jdbi.v3.core.statement.Query;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import vn.sotay.api.access.Caller;
import vn.sotay.api.http.Page;
import vn.sotay.api.http.Problem;
import vn.sotay.api.member.Member;
import vn.sotay.api.member.Members;
import vn.sotay.api.store.Saved;
import vn.sotay.api.store.Store;
import vn.sotay.api.store.Transaction;

/** What members think of the items of a meeting. One transaction a method, as in {@link Meetings}. */
@Component(service = Opinions.class)
public final class Opinions {

    private final Store store;
    private final Meetings meetings;
    private final Participants participants;

    @Activate
    public Opinions(@Reference Store store, @Reference Meetings meetings, @Reference Members members) {
        this.store = store;
        this.meetings = meetings;
        this.participants = new Participants(meetings, members);
    }

    public Page<Opinion> list(Caller caller, UUID meeting, UUID item, int limit, @Nullable List<String> after) {
        return store.read(tx -> {
            requireItem(meetings.readable(tx, caller, meeting), item);
            String sql = "select * from (select * from meeting_opinion where item = :item and withdrawn = false) o";
            Query query = participants
                    .rows(tx, caller, meeting, sql, "id", limit, after)
                    .bind("item", item);
            List<Opinion> opinions = query.map(row -> opinion(row).value()).list();
            return Page.of(
                    participants.named(tx, opinions, Opinion::recordedBy, Opinion::recordedBy),
                    limit,
                    one -> List.of(String.valueOf(one.id())));
        });
    }

    public Saved<Opinion> get(Caller caller, UUID meeting, UUID item, UUID id) {
        return store.read(tx -> {
            Saved<Meeting> held = meetings.readable(tx, caller, meeting);
            Saved<Opinion> opinion = find(tx, meeting, item, id).orElseThrow(Problem::notFound);
            participants.requireOwnOrLeader(caller, held, author(opinion));
            return named(tx, opinion);
        });
    }

    private Saved<Opinion> named(Transaction tx, Saved<Opinion> opinion) {
        return participants.named(tx, opinion, Opinion::recordedBy, Opinion::recordedBy);
    }

    /**
     * A member gives an opinion on an item, or writes the own one anew until the meeting is closed; or a leader writes it down, for whoever
     * has no phone. What a member has written, no leader writes anew.
     */
    public Saved<Opinion> put(Caller caller, UUID id, UUID item, UUID opinionId, Opinion body, OptionalLong ifMatch) {
        String text = Participants.blankToNull(body.text());
        if (text == null && body.stance() != Opinion.Stance.AGREE) {
            throw Problem.invalid("text", "required");
        }
        return store.write(tx -> {
            UUID member = body.member() == null ? Meetings.self(caller) : body.member();
            Saved<Meeting> meeting = meetings.take(tx, id).orElseThrow(Problem::notFound);
            boolean own = participants.requireAnswering(caller, meeting, member);
            Member author = participants.requireOfCell(tx, meeting, member);
            requireItem(meeting, item);
            Optional<Saved<Opinion>> before = find(tx, id, item, opinionId);
            if (before.isPresent()) {
                requireAuthor(caller, meeting, before.get(), member);
                requireOwnOrRecorded(own, before.get());
                if (before.get().value().stance() == body.stance()
                        && Objects.equals(before.get().value().text(), text)) {
                    return named(tx, before.get());
                }
            } else if (isWithdrawn(tx, id, item, opinionId, member)) {
                throw Problem.other(410, "opinion.withdrawn");
            }
            Meetings.expect(ifMatch, before.orElse(null));
            Meetings.requireNotClosed(meeting);
            if (before.isEmpty() && isTaken(tx, opinionId)) {
                // by another member or in another meeting: of that nothing is told
                throw Problem.notFound();
            }
            UUID recordedBy = own ? null : Meetings.self(caller);
            Opinion opinion = new Opinion(
                    opinionId, id, item, member, author.name(), body.stance(), text, tx.now(), recordedBy, null);
            long version = before.map(Saved::version).orElse(0L) + 1;
            tx.handle()
                    .createUpdate(
                            before.isPresent()
                                    ? "update meeting_opinion set stance = :stance, text = :text, member_name = :memberName,"
                                            + " written_at = :at, recorded_by = :recordedBy, version = :version"
                                            + " where id = :id"
                                    : "insert into meeting_opinion (id, meeting, item, member, member_name, stance, text,"
                                            + " written_at, recorded_by, withdrawn, version) values (:id, :meeting,"
                                            + " :item, :member, :memberName, :stance, :text, :at, :recordedBy, false,"
                                            + " :version)")
                    .bindMethods(opinion)
                    .bind("version", version)
                    .execute();
            tx.changed(Opinion.TYPE, opinionId, version, Meetings.each(participants.readers(meeting, member), opinion));
            return named(tx, new Saved<>(opinion, version, before.isEmpty()));
        });
    }

    /**
     * A member takes an own opinion back, or a leader what was written down for a member: its text is gone, its id is not used again.
     */
    public void withdraw(Caller caller, UUID id, UUID item, UUID opinionId, OptionalLong ifMatch) {
        store.change(tx -> {
            UUID member = Meetings.self(caller);
            Saved<Meeting> meeting = meetings.take(tx, id).orElseThrow(Problem::notFound);
            caller.require(Meetings.READ, meetings.cell(meeting));
            Optional<Saved<Opinion>> opinion = find(tx, id, item, opinionId);
            if (opinion.isEmpty()) {
                boolean leads = caller.may(Meetings.RECORD, meetings.cell(meeting));
                if (isWithdrawn(tx, id, item, opinionId, member)
                        || leads && isRecordedAndWithdrawn(tx, id, item, opinionId)) {
                    return;
                }
                throw Problem.notFound();
            }
            UUID author = author(opinion.get());
            requireAuthor(caller, meeting, opinion.get(), author);
            requireOwnOrRecorded(participants.requireAnswering(caller, meeting, author), opinion.get());
            Meetings.expect(ifMatch, opinion.get());
            Meetings.requireNotClosed(meeting);
            long version = opinion.get().version() + 1;
            tx.handle()
                    .execute(
                            "update meeting_opinion set withdrawn = true, text = null, version = ? where id = ?",
                            version,
                            opinionId);
            tx.removed(Opinion.TYPE, opinionId, version);
        });
    }

    /** Leaders know of it, so they are told; others do not even learn that it is there. */
    private void requireAuthor(Caller caller, Saved<Meeting> meeting, Saved<Opinion> opinion, UUID member) {
        participants.requireOwnOrLeader(caller, meeting, author(opinion));
        if (!author(opinion).equals(member)) {
            throw Problem.forbidden();
        }
    }

    /** What somebody else wrote down may be put right by the leaders too; what the member wrote is the member's alone. */
    private static void requireOwnOrRecorded(boolean own, Saved<Opinion> opinion) {
        if (!own && opinion.value().recordedBy() == null) {
            throw Problem.forbidden();
        }
    }

    private static UUID author(Saved<Opinion> opinion) {
        return Objects.requireNonNull(opinion.value().member());
    }

    private static void requireItem(Saved<Meeting> meeting, UUID item) {
        if (meeting.value().items().stream().noneMatch(one -> one.id().equals(item))) {
            throw Problem.notFound();
        }
    }

    /** Whether the member has taken back an opinion of its own there: then its id is of no use any more, and that may be told. */
    private static boolean isWithdrawn(Transaction tx, UUID meeting, UUID item, UUID opinion, UUID member) {
        return tx.handle()
                .createQuery("select id from meeting_opinion where id = :id and meeting = :meeting and item = :item"
                        + " and member = :member and withdrawn = true")
                .bind("id", opinion)
                .bind("meeting", meeting)
                .bind("item", item)
                .bind("member", member)
                .mapTo(UUID.class)
                .findFirst()
                .isPresent();
    }

    /** Whether an opinion that a leader wrote down for somebody was taken back there. */
    private static boolean isRecordedAndWithdrawn(Transaction tx, UUID meeting, UUID item, UUID opinion) {
        return tx.handle()
                .createQuery("select id from meeting_opinion where id = :id and meeting = :meeting and item = :item"
                        + " and recorded_by is not null and withdrawn = true")
                .bind("id", opinion)
                .bind("meeting", meeting)
                .bind("item", item)
                .mapTo(UUID.class)
                .findFirst()
                .isPresent();
    }

    private static boolean isTaken(Transaction tx, UUID opinion) {
        return tx.handle()
                .createQuery("select id from meeting_opinion where id = :id")
                .bind("id", opinion)
                .mapTo(UUID.class)
                .findFirst()
                .isPresent();
    }

    private static Optional<Saved<Opinion>> find(Transaction tx, UUID meeting, UUID item, UUID id) {
        return tx.handle()
                .createQuery("select * from meeting_opinion where id = :id and meeting = :meeting and item = :item"
                        + " and withdrawn = false")
                .bind("id", id)
                .bind("meeting", meeting)
                .bind("item", item)
                .map(Opinions::opinion)
                .findFirst();
    }

    /** What leaders wrote down for a member in a meeting, in the order in which they did. */
    static List<Opinion> recorded(Transaction tx, UUID meeting, UUID member) {
        return tx.handle()
                .createQuery("select * from meeting_opinion where meeting = :meeting and member = :member"
                        + " and recorded_by is not null and withdrawn = false order by written_at, id")
                .bind("meeting", meeting)
                .bind("member", member)
                .map(row -> opinion(row).value())
                .list();
    }

    private static Saved<Opinion> opinion(RowView row) {
        return new Saved<>(
                new Opinion(
                        row.getColumn("id", UUID.class),
                        row.getColumn("meeting", UUID.class),
                        row.getColumn("item", UUID.class),
                        row.getColumn("member", UUID.class),
                        row.getColumn("member_name", String.class),
                        row.getColumn("stance", Opinion.Stance.class),
                        row.getColumn("text", String.class),
                        row.getColumn("written_at", Instant.class),
                        row.getColumn("recorded_by", UUID.class),
                        null),
                row.getColumn("version", Long.class));
    }

    /** Clears the opinions on a meeting that was taken back. */
    static void forget(Transaction tx, UUID meeting) {
        for (Saved<Opinion> one : tx.handle()
                .createQuery("select * from meeting_opinion where meeting = :id and withdrawn = false")
                .bind("id", meeting)
                .map(Opinions::opinion)
                .list()) {
            tx.removed(Opinion.TYPE, Objects.requireNonNull(one.value().id()), one.version() + 1);
        }
        tx.handle().execute("update meeting_opinion set withdrawn = true, text = null where meeting = ?", meeting);
    }
}
