package vn.sotay.meetings;

import java.time.LocalDate;
import java.util.UUID;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import vn.sotay.api.http.Endpoints;
import vn.sotay.api.http.Reply;
import vn.sotay.api.http.Request;
import vn.sotay.api.http.Route;
import vn.sotay.api.http.Routes;
import vn.sotay.api.paper.Papers;
import vn.sotay.api.store.Saved;
import vn.sotay.meetings.Meeting.State;

/**
 * The module's endpoints: a table of routes, and one call each into {@link Meetings}, to be read next, or {@link Answers}, {@link Opinions}, {@link Messages}, {@link Reads} and {@link Roll}. The
 * permission of a route is asked before it is called; whether the caller has it for the cell of this meeting is asked there.
 */
@Component
public final class MeetingsEndpoints implements Endpoints {

    private static final String ONE = "/api/meetings/{id}";
    private static final String ANSWER = ONE + "/answers/{member}";
    private static final String OPINIONS = ONE + "/items/{item}/opinions";
    private static final String OPINION = OPINIONS + "/{opinion}";
    private static final String MESSAGES = ONE + "/messages";
    private static final String MESSAGE = MESSAGES + "/{message}";

    /** Whom to remind. */
    record Whom(Reminders.Silent whom) {}

    private final Meetings meetings;
    private final Reminders reminders;
    private final Answers answers;
    private final Opinions opinions;
    private final Messages messages;
    private final Slips slips;
    private final Roll roll;
    private final Reads reads;
    private final Conflicts conflicts;

    @Activate
    public MeetingsEndpoints(
            @Reference Meetings meetings,
            @Reference Reminders reminders,
            @Reference Answers answers,
            @Reference Opinions opinions,
            @Reference Messages messages,
            @Reference Slips slips,
            @Reference Roll roll,
            @Reference Reads reads,
            @Reference Conflicts conflicts) {
        this.meetings = meetings;
        this.reminders = reminders;
        this.answers = answers;
        this.opinions = opinions;
        this.messages = messages;
        this.slips = slips;
        this.roll = roll;
        this.reads = reads;
        this.conflicts = conflicts;
    }

