package vn.sotay.meetings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import vn.sotay.api.access.Audience;
import vn.sotay.api.http.Page;
import vn.sotay.api.http.Problem;
import vn.sotay.api.http.ProblemException;
import vn.sotay.api.store.Saved;
import vn.sotay.meetings.Meeting.State;
import vn.sotay.meetings.Meeting.Step;
import vn.sotay.platform.store.TestStore.Fed;
import vn.sotay.testkit.Database;

/** What leaders and members do, on each database. Read {@link Village} for who they are. */
class MeetingsTest {

    private static final OptionalLong ANY = OptionalLong.empty();
    private static final Instant SATURDAY = Instant.parse("2026-11-28T12:00:00Z");
    private static final Map<Database, Village> VILLAGES = new EnumMap<>(Database.class);

    private Village village;
    private final UUID id = UUID.randomUUID();
    private final UUID item = UUID.randomUUID();

    private void in(Database database) {
        village = VILLAGES.computeIfAbsent(database, Village::new);
        village.now = Instant.parse("2026-11-24T03:00:00Z");
    }

    @AfterAll
    static void close() {
        VILLAGES.values().forEach(Village::close);
        VILLAGES.clear();
    }

    private Meeting plan(Instant startsAt, Document... documents) {
        AgendaItem first = new AgendaItem(item, "Kết quả tháng 11", List.of(documents));
        return Meeting.planned(
                village.cell.id(),
                Meeting.Kind.ORDINARY,
                startsAt,
                "Nhà văn hóa thôn",
                "Sinh hoạt tháng 12",
                List.of(first));
    }

    private static Document document(String file) {
        return new Document(file, "Dự thảo nghị quyết.pdf", null, null, null, null, null);
    }

    private Saved<Meeting> schedule(Document... documents) {
        return village.meetings.put(village.secretary, id, plan(SATURDAY, documents), ANY);
    }

    private Saved<Meeting> step(State step) {
        return village.meetings.reach(village.secretary, id, step, ANY);
    }

    private static Answer attending() {
        return new Answer(null, null, Answer.Kind.ATTENDING, null, null, null, null, null, null, null, null, null);
    }

    private static Answer absent(String message) {
        return absent(AbsenceReason.AT_SEA, message, null);
    }

    private static Answer absent(AbsenceReason reason, String message, Answer.Words base) {
        return new Answer(null, null, Answer.Kind.ABSENT, reason, message, null, null, null, null, null, base, null);
    }

    private static Opinion opinion(Opinion.Stance stance, String text) {
        return new Opinion(null, null, null, null, null, stance, text, null, null, null);
    }

    private static Attendance present() {
        return new Attendance(null, null, true, null, null, null);
    }

    private static Attendance away(AbsenceReason reason) {
        return new Attendance(null, null, false, reason, null, null);
    }

    private static void refused(int status, String code, ThrowingCallable call) {
        assertThatThrownBy(call).isInstanceOfSatisfying(ProblemException.class, problem -> {
            Problem said = problem.problem();
            assertThat(said.status() + " " + said.code()).isEqualTo(status + " " + code);
        });
    }

    private List<Fed> feed(Audience audience, UUID thing) {
        return village.database.feed(audience).stream()
                .filter(one -> one.id().equals(thing.toString()))
                .toList();
    }

    // ---- planning

    @ParameterizedTest
    @EnumSource(Database.class)
    void theSamePlanAgainChangesNothing(Database database) {
        in(database);

        Saved<Meeting> made = schedule();
        village.pass(Duration.ofMinutes(5));
        Saved<Meeting> again = schedule();
        Saved<Meeting> asRead = village.meetings.put(village.secretary, id, made.value(), OptionalLong.of(99));

        assertThat(made.made()).isTrue();
        assertThat(made.value().state()).isEqualTo(State.PREPARED);
        assertThat(again).isEqualTo(new Saved<>(made.value(), made.version()));
        assertThat(asRead).isEqualTo(again);
        assertThat(village.meetings.get(village.member, id)).isEqualTo(again);
    }

    @ParameterizedTest
    @EnumSource(Database.class)
    void phonesThatSendAtOnceMakeOneMeetingAndOneAnswer(Database database) throws Exception {
        in(database);
        UUID member = Village.id(village.member);
        ExecutorService phones = Executors.newFixedThreadPool(6);
        try {
            List<Future<Saved<Meeting>>> plans = phones.invokeAll(Collections.nCopies(6, this::schedule));
            List<Future<Saved<Answer>>> answers = phones.invokeAll(
                    Collections.nCopies(6, () -> village.answers.put(village.member, id, member, attending(), ANY)));

            assertThat(plans).extracting(Future::get).filteredOn(Saved::made).hasSize(1);
            assertThat(plans).extracting(Future::get).extracting(Saved::version).containsOnly(1L);
            assertThat(answers).extracting(Future::get).filteredOn(Saved::made).hasSize(1);
            assertThat(answers)
                    .extracting(Future::get)
                    .extracting(Saved::version)
                    .containsOnly(1L);
        } finally {
            phones.shutdownNow();
        }
    }

    @ParameterizedTest
    @EnumSource(Database.class)
    void anOlderReadDoesNotOverwriteANewerPlan(Database database) {
        in(database);
        schedule();

        Saved<Meeting> moved =
                village.meetings.put(village.secretary, id, plan(SATURDAY.plusSeconds(3600)), OptionalLong.of(1));

        assertThat(moved.version()).isEqualTo(2);
        refused(
                412,
                "changed-meanwhile",
                () -> village.meetings.put(
                        village.secretary, id, plan(SATURDAY.plusSeconds(7200)), OptionalLong.of(1)));
        assertThat(village.meetings.get(village.member, id).value().startsAt()).isEqualTo(SATURDAY.plusSeconds(3600));
    }

    private Meeting at(String place, Instant startsAt, Meeting base) {
        Meeting plan = plan(startsAt);
        return new Meeting(
                null,
                plan.cell(),
                plan.kind(),
                plan.startsAt(),
                place,
                plan.title(),
                plan.items(),
                null,
                null,
                null,
                base == null
                        ? null
                        : new Meeting.Plan(base.kind(), base.startsAt(), base.place(), base.title(), base.items()));
    }

    private Saved<Meeting> plans(Meeting plan) {
        return village.meetings.put(village.secretary, id, plan, ANY);
    }

    private List<Conflict> conflicts() {
        return village.conflicts.list(village.secretary, id, 50, null).items();
    }

