package vn.sotay.documents;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import vn.sotay.api.member.Member;
import vn.sotay.api.member.Members;
import vn.sotay.api.rule.Rule;
import vn.sotay.api.rule.Rules;
import vn.sotay.api.store.Transaction;
import vn.sotay.api.unit.Unit;
import vn.sotay.documents.DocumentRules.Step;
import vn.sotay.platform.store.Sent;
import vn.sotay.testkit.Database;

/** Who is reminded of what is to be read or said until a day, on both databases. It is Tuesday, 24 November 2026, ten in the morning. */
class RemindersTest {

    private static final LocalDate TODAY = LocalDate.of(2026, 11, 24);

    private final Map<String, String> values = new HashMap<>();
    private final Sent sent = new Sent();

    @ParameterizedTest(name = "{0} days before, today {1}, until {2}")
    @CsvSource({
        "3, 2026-11-20, 2026-11-24, false",
        "3, 2026-11-21, 2026-11-24, true",
        "3, 2026-11-24, 2026-11-24, true",
        "3, 2026-11-25, 2026-11-24, false",
        "1, 2026-02-28, 2026-03-01, true",
        "0, 2026-11-24, 2026-11-24, false",
    })
    void isDue(int daysBefore, LocalDate today, LocalDate until, boolean expected) {
        assertThat(Reminder.isDue(today, until, daysBefore)).isEqualTo(expected);
    }

    /** Who is in which cell. */
    private static final class People implements Members {

        private final Map<UUID, Unit> cells = new HashMap<>();

        UUID in(Unit cell) {
            UUID id = UUID.randomUUID();
            cells.put(id, cell);
            return id;
        }

        @Override
        public Optional<Member> find(Transaction tx, UUID id) {
            throw new UnsupportedOperationException();
        }

        @Override
        public List<Member> ofCell(Transaction tx, UUID cell) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void forEachBelow(Transaction tx, Unit unit, BiConsumer<UUID, UUID> each) {
            cells.forEach((id, cell) -> {
                if (cell.isWithin(unit)) {
                    each.accept(id, cell.id());
                }
            });
        }
    }

    private final class Said implements Rules {

        @Override
        public Rule on(LocalDate day, Unit unit, String key) {
            return new Rule(key, values.getOrDefault(key + ' ' + unit.id(), values.get(key)), "test", "test");
        }

        @Override
        public List<Rule> anywhere(LocalDate day, String key) {
            List<Rule> all = new ArrayList<>();
            values.forEach((name, value) -> {
                if (name.startsWith(key)) {
                    all.add(new Rule(key, value, "test", "test"));
                }
            });
            return all;
        }

        @Override
        public Optional<Rule> find(LocalDate day, Unit unit, String key) {
            return Optional.of(on(day, unit, key));
        }
    }

    private static Document until(
            Document draft, @Nullable LocalDate acknowledgeBy, @Nullable LocalDate opinionsUntil) {
        return draft.toBuilder()
                .acknowledge(acknowledgeBy == null ? null : true)
                .acknowledgeBy(acknowledgeBy)
                .opinionsUntil(opinionsUntil)
                .build();
    }

    private static void acknowledge(Desk desk, Reminders reminders, UUID document, UUID member) {
        desk.database.store().change(tx -> {
            tx.handle()
                    .execute(
                            "insert into document_acknowledgement (document, member, edition, acknowledged_at)"
                                    + " values (?, ?, 1, 0)",
                            document,
                            member);
            reminders.done(tx, Reminder.ACKNOWLEDGE, document, member);
        });
    }

    private static void opine(Desk desk, UUID document, UUID member, boolean withdrawn) {
        UUID id = UUID.randomUUID();
        desk.database.store().change(tx -> tx.handle()
                .execute(
                        "insert into document_opinion (id, document, edition, anchor, member, cell, stance, written_at,"
                                + " withdrawn, version) values (?, ?, 1, 'all', ?, ?, 'AGREE', 0, ?, 1)",
                        id,
                        document,
                        member,
                        desk.cell.id(),
                        withdrawn));
    }