    @Override
    public void routes(Routes r) {
        r.get("/api/meetings")
                .needs(Meetings.READ)
                .query("cell", UUID.class, "of this cell; of all that the caller may read when left out")
                .query("from", LocalDate.class, "from this day in Viet Nam")
                .query("to", LocalDate.class, "to this day in Viet Nam, itself included")
                .givesPage(Meeting.class)
                .says("Meetings by their beginning")
                .to(this::list);
        r.get(ONE)
                .needs(Meetings.READ)
                .gives(Meeting.class)
                .says("A meeting with its items and documents")
                .to(request -> Reply.of(meetings.get(request.caller(), request.id("id"))));
        r.put(ONE)
                .needs(Meetings.WRITE)
                .takes(Meeting.class)
                .gives(Meeting.class)
                .says("Schedule a meeting or change it")
                .to(this::put);
        r.delete(ONE)
                .needs(Meetings.WRITE)
                .says("Take back a meeting that has not begun")
                .to(this::delete);

        r.get(ONE + "/conflicts")
                .needs(Meetings.RECORD)
                .givesPage(Conflict.class)
                .says("What of the plan gave way to what was written at the same time, until a leader has chosen")
                .to(this::conflicts);

        step(r, "/notify", State.NOTIFIED, "Members and the committee above have been told");
        step(r, "/open", State.OPEN, "The meeting begins");
        step(r, "/close", State.CLOSED, "The meeting ends; nothing of it changes any more");
        step(r, "/publish", State.PUBLISHED, "The minutes of a closed meeting are published");
        step(r, "/report", State.REPORTED, "A closed meeting has been reported to the committee above");

        r.post(ONE + "/reminders")
                .needs(Meetings.RECORD)
                .takes(Whom.class)
                .gives(Reminders.Reminded.class)
                .says("Remind the members who have not opened the meeting, or not answered; each once a day")
                .to(request -> Reply.ok(reminders.remind(
                        request.caller(),
                        request.id("id"),
                        request.body(Whom.class).whom())));

        r.get(ONE + "/minutes")
                .needs(Meetings.READ)
                .gives(Minutes.class)
                .says("The minutes; before the meeting is closed for its leaders alone")
                .to(request -> Reply.of(meetings.minutes(request.caller(), request.id("id"))));
        r.put(ONE + "/minutes")
                .needs(Meetings.WRITE)
                .takes(Minutes.class)
                .gives(Minutes.class)
                .says("Write the minutes")
                .to(this::putMinutes);
        r.get(ONE + "/summary")
                .needs(Meetings.COUNT)
                .gives(Summary.class)
                .says("The meeting in figures, and what a vote in it needs")
                .to(request -> Reply.ok(roll.summary(request.caller(), request.id("id"))));

        r.get(ONE + "/answers")
                .needs(Meetings.READ)
                .givesPage(Answer.class)
                .audited("meeting-answer")
                .says("Answers: all for leaders of the cell, else the caller's own")
                .to(this::answers);
        r.get(ANSWER)
                .needs(Meetings.READ)
                .gives(Answer.class)
                .audited("meeting-answer")
                .says("A member's answer")
                .to(this::answer);
        r.put(ANSWER)
                .needs(Meetings.READ)
                .takes(Answer.class)
                .gives(Answer.class)
                .says("Answer for oneself, or as a leader for a member of the cell")
                .to(this::putAnswer);
        r.put(ANSWER + "/decision")
                .needs(Meetings.WRITE)
                .takes(Answer.Decision.class)
                .gives(Answer.class)
                .says("Accept or refuse a request for leave")
                .to(this::decide);

        r.get(OPINIONS)
                .needs(Meetings.READ)
                .givesPage(Opinion.class)
                .audited("meeting-opinion")
                .says("Opinions on an item: all for leaders of the cell, else the caller's own")
                .to(this::opinions);
        r.get(OPINION)
                .needs(Meetings.READ)
                .gives(Opinion.class)
                .audited("meeting-opinion")
                .says("An opinion")
                .to(this::opinion);
        r.put(OPINION)
                .needs(Meetings.READ)
                .takes(Opinion.class)
                .gives(Opinion.class)
                .says(
                        "Give an opinion on an item or write the own one anew, or as a leader write it down for a member of the cell")
                .to(this::putOpinion);
        r.delete(OPINION)
                .needs(Meetings.READ)
                .says("Take an own opinion back, or as a leader what was written down for a member")
                .to(this::withdraw);

        r.get(MESSAGES)
                .needs(Meetings.READ)
                .givesPage(Message.class)
                .audited("meeting-message")
                .says("Messages beside a meeting: all for leaders of the cell, else the caller's own")
                .to(this::messages);
        r.put(MESSAGE)
                .needs(Meetings.READ)
                .takes(Message.class)
                .gives(Message.class)
                .says("Tell the leaders of the cell something beside a meeting, also when it is closed")
                .to(this::putMessage);
        r.put(MESSAGE + "/seen")
                .needs(Meetings.RECORD)
                .gives(Message.class)
                .says("Mark a message as read")
                .to(request -> Reply.of(messages.see(request.caller(), request.id("id"), request.id("message"))));

        r.get(ONE + "/slips/{member}")
                .needs(Meetings.READ)
                .givesBytes()
                .audited("meeting-slip")
                .says("What leaders wrote down for a member in a meeting, as PDF to be signed, in Vietnamese")
                .to(this::slip);

        r.get(ONE + "/attendance")
                .needs(Meetings.READ)
                .givesPage(Attendance.class)
                .says("The roll: all of it for leaders of the cell, else the caller's own line")
                .to(this::roll);
        r.put(ONE + "/attendance/{member}")
                .needs(Meetings.RECORD)
                .takes(Attendance.class)
                .gives(Attendance.class)
                .says("Call a member's name; 202 after the meeting was closed: its leader takes it or leaves it")
                .to(this::call);

        r.get(ONE + "/late-calls")
                .needs(Meetings.READ)
                .givesPage(LateCall.class)
                .says("What came for the roll after the meeting was closed: all for leaders of the cell, else about the"
                        + " caller")
                .to(this::lateCalls);
        r.put(ONE + "/late-calls/{call}/decision")
                .needs(Meetings.WRITE)
                .takes(LateCall.Decision.class)
                .gives(LateCall.class)
                .says("Take into the roll what came after the meeting was closed, or leave it")
                .to(request -> Reply.of(roll.decide(
                        request.caller(),
                        request.id("id"),
                        request.id("call"),
                        request.body(LateCall.Decision.class))));

        r.get(ONE + "/reads")
                .needs(Meetings.READ)
                .givesPage(Read.class)
                .says("Who has opened the meeting: all for leaders of the cell, else the caller's own")
                .to(this::reads);
        r.put(ONE + "/reads/{member}")
                .needs(Meetings.READ)
                .gives(Read.class)
                .says("Say that one has opened the meeting oneself; the first time counts")
                .to(request -> Reply.of(reads.put(request.caller(), request.id("id"), request.id("member"))));
    }

