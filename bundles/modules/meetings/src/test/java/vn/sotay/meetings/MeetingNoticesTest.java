package vn.sotay.meetings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.OptionalLong;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import vn.sotay.api.access.Audience;
import vn.sotay.api.notice.Notice;
import vn.sotay.api.notice.Urgency;
import vn.sotay.meetings.Meeting.State;
import vn.sotay.testkit.Database;

/** What members are told of a meeting, on each database. */
class MeetingNoticesTest {

    private static final OptionalLong ANY = OptionalLong.empty();
    private static final Instant SATURDAY = Instant.parse("2026-11-28T12:00:00Z");

    private final UUID id = UUID.randomUUID();
    private Village village;
    private Reminders reminders;

    private void in(Database database) {
        village = new Village(database);
        village.now = Instant.parse("2026-11-24T03:00:00Z");
        reminders = village.reminders();
    }

    @AfterEach
    void close() {
        village.close();
    }

    private void plan(Instant startsAt, String place) {
        Meeting meeting = Meeting.planned(
                village.cell.id(), Meeting.Kind.ORDINARY, startsAt, place, "Sinh hoạt tháng 12", List.of());
        village.meetings.put(village.secretary, id, meeting, ANY);
    }

    private void tell() {
        village.meetings.reach(village.secretary, id, State.NOTIFIED, ANY);
    }

    private List<String> told() {
        return village.told.stream().map(Notice::template).toList();
    }

    @ParameterizedTest
    @EnumSource(Database.class)
    void theCellIsToldWhenItIsCalledMovedAndCancelled(Database database) {
        in(database);
        plan(SATURDAY, "Nhà văn hóa");
        plan(SATURDAY, "Nhà ông Hải");
        assertThat(told()).as("before it is called nobody expects it").isEmpty();
        tell();
        tell();
        assertThat(told()).containsExactly("meeting-called");
        assertThat(village.told.get(0).audience()).isEqualTo(Audience.members(village.cell.id()));
        assertThat(village.told.get(0).data())
                .containsEntry("when", SATURDAY.toString())
                .containsEntry("place", "Nhà ông Hải");

        plan(SATURDAY, "Trường học");
        assertThat(village.told.get(1).template()).isEqualTo("meeting-moved");
        assertThat(village.told.get(1).urgency()).as("it is far").isEqualTo(Urgency.NORMAL);
        assertThat(village.told.get(1).about()).isEqualTo(village.told.get(0).about());
        village.pass(Duration.ofDays(3));
        plan(SATURDAY.plusSeconds(3600), "Trường học");
        assertThat(village.told.get(2).urgency()).as("it is near").isEqualTo(Urgency.URGENT);

        village.meetings.delete(village.secretary, id, ANY);
        assertThat(told()).endsWith("meeting-cancelled");
    }

    @ParameterizedTest
    @EnumSource(Database.class)
    void leadersRemindTheSilentAndNobodyElse(Database database) {
        in(database);
        plan(SATURDAY, "Nhà văn hóa");
        assertThatThrownBy(() -> reminders.remind(village.secretary, id, Reminders.Silent.UNREAD))
                .hasMessageContaining("meeting.not-told");
        tell();
        village.reads.put(village.member, id, Village.id(village.member));
        village.told.clear();

        int unread =
                reminders.remind(village.secretary, id, Reminders.Silent.UNREAD).reminded();
        assertThat(unread).isEqualTo(2);
        assertThat(village.told)
                .extracting(Notice::audience)
                .containsExactlyInAnyOrder(
                        Audience.member(Village.id(village.fisherman)), Audience.member(Village.id(village.newcomer)));
        assertThat(reminders
                        .remind(village.secretary, id, Reminders.Silent.UNANSWERED)
                        .reminded())
                .isEqualTo(3);
        assertThat(village.told.stream().map(Notice::id).distinct())
                .as("once a day for each")
                .hasSize(3);
        assertThatThrownBy(() -> reminders.remind(village.member, id, Reminders.Silent.UNREAD))
                .hasMessageContaining("forbidden");
    }

    @ParameterizedTest
    @EnumSource(Database.class)
    void whatIsNearIsToldByTheRulesUnderOneId(Database database) {
        in(database);
        plan(SATURDAY, "Nhà văn hóa");
        tell();
        village.told.clear();
        reminders.tellOfNear();
        assertThat(told()).as("four days before").isEmpty();

        village.pass(Duration.ofDays(2));
        reminders.tellOfNear();
        reminders.tellOfNear();
        assertThat(told()).containsOnly("meeting-soon");
        assertThat(village.told.stream().map(Notice::id).distinct()).hasSize(1);

        village.told.clear();
        village.meetings.reach(village.secretary, id, State.OPEN, ANY);
        reminders.tellOfNear();
        assertThat(told()).as("it has begun").isEmpty();
    }

    @ParameterizedTest
    @EnumSource(Database.class)
    void whoHasOpenedItAndAnsweredIsRemindedOfNothingAnyMore(Database database) {
        in(database);
        plan(SATURDAY, "Nhà văn hóa");
        tell();
        village.told.clear();
        reminders.remind(village.secretary, id, Reminders.Silent.UNREAD);
        assertThat(reminded()).hasSize(3).contains(Village.id(village.member), Village.id(village.fisherman));

        village.reads.put(village.member, id, Village.id(village.member));
        assertThat(reminded()).as("who has looked is still asked").hasSize(3);
        answer(village.member);
        assertThat(reminded()).hasSize(2).doesNotContain(Village.id(village.member));

        // the secretary has written it down for him, and reminds him to look
        answer(village.fisherman);
        reminders.remind(village.secretary, id, Reminders.Silent.UNREAD);
        assertThat(reminded()).contains(Village.id(village.fisherman));
        village.reads.put(village.fisherman, id, Village.id(village.fisherman));
        assertThat(reminded()).containsOnly(Village.id(village.newcomer));
    }

    private List<UUID> reminded() {
        return village.told.stream()
                .filter(one -> one.template().equals("meeting-reminder"))
                .map(one -> one.audience().id())
                .toList();
    }

    private void answer(Person who) {
        village.answers.put(
                village.secretary,
                id,
                Village.id(who),
                new Answer(null, null, Answer.Kind.ATTENDING, null, null, null, null, null, null, null, null, null),
                ANY);
    }

    @ParameterizedTest
    @EnumSource(Database.class)
    void ofOneThatDidNotTakePlaceNothingIsLeft(Database database) {
        in(database);
        plan(SATURDAY, "Nhà văn hóa");
        tell();
        reminders.remind(village.secretary, id, Reminders.Silent.UNANSWERED);
        village.pass(Duration.ofDays(9));
        village.meetings.delete(village.secretary, id, ANY);
        assertThat(told()).as("its time is over, so that nobody is told").isEmpty();
    }
}