    @ParameterizedTest
    @EnumSource(Database.class)
    void whatTwoLeadersPlanAtOnceIsPutTogether(Database database) {
        in(database);
        Meeting seen = schedule().value();
        String place = seen.place();
        Instant later = SATURDAY.plusSeconds(3600);
        plans(at("Trường học", SATURDAY, seen));
        Instant first = village.now;
        village.pass(Duration.ofMinutes(5));

        Saved<Meeting> moved = plans(at(place, later, seen));
        assertThat(moved.value().place()).isEqualTo("Trường học");
        assertThat(moved.value().startsAt()).isEqualTo(later);
        assertThat(conflicts()).isEmpty();

        Saved<Meeting> both = plans(at("Bến cá", SATURDAY, seen));
        assertThat(plans(at("Bến cá", SATURDAY, seen))).isEqualTo(both);
        assertThat(both.value().place()).isEqualTo("Bến cá");
        assertThat(both.value().startsAt()).isEqualTo(later);
        assertThat(both.value().base()).isNull();
        assertThat(conflicts())
                .containsExactly(new Conflict(
                        id, "place", "Trường học", Village.id(village.secretary), first.plus(Duration.ofMinutes(5))));
        UUID thing = UUID.nameUUIDFromBytes((id + "/place").getBytes(java.nio.charset.StandardCharsets.UTF_8));
        assertThat(feed(Audience.leaders(village.cell.id()), thing))
                .noneMatch(Fed::deleted)
                .hasSize(1);
        assertThat(feed(Audience.members(village.cell.id()), thing)).isEmpty();
        refused(403, "forbidden", () -> village.conflicts.list(village.member, id, 50, null));
        refused(404, "not-found", () -> village.conflicts.list(village.secretary2, id, 50, null));

        // who stays with it says so
        assertThat(plans(at("Bến cá", later, both.value()))).isEqualTo(both);
        assertThat(conflicts()).isEmpty();
        assertThat(feed(Audience.leaders(village.cell.id()), thing)).allMatch(Fed::deleted);
        // or takes the other one
        plans(at("Nhà bí thư", later, seen));
        assertThat(conflicts()).extracting(Conflict::value).containsExactly("Bến cá");
        Saved<Meeting> taken = plans(at("Bến cá", later, at("Nhà bí thư", later, null)));
        assertThat(taken.value().place()).isEqualTo("Bến cá");
        assertThat(conflicts()).isEmpty();
        village.meetings.delete(village.secretary, id, ANY);
    }

    @ParameterizedTest
    @EnumSource(Database.class)
    void aDocumentThatComesLateIsMarkedWithTheRule(Database database) {
        in(database);
        String early = village.file("early");
        String late = village.file("late");
        schedule(document(early));
        village.pass(Duration.ofDays(3));

        List<Document> documents =
                schedule(document(early), document(late)).value().items().get(0).papers();

        assertThat(documents).extracting(Document::late).containsExactly(false, true);
        assertThat(documents).extracting(Document::rule).containsOnly("rule meetings.documents.days-before");
        assertThat(documents.get(0).postedAt()).isEqualTo(Instant.parse("2026-11-24T03:00:00Z"));
        assertThat(village.meetings.get(village.member, id).value().documentsDue())
                .isEqualTo(LocalDate.of(2026, 11, 26));
        assertThat(documents.get(0).type()).isEqualTo("text/plain");
        assertThat(village.heldFiles.get(id)).containsExactlyInAnyOrder(early, late);
        assertThat(village.heldFor.get(id))
                .containsExactlyInAnyOrder(
                        Audience.members(village.cell.id()),
                        Audience.leaders(village.cell.id()),
                        Audience.officers(village.commune.id()));
    }

    @ParameterizedTest
    @EnumSource(Database.class)
    void aMeetingThatMovesAwayMakesItsDocumentsTimelyAgain(Database database) {
        in(database);
        String file = village.file("one");
        village.pass(Duration.ofDays(3));
        assertThat(schedule(document(file))
                        .value()
                        .items()
                        .get(0)
                        .papers()
                        .get(0)
                        .late())
                .isTrue();

        Meeting later = plan(SATURDAY.plus(Duration.ofDays(7)), document(file));
        Saved<Meeting> moved = village.meetings.put(village.secretary, id, later, ANY);

        assertThat(moved.value().items().get(0).papers().get(0).late()).isFalse();
    }

    @ParameterizedTest
    @EnumSource(Database.class)
    void aPlanThatCannotBeIsRefusedByField(Database database) {
        in(database);
        String missing = "0".repeat(64);

        refused(422, "invalid", () -> schedule(document(missing)));
        refused(422, "invalid", () -> village.meetings.put(village.secretary, id, plan(Instant.MAX), ANY));
        refused(404, "not-found", () -> village.meetings.get(village.secretary, id));
    }

    @ParameterizedTest
    @EnumSource(Database.class)
    void anItemWithAnOpinionStays(Database database) {
        in(database);
        schedule();
        village.opinions.put(village.member, id, item, UUID.randomUUID(), opinion(Opinion.Stance.AGREE, null), ANY);
        Meeting without = Meeting.planned(
                village.cell.id(),
                Meeting.Kind.ORDINARY,
                SATURDAY,
                "Nhà văn hóa thôn",
                "Sinh hoạt tháng 12",
                List.of());

        refused(409, "meeting.item-has-opinions", () -> village.meetings.put(village.secretary, id, without, ANY));
    }

    @ParameterizedTest
    @EnumSource(Database.class)
    void takenBackItIsGoneForGood(Database database) {
        in(database);
        schedule();
        village.answers.put(village.member, id, Village.id(village.member), attending(), ANY);
        UUID opinion = UUID.randomUUID();
        village.opinions.put(village.member, id, item, opinion, opinion(Opinion.Stance.ASK, "Vì sao?"), ANY);
        opens(village.member);
        UUID message = UUID.randomUUID();
        sends(village.member, message, "Tôi có việc gấp");

        village.meetings.delete(village.secretary, id, ANY);
        village.meetings.delete(village.secretary, id, ANY);

        refused(404, "not-found", () -> village.meetings.get(village.member, id));
        refused(410, "meeting.deleted", this::schedule);
        assertThat(feed(Audience.members(village.cell.id()), id)).allMatch(Fed::deleted);
        assertThat(feed(Audience.leaders(village.cell.id()), opinion)).allMatch(Fed::deleted);
        assertThat(feed(Audience.leaders(village.cell.id()), message))
                .hasSize(1)
                .allMatch(Fed::deleted);
        assertThat(village.database.feed(Audience.member(Village.id(village.member))))
                .filteredOn(one -> one.data() != null && one.data().contains(id.toString()))
                .isEmpty();
    }

