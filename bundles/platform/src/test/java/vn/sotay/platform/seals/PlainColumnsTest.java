package vn.sotay.platform.seals;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import vn.sotay.api.access.Audience;
import vn.sotay.api.change.ChangeType;
import vn.sotay.api.store.Seals;
import vn.sotay.api.store.Sensitive;
import vn.sotay.platform.access.Village;
import vn.sotay.platform.json.Json;
import vn.sotay.platform.store.SealedFeed;
import vn.sotay.platform.store.TestStore.Fed;
import vn.sotay.testkit.Database;

/** What an earlier version of a module has left plain is sealed, on each database. */
@Timeout(60)
class PlainColumnsTest {

    private static final int ROWS = 450;
    private static final String SEALED =
            "{\"dues_line\": {\"key\": [\"dues\", \"payer\"], \"fields\": {\"why\": {\"column\": \"why_sealed\","
                    + " \"hash\": \"why_hash\", \"was\": {\"column\": \"why\", \"payload\": \"dues-line.why\"}}}}}";

    /** As the version before had it, and as it is now. */
    record Before(int number, Note note, @Nullable String why) {}

    record Note(boolean done, String why) {}

    record Now(
            int number,
            SealedNote note,
            @Sensitive @Nullable String why) {}

    record SealedNote(boolean done, @Sensitive String why) {}

    private Village village;
    private SealedColumn column;
    private Seals seals;

    @AfterEach
    void close() {
        village.close();
    }

    private void fill(Database database) throws Exception {
        village = new Village(database, Clock.systemUTC());
        column = SealedColumn.of("dues", Json.mapper().readTree(SEALED)).get(0);
        seals = new ModuleSeals(village.store.keys(), "dues", Json.mapper().readTree(SEALED));
        village.store.store().change(tx -> tx.handle()
                .execute(
                        "create table dues_line (dues varchar(36) not null, payer varchar(36) not null, why varchar(200),"
                                + " why_sealed varchar(400), why_hash varchar(64), primary key (dues, payer))"));
        ChangeType<Before> type = new ChangeType<>("dues-line", Before.class);
        for (int from = 0; from < ROWS; from += 150) {
            int first = from;
            village.store.store().change(tx -> {
                for (int i = first; i < first + 150; i++) {
                    String why = i % 10 == 0 ? null : why(i);
                    tx.handle()
                            .execute(
                                    "insert into dues_line (dues, payer, why) values (?, ?, ?)",
                                    dues(i),
                                    payer(i),
                                    why);
                    tx.changed(type, id(i), 1, Map.of(audience(), new Before(i, new Note(true, why(i)), why)));
                }
            });
        }
        village.store.store().change(tx -> SealedColumnRows.remember(tx, column));
    }

    /** Some have the same key in the first column. */
    private static String dues(int number) {
        return "d" + number / 7;
    }

    private static String payer(int number) {
        return "p" + number;
    }

    private static UUID id(int number) {
        return Village.id("line " + number);
    }

    private static String why(int number) {
        return "bi-mat \"" + number + "\" ốm";
    }

    private Audience audience() {
        return Audience.leaders(village.haiNinh.id());
    }

    private SealStart start() {
        return new SealStart(
                village.store.engine(),
                village.store.store(),
                village.store.keys(),
                List.of(),
                new SealedFeed(village.store.engine()));
    }

    private long count(String condition) {
        return village.store.store().read(tx -> tx.handle()
                .createQuery("select count(*) from " + condition)
                .mapTo(Long.class)
                .one());
    }

    private void assertSealed() {
        assertThat(count("dues_line where why is not null")).isZero();
        assertThat(count("dues_line where why_sealed is not null")).isEqualTo(ROWS - ROWS / 10);
        assertThat(count("change_feed where data like '%bi-mat%'")).isZero();
        for (int i = 0; i < ROWS; i++) {
            int number = i;
            String sealed = village.store.store().read(tx -> tx.handle()
                    .createQuery("select why_sealed from dues_line where dues = ? and payer = ?")
                    .bind(0, dues(number))
                    .bind(1, payer(number))
                    .map((row, context) -> String.valueOf(row.getString(1)))
                    .one());
            if (i % 10 == 0) {
                assertThat(sealed).isEqualTo("null");
            } else {
                assertThat(seals.open("why", Seals.key(dues(i), payer(i)), sealed))
                        .isEqualTo(why(i));
                assertThat(count("dues_line where why_hash = '" + seals.hash("why", why(i)) + "'"))
                        .isEqualTo(1);
            }
        }
    }

