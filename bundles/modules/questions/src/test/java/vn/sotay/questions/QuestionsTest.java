package vn.sotay.questions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.time.LocalDate;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import vn.sotay.api.http.ProblemException;
import vn.sotay.questions.Question.State;
import vn.sotay.testkit.Database;

/** What only time brings; the rest is in QuestionsHttpIT. */
class QuestionsTest {

    private Office office;

    private void in(Database database) {
        office = new Office(database);
    }

    @AfterEach
    void close() {
        office.close();
    }

    private Question read(Office.Person who, UUID id) {
        return office.questions.get(who, id).value();
    }

    @ParameterizedTest
    @EnumSource(Database.class)
    void whatIsNotAnsweredInTimeGoesUpAndEndsAtTheProvince(Database database) {
        in(database);
        // Tết lies between
        office.now = Instant.parse("2027-01-29T03:00:00Z");
        UUID id = office.ask(office.member, Office.DUES, "Tháng không có thu nhập thì đóng thế nào?");
        Question asked = read(office.officer, id);
        assertThat(asked.team()).isEqualTo(office.commune.id());
        assertThat(asked.due()).isEqualTo(LocalDate.of(2027, 2, 19));
        assertThatThrownBy(() -> read(office.editor, id)).isInstanceOf(ProblemException.class);

        assertThat(office.escalations.run(LocalDate.of(2027, 2, 19))).isZero();
        assertThat(office.escalations.run(LocalDate.of(2027, 2, 20))).isOne();
        Question above = read(office.editor, id);
        assertThat(above.team()).isEqualTo(office.province.id());
        assertThat(above.due()).isEqualTo(LocalDate.of(2027, 2, 26));
        assertThat(above.desk().escalated()).isOne();
        assertThatThrownBy(() -> read(office.officer, id)).isInstanceOf(ProblemException.class);

        // nobody is above
        office.now = Instant.parse("2027-03-01T03:00:00Z");
        assertThat(office.escalations.run(LocalDate.of(2027, 3, 1))).isZero();
        assertThat(read(office.editor, id).desk().overdue()).isTrue();
        assertThat(office.statistics.of(office.editor, null, null).items())
                .singleElement()
                .satisfies(one -> {
                    assertThat(one.overdue()).isOne();
                    assertThat(one.median()).isNull();
                });

        office.answers.put(office.editor, id, office.answer("Không có thu nhập thì đóng mức thấp nhất."), Office.ANY);
        assertThatThrownBy(() -> office.answers.release(office.editor, id, Office.ANY))
                .isInstanceOf(ProblemException.class);
        office.answers.release(office.editor2, id, Office.ANY);
        assertThat(office.escalations.run(LocalDate.of(2027, 12, 1))).isZero();
        assertThat(office.sent)
                .containsExactly(
                        "asked officers:" + office.commune.id(),
                        "escalated editors",
                        "answered member:" + office.member.account());
        assertThat(office.statistics.of(office.editor, null, null).items())
                .singleElement()
                .satisfies(one -> {
                    assertThat(one.open()).isZero();
                    // from 29 January, without the week of Tết
                    assertThat(one.median()).isEqualTo(16);
                });
    }

    @ParameterizedTest
    @EnumSource(Database.class)
    void whatIsAskedAgainHasItsWholeTimeAgain(Database database) {
        in(database);
        UUID id = office.ask(office.member, null, "Chi bộ họp qua mạng có được không?");
        office.answers.put(office.editor, id, office.answer("Được, khi cấp trên đồng ý."), Office.ANY);
        office.answers.release(office.editor2, id, Office.ANY);
        office.now = Instant.parse("2026-12-14T03:00:00Z");
        office.messages.put(
                office.member, id, UUID.randomUUID(), new Message(null, null, "Ai đồng ý?", true, null, null));

        Question again = read(office.editor, id);
        assertThat(again.state()).isEqualTo(State.ASKED);
        assertThat(again.due()).isEqualTo(LocalDate.of(2026, 12, 28));
        assertThat(again.desk().reopened()).isOne();
        assertThat(again.answer()).isNotNull();
        assertThat(office.told(office.member))
                .extracting(one -> one.type())
                .containsExactlyInAnyOrder("question", "question-message");
        assertThat(office.told(office.other)).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(Database.class)
    void whoAsksWhatIsAnsweredAlreadyIsToldToo(Database database) {
        in(database);
        UUID first = office.ask(office.member, null, "Chi bộ họp qua mạng có được không?");
        office.answers.put(office.editor, first, office.answer("Được, khi cấp trên đồng ý."), Office.ANY);
        office.answers.release(office.editor2, first, Office.ANY);
        UUID same = office.ask(office.other, null, "Họp chi bộ trên mạng được không?");
        office.answers.merge(office.editor, same, first, Office.ANY);

        assertThat(office.sent).endsWith("asked editors", "answered member:" + office.other.account());
        assertThat(read(office.other, same).answer()).isNotNull();
    }
}