    @ParameterizedTest
    @EnumSource(Database.class)
    void aListComesByPagesInOrderOfTime(Database database) {
        in(database);
        List<UUID> ids = new ArrayList<>();
        for (int day = 0; day < 5; day++) {
            UUID one = UUID.randomUUID();
            ids.add(one);
            village.meetings.put(village.secretary2, one, elsewhere(SATURDAY.plus(Duration.ofDays(day / 2))), ANY);
        }

        List<UUID> found = new ArrayList<>();
        Page<Meeting> page = list(village.secretary2, null);
        while (true) {
            page.items().forEach(one -> found.add(one.id()));
            if (page.next() == null) {
                break;
            }
            page = list(village.secretary2, Page.values(page.next()));
        }

        assertThat(found).containsExactlyInAnyOrderElementsOf(ids);
        assertThat(list(village.officer, null).items()).hasSize(2);
        assertThat(list(village.member, null).items())
                .allMatch(one -> one.cell().equals(village.cell.id()));
        refused(422, "invalid", () -> list(village.member, List.of("yesterday", "")));
        for (UUID one : ids) {
            village.meetings.delete(village.secretary2, one, ANY);
        }
    }

    private Page<Meeting> list(Person who, List<String> after) {
        return village.meetings.list(who, null, LocalDate.of(2026, 11, 1), LocalDate.of(2026, 12, 31), 2, after);
    }

    private Meeting elsewhere(Instant startsAt) {
        return Meeting.planned(
                village.otherCell.id(), Meeting.Kind.THEMATIC, startsAt, "Trường học", "Chuyên đề", List.of());
    }

    // ---- who sees what

    @ParameterizedTest
    @EnumSource(Database.class)
    void anotherCellSeesNothing(Database database) {
        in(database);
        schedule();
        Person stranger = village.secretary2;
        UUID member = Village.id(village.member);

        refused(404, "not-found", () -> village.meetings.get(stranger, id));
        refused(404, "not-found", () -> village.meetings.put(stranger, id, plan(SATURDAY.plusSeconds(1)), ANY));
        refused(404, "not-found", () -> village.meetings.put(stranger, UUID.randomUUID(), plan(SATURDAY), ANY));
        refused(404, "not-found", () -> village.meetings.delete(stranger, id, ANY));
        refused(404, "not-found", () -> village.meetings.reach(stranger, id, State.CLOSED, ANY));
        refused(404, "not-found", () -> village.meetings.minutes(stranger, id));
        refused(404, "not-found", () -> village.answers.list(stranger, id, 50, null));
        refused(404, "not-found", () -> village.answers.get(stranger, id, member));
        refused(404, "not-found", () -> village.answers.put(stranger, id, member, attending(), ANY));
        refused(404, "not-found", () -> village.opinions.list(stranger, id, item, 50, null));
        refused(
                404,
                "not-found",
                () -> village.opinions.put(
                        stranger, id, item, UUID.randomUUID(), opinion(Opinion.Stance.AGREE, null), ANY));
        refused(404, "not-found", () -> village.roll.list(stranger, id, 50, null));
        refused(404, "not-found", () -> village.roll.call(stranger, id, member, present(), ANY));
        refused(404, "not-found", () -> village.roll.summary(stranger, id));
        refused(404, "not-found", () -> village.reads.list(stranger, id, 50, null));
        refused(404, "not-found", () -> village.reads.put(stranger, id, Village.id(stranger)));
        refused(404, "not-found", () -> village.reads.put(stranger, id, member));
        refused(404, "not-found", () -> village.messages.list(stranger, id, 50, null));
        refused(404, "not-found", () -> sends(stranger, UUID.randomUUID(), "A"));
        refused(404, "not-found", () -> village.messages.see(stranger, id, UUID.randomUUID()));
    }

    @ParameterizedTest
    @EnumSource(Database.class)
    void aMessageIsForTheLeadersAlone(Database database) {
        in(database);
        schedule();
        UUID fisherman = Village.id(village.fisherman);
        village.answers.put(village.fisherman, id, fisherman, absent("Đang ở Hoàng Sa"), ANY);

        assertThat(village.answers.list(village.secretary, id, 50, null).items())
                .extracting(Answer::message)
                .containsExactly("Đang ở Hoàng Sa");
        assertThat(village.answers.list(village.member, id, 50, null).items()).isEmpty();
        assertThat(village.answers.list(village.officer, id, 50, null).items()).isEmpty();
        refused(404, "not-found", () -> village.answers.get(village.member, id, fisherman));
        refused(404, "not-found", () -> village.answers.get(village.officer, id, fisherman));
        assertThat(village.database.feed(Audience.members(village.cell.id())))
                .noneMatch(one -> one.data() != null && one.data().contains("Hoàng Sa"));
        assertThat(village.database.feed(Audience.leaders(village.cell.id())))
                .anyMatch(one -> one.data() != null && one.data().contains("Hoàng Sa"));
        assertThat(village.roll.summary(village.officer, id).requests()).isEqualTo(1);
    }

    // ---- answers

    @ParameterizedTest
    @EnumSource(Database.class)
    void aRequestIsDecidedAndANewAnswerOpensItAgain(Database database) {
        in(database);
        schedule();
        UUID fisherman = Village.id(village.fisherman);
        Saved<Answer> asked = village.answers.put(village.fisherman, id, fisherman, absent("Đi biển"), ANY);
        Saved<Answer> again = village.answers.put(village.fisherman, id, fisherman, absent("Đi biển"), ANY);

        Answer.Decision yes = new Answer.Decision(true, "Chúc anh thuận buồm", null, null);
        Saved<Answer> decided = village.answers.decide(village.secretary, id, fisherman, yes, ANY);
        Saved<Answer> twice = village.answers.decide(village.secretary, id, fisherman, yes, ANY);

        assertThat(asked.made()).isTrue();
        assertThat(asked.value().decision()).isNull();
        assertThat(again).isEqualTo(new Saved<>(asked.value(), asked.version()));
        assertThat(decided.made()).isTrue();
        assertThat(decided.value().decision())
                .isEqualTo(
                        new Answer.Decision(true, "Chúc anh thuận buồm", village.now, Village.id(village.secretary)));
        assertThat(twice).isEqualTo(new Saved<>(decided.value(), decided.version()));
        refused(403, "forbidden", () -> village.answers.decide(village.member, id, fisherman, yes, ANY));

        Saved<Answer> other = village.answers.put(village.fisherman, id, fisherman, attending(), ANY);

        assertThat(other.value().decision()).isNull();
        assertThat(other.version()).isEqualTo(3);
        assertThat(village.answers.get(village.fisherman, id, fisherman)).isEqualTo(new Saved<>(other.value(), 3));
        refused(409, "answer.not-a-request", () -> village.answers.decide(village.secretary, id, fisherman, yes, ANY));
    }

