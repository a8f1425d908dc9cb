package vn.sotay.meetings;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import vn.sotay.api.change.Merged;
import vn.sotay.api.member.MemberStatus;
import vn.sotay.api.rule.Rule;
import vn.sotay.api.rule.Threshold;
import vn.sotay.meetings.Meeting.State;
import vn.sotay.meetings.MeetingRules.Voter;

class MeetingRulesTest {

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        // case,                                    present by status,                   absent by status,
        //         base
        "T1 absence on duty does not lessen it,     17 OFFICIAL + 1 PROBATIONARY,        3 OFFICIAL + 1 PROBATIONARY,            20",
        "T2 two of the absent are exempt,           17 OFFICIAL + 1 PROBATIONARY,        1 OFFICIAL + 2 EXEMPT + 1 PROBATIONARY, 18",
        "T2 one exempt member attends,              17 OFFICIAL + 1 EXEMPT + 1 PROBATIONARY, 1 OFFICIAL + 1 EXEMPT + 1 PROBATIONARY, 19",
        "T9 a suspended member has no vote,         19 OFFICIAL + 1 SUSPENDED,           0 OFFICIAL,                             19",
        "transferred out for a time,                18 OFFICIAL + 1 AWAY,                1 AWAY,                                 18",
        "probationary members discuss,              3 PROBATIONARY,                      0 OFFICIAL,                             0",
    })
    void voteBase(String name, String present, String absent, int base) {
        List<Voter> members = new ArrayList<>(voters(present, true));
        members.addAll(voters(absent, false));

        assertThat(MeetingRules.voteBase(members)).isEqualTo(base);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        // case,                                      votes, base, threshold, carries
        "T3 admission needs 14 of 20,                 13,    20,   >= 2/3,    false",
        "T3 admission with 14 of 20,                  14,    20,   >= 2/3,    true",
        "two thirds of 3 are 2,                       2,     3,    >= 2/3,    true",
        "half is not more than half,                  10,    20,   > 1/2,     false",
        "more than half,                              11,    20,   > 1/2,     true",
        "more than half of an odd number,             10,    19,   > 1/2,     true",
    })
    void carries(String name, int votes, int base, String threshold, boolean expected) {
        assertThat(MeetingRules.carries(votes, base, Threshold.parse(threshold)))
                .isEqualTo(expected);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "T8 two official members are too few,         2 OFFICIAL + 5 PROBATIONARY,              false",
        "three are enough,                            3 OFFICIAL,                               true",
        "who is away or exempt is official as well,   1 OFFICIAL + 1 EXEMPT + 1 AWAY,           true",
        "who is suspended does not count,             2 OFFICIAL + 1 SUSPENDED,                 false",
    })
    void canDecide(String name, String members, boolean expected) {
        List<MemberStatus> all =
                voters(members, true).stream().map(Voter::status).toList();

        assertThat(MeetingRules.canDecide(all, 3)).isEqualTo(expected);
    }

    /** {@code 17 OFFICIAL + 1 EXEMPT} as that many voters. */
    private static List<Voter> voters(String words, boolean present) {
        return Stream.of(words.split(" \\+ "))
                .map(part -> part.split(" "))
                .flatMap(part ->
                        Collections.nCopies(
                                Integer.parseInt(part[0]), new Voter(MemberStatus.valueOf(part[1]), present))
                                .stream())
                .toList();
    }

    @ParameterizedTest
    @CsvSource({
        // days in Viet Nam (UTC+7) count in whole; the meeting is at 19:00 on Saturday the 28th
        // done (UTC),          days, late
        "2026-11-25T01:00:00Z,  2,    false",
        "2026-11-26T16:59:59Z,  2,    false",
        "2026-11-26T17:00:00Z,  2,    true",
        "2026-11-27T16:59:59Z,  1,    false",
        "2026-11-27T17:00:00Z,  1,    true",
        "2026-11-28T13:00:00Z,  1,    true",
        "2026-11-28T11:00:00Z,  0,    false",
    })
    void isLateBefore(Instant done, int days, boolean late) {
        Instant startsAt = Instant.parse("2026-11-28T12:00:00Z");

        assertThat(MeetingRules.isLateBefore(done, startsAt, days)).isEqualTo(late);
    }

    @ParameterizedTest
    @CsvSource({
        "2026-11-28T14:00:00Z, false",
        "2026-11-30T16:59:59Z, false",
        "2026-11-30T17:00:00Z, true",
    })
    void isLateAfter(Instant done, boolean late) {
        Instant closed = Instant.parse("2026-11-28T14:00:00Z");

        assertThat(MeetingRules.isLateAfter(done, closed, 2)).isEqualTo(late);
    }

    @ParameterizedTest
    @CsvSource({
        // items, documents, steps done,              state
        "false,   false,     '',                      PLANNED",
        "true,    false,     '',                      PREPARED",
        "true,    true,      '',                      PREPARED",
        "true,    false,     NOTIFIED,                NOTIFIED",
        "true,    true,      NOTIFIED,                DOCUMENTS_POSTED",
        "true,    true,      NOTIFIED OPEN,           OPEN",
        "true,    true,      OPEN,                    OPEN",
        "false,   false,     CLOSED,                  CLOSED",
        "true,    true,      NOTIFIED OPEN CLOSED,    CLOSED",
        "true,    true,      CLOSED PUBLISHED,        PUBLISHED",
        "true,    true,      CLOSED REPORTED,         REPORTED",
    })
    void state(boolean items, boolean documents, String done, State expected) {
        assertThat(MeetingRules.state(items, documents, states(done))).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({
        // step,    done,             minutes, obstacle
        "NOTIFIED,  '',               false,   ",
        "NOTIFIED,  OPEN,             false,   ",
        "NOTIFIED,  CLOSED,           false,   meeting.closed",
        "OPEN,      '',               false,   ",
        "OPEN,      CLOSED,           true,    meeting.closed",
        "CLOSED,    '',               false,   ",
        "PUBLISHED, OPEN,             true,    meeting.not-closed",
        "PUBLISHED, CLOSED,           false,   meeting.no-minutes",
        "PUBLISHED, CLOSED,           true,    ",
        "REPORTED,  OPEN,             true,    meeting.not-closed",
        "REPORTED,  CLOSED,           false,   ",
        "REPORTED,  CLOSED PUBLISHED, true,    ",
    })
    void obstacle(State step, String done, boolean minutes, String expected) {
        assertThat(MeetingRules.obstacle(step, states(done), minutes)).isEqualTo(expected);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        // the meeting is on Saturday the 28th; documents and notice a day before, the rest two days after it was closed
        // on the 28th
        // case,                          documents, minutes, steps done,                what is open
        "planned,                         false,     false,   '',                        NOTIFIED 2026-11-27 + DOCUMENTS_POSTED 2026-11-27",
        "planned with documents,          true,      false,   '',                        NOTIFIED 2026-11-27",
        "told without documents,          false,     false,   NOTIFIED,                  DOCUMENTS_POSTED 2026-11-27 + CLOSED 2026-11-28",
        "all is ready,                    true,      false,   NOTIFIED,                  CLOSED 2026-11-28",
        "begun,                           true,      true,    NOTIFIED OPEN,             CLOSED 2026-11-28",
        "closed,                          true,      true,    NOTIFIED CLOSED,           PUBLISHED 2026-11-30 + REPORTED 2026-11-30",
        "closed without minutes,          false,     false,   CLOSED,                    REPORTED 2026-11-30",
        "published,                       true,      true,    CLOSED PUBLISHED,          REPORTED 2026-11-30",
        "all is done,                     true,      true,    CLOSED PUBLISHED REPORTED, ''",
    })
    void deadlines(String name, boolean documents, boolean minutes, String done, String expected) {
        Instant startsAt = Instant.parse("2026-11-28T12:00:00Z");
        Document paper = new Document("", "paper", "text/plain", 1L, startsAt, false, "");
        Meeting meeting = new Meeting(
                null,
                new UUID(0, 1),
                Meeting.Kind.ORDINARY,
                startsAt,
                "",
                "",
                List.of(new AgendaItem(new UUID(0, 2), "Tasks", documents ? List.of(paper) : List.of())),
                LocalDate.of(2026, 11, 27),
                null,
                states(done).stream()
                        .map(step -> new Meeting.Step(step, Instant.parse("2026-11-28T14:00:00Z"), false, null))
                        .toList(),
                null);

        List<Summary.Deadline> open = MeetingRules.deadlines(
                meeting, minutes, key -> new Rule(key, key.contains("after") ? "2" : "1", "pack", "where " + key));

        assertThat(open.stream().map(one -> one.step() + " " + one.day()).collect(Collectors.joining(" + ")))
                .isEqualTo(expected);
        assertThat(open).allMatch(one -> (one.rule() == null) == (one.step() == State.CLOSED));
    }

    private static Set<State> states(String words) {
        return words.isEmpty()
                ? EnumSet.noneOf(State.class)
                : Stream.of(words.split(" ")).map(State::valueOf).collect(Collectors.toSet());
    }

    @Test
    @DisplayName("a beginning outside the century is a typing error, the farthest instants too")
    void isSensible() {
        assertThat(MeetingRules.isSensible(Instant.parse("2026-11-28T12:00:00Z")))
                .isTrue();
        assertThat(MeetingRules.isSensible(Instant.parse("0206-11-28T12:00:00Z")))
                .isFalse();
        assertThat(MeetingRules.isSensible(Instant.MAX)).isFalse();
        assertThat(MeetingRules.isSensible(Instant.MIN)).isFalse();
    }

    /** An answer as {@code REASON message}; {@code YES} for who comes, an empty cell for none. */
    private static Answer.Words words(String words) {
        if (words == null) {
            return new Answer.Words(null, null, null);
        }
        String[] parts = words.split(" ", 2);
        String message = parts.length == 1 ? null : parts[1];
        return parts[0].equals("YES")
                ? new Answer.Words(Answer.Kind.ATTENDING, null, message)
                : new Answer.Words(Answer.Kind.ABSENT, AbsenceReason.valueOf(parts[0]), message);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        // case,                                     base,      there,     sent,      said,      gave way
        "one phone alone,                            AT_SEA a,  AT_SEA a,  FAMILY b,  FAMILY b,  false",
        "the other changed it,                       AT_SEA a,  FAMILY b,  AT_SEA a,  FAMILY b,  false",
        "each changed a field of its own,            AT_SEA a,  FAMILY a,  AT_SEA b,  FAMILY b,  false",
        "each changed a field of its own the other way, AT_SEA a, AT_SEA b, FAMILY a, FAMILY b,  false",
        "both changed the message,                   AT_SEA a,  AT_SEA b,  AT_SEA c,  AT_SEA c,  true",
        "both changed the reason,                    AT_SEA a,  FAMILY a,  STUDY a,   STUDY a,   true",
        "both changed one and one another,           AT_SEA a,  FAMILY b,  AT_SEA c,  FAMILY c,  true",
        "both the same,                              AT_SEA a,  FAMILY b,  FAMILY b,  FAMILY b,  false",
        "both answered first,                        ,          AT_SEA a,  FAMILY b,  FAMILY b,  true",
        "whether one comes is all of it,             ,          AT_SEA a,  YES,       YES,       true",
        "and the other way round,                    ,          YES,       AT_SEA a,  AT_SEA a,  true",
        "what was left as it was gives way in silence, AT_SEA a, YES,      AT_SEA a,  YES,       false",
        "a message to an absence that was given up,  AT_SEA a,  YES,       AT_SEA b,  AT_SEA b,  true",
        "a message taken out,                        AT_SEA a,  FAMILY a,  AT_SEA,    FAMILY,    false",
    })
    void twoAnswersOfOneMember(String name, String base, String there, String sent, String said, boolean gaveWay) {
        Merged<Answer.Words> merged = MeetingRules.answer(words(base), words(there), words(sent));

        assertThat(merged).isEqualTo(new Merged<>(words(said), gaveWay, gaveWay ? words(there) : null));
        assertThat(MeetingRules.answer(words(base), words(said), words(sent)).value())
                .as("sent again")
                .isEqualTo(words(said));
    }
}
