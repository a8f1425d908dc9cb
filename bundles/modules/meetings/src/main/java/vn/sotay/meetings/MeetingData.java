package vn.sotay.meetings;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import vn.sotay.api.access.Explained;
import vn.sotay.api.member.Member;
import vn.sotay.api.member.Members;
import vn.sotay.api.member.PersonalData;
import vn.sotay.api.store.Seals;
import vn.sotay.api.store.Transaction;

/** What meetings keep of a member, and who may read a meeting. */
@Component(service = {PersonalData.class, Explained.class})
public final class MeetingData implements PersonalData, Explained {

    private static final String OF_MEMBER =
            " join meeting m on m.id = x.meeting where x.member = :member and m.deleted = false order by m.starts_at desc";

    private static final Set<String> KEY = Set.of("id", "meeting", "member");

    /** What a record calls a column, where that is another name. */
    private static final Map<String, String> NAMES = Map.of(
            "starts_at", "startsAt",
            "read_at", "readAt",
            "written_at", "at",
            "told_at", "writtenAt",
            "seen_at", "seenAt",
            "recorded_by", "recordedBy",
            "decision_message", "decision",
            "decided_by", "decidedBy",
            "decided_at", "decidedAt");

    private final Members members;
    private final SealedLine line;

    @Activate
    public MeetingData(@Reference Members members, @Reference Seals seals) {
        this.members = members;
        this.line = new SealedLine(seals);
    }

    @Override
    public String resource() {
        return "meeting";
    }

    @Override
    public Optional<Subject> find(Transaction tx, UUID id) {
        return MeetingRows.find(tx, id)
                .map(meeting -> new Subject(Meetings.READ, meeting.value().cell(), null));
    }

    @Override
    public List<Part> of(Transaction tx, UUID member) {
        return List.of(
                part(
                        tx,
                        "meetings.answers",
                        "select m.starts_at, m.title, x.answer, x.reason, x.reason_sealed, x.message,"
                                + " x.message_sealed, x.recorded_by, x.answered_at as written_at, x.accepted, x.decision_message,"
                                + " x.decision_message_sealed, x.decided_by, x.decided_at, x.meeting, x.member"
                                + " from meeting_answer x" + OF_MEMBER,
                        member,
                        Map.of(
                                "reason",
                                SealedLine.ANSWER_REASON,
                                "message",
                                SealedLine.ANSWER_MESSAGE,
                                "decision_message",
                                SealedLine.DECISION_MESSAGE)),
                part(
                        tx,
                        "meetings.other-answers",
                        "select m.starts_at, m.title, x.other_answer as answer, x.other_reason_sealed as reason_sealed,"
                                + " x.other_message_sealed as message_sealed, x.other_by as recorded_by,"
                                + " x.other_at as written_at, x.meeting, x.member"
                                + " from (select * from meeting_answer where other_answer is not null) x" + OF_MEMBER,
                        member,
                        Map.of("reason", SealedLine.OTHER_REASON, "message", SealedLine.OTHER_MESSAGE)),
                part(
                        tx,
                        "meetings.opinions",
                        "select m.starts_at, m.title, x.stance, x.text, x.withdrawn, x.recorded_by,"
                                + " x.written_at from meeting_opinion x"
                                + OF_MEMBER,
                        member,
                        Map.of()),
                part(
                        tx,
                        "meetings.attendance",
                        "select m.starts_at, m.title, x.present, x.reason, x.reason_sealed,"
                                + " x.recorded_at as written_at, x.meeting, x.member"
                                + " from meeting_attendance x" + OF_MEMBER,
                        member,
                        Map.of("reason", SealedLine.ATTENDANCE_REASON)),
                part(
                        tx,
                        "meetings.late-calls",
                        "select m.starts_at, m.title, x.present, x.reason_sealed, x.recorded_by, x.recorded_at as written_at,"
                                + " x.taken, x.id from meeting_late_call x" + OF_MEMBER,
                        member,
                        Map.of("reason", SealedLine.LATE_REASON)),
                part(
                        tx,
                        "meetings.messages",
                        "select m.starts_at, m.title, x.about, x.text_sealed as message_sealed, x.written_at as told_at,"
                                + " x.sent_at as written_at, x.seen_at, x.id from meeting_message x" + OF_MEMBER,
                        member,
                        Map.of("message", SealedLine.MESSAGE_TEXT)),
                part(
                        tx,
                        "meetings.reads",
                        "select m.starts_at, m.title, x.read_at from meeting_read x" + OF_MEMBER,
                        member,
                        Map.of()));
    }

    /** @param sealed the fields of those columns that are sealed, by column */
    private Part part(Transaction tx, String what, String sql, UUID member, Map<String, String> sealed) {
        return new Part(
                what,
                tx.handle()
                        .createQuery(sql)
                        .bind("member", member)
                        .mapToMap()
                        .map(row -> record(tx, opened(row, sealed)))
                        .list());
    }

    private Map<String, Object> opened(Map<String, Object> row, Map<String, String> sealed) {
        Map<String, Object> opened = new LinkedHashMap<>(row);
        String key =
                row.containsKey("id") ? String.valueOf(row.get("id")) : row.get("meeting") + "/" + row.get("member");
        sealed.forEach((column, field) -> opened.put(
                column, line.opened(field, key, (String) opened.remove(column + "_sealed"), (String) row.get(column))));
        opened.keySet().removeAll(KEY);
        return opened;
    }

    /** A row without what is empty; columns that tell when, as instants; leaders by name. */
    private Map<String, Object> record(Transaction tx, Map<String, Object> row) {
        Map<String, Object> record = new LinkedHashMap<>();
        row.forEach((column, value) -> {
            if (value != null) {
                String name = NAMES.getOrDefault(column, column);
                record.put(name, column.endsWith("_by") ? nameOf(tx, UUID.fromString(value.toString())) : told(value));
            }
        });
        return record;
    }

    private static Object told(Object value) {
        return value instanceof Long millis ? Instant.ofEpochMilli(millis) : value;
    }

    private String nameOf(Transaction tx, UUID leader) {
        return members.find(tx, leader).map(Member::name).orElse(leader.toString());
    }
}