    @ParameterizedTest
    @EnumSource(Database.class)
    void aLeaderWritesDownWhatAMemberSays(Database database) {
        in(database);
        schedule();
        UUID member = Village.id(village.member);

        Saved<Answer> written = village.answers.put(village.secretary, id, member, attending(), ANY);

        assertThat(written.value().recordedBy()).isEqualTo(Village.id(village.secretary));
        refused(403, "forbidden", () -> village.answers.put(village.fisherman, id, member, absent("x"), ANY));
        refused(
                404,
                "not-found",
                () -> village.answers.put(village.secretary, id, Village.id(village.secretary2), attending(), ANY));
    }

    @ParameterizedTest
    @EnumSource(Database.class)
    void anAnswerAfterTheBeginningIsStampedLate(Database database) {
        in(database);
        schedule();
        UUID member = Village.id(village.member);
        village.now = SATURDAY.plusSeconds(60);

        assertThat(village.answers
                        .put(village.member, id, member, attending(), ANY)
                        .value()
                        .late())
                .isTrue();
    }

    @ParameterizedTest
    @EnumSource(Database.class)
    void anAbsenceHasAReasonAndNothingElseHas(Database database) {
        in(database);
        schedule();
        UUID member = Village.id(village.member);
        Answer without =
                new Answer(null, null, Answer.Kind.ABSENT, null, null, null, null, null, null, null, null, null);
        Answer with = new Answer(
                null,
                null,
                Answer.Kind.ATTENDING,
                AbsenceReason.FAMILY,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null);

        refused(422, "invalid", () -> village.answers.put(village.member, id, member, without, ANY));
        refused(422, "invalid", () -> village.answers.put(village.member, id, member, with, ANY));
    }

    private static final Answer.Words NONE = new Answer.Words(null, null, null);

    private static Answer attendingAfter(Answer.Words base) {
        return new Answer(null, null, Answer.Kind.ATTENDING, null, null, null, null, null, null, null, base, null);
    }

    private Saved<Answer> answers(Person who, Answer answer) {
        return village.answers.put(who, id, Village.id(village.fisherman), answer, ANY);
    }

    @ParameterizedTest
    @EnumSource(Database.class)
    void whatTwoPhonesAnsweredIsKeptUntilTheirOwnerChooses(Database database) {
        in(database);
        schedule();
        UUID fisherman = Village.id(village.fisherman);
        Saved<Answer> first = answers(village.fisherman, absent(AbsenceReason.FAMILY, "Nhà có giỗ", NONE));
        village.pass(Duration.ofHours(1));

        Saved<Answer> second = answers(village.fisherman, attendingAfter(NONE));
        Saved<Answer> again = answers(village.fisherman, attendingAfter(NONE));

        assertThat(second.version()).isEqualTo(2);
        assertThat(second.value().answer()).isEqualTo(Answer.Kind.ATTENDING);
        assertThat(second.value().message()).isNull();
        assertThat(second.value().other()).isEqualTo(first.value().givenWay());
        assertThat(again).isEqualTo(second);
        for (Person reader : List.of(village.fisherman, village.secretary)) {
            assertThat(village.answers.get(reader, id, fisherman).value()).isEqualTo(second.value());
        }
        assertThat(feed(Audience.leaders(village.cell.id()), Participants.lineId(id, fisherman)))
                .singleElement()
                .satisfies(told -> assertThat(told.data()).contains("\"other\"", "Nhà có giỗ"));

        // who stays with what counts says it again, having seen it
        Saved<Answer> chosen =
                answers(village.fisherman, attendingAfter(second.value().words()));
        assertThat(chosen.value()).isEqualTo(second.value().withoutOther());
        assertThat(answers(village.fisherman, attendingAfter(second.value().words())))
                .isEqualTo(chosen);
        // or takes the other one back
        Saved<Answer> third = answers(village.fisherman, absent(AbsenceReason.AT_SEA, "Ra khơi", NONE));
        assertThat(third.value().other()).isNotNull();
        Saved<Answer> back =
                answers(village.fisherman, attendingAfter(third.value().words()));
        assertThat(back.value().answer()).isEqualTo(Answer.Kind.ATTENDING);
        assertThat(back.value().other()).isNull();
        assertThat(village.answers.get(village.fisherman, id, fisherman).value())
                .isEqualTo(back.value());
    }

    @ParameterizedTest
    @EnumSource(Database.class)
    void whatOnePhoneLeftAsItWasDoesNotUndoTheOther(Database database) {
        in(database);
        schedule();
        Answer.Words seen =
                answers(village.fisherman, absent("Ra khơi")).value().words();
        village.answers.decide(
                village.secretary, id, Village.id(village.fisherman), new Answer.Decision(true, null, null, null), ANY);

        Saved<Answer> same = answers(village.fisherman, absent(AbsenceReason.AT_SEA, "Ra khơi", seen));
        Saved<Answer> reason = answers(village.fisherman, absent(AbsenceReason.FAMILY, "Ra khơi", seen));
        Saved<Answer> message = answers(village.fisherman, absent(AbsenceReason.AT_SEA, "Nhà có giỗ", seen));
        Saved<Answer> late = answers(village.fisherman, absent(AbsenceReason.AT_SEA, "Ra khơi", seen));

        assertThat(same.value().decision()).isNotNull();
        assertThat(reason.value().decision()).isNull();
        assertThat(message.value().words())
                .isEqualTo(new Answer.Words(Answer.Kind.ABSENT, AbsenceReason.FAMILY, "Nhà có giỗ"));
        assertThat(message.value().other()).isNull();
        assertThat(late).isEqualTo(new Saved<>(message.value(), message.version()));
    }

    @ParameterizedTest
    @EnumSource(Database.class)
    void whatALeaderWroteDownGivesWayToTheMember(Database database) {
        in(database);
        schedule();
        answers(village.secretary, attendingAfter(NONE));

        Saved<Answer> own = answers(village.fisherman, absent(AbsenceReason.AT_SEA, null, NONE));

        assertThat(own.value().recordedBy()).isNull();
        assertThat(own.value().other())
                .isEqualTo(new Answer.Other(
                        Answer.Kind.ATTENDING, null, null, village.now, Village.id(village.secretary)));
        // who does not say what it saw writes over what there is, and what waits to be chosen from goes on waiting
        Saved<Answer> older = answers(village.fisherman, absent("Ra khơi"));
        assertThat(older.value().other()).isEqualTo(own.value().other());
        step(State.CLOSED);
        refused(
                409,
                "meeting.closed",
                () -> answers(
                        village.fisherman,
                        absent(AbsenceReason.AT_SEA, "Ra khơi", older.value().words())));
    }

