package vn.sotay.meetings;

import java.time.Instant;
import java.util.List;
import java.util.Map;
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
import vn.sotay.api.change.Merged;
import vn.sotay.api.http.Page;
import vn.sotay.api.http.Problem;
import vn.sotay.api.member.Members;
import vn.sotay.api.notice.Notices;
import vn.sotay.api.store.Saved;
import vn.sotay.api.store.Seals;
import vn.sotay.api.store.Store;
import vn.sotay.api.store.Transaction;
import vn.sotay.meetings.Answer.Decision;
import vn.sotay.meetings.Answer.Other;
import vn.sotay.meetings.Answer.Words;

/** What members answer to a meeting, and what its leaders decide on requests for leave. One transaction a method, as in {@link Meetings}. */
@Component(service = Answers.class)
public final class Answers {

    private final Store store;
    private final Meetings meetings;
    private final Participants participants;
    private final SealedLine line;
    private final Notices notices;

    @Activate
    public Answers(
            @Reference Store store,
            @Reference Meetings meetings,
            @Reference Members members,
            @Reference Seals seals,
            @Reference Notices notices) {
        this.store = store;
        this.notices = notices;
        this.meetings = meetings;
        this.participants = new Participants(meetings, members);
        this.line = new SealedLine(seals);
    }

    public Page<Answer> list(Caller caller, UUID meeting, int limit, @Nullable List<String> after) {
        return store.read(tx -> {
            Query query =
                    participants.rows(tx, caller, meeting, "select * from meeting_answer", "member", limit, after);
            List<Answer> answers = query.map(row -> answer(row).value()).list();
            return Page.of(named(tx, answers), limit, one -> List.of(String.valueOf(one.member())));
        });
    }

    public Saved<Answer> get(Caller caller, UUID meeting, UUID member) {
        return store.read(tx -> {
            participants.requireOwnOrLeader(caller, meetings.readable(tx, caller, meeting), member);
            return named(tx, find(tx, meeting, member).orElseThrow(Problem::notFound));
        });
    }

    private List<Answer> named(Transaction tx, List<Answer> answers) {
        return participants.named(tx, answers, Answer::recordedBy, Answer::recordedBy);
    }

    private Saved<Answer> named(Transaction tx, Saved<Answer> answer) {
        return participants.named(tx, answer, Answer::recordedBy, Answer::recordedBy);
    }

    /**
     * A member answers; or a leader writes the answer down, for whoever has no phone. A new answer takes back a decision on the old one. What was
     * answered elsewhere since its writer has last looked is put together with it, field by field; what gives way is kept beside it until
     * somebody answers who has seen that.
     */
    public Saved<Answer> put(Caller caller, UUID id, UUID member, Answer body, OptionalLong ifMatch) {
        if ((body.answer() == Answer.Kind.ABSENT) != (body.reason() != null)) {
            throw Problem.invalid("reason", body.reason() == null ? "required" : "only-for-absence");
        }
        Words sent = new Words(body.answer(), body.reason(), Participants.blankToNull(body.message()));
        return store.write(tx -> {
            Saved<Meeting> meeting = meetings.take(tx, id).orElseThrow(Problem::notFound);
            boolean own = participants.requireAnswering(caller, meeting, member);
            participants.requireOfCell(tx, meeting, member);
            Optional<Saved<Answer>> before = find(tx, id, member);
            Answer there = before.map(Saved::value).orElse(null);
            Words base = baseOf(body, there);
            boolean chooses =
                    there != null && there.other() != null && there.words().equals(base) && body.base() != null;
            if (there != null && there.words().equals(sent) && !chooses) {
                return named(tx, before.get());
            }
            Meetings.expect(ifMatch, before.orElse(null));
            Meetings.requireNotClosed(meeting);
            UUID recordedBy = own ? null : Meetings.self(caller);
            if (there == null || base == null) {
                return named(tx, write(tx, meeting, before, given(tx, meeting, member, sent, recordedBy, null)));
            }
            if (there.words().equals(sent)) {
                return named(tx, choose(tx, meeting, before.get()));
            }
            Merged<Words> merged = MeetingRules.answer(base, there.words(), sent);
            Words words = Objects.requireNonNull(merged.value());
            if (words.equals(there.words())) {
                return named(tx, before.get());
            }
            Other other = merged.gaveWay() ? there.givenWay() : chooses ? null : there.other();
            return named(tx, write(tx, meeting, before, given(tx, meeting, member, words, recordedBy, other)));
        });
    }