    @ParameterizedTest
    @EnumSource(Database.class)
    void whoHasNotReadIsRemindedOnceAndNobodyElse(Database database) {
        values.put(Reminder.ACKNOWLEDGE.daysBefore(), "3");
        values.put(Reminder.OPINE.daysBefore(), "0");
        try (Desk desk = new Desk(database)) {
            People people = new People();
            Reminders reminders = new Reminders(desk.database.store(), desk, people, new Said(), sent);
            UUID reads = people.in(desk.cell);
            UUID waits = people.in(desk.cell);
            UUID away = people.in(desk.otherCell);
            UUID near = desk.publish(until(desk.draft(desk.province, "01-QĐ/TU"), TODAY.plusDays(3), null));
            desk.publish(until(desk.draft(desk.province, "02-QĐ/TU"), TODAY.plusDays(4), null));
            desk.publish(desk.draft(desk.province, "03-QĐ/TU"));
            acknowledge(desk, reminders, near, reads);
            desk.now = desk.now.minus(Duration.ofHours(4));
            reminders.remind();
            assertThat(sent.told("day")).as("six in the morning").isEmpty();

            desk.pass(Duration.ofHours(4));
            reminders.remind();
            reminders.remind();

            assertThat(sent.told("day"))
                    .containsExactlyInAnyOrder(
                            "document-due " + waits + " 2026-11-27", "document-due " + away + " 2026-11-27");
            acknowledge(desk, reminders, near, waits);
            assertThat(sent.told("day")).containsExactly("document-due " + away + " 2026-11-27");

            desk.pass(Duration.ofDays(5));
            reminders.remind();
            assertThat(sent.told("day"))
                    .as("it still should be read; of what was near while nobody looked there is no reminder any more")
                    .containsExactly("document-due " + away + " 2026-11-27");
            desk.steps.step(desk.editor, near, Step.WITHDRAW, Desk.ANY);
            reminders.remind();
            assertThat(sent.told("day")).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource(Database.class)
    void ofADraftThoseAreRemindedWhoHaveSaidNothing(Database database) {
        values.put(Reminder.ACKNOWLEDGE.daysBefore(), "3");
        values.put(Reminder.OPINE.daysBefore(), "2");
        try (Desk desk = new Desk(database)) {
            values.put(Reminder.OPINE.daysBefore() + ' ' + desk.province.id(), "0");
            People people = new People();
            Reminders reminders = new Reminders(desk.database.store(), desk, people, new Said(), sent);
            UUID has = people.in(desk.cell);
            UUID tookBack = people.in(desk.cell);
            UUID hasNot = people.in(desk.cell);
            people.in(desk.otherCell);
            UUID draft = UUID.randomUUID();
            desk.documents.put(
                    desk.communeEditor,
                    draft,
                    until(desk.draft(desk.commune, "01-DT"), null, TODAY.plusDays(2)),
                    Desk.ANY);
            desk.steps.step(desk.communeEditor, draft, Step.SUBMIT, Desk.ANY);
            desk.steps.step(desk.communeEditor2, draft, Step.APPROVE, Desk.ANY);
            desk.publish(until(desk.draft(desk.province, "02-DT"), null, TODAY.plusDays(1)));
            opine(desk, draft, has, false);
            opine(desk, draft, tookBack, true);

            reminders.remind();
            assertThat(sent.told("day"))
                    .containsExactlyInAnyOrder(
                            "draft-due " + tookBack + " 2026-11-26", "draft-due " + hasNot + " 2026-11-26");

            desk.pass(Duration.ofDays(3));
            reminders.remind();
            assertThat(sent.told("day")).as("it is over").isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource(Database.class)
    void aNewEditionIsToBeReadAnew(Database database) {
        values.put(Reminder.ACKNOWLEDGE.daysBefore(), "3");
        values.put(Reminder.OPINE.daysBefore(), "0");
        try (Desk desk = new Desk(database)) {
            People people = new People();
            Reminders reminders = new Reminders(desk.database.store(), desk, people, new Said(), sent);
            UUID reads = people.in(desk.cell);
            Document draft = until(desk.draft(desk.province, "01-QĐ/TU"), TODAY.plusDays(1), null);
            UUID id = desk.publish(draft);
            acknowledge(desk, reminders, id, reads);
            reminders.remind();
            assertThat(sent.told("day")).isEmpty();

            desk.steps.step(desk.editor, id, Step.WITHDRAW, Desk.ANY);
            desk.documents.put(desk.editor, id, until(draft, TODAY.plusDays(2), null), Desk.ANY);
            desk.steps.step(desk.editor, id, Step.SUBMIT, Desk.ANY);
            desk.steps.step(desk.editor2, id, Step.APPROVE, Desk.ANY);
            reminders.remind();

            assertThat(sent.told("day")).containsExactly("document-due " + reads + " 2026-11-26");
        }
    }
}