    // ---- opinions

    @ParameterizedTest
    @EnumSource(Database.class)
    void anOpinionIsReadByItsAuthorAndTheLeaders(Database database) {
        in(database);
        schedule();
        UUID one = UUID.randomUUID();
        Opinion asks = opinion(Opinion.Stance.ASK, "Khi nào có điện?");

        Saved<Opinion> made = village.opinions.put(village.member, id, item, one, asks, ANY);
        Saved<Opinion> again = village.opinions.put(village.member, id, item, one, asks, ANY);

        assertThat(made.made()).isTrue();
        assertThat(made.value().memberName()).isEqualTo("Trần Văn Bình");
        assertThat(again).isEqualTo(new Saved<>(made.value(), 1));
        assertThat(opinions(village.secretary)).containsExactly(made.value());
        assertThat(opinions(village.member)).containsExactly(made.value());
        assertThat(opinions(village.fisherman)).isEmpty();
        assertThat(opinions(village.officer)).isEmpty();
        refused(404, "not-found", () -> village.opinions.get(village.fisherman, id, item, one));
        refused(
                404,
                "not-found",
                () -> village.opinions.put(village.fisherman, id, item, one, opinion(Opinion.Stance.AGREE, null), ANY));
        refused(404, "not-found", () -> village.opinions.withdraw(village.fisherman, id, item, one, ANY));
        refused(
                403,
                "forbidden",
                () -> village.opinions.put(village.secretary, id, item, one, opinion(Opinion.Stance.AGREE, null), ANY));
        refused(
                422,
                "invalid",
                () -> village.opinions.put(village.member, id, item, one, opinion(Opinion.Stance.OTHER, " "), ANY));
    }

    @ParameterizedTest
    @EnumSource(Database.class)
    void aLeaderWritesAnOpinionDownForAMember(Database database) {
        in(database);
        schedule();
        UUID one = UUID.randomUUID();
        UUID hai = Village.id(village.fisherman);

        Saved<Opinion> made = village.opinions.put(village.secretary, id, item, one, of(hai, "Sửa bến cá"), ANY);
        Saved<Opinion> again = village.opinions.put(village.secretary, id, item, one, of(hai, "Sửa bến cá"), ANY);
        Saved<Opinion> anew = village.opinions.put(village.secretary, id, item, one, of(hai, "Sửa bến cá sớm"), ANY);

        assertThat(made.made()).isTrue();
        assertThat(made.value().member()).isEqualTo(hai);
        assertThat(made.value().memberName()).isEqualTo("Phạm Văn Hải");
        assertThat(made.value().recordedBy()).isEqualTo(Village.id(village.secretary));
        assertThat(made.value().recordedByName()).isEqualTo("Nguyễn Thị An");
        assertThat(again).isEqualTo(new Saved<>(made.value(), 1));
        assertThat(anew.version()).isEqualTo(2);
        assertThat(opinions(village.fisherman)).containsExactly(anew.value());
        assertThat(opinions(village.secretary)).containsExactly(anew.value());
        assertThat(opinions(village.member)).isEmpty();
        assertThat(feed(Audience.member(hai), one)).singleElement().satisfies(told -> assertThat(told.data())
                .contains("\"recordedBy\":\"" + Village.id(village.secretary))
                .doesNotContain("Nguyễn Thị An"));

        Saved<Opinion> own = village.opinions.put(village.fisherman, id, item, one, of(null, "Sửa bến cá gấp"), ANY);
        assertThat(own.value().recordedBy()).isNull();
        assertThat(own.value().recordedByName()).isNull();
        refused(403, "forbidden", () -> village.opinions.put(village.secretary, id, item, one, of(hai, "Thôi"), ANY));
        refused(403, "forbidden", () -> village.opinions.withdraw(village.secretary, id, item, one, ANY));
        village.opinions.withdraw(village.fisherman, id, item, one, ANY);
        refused(
                410,
                "opinion.withdrawn",
                () -> village.opinions.put(village.secretary, id, item, one, of(hai, "A"), ANY));
    }

    @ParameterizedTest
    @EnumSource(Database.class)
    void whatALeaderWroteDownByMistakeIsTakenBack(Database database) {
        in(database);
        schedule();
        UUID one = UUID.randomUUID();
        UUID hai = Village.id(village.fisherman);
        village.opinions.put(village.secretary, id, item, one, of(hai, "Sửa bến cá"), ANY);

        refused(404, "not-found", () -> village.opinions.withdraw(village.member, id, item, one, ANY));
        refused(404, "not-found", () -> village.opinions.withdraw(village.secretary2, id, item, one, ANY));
        refused(403, "forbidden", () -> village.opinions.withdraw(village.officer, id, item, one, ANY));
        village.opinions.withdraw(village.secretary, id, item, one, ANY);
        village.opinions.withdraw(village.secretary, id, item, one, ANY);
        village.opinions.withdraw(village.fisherman, id, item, one, ANY);

        assertThat(opinions(village.fisherman)).isEmpty();
        assertThat(feed(Audience.member(hai), one)).allMatch(Fed::deleted);
        refused(404, "not-found", () -> village.opinions.withdraw(village.member, id, item, one, ANY));
    }

    @ParameterizedTest
    @EnumSource(Database.class)
    void onlyLeadersWriteDownAndOnlyForTheirOwnMembers(Database database) {
        in(database);
        schedule();
        UUID one = UUID.randomUUID();
        UUID hai = Village.id(village.fisherman);
        UUID stranger = Village.id(village.secretary2);

        refused(403, "forbidden", () -> village.opinions.put(village.member, id, item, one, of(hai, "A"), ANY));
        refused(403, "forbidden", () -> village.opinions.put(village.officer, id, item, one, of(hai, "A"), ANY));
        refused(404, "not-found", () -> village.opinions.put(village.secretary2, id, item, one, of(hai, "A"), ANY));
        refused(404, "not-found", () -> village.opinions.put(village.secretary, id, item, one, of(stranger, "A"), ANY));
        refused(
                404,
                "not-found",
                () -> village.opinions.put(village.secretary, id, item, one, of(UUID.randomUUID(), "A"), ANY));
        assertThat(opinions(village.secretary)).isEmpty();
    }

