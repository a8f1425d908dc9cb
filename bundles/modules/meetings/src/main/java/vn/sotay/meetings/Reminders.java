package vn.sotay.meetings;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import vn.sotay.api.access.Caller;
import vn.sotay.api.http.Problem;
import vn.sotay.api.member.Member;
import vn.sotay.api.member.Members;
import vn.sotay.api.notice.Notices;
import vn.sotay.api.rule.Rules;
import vn.sotay.api.store.Saved;
import vn.sotay.api.store.Store;
import vn.sotay.api.store.Transaction;
import vn.sotay.api.unit.Unit;
import vn.sotay.meetings.Meeting.State;

/** Reminds members of meetings: a leader those who are silent, by one touch; the rules everybody, some days before. Thread-safe. */
@Component(service = Reminders.class)
public final class Reminders {

    /** Further than any rule says. */
    private static final Duration FURTHEST = Duration.ofDays(31);
    /** Who was told a day ago need not be told that it is near. */
    private static final Duration JUST_TOLD = Duration.ofDays(1);
    /** Nobody is told before that in the morning. */
    private static final int HOUR = 7;

    private static final int MOST = 200;

    /** Whom a leader reminds. */
    public enum Silent {
        /** Who has not opened the meeting. */
        UNREAD,
        /** Who has not answered. */
        UNANSWERED
    }

    /** @param reminded how many, of whom some may have been reminded on this day before */
    public record Reminded(int reminded) {}

    private final Store store;
    private final Meetings meetings;
    private final Members members;
    private final Rules rules;
    private final Notices notices;

    @Activate
    public Reminders(
            @Reference Store store,
            @Reference Meetings meetings,
            @Reference Members members,
            @Reference Rules rules,
            @Reference Notices notices) {
        this.store = store;
        this.meetings = meetings;
        this.members = members;
        this.rules = rules;
        this.notices = notices;
    }

    /**
     * Reminds those of the cell who are silent, by the best way that there is to each.
     *
     * @throws vn.sotay.api.http.ProblemException 409 before the meeting was told, and when it has begun
     */
    public Reminded remind(Caller caller, UUID id, Silent whom) {
        return store.write(tx -> {
            Saved<Meeting> meeting = meetings.take(tx, id).orElseThrow(Problem::notFound);
            Unit cell = meetings.cell(meeting);
            caller.require(Meetings.RECORD, cell);
            Set<State> done = meeting.value().done();
            if (!done.contains(State.NOTIFIED)) {
                throw Problem.conflict("meeting.not-told");
            }
            if (done.contains(State.OPEN) || done.contains(State.CLOSED)) {
                throw Problem.conflict("meeting.begun");
            }
            Set<UUID> spoken = spoken(tx, id, whom);
            List<Member> silent = members.ofCell(tx, cell.id()).stream()
                    .filter(one -> !spoken.contains(one.id()))
                    .filter(one -> caller.member().filter(one.id()::equals).isEmpty())
                    .toList();
            LocalDate today = MeetingRules.day(tx.now());
            silent.forEach(one -> notices.send(tx, MeetingNotices.reminder(one.id(), meeting, today)));
            return new Reminded(silent.size());
        });
    }

    private static Set<UUID> spoken(Transaction tx, UUID meeting, Silent whom) {
        String table = whom == Silent.UNREAD ? "meeting_read" : "meeting_answer";
        return new HashSet<>(tx.handle()
                .createQuery("select member from " + table + " where meeting = :meeting")
                .bind("meeting", meeting)
                .mapTo(UUID.class)
                .list());
    }

    /** Tells everybody of the meetings that are near by the rules: each once. Asked often, it does nothing more. */
    int tellOfNear() {
        List<UUID> coming = store.read(tx -> tx.handle()
                .createQuery(
                        "select m.id from meeting m where m.deleted = false and m.starts_at > :now and m.starts_at <"
                                + " :end and exists (select s.meeting from meeting_step s where s.meeting = m.id and s.state ="
                                + " 'NOTIFIED' and s.reached_at < :told) and not exists (select s.meeting from meeting_step s"
                                + " where s.meeting = m.id and s.state in ('OPEN', 'CLOSED')) order by m.starts_at"
                                + " fetch first " + MOST + " rows only")
                .bind("now", tx.now())
                .bind("end", tx.now().plus(FURTHEST))
                .bind("told", tx.now().minus(JUST_TOLD))
                .mapTo(UUID.class)
                .list());
        coming.forEach(id -> store.change(tx -> tell(tx, id)));
        return coming.size();
    }

    private void tell(Transaction tx, UUID id) {
        meetings.take(tx, id).ifPresent(meeting -> {
            Unit cell = meetings.cell(meeting);
            LocalDate today = MeetingRules.day(tx.now());
            int days = rules.on(today, cell, MeetingRules.REMIND_DAYS).integer();
            Instant startsAt = meeting.value().startsAt();
            Instant first = MeetingRules.day(startsAt)
                    .minusDays(days)
                    .atTime(HOUR, 0)
                    .atZone(MeetingRules.ZONE)
                    .toInstant();
            if (days > 0 && !tx.now().isBefore(first) && startsAt.isAfter(tx.now())) {
                notices.send(tx, MeetingNotices.soon(cell.id(), meeting));
            }
        });
    }
}
