package vn.sotay.meetings;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import vn.sotay.api.access.Caller;
import vn.sotay.api.module.Demo;
import vn.sotay.meetings.Meeting.State;
import vn.sotay.testkit.Database;

class MeetingsDemoTest {

    @Test
    void showsTheNextMeetingAndTheLast() throws Exception {
        try (Village village = new Village(Database.DERBY)) {
            Demo demo = new VillageDemo(village);

            new MeetingsDemo(
                            village.database.store(),
                            village,
                            village,
                            village.meetings,
                            village.answers,
                            village.opinions,
                            village.messages,
                            village.roll,
                            village.reads)
                    .fill(demo);

            Meeting next = village.meetings
                    .get(village.member, demo.id("next meeting"))
                    .value();
            Summary figures = village.roll.summary(village.officer, demo.id("next meeting"));
            Meeting last = village.meetings
                    .get(village.member, demo.id("last meeting"))
                    .value();
            assertThat(next.state()).isEqualTo(State.DOCUMENTS_POSTED);
            assertThat(next.startsAt()).hasToString("2026-11-26T12:00:00Z");
            assertThat(next.items().get(1).papers().get(0).late()).isFalse();
            assertThat(figures.attending()).isEqualTo(1);
            assertThat(figures.requests()).isEqualTo(1);
            assertThat(figures.opinions()).isEqualTo(2);
            assertThat(village.reads
                            .list(village.secretary, demo.id("next meeting"), 50, null)
                            .items())
                    .extracting(Read::member)
                    .containsExactlyInAnyOrder(Village.id(village.member), Village.id(village.fisherman));
            assertThat(last.state()).isEqualTo(State.CLOSED);
            assertThat(village.roll
                            .lateCalls(village.secretary, demo.id("last meeting"), 50, null)
                            .items())
                    .extracting(LateCall::member)
                    .containsExactly(Village.id(village.newcomer));
            assertThat(village.messages
                            .list(village.secretary, demo.id("last meeting"), 50, null)
                            .items())
                    .extracting(Message::member)
                    .containsExactly(Village.id(village.fisherman));
            assertThat(village.meetings
                            .minutes(village.member, demo.id("last meeting"))
                            .value()
                            .text())
                    .contains("Có mặt: 3. Vắng có lý do: 1.");
        }
    }

    private record VillageDemo(Village village) implements Demo {

        @Override
        public LocalDate today() {
            return MeetingRules.day(village.now);
        }

        @Override
        public Caller as(String login) {
            return switch (login) {
                case "secretary" -> village.secretary;
                case "fisherman" -> village.fisherman;
                case "member" -> village.member;
                default -> throw new IllegalArgumentException(login);
            };
        }

        @Override
        public UUID id(String words) {
            return UUID.nameUUIDFromBytes(words.getBytes(StandardCharsets.UTF_8));
        }
    }
}
