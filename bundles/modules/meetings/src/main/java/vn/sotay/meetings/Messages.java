package vn.sotay.meetings;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.result.RowView;
import org.jdbi.v3.core.statement.Query;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import vn.sotay.api.access.Caller;
import vn.sotay.api.http.FieldError;
import vn.sotay.api.http.Page;
import vn.sotay.api.http.Problem;
import vn.sotay.api.member.Members;
import vn.sotay.api.store.Saved;
import vn.sotay.api.store.Seals;
import vn.sotay.api.store.Store;
import vn.sotay.api.store.Transaction;

/** What members tell the leaders beside a meeting. One transaction a method, as in {@link Meetings}. */
@Component(service = Messages.class)
public final class Messages {

    private final Store store;
    private final Meetings meetings;
    private final Participants participants;
    private final SealedLine line;

    @Activate
    public Messages(
            @Reference Store store, @Reference Meetings meetings, @Reference Members members, @Reference Seals seals) {
        this.store = store;
        this.meetings = meetings;
        this.participants = new Participants(meetings, members);
        this.line = new SealedLine(seals);
    }

    public Page<Message> list(Caller caller, UUID meeting, int limit, @Nullable List<String> after) {
        return store.read(tx -> {
            Query query = participants.rows(tx, caller, meeting, "select * from meeting_message", "id", limit, after);
            List<Message> messages = query.map(row -> message(row).value()).list();
            return Page.of(messages, limit, one -> List.of(String.valueOf(one.id())));
        });
    }

    /**
     * A member of the cell tells the leaders something, before, in or after a meeting. Nobody does so for another, and what was sent is not
     * written anew.
     */
    public Saved<Message> put(Caller caller, UUID id, UUID messageId, Message body) {
        Instant written = body.writtenAt();
        if (written != null && !MeetingRules.isSensible(written)) {
            throw Problem.invalid(
                    List.of(new FieldError("writtenAt", "out-of-range", Map.of("min", 2000, "max", 2099))));
        }
        return store.write(tx -> {
            UUID member = Meetings.self(caller);
            Saved<Meeting> meeting = meetings.take(tx, id).orElseThrow(Problem::notFound);
            if (!participants.requireAnswering(caller, meeting, member)) {
                throw Problem.forbidden();
            }
            participants.requireOfCell(tx, meeting, member);
            Optional<Saved<Message>> before = find(tx, id, messageId);
            if (before.isPresent()) {
                return again(caller, meeting, before.get(), body);
            }
            if (isTaken(tx, messageId)) {
                // beside another meeting: of that nothing is told
                throw Problem.notFound();
            }
            Message message = new Message(
                    messageId,
                    id,
                    member,
                    body.text(),
                    Participants.blankToNull(body.about()),
                    written == null ? null : written.truncatedTo(ChronoUnit.MILLIS),
                    tx.now(),
                    null);
            tx.handle()
                    .createUpdate("insert into meeting_message (id, meeting, member, about, text_sealed, written_at,"
                            + " sent_at, version) values (:id, :meeting, :member, :about, :sealed, :writtenAt, :at, 1)")
                    .bindMethods(message)
                    .bind("sealed", line.sealedMessage(messageId, message.text()))
                    .execute();
            return tell(tx, meeting, new Saved<>(message, 1, true));
        });
    }

    private Saved<Message> again(Caller caller, Saved<Meeting> meeting, Saved<Message> before, Message body) {
        UUID author = author(before);
        participants.requireOwnOrLeader(caller, meeting, author);
        if (caller.member().filter(author::equals).isEmpty()) {
            throw Problem.forbidden();
        }
        if (!before.value().text().equals(body.text())
                || !Objects.equals(before.value().about(), Participants.blankToNull(body.about()))) {
            throw Problem.conflict("message.sent");
        }
        return before;
    }

    /** A leader has read it; the first time counts. */
    public Saved<Message> see(Caller caller, UUID id, UUID messageId) {
        return store.write(tx -> {
            Saved<Meeting> meeting = meetings.take(tx, id).orElseThrow(Problem::notFound);
            caller.require(Meetings.RECORD, meetings.cell(meeting));
            Saved<Message> before = find(tx, id, messageId).orElseThrow(Problem::notFound);
            if (before.value().seenAt() != null) {
                return before;
            }
            long version = before.version() + 1;
            tx.handle()
                    .execute(
                            "update meeting_message set seen_at = ?, version = ? where id = ?",
                            tx.now(),
                            version,
                            messageId);
            return tell(tx, meeting, new Saved<>(before.value().seen(tx.now()), version));
        });
    }

    private Saved<Message> tell(Transaction tx, Saved<Meeting> meeting, Saved<Message> message) {
        tx.changed(
                Message.TYPE,
                Objects.requireNonNull(message.value().id()),
                message.version(),
                Meetings.each(participants.readers(meeting, author(message)), message.value()));
        return message;
    }

    private static UUID author(Saved<Message> message) {
        return Objects.requireNonNull(message.value().member());
    }

    private Optional<Saved<Message>> find(Transaction tx, UUID meeting, UUID id) {
        return tx.handle()
                .createQuery("select * from meeting_message where id = :id and meeting = :meeting")
                .bind("id", id)
                .bind("meeting", meeting)
                .map(this::message)
                .findFirst();
    }

    private static boolean isTaken(Transaction tx, UUID id) {
        return tx.handle()
                .createQuery("select id from meeting_message where id = :id")
                .bind("id", id)
                .mapTo(UUID.class)
                .findFirst()
                .isPresent();
    }

    private Saved<Message> message(RowView row) {
        return new Saved<>(
                new Message(
                        row.getColumn("id", UUID.class),
                        row.getColumn("meeting", UUID.class),
                        row.getColumn("member", UUID.class),
                        line.openedMessage(row),
                        row.getColumn("about", String.class),
                        row.getColumn("written_at", Instant.class),
                        row.getColumn("sent_at", Instant.class),
                        row.getColumn("seen_at", Instant.class)),
                row.getColumn("version", Long.class));
    }

    /** Clears the messages beside a meeting that was taken back. */
    static void forget(Transaction tx, UUID meeting) {
        tx.handle()
                .createQuery("select id, version from meeting_message where meeting = :id")
                .bind("id", meeting)
                .map((row, context) -> Map.entry(UUID.fromString(row.getString(1)), row.getLong(2)))
                .list()
                .forEach(one -> tx.removed(Message.TYPE, one.getKey(), one.getValue() + 1));
        tx.handle().execute("delete from meeting_message where meeting = ?", meeting);
    }
}