    /** What its writer saw: what there is, if it does not say so. Null if there is nothing. */
    private static @Nullable Words baseOf(Answer body, @Nullable Answer there) {
        Words base = body.base();
        if (base == null) {
            return there == null ? null : there.words();
        }
        return new Words(base.answer(), base.reason(), Participants.blankToNull(base.message()));
    }

    private static Answer given(
            Transaction tx,
            Saved<Meeting> meeting,
            UUID member,
            Words words,
            @Nullable UUID recordedBy,
            @Nullable Other other) {
        return new Answer(
                meeting.value().id(),
                member,
                Objects.requireNonNull(words.answer()),
                words.reason(),
                words.message(),
                tx.now(),
                tx.now().isAfter(meeting.value().startsAt()),
                recordedBy,
                null,
                null,
                null,
                other);
    }

    private Saved<Answer> write(Transaction tx, Saved<Meeting> meeting, Optional<Saved<Answer>> before, Answer answer) {
        UUID id = Objects.requireNonNull(answer.meeting());
        UUID member = Objects.requireNonNull(answer.member());
        Other other = answer.other();
        long version = before.map(Saved::version).orElse(0L) + 1;
        tx.handle()
                .createUpdate(
                        before.isPresent()
                                ? "update meeting_answer set answer = :answer, reason = null, reason_sealed = :sealedReason,"
                                        + " message = null, message_sealed = :sealedMessage,"
                                        + " answered_at = :at, late = :late, recorded_by = :recordedBy,"
                                        + " accepted = null, decision_message = null,"
                                        + " decision_message_sealed = null, decided_at = null,"
                                        + " decided_by = null, other_answer = :otherAnswer,"
                                        + " other_reason_sealed = :otherReason, other_message_sealed = :otherMessage,"
                                        + " other_at = :otherAt, other_by = :otherBy, version = :version"
                                        + " where meeting = :meeting and member = :member"
                                : "insert into meeting_answer (meeting, member, answer, reason_sealed, message_sealed,"
                                        + " answered_at, late, recorded_by, other_answer, other_reason_sealed,"
                                        + " other_message_sealed, other_at, other_by, version) values (:meeting, :member,"
                                        + " :answer, :sealedReason, :sealedMessage, :at, :late, :recordedBy, :otherAnswer,"
                                        + " :otherReason, :otherMessage, :otherAt, :otherBy, :version)")
                .bindMethods(answer)
                .bind("sealedReason", line.sealed(SealedLine.ANSWER_REASON, id, member, answer.reason()))
                .bind("sealedMessage", line.sealed(SealedLine.ANSWER_MESSAGE, id, member, answer.message()))
                .bind("otherAnswer", other == null ? null : other.answer().name())
                .bind(
                        "otherReason",
                        line.sealed(SealedLine.OTHER_REASON, id, member, other == null ? null : other.reason()))
                .bind(
                        "otherMessage",
                        line.sealed(SealedLine.OTHER_MESSAGE, id, member, other == null ? null : other.message()))
                .bind("otherAt", other == null ? null : Long.valueOf(other.at().toEpochMilli()))
                .bind(
                        "otherBy",
                        other == null || other.recordedBy() == null
                                ? null
                                : other.recordedBy().toString())
                .bind("version", version)
                .execute();
        MeetingNotices.done(tx, notices, id, member);
        return tell(tx, meeting, new Saved<>(answer, version, before.isEmpty()));
    }

    /** Who has seen both and says the same again stays with it: the other one goes, and a decision stays. */
    private Saved<Answer> choose(Transaction tx, Saved<Meeting> meeting, Saved<Answer> before) {
        long version = before.version() + 1;
        tx.handle()
                .createUpdate("update meeting_answer set other_answer = null, other_reason_sealed = null,"
                        + " other_message_sealed = null, other_at = null, other_by = null, version = :version"
                        + " where meeting = :meeting and member = :member")
                .bind("version", version)
                .bind("meeting", before.value().meeting())
                .bind("member", before.value().member())
                .execute();
        return tell(tx, meeting, new Saved<>(before.value().withoutOther(), version));
    }

