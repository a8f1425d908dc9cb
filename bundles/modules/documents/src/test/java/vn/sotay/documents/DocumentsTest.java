package vn.sotay.documents;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeout;
import static vn.sotay.documents.Desk.ANY;

import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.UUID;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import vn.sotay.api.access.Audience;
import vn.sotay.api.access.Caller;
import vn.sotay.api.http.Page;
import vn.sotay.api.http.ProblemException;
import vn.sotay.api.job.Timetable;
import vn.sotay.api.store.Saved;
import vn.sotay.documents.Document.State;
import vn.sotay.documents.DocumentRules.Step;
import vn.sotay.documents.text.Line;
import vn.sotay.documents.text.Reading;
import vn.sotay.platform.jobs.Timetables;
import vn.sotay.testkit.Database;

/** The library on both databases. */
class DocumentsTest {

    private Desk desk;
    private final UUID id = UUID.randomUUID();

    private void in(Database database) {
        desk = new Desk(database);
    }

    @AfterEach
    void close() {
        if (desk != null) {
            desk.close();
        }
    }

    private static void refused(int status, String code, ThrowingCallable call) {
        assertThatThrownBy(call).isInstanceOfSatisfying(ProblemException.class, e -> {
            assertThat(e.problem().status()).isEqualTo(status);
            assertThat(e.problem().code()).isEqualTo(code);
        });
    }

    private List<String> numbers(Caller caller, DocumentLists.Filter filter) {
        return desk.lists.list(caller, filter, 50, null).items().stream()
                .map(Document::number)
                .toList();
    }

    private static DocumentLists.Filter all() {
        return new DocumentLists.Filter(null, null, null, null, null, null);
    }

    /** The first look is five seconds away: who is stopped before it does not wait for it. */
    @Test
    void aStopDoesNotWaitForTheNextLook() {
        in(Database.DERBY);
        DocumentTimes times = new DocumentTimes(new Timetables(), desk.steps);

        assertTimeout(Duration.ofSeconds(3), times::stop);
    }

    @ParameterizedTest
    @EnumSource(Database.class)
    void aDocumentFromTheDraftToItsReaders(Database database) {
        in(database);
        Document draft = desk.draft(desk.province, "01-QĐ/TU");

        Saved<Document> made = desk.documents.put(desk.editor, id, draft, ANY);
        Saved<Document> again = desk.documents.put(desk.editor, id, draft, ANY);
        refused(404, "not-found", () -> desk.read(desk.member, id));
        desk.steps.step(desk.editor, id, Step.SUBMIT, ANY);
        refused(409, "document.four-eyes", () -> desk.steps.step(desk.editor, id, Step.APPROVE, ANY));
        assertThat(numbers(desk.member, all())).isEmpty();
        Saved<Document> published = desk.steps.step(desk.editor2, id, Step.APPROVE, ANY);

        assertThat(made.made()).isTrue();
        assertThat(made.value().state()).isEqualTo(State.DRAFT);
        assertThat(made.value().files().get(0).type()).isEqualTo("text/plain");
        assertThat(again.version()).isEqualTo(made.version());
        assertThat(published.value().state()).isEqualTo(State.PUBLISHED);
        assertThat(published.value().publishedAt()).isEqualTo(desk.now);
        assertThat(desk.read(desk.member, id).value())
                .isEqualTo(published.value().forReaders());
        assertThat(desk.read(desk.member, id).value().changedBy()).isNull();
        assertThat(numbers(desk.member2, all())).containsExactly("01-QĐ/TU");
        assertThat(desk.heldFor.get(id)).containsExactlyInAnyOrder(Audience.EVERYONE, Audience.EDITORS);
    }

    @ParameterizedTest
    @EnumSource(Database.class)
    void whereOnePersonIsEnoughOnePublishes(Database database) {
        in(database);
        desk.persons = "1";
        desk.documents.put(desk.editor, id, desk.draft(desk.province, "01"), ANY);
        desk.steps.step(desk.editor, id, Step.SUBMIT, ANY);

        assertThat(desk.steps.step(desk.editor, id, Step.APPROVE, ANY).value().state())
                .isEqualTo(State.PUBLISHED);
    }

