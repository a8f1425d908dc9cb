package vn.sotay.questions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import vn.sotay.api.http.Page;
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

    private void refused(String problem, ThrowingCallable what) {
        assertThatThrownBy(what).isInstanceOfSatisfying(ProblemException.class, e -> assertThat(
                        e.problem().code())
                .isEqualTo(problem));
    }

    @ParameterizedTest
    @EnumSource(Database.class)
    void whatGoesToSeveralAskersNamesNoneOfThem(Database database) {
        in(database);
        UUID first = office.ask(office.member, null, "Chi bộ họp qua mạng có được không?");
        UUID same = office.ask(office.other, null, "Họp chi bộ trên mạng được không?");
        office.answers.merge(office.editor, same, first, Office.ANY);
        for (String name : List.of("Trần Văn Bình", "Lê Thị Mới")) {
            office.answers.put(office.editor, first, office.answer("Đồng chí " + name + " họp được."), Office.ANY);
            refused("question.shared-names", () -> office.answers.release(office.editor2, first, Office.ANY));
        }
        office.answers.put(
                office.editor,
                first,
                office.answer("Được.", new Citation(null, null, "Đơn của Trần Văn Bình", null)),
                Office.ANY);
        refused("question.shared-names", () -> office.answers.release(office.editor2, first, Office.ANY));
        assertThat(read(office.other, same).answer()).isNull();
        office.give(first, "Được, khi cấp trên đồng ý.");
        assertThat(read(office.other, same).answer()).isNotNull();

        // to its asker alone it may, until somebody else is to have it
        UUID own = office.ask(office.member, null, "Tôi họp qua mạng từ xa có được không?");
        office.give(own, "Đồng chí Trần Văn Bình họp được.");
        UUID next = office.ask(office.other, null, "Ở xa họp thế nào?");
        refused("question.shared-names", () -> office.answers.merge(office.editor, next, own, Office.ANY));
        assertThat(read(office.other, next).answer()).isNull();
        office.give(own, "Họp được.");
        office.answers.merge(office.editor, next, own, Office.ANY);
        assertThat(read(office.other, next).answer().text()).isEqualTo("Họp được.");
    }

    @ParameterizedTest
    @EnumSource(Database.class)
    void aMendedAnswerIsRatedAnewAndItsTimeCountsOnce(Database database) {
        in(database);
        UUID id = office.ask(office.member, null, "Chi bộ họp qua mạng có được không?");
        UUID same = office.ask(office.other, null, "Họp chi bộ trên mạng được không?");
        office.answers.merge(office.editor, same, id, Office.ANY);
        office.give(id, "Được.");
        office.ratings.put(office.member, id, false);
        office.ratings.put(office.other, same, false);
        assertThat(read(office.other, same).useful()).isFalse();

        office.now = Instant.parse("2027-04-14T03:00:00Z");
        office.give(id, "Được, khi cấp trên đồng ý.");
        assertThat(read(office.member, id).useful()).isNull();
        assertThat(read(office.other, same).useful()).isNull();
        assertThat(office.statistics.of(office.editor, null, null).items())
                .singleElement()
                .satisfies(one -> assertThat(one.median()).isZero());
    }

    @ParameterizedTest
    @EnumSource(Database.class)
    void itIsAskedAgainAlsoWhileAMendedAnswerWaits(Database database) {
        in(database);
        UUID id = office.ask(office.member, null, "Chi bộ họp qua mạng có được không?");
        Message again = new Message(null, null, "Ai đồng ý?", true, null, null);
        Answer mended = office.answer("Được, khi cấp trên đồng ý.");
        office.answers.put(office.editor, id, mended, Office.ANY);
        // nothing was given yet
        refused("question.not-now", () -> office.messages.put(office.member, id, UUID.randomUUID(), again));
        office.give(id, "Được.");
        office.answers.put(office.editor, id, mended, Office.ANY);
        office.messages.put(office.member, id, UUID.randomUUID(), again);
        assertThat(read(office.editor, id).state()).isEqualTo(State.ASKED);

        // what waited then waits no more, and can be sent as it was
        refused("question.not-now", () -> office.answers.release(office.editor2, id, Office.ANY));
        office.answers.put(office.editor, id, mended, Office.ANY);
        assertThat(read(office.editor, id).state()).isEqualTo(State.REVIEW);
        office.answers.release(office.editor2, id, Office.ANY);
        assertThat(read(office.member, id).answer().text()).isEqualTo(mended.text());
    }

    @ParameterizedTest
    @EnumSource(Database.class)
    void whatIsAnsweredIsListedFromTheNewestOnAndPageByPage(Database database) {
        in(database);
        List<String> ids = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            UUID id = office.ask(office.member, null, "Câu " + i);
            office.give(id, "Trả lời " + i);
            ids.add(id.toString());
        }
        ids.sort(Comparator.reverseOrder());
        List<String> found = new ArrayList<>();
        List<String> after = null;
        do {
            Page<Question> page = office.answers.queue(office.editor, State.ANSWERED, null, false, 2, after);
            page.items().forEach(one -> {
                found.add(String.valueOf(one.id()));
                assertThat(one.answer().text()).endsWith(one.text().substring(4));
            });
            after = page.next() == null ? null : Page.values(page.next());
        } while (after != null);
        assertThat(found).isEqualTo(ids);
    }

    @ParameterizedTest
    @EnumSource(Database.class)
    void whoIsDeletedLeavesNothingThatWaits(Database database) {
        in(database);
        UUID open = office.ask(office.member, null, "Chi bộ họp qua mạng có được không?");
        UUID answered = office.ask(office.member, null, "Đi học xa sinh hoạt ở đâu?");
        UUID same = office.ask(office.other, null, "Đi xa sinh hoạt thế nào?");
        office.answers.merge(office.editor, same, answered, Office.ANY);
        office.give(answered, "Nơi học.");
        office.erase(office.member);

        LocalDate today = LocalDate.of(2027, 3, 1);
        office.now = Instant.parse("2027-03-01T03:00:00Z");
        assertThat(office.escalations.run(today)).isZero();
        Question gone = read(office.editor, open);
        assertThat(gone.state()).isEqualTo(State.ANSWERED);
        assertThat(gone.due()).isNull();
        assertThat(gone.desk().overdue()).isFalse();
        refused("question.not-now", () -> office.answers.put(office.editor, open, office.answer("a"), Office.ANY));

        Question alone = read(office.editor, same);
        assertThat(alone.state()).isEqualTo(State.ASKED);
        assertThat(alone.desk().mergedInto()).isNull();
        assertThat(alone.due()).isEqualTo(LocalDate.of(2027, 3, 15));
        assertThat(office.sent).endsWith("asked editors");
        int told = office.told(office.other).size();
        assertThat(office.escalations.run(today)).isZero();
        assertThat(office.told(office.other)).hasSize(told);
        office.give(same, "Nơi học.");
        assertThat(read(office.other, same).answer()).isNotNull();
    }
}
