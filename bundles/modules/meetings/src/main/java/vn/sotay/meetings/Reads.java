package vn.sotay.meetings;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
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
import vn.sotay.api.member.Members;
import vn.sotay.api.notice.Notices;
import vn.sotay.api.store.Saved;
import vn.sotay.api.store.Store;
import vn.sotay.api.store.Transaction;

/** Who has opened a meeting. One transaction a method, as in {@link Meetings}. */
@Component(service = Reads.class)
public final class Reads {

    /** It is written once and never again. */
    private static final long VERSION = 1;

    private final Store store;
    private final Meetings meetings;
    private final Participants participants;
    private final Notices notices;

    @Activate
    public Reads(
            @Reference Store store,
            @Reference Meetings meetings,
            @Reference Members members,
            @Reference Notices notices) {
        this.store = store;
        this.notices = notices;
        this.meetings = meetings;
        this.participants = new Participants(meetings, members);
    }

    public Page<Read> list(Caller caller, UUID meeting, int limit, @Nullable List<String> after) {
        return store.read(tx -> {
            Query query = participants.rows(tx, caller, meeting, "select * from meeting_read", "member", limit, after);
            List<Read> reads = query.map(Reads::read).list();
            return Page.of(reads, limit, one -> List.of(one.member().toString()));
        });
    }

    /** A member has opened the meeting. The first time counts; nobody says it for another, a leader neither. */
    public Saved<Read> put(Caller caller, UUID id, UUID member) {
        return store.write(tx -> {
            Saved<Meeting> meeting = meetings.take(tx, id).orElseThrow(Problem::notFound);
            if (!participants.requireAnswering(caller, meeting, member)) {
                throw Problem.forbidden();
            }
            participants.requireOfCell(tx, meeting, member);
            Optional<Read> before = find(tx, id, member);
            if (before.isPresent()) {
                return new Saved<>(before.get(), VERSION);
            }
            Meetings.requireNotClosed(meeting);
            Read read = new Read(id, member, tx.now());
            tx.handle()
                    .createUpdate("insert into meeting_read (meeting, member, read_at) values (:meeting, :member, :at)")
                    .bindMethods(read)
                    .execute();
            if (Answers.isThere(tx, id, member)) {
                MeetingNotices.done(tx, notices, id, member);
            }
            tx.changed(
                    Read.TYPE,
                    Participants.lineId(id, member),
                    VERSION,
                    Meetings.each(participants.readers(meeting, member), read));
            return new Saved<>(read, VERSION, true);
        });
    }

    private static Optional<Read> find(Transaction tx, UUID meeting, UUID member) {
        return tx.handle()
                .createQuery("select * from meeting_read where meeting = :meeting and member = :member")
                .bind("meeting", meeting)
                .bind("member", member)
                .map(Reads::read)
                .findFirst();
    }

    private static Read read(RowView row) {
        return new Read(
                row.getColumn("meeting", UUID.class),
                row.getColumn("member", UUID.class),
                row.getColumn("read_at", Instant.class));
    }

    /** Clears who has opened a meeting that was taken back. */
    static void forget(Transaction tx, UUID meeting) {
        tx.handle()
                .createQuery("select member from meeting_read where meeting = :id")
                .bind("id", meeting)
                .mapTo(UUID.class)
                .list()
                .forEach(member -> tx.removed(Read.TYPE, Participants.lineId(meeting, member), VERSION + 1));
        tx.handle().execute("delete from meeting_read where meeting = ?", meeting);
    }
}