    @ParameterizedTest
    @EnumSource(Database.class)
    void whoMendsWhatWaitsIsNotWhoApprovesIt(Database database) {
        in(database);
        desk.documents.put(desk.editor, id, desk.draft(desk.province, "01"), ANY);
        desk.steps.step(desk.editor, id, Step.SUBMIT, ANY);
        desk.documents.put(desk.editor2, id, desk.draft(desk.province, "01-mended"), ANY);

        refused(409, "document.four-eyes", () -> desk.steps.step(desk.editor2, id, Step.APPROVE, ANY));
        assertThat(desk.steps.step(desk.editor, id, Step.APPROVE, ANY).value().number())
                .isEqualTo("01-mended");
    }

    @ParameterizedTest
    @EnumSource(Database.class)
    void whatIsPublishedIsWithdrawnBeforeItIsMended(Database database) {
        in(database);
        UUID published = desk.publish(desk.draft(desk.province, "01"));
        Document mended = desk.draft(desk.province, "01a");

        refused(409, "document.published", () -> desk.documents.put(desk.editor, published, mended, ANY));
        refused(409, "document.published", () -> desk.documents.delete(desk.editor, published, ANY));
        refused(409, "document.not-now", () -> desk.steps.step(desk.editor, published, Step.SUBMIT, ANY));
        desk.steps.step(desk.editor, published, Step.WITHDRAW, ANY);
        refused(404, "not-found", () -> desk.read(desk.member, published));
        assertThat(desk.heldFor.get(published)).containsExactly(Audience.EDITORS);
        assertThat(desk.documents
                        .put(desk.editor, published, mended, ANY)
                        .value()
                        .number())
                .isEqualTo("01a");
        desk.documents.delete(desk.editor, published, ANY);
        desk.documents.delete(desk.editor, published, ANY);
        refused(404, "not-found", () -> desk.read(desk.editor, published));
        refused(410, "document.deleted", () -> desk.documents.put(desk.editor, published, mended, ANY));
    }

    @ParameterizedTest
    @EnumSource(Database.class)
    void whatIsApprovedForATimeBecomesVisibleThen(Database database) {
        in(database);
        Document later = desk.later(desk.province, "01", desk.now.plusSeconds(3600));
        desk.documents.put(desk.editor, id, later, ANY);
        desk.steps.step(desk.editor, id, Step.SUBMIT, ANY);
        Saved<Document> approved = desk.steps.step(desk.editor2, id, Step.APPROVE, ANY);

        assertThat(approved.value().state()).isEqualTo(State.APPROVED);
        assertThat(approved.value().publishedAt()).isNull();
        desk.steps.publishDue();
        refused(404, "not-found", () -> desk.read(desk.member, id));
        assertThat(desk.heldFor.get(id)).containsExactly(Audience.EDITORS);
        refused(
                409,
                "document.approved",
                () -> desk.documents.put(desk.editor, id, desk.draft(desk.province, "02"), ANY));
        refused(409, "document.approved", () -> desk.documents.delete(desk.editor, id, ANY));
        assertThat(desk.lists
                        .list(
                                desk.editor,
                                new DocumentLists.Filter(State.APPROVED, null, null, null, null, null),
                                50,
                                null)
                        .items())
                .hasSize(1);

        desk.pass(Duration.ofHours(1));
        desk.steps.publishDue();
        desk.steps.publishDue();

        Document published = desk.read(desk.member, id).value();
        assertThat(published.state()).isEqualTo(State.PUBLISHED);
        assertThat(published.publishedAt()).isEqualTo(desk.now);
        assertThat(published.publishAt()).isNull();
        assertThat(published.edition()).isEqualTo(1);
        assertThat(desk.heldFor.get(id)).contains(Audience.EVERYONE);
    }