    private void step(Routes r, String path, State step, String says) {
        Route route =
                r.post(ONE + path).needs(Meetings.WRITE).gives(Meeting.class).says(says);
        route.to(request -> Reply.of(meetings.reach(request.caller(), request.id("id"), step, request.ifMatch())));
    }

    private Reply list(Request request) {
        return Reply.ok(meetings.list(
                request.caller(),
                request.query("cell", UUID.class).orElse(null),
                request.query("from", LocalDate.class).orElse(MeetingRules.FIRST_DAY),
                request.query("to", LocalDate.class).orElse(MeetingRules.LAST_DAY),
                request.limit(),
                request.after()));
    }

    private Reply put(Request request) {
        return Reply.of(
                meetings.put(request.caller(), request.id("id"), request.body(Meeting.class), request.ifMatch()));
    }

    private Reply delete(Request request) {
        meetings.delete(request.caller(), request.id("id"), request.ifMatch());
        return Reply.nothing();
    }

    private Reply conflicts(Request request) {
        return Reply.ok(conflicts.list(request.caller(), request.id("id"), request.limit(), request.after()));
    }

    private Reply putMinutes(Request request) {
        return Reply.of(meetings.putMinutes(
                request.caller(), request.id("id"), request.body(Minutes.class), request.ifMatch()));
    }

    private Reply answers(Request request) {
        return Reply.ok(answers.list(request.caller(), request.id("id"), request.limit(), request.after()));
    }

    private Reply answer(Request request) {
        return Reply.of(answers.get(request.caller(), request.id("id"), request.id("member")));
    }

    private Reply putAnswer(Request request) {
        return Reply.of(answers.put(
                request.caller(),
                request.id("id"),
                request.id("member"),
                request.body(Answer.class),
                request.ifMatch()));
    }

    private Reply decide(Request request) {
        return Reply.of(answers.decide(
                request.caller(),
                request.id("id"),
                request.id("member"),
                request.body(Answer.Decision.class),
                request.ifMatch()));
    }

    private Reply opinions(Request request) {
        return Reply.ok(opinions.list(
                request.caller(), request.id("id"), request.id("item"), request.limit(), request.after()));
    }

    private Reply opinion(Request request) {
        return Reply.of(opinions.get(request.caller(), request.id("id"), request.id("item"), request.id("opinion")));
    }

    private Reply putOpinion(Request request) {
        return Reply.of(opinions.put(
                request.caller(),
                request.id("id"),
                request.id("item"),
                request.id("opinion"),
                request.body(Opinion.class),
                request.ifMatch()));
    }

    private Reply withdraw(Request request) {
        opinions.withdraw(
                request.caller(), request.id("id"), request.id("item"), request.id("opinion"), request.ifMatch());
        return Reply.nothing();
    }

    private Reply messages(Request request) {
        return Reply.ok(messages.list(request.caller(), request.id("id"), request.limit(), request.after()));
    }

    private Reply putMessage(Request request) {
        return Reply.of(
                messages.put(request.caller(), request.id("id"), request.id("message"), request.body(Message.class)));
    }

    private Reply slip(Request request) {
        byte[] written = slips.of(request.caller(), request.id("id"), request.id("member"));
        return Reply.bytes(Papers.TYPE, out -> out.write(written))
                .header("Content-Disposition", "attachment; filename=\"phieu-ghi-ho.pdf\"");
    }

    private Reply roll(Request request) {
        return Reply.ok(roll.list(request.caller(), request.id("id"), request.limit(), request.after()));
    }

    private Reply call(Request request) {
        Saved<Attendance> line = roll.call(
                request.caller(),
                request.id("id"),
                request.id("member"),
                request.body(Attendance.class),
                request.ifMatch());
        return Boolean.TRUE.equals(line.value().held()) ? Reply.accepted(line.value()) : Reply.of(line);
    }

    private Reply lateCalls(Request request) {
        return Reply.ok(roll.lateCalls(request.caller(), request.id("id"), request.limit(), request.after()));
    }

    private Reply reads(Request request) {
        return Reply.ok(reads.list(request.caller(), request.id("id"), request.limit(), request.after()));
    }
}