    /** A leader accepts or refuses a request for leave, and may decide again until the meeting is closed. */
    public Saved<Answer> decide(Caller caller, UUID id, UUID member, Decision body, OptionalLong ifMatch) {
        String message = Participants.blankToNull(body.message());
        return store.write(tx -> {
            Saved<Meeting> meeting = meetings.take(tx, id).orElseThrow(Problem::notFound);
            caller.require(Meetings.WRITE, meetings.cell(meeting));
            Saved<Answer> before = find(tx, id, member).orElseThrow(Problem::notFound);
            Answer said = before.value();
            if (said.answer() != Answer.Kind.ABSENT) {
                throw Problem.conflict("answer.not-a-request");
            }
            Decision decided = said.decision();
            if (decided != null
                    && decided.accepted() == body.accepted()
                    && Objects.equals(decided.message(), message)) {
                return named(tx, before);
            }
            Meetings.expect(ifMatch, before);
            Meetings.requireNotClosed(meeting);
            Decision decision = new Decision(body.accepted(), message, tx.now(), Meetings.self(caller));
            long version = before.version() + 1;
            tx.handle()
                    .createUpdate("update meeting_answer set accepted = :accepted, decision_message = null,"
                            + " decision_message_sealed = :sealedMessage, decided_at = :at, decided_by = :by, version = :version"
                            + " where meeting = :meeting and member = :member")
                    .bindMethods(decision)
                    .bind("sealedMessage", line.sealed(SealedLine.DECISION_MESSAGE, id, member, message))
                    .bind("version", version)
                    .bind("meeting", id)
                    .bind("member", member)
                    .execute();
            Answer answer = said.decided(decision);
            return named(tx, tell(tx, meeting, new Saved<>(answer, version, decided == null)));
        });
    }

    private Saved<Answer> tell(Transaction tx, Saved<Meeting> meeting, Saved<Answer> answer) {
        UUID member = Objects.requireNonNull(answer.value().member());
        UUID id = Participants.lineId(Objects.requireNonNull(answer.value().meeting()), member);
        tx.changed(
                Answer.TYPE,
                id,
                answer.version(),
                Meetings.each(participants.readers(meeting, member), answer.value()));
        return answer;
    }

    static boolean isThere(Transaction tx, UUID meeting, UUID member) {
        return tx.handle()
                .createQuery("select member from meeting_answer where meeting = :meeting and member = :member")
                .bind("meeting", meeting)
                .bind("member", member)
                .mapTo(String.class)
                .findFirst()
                .isPresent();
    }

    Optional<Saved<Answer>> find(Transaction tx, UUID meeting, UUID member) {
        return tx.handle()
                .createQuery("select * from meeting_answer where meeting = :meeting and member = :member")
                .bind("meeting", meeting)
                .bind("member", member)
                .map(this::answer)
                .findFirst();
    }

    private Saved<Answer> answer(RowView row) {
        Boolean accepted = row.getColumn("accepted", Boolean.class);
        Decision decision = accepted == null
                ? null
                : new Decision(
                        accepted,
                        line.opened(SealedLine.DECISION_MESSAGE, row, "decision_message"),
                        row.getColumn("decided_at", Instant.class),
                        row.getColumn("decided_by", UUID.class));
        Answer.Kind otherAnswer = row.getColumn("other_answer", Answer.Kind.class);
        String otherReason = line.openedSealed(SealedLine.OTHER_REASON, row, "other_reason_sealed");
        Other other = otherAnswer == null
                ? null
                : new Other(
                        otherAnswer,
                        otherReason == null ? null : AbsenceReason.valueOf(otherReason),
                        line.openedSealed(SealedLine.OTHER_MESSAGE, row, "other_message_sealed"),
                        row.getColumn("other_at", Instant.class),
                        row.getColumn("other_by", UUID.class));
        return new Saved<>(
                new Answer(
                        row.getColumn("meeting", UUID.class),
                        row.getColumn("member", UUID.class),
                        row.getColumn("answer", Answer.Kind.class),
                        line.reason(SealedLine.ANSWER_REASON, row),
                        line.opened(SealedLine.ANSWER_MESSAGE, row, "message"),
                        row.getColumn("answered_at", Instant.class),
                        row.getColumn("late", Boolean.class),
                        row.getColumn("recorded_by", UUID.class),
                        null,
                        decision,
                        null,
                        other),
                row.getColumn("version", Long.class));
    }

    /** Clears the answers of a meeting that was taken back. */
    static void forget(Transaction tx, UUID meeting) {
        tx.handle()
                .createQuery("select member, version from meeting_answer where meeting = :id")
                .bind("id", meeting)
                .map((row, context) -> Map.entry(UUID.fromString(row.getString(1)), row.getLong(2)))
                .list()
                .forEach(
                        one -> tx.removed(Answer.TYPE, Participants.lineId(meeting, one.getKey()), one.getValue() + 1));
        tx.handle().execute("delete from meeting_answer where meeting = ?", meeting);
    }
}