    @ParameterizedTest
    @EnumSource(Database.class)
    void whatWaitsForItsTimeCanBeTakenBack(Database database) {
        in(database);
        desk.documents.put(desk.editor, id, desk.later(desk.province, "01", desk.now.plusSeconds(60)), ANY);
        desk.steps.step(desk.editor, id, Step.SUBMIT, ANY);
        desk.steps.step(desk.editor2, id, Step.APPROVE, ANY);
        desk.steps.step(desk.editor, id, Step.RETURN, ANY);
        desk.pass(Duration.ofHours(1));
        desk.steps.publishDue();

        refused(404, "not-found", () -> desk.read(desk.member, id));
        assertThat(desk.read(desk.editor, id).value().state()).isEqualTo(State.DRAFT);
        // its time has passed meanwhile: it is published as soon as it is approved
        desk.steps.step(desk.editor, id, Step.SUBMIT, ANY);
        desk.steps.step(desk.editor2, id, Step.APPROVE, ANY);
        assertThat(desk.read(desk.member, id).value().edition()).isEqualTo(1);
    }

    @ParameterizedTest
    @EnumSource(Database.class)
    void whatWasPublishedIsKeptAsItWas(Database database) {
        in(database);
        UUID published = desk.publish(desk.draft(desk.province, "01"));
        String file = desk.read(desk.editor, published).value().files().get(0).file();
        desk.steps.step(desk.editor, published, Step.WITHDRAW, ANY);
        desk.documents.put(
                desk.editor,
                published,
                desk.replacing(desk.province, "01a", desk.publish(desk.draft(desk.province, "00"))),
                ANY);
        desk.steps.step(desk.editor, published, Step.SUBMIT, ANY);
        desk.steps.step(desk.editor2, published, Step.APPROVE, ANY);

        List<Edition> editions = desk.lists.editions(desk.editor, published).items();

        assertThat(editions).extracting(Edition::edition).containsExactly(2, 1);
        assertThat(editions.get(1).document().number()).isEqualTo("01");
        assertThat(editions.get(1).document().topics()).containsExactly("Thủy sản");
        assertThat(editions.get(1).document().files().get(0).file()).isEqualTo(file);
        assertThat(editions.get(0).document().relations().get(0).number()).isEqualTo("00");
        assertThat(desk.heldFiles.get(EditionRows.holder(published, 1))).containsExactly(file);
        assertThat(desk.read(desk.member, published).value().edition()).isEqualTo(2);
        refused(403, "forbidden", () -> desk.lists.editions(desk.member, published));
        desk.steps.step(desk.editor, published, Step.WITHDRAW, ANY);
        desk.documents.delete(desk.editor, published, ANY);
        assertThat(desk.heldFiles.get(EditionRows.holder(published, 1))).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(Database.class)
    void aDocumentOfACommuneIsForItsMembers(Database database) {
        in(database);
        desk.documents.put(desk.communeEditor, id, desk.draft(desk.commune, "05"), ANY);
        desk.steps.step(desk.communeEditor, id, Step.SUBMIT, ANY);
        refused(404, "not-found", () -> desk.steps.step(desk.editor, id, Step.APPROVE, ANY));
        refused(404, "not-found", () -> desk.read(desk.editor, id));
        desk.steps.step(desk.communeEditor2, id, Step.APPROVE, ANY);
        UUID ofProvince = desk.publish(desk.draft(desk.province, "01"));

        assertThat(numbers(desk.member, all())).containsExactlyInAnyOrder("05", "01");
        assertThat(numbers(desk.member2, all())).containsExactly("01");
        refused(404, "not-found", () -> desk.read(desk.member2, id));
        assertThat(desk.heldFor.get(id))
                .isEqualTo(Set.of(
                        Audience.members(desk.commune.id()), Audience.officers(desk.commune.id()), Audience.EDITORS));
        refused(403, "forbidden", () -> desk.steps.step(desk.communeEditor, ofProvince, Step.WITHDRAW, ANY));
        refused(
                403,
                "forbidden",
                () -> desk.documents.put(desk.communeEditor, UUID.randomUUID(), desk.draft(desk.province, "02"), ANY));
        refused(
                403,
                "forbidden",
                () -> desk.lists.list(
                        desk.member, new DocumentLists.Filter(State.DRAFT, null, null, null, null, null), 50, null));
    }

    @ParameterizedTest
    @EnumSource(Database.class)
    void whatReplacesAnotherIsToldAtTheOther(Database database) {
        in(database);
        UUID old = desk.publish(desk.draft(desk.province, "01"));
        long version = desk.read(desk.member, old).version();
        UUID next = desk.publish(desk.replacing(desk.province, "02", old));

        Saved<Document> replaced = desk.read(desk.member, old);
        assertThat(replaced.version()).isEqualTo(version + 1);
        assertThat(replaced.value().replacedBy())
                .containsExactly(new Document.Successor(next, "02", "Quy định 02", LocalDate.of(2026, 1, 2)));
        assertThat(desk.read(desk.member, next).value().relations().get(0).number())
                .isEqualTo("01");
        assertThat(numbers(desk.member, new DocumentLists.Filter(null, null, null, null, null, true)))
                .containsExactly("02");
        assertThat(numbers(desk.member, new DocumentLists.Filter(null, null, null, null, null, false)))
                .containsExactly("01");

        desk.steps.step(desk.editor, next, Step.WITHDRAW, ANY);
        assertThat(desk.read(desk.member, old).value().replacedBy()).isEmpty();
        assertThat(desk.read(desk.member, old).version()).isEqualTo(version + 2);
    }

    @ParameterizedTest
    @EnumSource(Database.class)
    void lists(Database database) {
        in(database);
        List<UUID> made = new ArrayList<>();
        for (int i = 0; i < 7; i++) {
            made.add(desk.publish(desk.draft(desk.province, "no " + i)));
        }
        List<UUID> newestFirst = new ArrayList<>(made);
        // all were signed on one day
        newestFirst.sort(Collections.reverseOrder((one, other) -> one.toString().compareTo(other.toString())));
        List<UUID> found = new ArrayList<>();
        List<String> after = null;
        do {
            Page<Document> page = desk.lists.list(desk.member, all(), 3, after);
            page.items().forEach(one -> found.add(one.id()));
            after = page.next() == null ? null : Page.values(page.next());
        } while (after != null);

        assertThat(found).isEqualTo(newestFirst);
        assertThat(numbers(desk.member, new DocumentLists.Filter(null, "THUY SAN", null, null, null, null)))
                .hasSize(7);
        assertThat(numbers(desk.member, new DocumentLists.Filter(null, "Biển", null, null, null, null)))
                .isEmpty();
        assertThat(numbers(
                        desk.member,
                        new DocumentLists.Filter(
                                null, null, Document.Level.PROVINCE, Document.Kind.REGULATION, 2026, null)))
                .hasSize(7);
        assertThat(numbers(desk.member, new DocumentLists.Filter(null, null, null, null, 2025, null)))
                .isEmpty();
        assertThat(numbers(desk.member, new DocumentLists.Filter(null, null, Document.Level.CELL, null, null, null)))
                .isEmpty();
    }

    @ParameterizedTest
    @EnumSource(Database.class)
    void whatIsRefused(Database database) {
        in(database);
        desk.documents.put(desk.editor, id, desk.draft(desk.province, "01-QĐ/TU"), ANY);
        UUID other = UUID.randomUUID();

        refused(
                422,
                "invalid",
                () -> desk.documents.put(desk.editor, other, desk.draft(desk.province, "Số 01 qd tu"), ANY));
        refused(
                422,
                "invalid",
                () -> desk.documents.put(
                        desk.editor, other, desk.replacing(desk.province, "02", UUID.randomUUID()), ANY));
        refused(
                422,
                "invalid",
                () -> desk.documents.put(desk.editor, other, desk.draft(desk.province, "TỐI MẬT"), ANY));
        refused(
                412,
                "changed-meanwhile",
                () -> desk.documents.put(desk.editor, id, desk.draft(desk.province, "03"), OptionalLong.of(7)));
        refused(422, "invalid", () -> desk.documents.put(desk.editor, id, desk.draft(desk.commune, "03"), ANY));
        refused(404, "not-found", () -> desk.steps.step(desk.editor, other, Step.SUBMIT, ANY));
    }

    // ---- texts of files

    /** As a version wrote it that did not know of texts, or the import of a folder. */
    private void forgetTheTexts() {
        desk.database.store().change(tx -> tx.handle()
                .execute("update document_file set reading = null, text_file = null"));
    }

    @ParameterizedTest
    @EnumSource(Database.class)
    void theTextOfAFileIsWhatItsDocumentSays(Database database) {
        in(database);
        Saved<Document> made = desk.documents.put(desk.editor, id, desk.draft(desk.province, "01-QĐ/TU"), ANY);

        assertThat(made.value().files().get(0).text().reading()).isEqualTo(Reading.WHOLE);
        assertThat(desk.texts.text(made.value())).isEqualTo("01-QĐ/TU");
    }

    @ParameterizedTest
    @EnumSource(Database.class)
    void whatIsPublishedAndUnreadIsReadLaterAndToldAnew(Database database) {
        in(database);
        UUID published = desk.publish(desk.draft(desk.province, "01-QĐ/TU"));
        long version = desk.read(desk.member, published).version();
        forgetTheTexts();
        assertThat(desk.texts.text(desk.read(desk.member, published).value())).isEmpty();

        lookForTexts();

        Saved<Document> told = desk.read(desk.member, published);
        assertThat(told.version()).isEqualTo(version + 1);
        assertThat(desk.texts.text(told.value())).isEqualTo("01-QĐ/TU");
        assertThat(desk.heldFor.get(published)).contains(Audience.EVERYONE, Audience.EDITORS);
        lookForTexts();
        assertThat(desk.read(desk.member, published).version()).isEqualTo(version + 1);
    }

    private void lookForTexts() {
        List<Timetable.Work> all = new ArrayList<>();
        new UnreadFiles(
                (name, first, pause, work) -> {
                    all.add(work);
                    return new Timetables().every(name, Duration.ofDays(1), pause, work);
                },
                desk.read,
                desk.texts);
        all.forEach(Timetable.Work::run);
    }

    @ParameterizedTest
    @EnumSource(Database.class)
    void nothingIsPublishedUnread(Database database) {
        in(database);
        Document draft = desk.draft(desk.province, "01-QĐ/TU");
        Document stamped = draft.toBuilder()
                .files(List.of(
                        new Document.Paper(desk.file("TỈNH ỦY\n\nTỐI MẬT\n\nKế hoạch"), "ke-hoach.txt", null, null)))
                .build();
        refused(422, "invalid", () -> desk.documents.put(desk.editor, id, stamped, ANY));
        desk.documents.put(desk.editor, id, draft, ANY);
        forgetTheTexts();
        desk.database.store().change(tx -> tx.handle()
                .execute(
                        "update document_file set file = ?",
                        stamped.files().get(0).file()));

        refused(422, "invalid", () -> desk.steps.step(desk.editor, id, Step.SUBMIT, ANY));
        assertThat(desk.read(desk.editor, id).value().files().get(0).text().reading())
                .isEqualTo(Reading.SECRET);
        assertThat(desk.read(desk.editor, id).value().state()).isEqualTo(State.DRAFT);
    }

    @ParameterizedTest
    @EnumSource(Database.class)
    void pagesThatWereRecognisedBeforeAStopAreNotReadAgain(Database database) {
        in(database);
        UUID job = UUID.randomUUID();
        Line line = new Line("Điều 1. \tPhạm vi", 70.5f, 300, 99.25f);
        desk.database.store().change(tx -> {
            ScanRows.write(tx, job, 0, List.of(line, new Line("Chi bộ", 70, 200, 120)));
            ScanRows.write(tx, job, 1, null);
        });
        // a slice that runs again
        desk.database.store().change(tx -> ScanRows.write(tx, job, 1, List.of()));
        desk.database.store().change(tx -> ScanRows.write(tx, job, 2, null));

        List<Optional<List<Line>>> kept = desk.database.store().read(tx -> ScanRows.of(tx, job));
        assertThat(kept)
                .containsExactly(
                        Optional.of(List.of(line, new Line("Chi bộ", 70, 200, 120))),
                        Optional.of(List.of()),
                        Optional.empty());
        desk.database.store().change(tx -> ScanRows.delete(tx, job));
        kept = desk.database.store().read(tx -> ScanRows.of(tx, job));
        assertThat(kept).isEmpty();
    }
}