    @ParameterizedTest
    @EnumSource(Database.class)
    void cutOffItGoesOnAndNobodyIsToldAnew(Database database) throws Exception {
        fill(database);
        List<Fed> fed = village.store.feed(audience());
        int[] slices = {0};
        assertThatThrownBy(() -> new Resealing(
                                village.store.store(), List.of(new PlainColumns(village.store.keys(), List.of(column))))
                        .run((progress, task) -> {
                            if (slices[0]++ > 0) {
                                throw new IllegalStateException("killed");
                            }
                            village.store.store().change(task);
                        }))
                .hasMessage("killed");
        assertThat(count("dues_line where why is not null")).isEqualTo(ROWS - ROWS / 10 - 200);

        start().seal("dues");

        assertSealed();
        assertThat(village.store.feed(audience())).isEqualTo(fed);
        // the same, told by this version
        village.store
                .store()
                .change(tx -> tx.changed(
                        new ChangeType<>("dues-line", Now.class),
                        id(7),
                        2,
                        Map.of(audience(), new Now(7, new SealedNote(true, why(7)), why(7)))));
        assertThat(village.store.feed(audience())).isEqualTo(fed);
        assertThat(left()).isEmpty();
    }

    private List<SealedColumnRows.Plain> left() {
        return village.store.store().read(tx -> SealedColumnRows.plain(tx, "dues"));
    }

    @ParameterizedTest
    @EnumSource(Database.class)
    void whatTheVersionBeforeWritesWhenItComesBackCounts(Database database) throws Exception {
        fill(database);
        start().seal("dues");
        String key = Seals.key(dues(3), payer(3));
        village.store.store().change(tx -> {
            SealedColumnRows.mayBePlain(tx, "dues", List.of());
            tx.handle().execute("update dues_line set why = 'bi-mat moi' where payer = 'p3'");
        });
        List<SealedColumnRows.Plain> early = left();
        assertThat(early).hasSize(1);
        String sealed = village.store.store().read(tx -> tx.handle()
                .createQuery("select why_sealed from dues_line where payer = 'p3'")
                .mapTo(String.class)
                .one());
        assertThat(seals.open("why", key, sealed, "bi-mat moi")).isEqualTo("bi-mat moi");
        assertThat(seals.open("why", key, sealed, null)).isEqualTo(why(3));
        assertThat(seals.open("why", key, null, null)).isNull();

        // declared again, it stays to be done; and who was done before it came says nothing of it
        village.store.store().change(tx -> {
            SealedColumnRows.remember(tx, column);
            SealedColumnRows.mayBePlain(tx, "dues", List.of(column));
            SealedColumnRows.sealed(
                    tx, new SealedColumnRows.Plain(column, early.get(0).since() - 1));
        });
        assertThat(left()).isEqualTo(early);

        start().seal("dues");

        assertThat(left()).isEmpty();
        assertThat(count("dues_line where why is not null")).isZero();
        String now = village.store.store().read(tx -> tx.handle()
                .createQuery("select why_sealed from dues_line where payer = 'p3'")
                .mapTo(String.class)
                .one());
        assertThat(seals.open("why", key, now)).isEqualTo("bi-mat moi");
    }

    /** As when somebody is deleted: what stands instead is sealed too, and nothing comes where nothing was. */
    @ParameterizedTest
    @EnumSource(Database.class)
    void whatStandsInsteadIsSealed(Database database) throws Exception {
        fill(database);
        start().seal("dues");
        SealedModules modules = new SealedModules(village.store.keys());
        village.store.store().change(tx -> {
            assertThat(modules.replace(tx, "dues_line", "why_sealed", "OTHER", "payer in (?, ?)", payer(10), payer(11)))
                    .isTrue();
            assertThat(modules.replace(tx, "dues_line", "why", "OTHER", "payer = ?", payer(11)))
                    .isFalse();
        });
        assertThat(count("dues_line where payer = 'p10' and why_sealed is null"))
                .isEqualTo(1);
        assertThat(count("dues_line where why_hash = '" + seals.hash("why", "OTHER") + "'"))
                .isEqualTo(1);
        String now = village.store.store().read(tx -> tx.handle()
                .createQuery("select why_sealed from dues_line where payer = 'p11'")
                .mapTo(String.class)
                .one());
        assertThat(seals.open("why", Seals.key(dues(11), payer(11)), now)).isEqualTo("OTHER");
    }
}