    private static Opinion of(UUID member, String text) {
        return new Opinion(null, null, null, member, null, Opinion.Stance.OTHER, text, null, null, null);
    }

    private List<Opinion> opinions(Person who) {
        return village.opinions.list(who, id, item, 50, null).items();
    }

    @ParameterizedTest
    @EnumSource(Database.class)
    void anOpinionTakenBackLeavesNoText(Database database) {
        in(database);
        schedule();
        UUID one = UUID.randomUUID();
        Opinion asks = opinion(Opinion.Stance.ASK, "Khi nào có điện?");
        village.opinions.put(village.member, id, item, one, asks, ANY);

        village.opinions.withdraw(village.member, id, item, one, ANY);
        village.opinions.withdraw(village.member, id, item, one, ANY);

        assertThat(opinions(village.secretary)).isEmpty();
        assertThat(feed(Audience.leaders(village.cell.id()), one)).allMatch(Fed::deleted);
        refused(410, "opinion.withdrawn", () -> village.opinions.put(village.member, id, item, one, asks, ANY));
        refused(404, "not-found", () -> village.opinions.put(village.fisherman, id, item, one, asks, ANY));
        refused(404, "not-found", () -> village.opinions.withdraw(village.fisherman, id, item, one, ANY));
    }

    // ---- who has opened it

    private Saved<Read> opens(Person who) {
        return village.reads.put(who, id, Village.id(who));
    }

    private List<Read> reads(Person who) {
        return village.reads.list(who, id, 50, null).items();
    }

    @ParameterizedTest
    @EnumSource(Database.class)
    void theFirstTimeThatAMemberOpensAMeetingCounts(Database database) {
        in(database);
        schedule();
        Instant first = village.now;

        Saved<Read> made = opens(village.member);
        village.pass(Duration.ofHours(3));
        Saved<Read> again = opens(village.member);
        step(State.CLOSED);
        Saved<Read> afterwards = opens(village.member);

        Read said = new Read(id, Village.id(village.member), first);
        assertThat(made).isEqualTo(new Saved<>(said, 1, true));
        assertThat(again).isEqualTo(new Saved<>(said, 1));
        assertThat(afterwards).isEqualTo(again);
        assertThat(reads(village.member)).containsExactly(said);
    }

    @ParameterizedTest
    @EnumSource(Database.class)
    void whoHasOpenedAMeetingIsReadByTheLeadersAndByEachItself(Database database) {
        in(database);
        schedule();
        Read own = opens(village.member).value();
        Read other = opens(village.fisherman).value();
        Read leader = opens(village.secretary).value();

        assertThat(reads(village.secretary)).containsExactlyInAnyOrder(own, other, leader);
        assertThat(reads(village.member)).containsExactly(own);
        assertThat(reads(village.newcomer)).isEmpty();
        assertThat(reads(village.officer)).isEmpty();
        List<Read> paged = new ArrayList<>();
        for (Page<Read> page = village.reads.list(village.secretary, id, 2, null); ; ) {
            paged.addAll(page.items());
            if (page.next() == null) {
                break;
            }
            page = village.reads.list(village.secretary, id, 2, Page.values(page.next()));
        }
        assertThat(paged).containsExactlyElementsOf(reads(village.secretary));
    }

