package vn.sotay.meetings;

import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import vn.sotay.api.access.Audience;
import vn.sotay.api.member.Member;
import vn.sotay.api.notice.Notice;
import vn.sotay.api.notice.Notices;
import vn.sotay.api.notice.Urgency;
import vn.sotay.api.store.Saved;
import vn.sotay.api.store.Transaction;

/** What members are told of meetings. Of one meeting what was told last counts: it takes the place of what was told before. */
final class MeetingNotices {

    private MeetingNotices() {}

    /** The leaders have told it: this is how. */
    static Notice called(UUID cell, Saved<Meeting> meeting) {
        return ofCell(cell, meeting, "meeting-called");
    }

    /**
     * It is at another time or place than members were told.
     *
     * @param soon whether it is so near that night is no reason to wait
     */
    static Notice moved(UUID cell, Saved<Meeting> meeting, boolean soon) {
        return ofCell(cell, meeting, "meeting-moved").urgency(soon ? Urgency.URGENT : Urgency.NORMAL);
    }

    static Notice cancelled(UUID cell, Saved<Meeting> meeting, boolean soon) {
        Notice notice =
                Notice.of(id("cancelled", meeting, ""), Audience.members(cell), "meeting-cancelled", "/meetings");
        return about(with(notice, meeting), meeting).urgency(soon ? Urgency.URGENT : Urgency.NORMAL);
    }

    /** It is near. */
    static Notice soon(UUID cell, Saved<Meeting> meeting) {
        return ofCell(cell, meeting, "meeting-soon");
    }

    /** A leader reminds one member; twice on a day it is once. */
    static Notice reminder(UUID member, Saved<Meeting> meeting, LocalDate day) {
        Notice notice = Notice.of(
                id("reminder", meeting, member + "/" + day),
                Audience.member(member),
                "meeting-reminder",
                link(meeting));
        return about(with(notice, meeting), meeting);
    }

    /** A member has opened the meeting and answered: what it was reminded of is done. */
    static void done(Transaction tx, Notices notices, UUID meeting, UUID member) {
        String about = about(meeting);
        notices.withdraw(tx, List.of(Audience.member(member)), (one, what) -> what.equals(about));
    }

    /** It is not there any more, and nobody need be told so. */
    static void gone(Transaction tx, Notices notices, UUID meeting, UUID cell, List<Member> members) {
        String about = about(meeting);
        List<Audience> all = new ArrayList<>(List.of(Audience.members(cell)));
        members.forEach(one -> all.add(Audience.member(one.id())));
        notices.withdraw(tx, all, (one, what) -> what.equals(about));
    }

    private static Notice ofCell(UUID cell, Saved<Meeting> meeting, String template) {
        // one that is moved and moved back is told each time
        UUID id = id(
                template,
                meeting,
                template.equals("meeting-moved") ? String.valueOf(meeting.version()) : startsAt(meeting));
        return about(with(Notice.of(id, Audience.members(cell), template, link(meeting)), meeting), meeting);
    }

    private static String startsAt(Saved<Meeting> meeting) {
        return meeting.value().startsAt().toString();
    }

    private static Notice with(Notice notice, Saved<Meeting> meeting) {
        return notice.with("title", meeting.value().title())
                .with("when", startsAt(meeting))
                .with("place", meeting.value().place());
    }

    private static Notice about(Notice notice, Saved<Meeting> meeting) {
        return notice.about(about(Objects.requireNonNull(meeting.value().id())));
    }

    private static String about(UUID meeting) {
        return "meeting:" + meeting;
    }

    private static String link(Saved<Meeting> meeting) {
        return "/meetings/" + meeting.value().id();
    }

    /** The same for the same, on each node and however often. */
    private static UUID id(String what, Saved<Meeting> meeting, String which) {
        return UUID.nameUUIDFromBytes(
                (what + '/' + meeting.value().id() + '/' + which).getBytes(StandardCharsets.UTF_8));
    }
}
