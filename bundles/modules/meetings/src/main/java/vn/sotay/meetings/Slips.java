package vn.sotay.meetings;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import vn.sotay.api.access.Caller;
import vn.sotay.api.http.Problem;
import vn.sotay.api.member.Member;
import vn.sotay.api.member.Members;
import vn.sotay.api.paper.Papers;
import vn.sotay.api.paper.Sheet;
import vn.sotay.api.paper.Sheet.Signer;
import vn.sotay.api.store.Saved;
import vn.sotay.api.store.Store;
import vn.sotay.api.store.Transaction;

/** What leaders wrote down for a member in a meeting, on paper, to be signed and handed out. */
@Component(service = Slips.class)
public final class Slips {

    /** What the meeting has of the member that somebody else wrote down; who did, by name, is empty where nobody is known any more. */
    private record Recorded(
            Member member,
            String cell,
            Meeting meeting,
            @Nullable Answer answer,
            List<Opinion> opinions) {

        Set<String> leaders() {
            Set<String> leaders = new LinkedHashSet<>();
            if (answer != null) {
                leaders.add(nameOf(answer.recordedByName()));
            }
            opinions.forEach(one -> leaders.add(nameOf(one.recordedByName())));
            return leaders;
        }
    }

    private final Store store;
    private final Meetings meetings;
    private final Answers answers;
    private final Members members;
    private final Participants participants;
    private final Papers papers;

    @Activate
    public Slips(
            @Reference Store store,
            @Reference Meetings meetings,
            @Reference Answers answers,
            @Reference Members members,
            @Reference Papers papers) {
        this.store = store;
        this.meetings = meetings;
        this.answers = answers;
        this.members = members;
        this.participants = new Participants(meetings, members);
        this.papers = papers;
    }

    /** A PDF, for the member and the leaders of the cell; there is none while nothing was written down. */
    public byte[] of(Caller caller, UUID meeting, UUID member) {
        Recorded recorded = store.read(tx -> recorded(tx, caller, meeting, member));
        return papers.write(Papers.Size.A5, "slip.title", recorded.member().name(), sheet -> write(sheet, recorded));
    }

    private Recorded recorded(Transaction tx, Caller caller, UUID id, UUID member) {
        Saved<Meeting> meeting = meetings.readable(tx, caller, id);
        participants.requireOwnOrLeader(caller, meeting, member);
        Optional<Answer> answer = answers.find(tx, id, member)
                .filter(one -> one.value().recordedBy() != null)
                .map(one -> participants
                        .named(tx, one, Answer::recordedBy, Answer::recordedBy)
                        .value());
        List<Opinion> opinions =
                participants.named(tx, Opinions.recorded(tx, id, member), Opinion::recordedBy, Opinion::recordedBy);
        if (answer.isEmpty() && opinions.isEmpty()) {
            throw Problem.notFound();
        }
        return new Recorded(
                members.find(tx, member).orElseThrow(Problem::notFound),
                meetings.cell(meeting).name(),
                meeting.value(),
                answer.orElse(null),
                opinions);
    }

    private static void write(Sheet sheet, Recorded recorded) {
        Meeting meeting = recorded.meeting();
        sheet.facts(List.of(
                Map.entry(sheet.say("slip.member"), recorded.member().name()),
                Map.entry(sheet.say("slip.cell"), recorded.cell()),
                Map.entry(sheet.say("one"), title(sheet, meeting)),
                Map.entry(sheet.say("slip.when"), sheet.when(meeting.startsAt()))));
        Answer answer = recorded.answer();
        if (answer != null) {
            sheet.heading(sheet.say("slip.answer"));
            List<Map.Entry<String, String>> facts = new ArrayList<>();
            facts.add(Map.entry(sheet.say("data.field.answer"), sheet.say("data.value." + answer.answer())));
            if (answer.reason() != null) {
                facts.add(Map.entry(sheet.say("data.field.reason"), sheet.say("reason." + answer.reason())));
            }
            add(facts, sheet.say("data.field.message"), answer.message());
            by(sheet, facts, answer.recordedByName(), answer.at());
            sheet.facts(facts);
        }
        if (!recorded.opinions().isEmpty()) {
            sheet.heading(sheet.say("opinions.title"));
        }
        for (Opinion one : recorded.opinions()) {
            List<Map.Entry<String, String>> facts = new ArrayList<>();
            facts.add(Map.entry(sheet.say("slip.item"), item(meeting, one)));
            facts.add(Map.entry(sheet.say("data.field.stance"), sheet.say("stance." + one.stance())));
            by(sheet, facts, one.recordedByName(), one.at());
            sheet.facts(facts);
            if (one.text() != null) {
                sheet.text(one.text());
            }
        }
        sheet.text(sheet.say("slip.more"));
        List<Signer> signers = new ArrayList<>();
        signers.add(new Signer(sheet.say("slip.member"), recorded.member().name()));
        recorded.leaders().forEach(name -> signers.add(new Signer(sheet.say("slip.recorder"), name)));
        sheet.signatures(signers);
    }

    private static String title(Sheet sheet, Meeting meeting) {
        if (!meeting.title().isBlank()) {
            return meeting.title();
        }
        var day = MeetingRules.day(meeting.startsAt());
        return sheet.say(
                "title.default",
                Map.of(
                        "kind",
                        sheet.say("kind." + meeting.kind()),
                        "month",
                        day.getMonthValue() + "/" + day.getYear()));
    }

    private static String item(Meeting meeting, Opinion one) {
        for (int i = 0; i < meeting.items().size(); i++) {
            if (meeting.items().get(i).id().equals(one.item())) {
                return (i + 1) + ". " + meeting.items().get(i).title();
            }
        }
        return "";
    }

    private static void by(
            Sheet sheet, List<Map.Entry<String, String>> facts, @Nullable String leader, @Nullable Instant at) {
        add(facts, sheet.say("slip.recorder"), leader);
        if (at != null) {
            facts.add(Map.entry(sheet.say("data.field.at"), sheet.when(at)));
        }
    }

    private static void add(List<Map.Entry<String, String>> facts, String label, @Nullable String value) {
        if (value != null && !value.isBlank()) {
            facts.add(Map.entry(label, value));
        }
    }

    private static String nameOf(@Nullable String leader) {
        return leader == null ? "" : leader;
    }
}