    @ParameterizedTest
    @EnumSource(Database.class)
    void thatItWasOpenedIsToldToTheMemberAndTheLeadersBesideTheAnswer(Database database) {
        in(database);
        schedule();
        UUID member = Village.id(village.member);
        village.answers.put(village.member, id, member, attending(), ANY);

        opens(village.member);

        UUID line = Participants.lineId(id, member);
        for (Audience audience : List.of(Audience.member(member), Audience.leaders(village.cell.id()))) {
            assertThat(feed(audience, line))
                    .as(audience.toString())
                    .extracting(Fed::type, Fed::version)
                    .containsExactlyInAnyOrder(tuple("meeting-answer", 1L), tuple("meeting-read", 1L));
        }
        assertThat(feed(Audience.members(village.cell.id()), line)).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(Database.class)
    void nobodySaysForAnotherThatAMeetingWasOpened(Database database) {
        in(database);
        schedule();
        UUID member = Village.id(village.member);

        refused(403, "forbidden", () -> village.reads.put(village.secretary, id, member));
        refused(403, "forbidden", () -> village.reads.put(village.fisherman, id, member));
        refused(403, "forbidden", () -> village.reads.put(village.officer, id, member));
        refused(404, "not-found", () -> village.reads.put(village.member, UUID.randomUUID(), member));
        assertThat(reads(village.secretary)).isEmpty();
    }

    // ---- messages

    private Saved<Message> sends(Person who, UUID message, String text) {
        return village.messages.put(who, id, message, message(text, null));
    }

    private static Message message(String text, Instant writtenAt) {
        return new Message(null, null, null, text, "Ý kiến: Kết quả tháng 11", writtenAt, null, null);
    }

    private List<Message> messages(Person who) {
        return village.messages.list(who, id, 50, null).items();
    }

    @ParameterizedTest
    @EnumSource(Database.class)
    void whatComesTooLateCanBeToldAsAMessage(Database database) {
        in(database);
        schedule();
        step(State.CLOSED);
        UUID one = UUID.randomUUID();
        UUID member = Village.id(village.member);
        Instant atSea = village.now.minus(Duration.ofDays(2));

        Saved<Message> made = village.messages.put(village.member, id, one, message("Nên sửa bến cá", atSea));
        village.pass(Duration.ofMinutes(5));
        Saved<Message> again = sends(village.member, one, "Nên sửa bến cá");

        assertThat(made.made()).isTrue();
        assertThat(made.value().at()).isEqualTo(village.now.minus(Duration.ofMinutes(5)));
        assertThat(made.value().writtenAt()).isEqualTo(atSea);
        assertThat(again).isEqualTo(new Saved<>(made.value(), 1));
        assertThat(messages(village.member)).containsExactly(made.value());
        assertThat(messages(village.secretary)).containsExactly(made.value());
        assertThat(messages(village.fisherman)).isEmpty();
        assertThat(messages(village.officer)).isEmpty();
        for (Audience audience : List.of(Audience.member(member), Audience.leaders(village.cell.id()))) {
            assertThat(feed(audience, one)).singleElement().satisfies(told -> assertThat(told.data())
                    .contains("Nên sửa bến cá"));
        }
        assertThat(feed(Audience.members(village.cell.id()), one)).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(Database.class)
    void whatWasSentAsAMessageIsNotWrittenAnewNorByAnother(Database database) {
        in(database);
        schedule();
        UUID one = UUID.randomUUID();
        sends(village.member, one, "Nên sửa bến cá");

        refused(409, "message.sent", () -> sends(village.member, one, "Thôi"));
        refused(404, "not-found", () -> sends(village.fisherman, one, "Nên sửa bến cá"));
        refused(403, "forbidden", () -> sends(village.secretary, one, "Nên sửa bến cá"));
        refused(403, "forbidden", () -> sends(village.officer, UUID.randomUUID(), "A"));
        refused(
                404,
                "not-found",
                () -> village.messages.put(village.member, UUID.randomUUID(), one, message("A", null)));
        refused(
                422,
                "invalid",
                () -> village.messages.put(village.member, id, UUID.randomUUID(), message("A", Instant.MAX)));
        UUID other = UUID.randomUUID();
        village.meetings.put(village.secretary, other, plan(SATURDAY.plusSeconds(60)), ANY);
        refused(404, "not-found", () -> village.messages.put(village.member, other, one, message("A", null)));
        assertThat(messages(village.secretary)).extracting(Message::text).containsExactly("Nên sửa bến cá");
        village.meetings.delete(village.secretary, other, ANY);
    }

    @ParameterizedTest
    @EnumSource(Database.class)
    void aLeaderMarksAMessageAsReadOnce(Database database) {
        in(database);
        schedule();
        UUID one = UUID.randomUUID();
        sends(village.member, one, "Nên sửa bến cá");
        village.pass(Duration.ofHours(1));

        Saved<Message> seen = village.messages.see(village.secretary, id, one);
        village.pass(Duration.ofHours(1));
        Saved<Message> again = village.messages.see(village.secretary, id, one);

        assertThat(seen.version()).isEqualTo(2);
        assertThat(seen.value().seenAt()).isEqualTo(village.now.minus(Duration.ofHours(1)));
        assertThat(again).isEqualTo(seen);
        assertThat(sends(village.member, one, "Nên sửa bến cá")).isEqualTo(seen);
        assertThat(messages(village.member)).containsExactly(seen.value());
        refused(403, "forbidden", () -> village.messages.see(village.member, id, one));
        refused(404, "not-found", () -> village.messages.see(village.secretary, id, UUID.randomUUID()));
    }

    // ---- the roll, steps, minutes

    @ParameterizedTest
    @EnumSource(Database.class)
    void theRollGivesTheVoteBase(Database database) {
        in(database);
        schedule();
        call(village.secretary, present());
        call(village.member, away(null));
        call(village.newcomer, present());
        Saved<Attendance> made = call(village.fisherman, away(AbsenceReason.AT_SEA));

        Summary exemptAway = village.roll.summary(village.secretary, id);
        Saved<Attendance> again = call(village.fisherman, away(AbsenceReason.AT_SEA));
        call(village.fisherman, present());
        Summary exemptHere = village.roll.summary(village.secretary, id);

        assertThat(again).isEqualTo(new Saved<>(made.value(), made.version()));
        assertThat(exemptAway.vote()).isEqualTo(new Summary.Vote(2, true, 2, 2));
        assertThat(exemptAway.absentWithReason()).isEqualTo(1);
        assertThat(exemptAway.absentWithoutReason()).isEqualTo(1);
        assertThat(exemptHere.vote()).isEqualTo(new Summary.Vote(3, true, 2, 2));
        assertThat(exemptHere.present()).isEqualTo(3);
        assertThat(village.roll.list(village.secretary, id, 3, null).next()).isNotNull();
        assertThat(village.roll.list(village.member, id, 50, null).items())
                .extracting(Attendance::member)
                .containsExactly(Village.id(village.member));
        refused(
                403,
                "forbidden",
                () -> village.roll.call(village.member, id, Village.id(village.member), present(), ANY));
    }

    private Saved<Attendance> call(Person who, Attendance line) {
        return village.roll.call(village.secretary, id, Village.id(who), line, ANY);
    }

    private List<LateCall> lateCalls(Person who) {
        return village.roll.lateCalls(who, id, 50, null).items();
    }

    private Saved<LateCall> decides(Person who, LateCall call, boolean taken) {
        return village.roll.decide(who, id, call.id(), new LateCall.Decision(taken));
    }

    @ParameterizedTest
    @EnumSource(Database.class)
    void whatComesForTheRollAfterTheEndWaitsForTheSecretary(Database database) {
        in(database);
        schedule();
        UUID member = Village.id(village.member);
        UUID secretary = Village.id(village.secretary);
        call(village.member, present());
        step(State.CLOSED);
        village.pass(Duration.ofMinutes(5));

        Saved<Attendance> held = call(village.member, away(AbsenceReason.FAMILY));
        Instant came = village.now;
        village.pass(Duration.ofMinutes(5));
        Saved<Attendance> again = call(village.member, away(AbsenceReason.FAMILY));

        assertThat(held.value().held()).isTrue();
        assertThat(again).isEqualTo(held);
        LateCall call = new LateCall(
                LateCallRows.id(id, member, secretary),
                id,
                member,
                secretary,
                false,
                AbsenceReason.FAMILY,
                came,
                null,
                null,
                null);
        assertThat(lateCalls(village.secretary)).containsExactly(call);
        assertThat(lateCalls(village.member)).containsExactly(call);
        assertThat(lateCalls(village.fisherman)).isEmpty();
        assertThat(lateCalls(village.officer)).isEmpty();
        assertThat(village.roll.summary(village.secretary, id).present()).isEqualTo(1);
        refused(403, "forbidden", () -> decides(village.member, call, true));
        refused(404, "not-found", () -> decides(village.secretary2, call, true));
        refused(404, "not-found", () -> village.roll.lateCalls(village.secretary2, id, 50, null));

        Saved<LateCall> left = decides(village.secretary, call, false);
        assertThat(decides(village.secretary, call, false)).isEqualTo(left);
        assertThat(village.roll.summary(village.secretary, id).present()).isEqualTo(1);
        Saved<LateCall> taken = decides(village.secretary, call, true);
        assertThat(decides(village.secretary, call, true)).isEqualTo(taken);
        assertThat(taken.version()).isEqualTo(3);
        assertThat(taken.value().decidedBy()).isEqualTo(secretary);
        refused(409, "late-call.taken", () -> decides(village.secretary, call, false));
        assertThat(village.roll.list(village.member, id, 50, null).items())
                .extracting(Attendance::present, Attendance::reason)
                .containsExactly(tuple(false, AbsenceReason.FAMILY));
        assertThat(feed(Audience.leaders(village.cell.id()), call.id()))
                .singleElement()
                .satisfies(told -> assertThat(told.version()).isEqualTo(3));
        // another one from the same phone is decided anew
        call(village.member, present());
        assertThat(lateCalls(village.secretary)).singleElement().satisfies(one -> assertThat(one.isOpen())
                .isTrue());
    }

    @ParameterizedTest
    @EnumSource(Database.class)
    void whoSaysTheSameAsTheRollAfterTheEndTroublesNobody(Database database) {
        in(database);
        schedule();
        call(village.member, present());
        step(State.CLOSED);

        assertThat(call(village.member, present()).value().held()).isNull();
        assertThat(lateCalls(village.secretary)).isEmpty();
        call(village.member, away(null));
        assertThat(lateCalls(village.secretary)).hasSize(1);
        call(village.member, present());

        assertThat(lateCalls(village.secretary)).extracting(LateCall::taken).containsExactly(false);
    }

    @ParameterizedTest
    @EnumSource(Database.class)
    void aMeetingGoesItsWayAndLateStepsAreStamped(Database database) {
        in(database);
        schedule(document(village.file("paper")));
        village.now = Instant.parse("2026-11-27T03:00:00Z");

        Saved<Meeting> told = step(State.NOTIFIED);
        Saved<Meeting> toldAgain = step(State.NOTIFIED);
        village.now = SATURDAY;
        step(State.OPEN);
        refused(409, "meeting.begun", () -> village.meetings.delete(village.secretary, id, ANY));
        refused(409, "meeting.not-closed", () -> step(State.PUBLISHED));
        village.pass(Duration.ofHours(2));
        step(State.CLOSED);
        refused(409, "meeting.no-minutes", () -> step(State.PUBLISHED));
        village.pass(Duration.ofDays(3));
        Saved<Meeting> reported = step(State.REPORTED);

        assertThat(told.value().state()).isEqualTo(State.DOCUMENTS_POSTED);
        assertThat(toldAgain).isEqualTo(told);
        assertThat(reported.value().steps())
                .extracting(Step::state, Step::late)
                .containsExactly(
                        tuple(State.NOTIFIED, true),
                        tuple(State.OPEN, false),
                        tuple(State.CLOSED, false),
                        tuple(State.REPORTED, true));
        refused(403, "forbidden", () -> village.meetings.reach(village.member, id, State.OPEN, ANY));
    }

    @ParameterizedTest
    @EnumSource(Database.class)
    void closingLocksEverythingAndGivesTheMinutesToTheCell(Database database) {
        in(database);
        schedule();
        UUID member = Village.id(village.member);
        UUID opinion = UUID.randomUUID();
        village.answers.put(village.member, id, member, absent("ốm"), ANY);
        Minutes text = new Minutes(null, "Kết luận…\n".repeat(4000), null, null);
        Saved<Minutes> made = village.meetings.putMinutes(village.secretary, id, text, ANY);
        Saved<Minutes> again = village.meetings.putMinutes(village.secretary, id, text, ANY);
        refused(404, "not-found", () -> village.meetings.minutes(village.member, id));
        assertThat(feed(Audience.members(village.cell.id()), id)).hasSize(1);

        step(State.CLOSED);
        step(State.CLOSED);

        assertThat(made.made()).isTrue();
        assertThat(again).isEqualTo(new Saved<>(made.value(), 1));
        assertThat(village.meetings.minutes(village.member, id)).isEqualTo(again);
        assertThat(feed(Audience.members(village.cell.id()), id)).hasSize(2);
        assertThat(schedule().version()).isEqualTo(2);
        assertThat(village.meetings.putMinutes(village.secretary, id, text, ANY))
                .isEqualTo(again);
        Set<ThrowingCallable> changes = Set.of(
                () -> village.meetings.put(village.secretary, id, plan(SATURDAY.plusSeconds(60)), ANY),
                () -> village.meetings.putMinutes(village.secretary, id, new Minutes(null, "Khác", null, null), ANY),
                () -> village.answers.put(village.member, id, member, attending(), ANY),
                () -> village.answers.decide(
                        village.secretary, id, member, new Answer.Decision(true, null, null, null), ANY),
                () -> village.opinions.put(village.member, id, item, opinion, opinion(Opinion.Stance.AGREE, null), ANY),
                () -> opens(village.newcomer),
                () -> step(State.OPEN));
        for (ThrowingCallable change : changes) {
            refused(409, "meeting.closed", change);
        }
        assertThat(village.roll.summary(village.officer, id).vote()).isNull();
        assertThat(step(State.PUBLISHED).value().state()).isEqualTo(State.PUBLISHED);
    }

    @ParameterizedTest
    @EnumSource
    void whatAClosedCellHasPlannedIsGoneOnWithByItsSuccessor(Database database) {
        try (Village merged = new Village(database)) {
            village = merged;
            schedule(document(village.file("Dự thảo")));
            UUID secretary = Village.id(village.secretary);
            village.merge(village.cell, village.otherCell);
            LocalDate from = LocalDate.of(2026, 11, 1);
            LocalDate to = LocalDate.of(2026, 12, 31);

            for (UUID cell : List.of(village.otherCell.id(), village.cell.id())) {
                Page<Meeting> listed = village.meetings.list(village.secretary2, cell, from, to, 50, null);
                assertThat(listed.items()).extracting(Meeting::id).containsExactly(id);
                assertThat(listed.items()).extracting(Meeting::cell).containsExactly(village.cell.id());
            }
            village.roll.call(village.secretary2, id, secretary, present(), ANY);
            village.roll.call(village.secretary2, id, Village.id(village.secretary2), present(), ANY);
            Person former = Person.member(secretary, village.otherCell);
            assertThat(village.answers
                            .put(former, id, secretary, attending(), ANY)
                            .made())
                    .isTrue();
            assertThat(village.roll.summary(village.secretary2, id).members()).isEqualTo(5);
            village.meetings.reach(village.secretary2, id, State.CLOSED, ANY);

            assertThat(feed(Audience.members(village.cell.id()), id)).allMatch(Fed::deleted);
            assertThat(feed(Audience.members(village.otherCell.id()), id)).noneMatch(Fed::deleted);
            assertThat(village.heldFor.get(id))
                    .contains(Audience.leaders(village.otherCell.id()), Audience.officers(village.commune.id()));
            refused(404, "not-found", () -> village.meetings.get(village.secretary, id));
            refused(
                    422,
                    "invalid",
                    () -> village.meetings.put(village.secretary2, UUID.randomUUID(), plan(SATURDAY), ANY));
        }
    }
}
