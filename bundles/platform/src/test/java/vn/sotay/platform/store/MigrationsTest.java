package vn.sotay.platform.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import vn.sotay.platform.store.Migrations.Release;
import vn.sotay.platform.store.Migrations.Script;
import vn.sotay.testkit.Database;

/** What is applied, what is refused, and what an operator reads. */
class MigrationsTest {

    private static final String FIRST = """
            -- Boats of the village; a note with a semicolon; in it.
            create table boat (
              id varchar(36) not null primary key,
              name varchar(100) default 'a:b <c> ?' not null,
            -- derby:  log clob,
            -- postgresql:  log text,
              crew integer check (crew < 20 and crew > 0)
            );
            create index boat_name on boat (name);
            """;
    private static final String SECOND = "alter table boat add column engine varchar(20);\n";

    private static Script script(String name, String text) {
        try {
            return Script.of("sotay/db/" + name, text.getBytes(StandardCharsets.UTF_8));
        } catch (MigrationException e) {
            throw new AssertionError(e);
        }
    }

    private static Release release(String version, Script... scripts) {
        return new Release("boats", version, List.of(scripts));
    }

    private static int boats(TestStore opened) {
        return opened.store().read(tx -> tx.handle()
                .createQuery("select count(*) from boat")
                .mapTo(Integer.class)
                .one());
    }

    @ParameterizedTest
    @EnumSource
    void appliesEachScriptOnce(Database database) throws Exception {
        try (TestStore opened = TestStore.open(database)) {
            Migrations migrations = opened.engine().migrations();
            Release release = release("1.0.0", script("0001-boats.sql", FIRST), script("0002-engine.sql", SECOND));
            migrations.migrate(release);
            migrations.migrate(release);
            opened.store().change(tx -> tx.handle()
                    .execute("insert into boat (id, crew, log, engine) values ('1', 3, 'out', 'diesel')"));
            assertThat(boats(opened)).isEqualTo(1);
            assertThat(opened.store().<String, RuntimeException>read(tx -> tx.handle()
                            .createQuery("select name from boat")
                            .mapTo(String.class)
                            .one()))
                    .isEqualTo("a:b <c> ?");
        }
    }

    @ParameterizedTest
    @EnumSource
    void refusesAScriptThatWasEdited(Database database) throws Exception {
        try (TestStore opened = TestStore.open(database)) {
            Migrations migrations = opened.engine().migrations();
            migrations.migrate(release("1.0.0", script("0001-boats.sql", FIRST)));
            Release edited = release("1.0.1", script("0001-boats.sql", FIRST + "drop table boat;\n"));
            assertThatThrownBy(() -> migrations.check(edited))
                    .hasMessage("the migration 1-boats of boats 1.0.1 was changed after it had been applied:"
                            + " put it back as it was, and add a new one");
            assertThatThrownBy(() -> migrations.migrate(edited)).isInstanceOf(MigrationException.class);
            assertThat(boats(opened)).isZero();
            migrations.check(release("1.0.1", script("0001-boats.sql", FIRST.replace("\n", "\r\n"))));
        }
    }

    @ParameterizedTest
    @EnumSource
    void letsTheVersionBeforeComeBackAndNoOlderOne(Database database) throws Exception {
        try (TestStore opened = TestStore.open(database)) {
            Migrations migrations = opened.engine().migrations();
            Script first = script("0001-boats.sql", FIRST);
            Script second = script("0002-engine.sql", SECOND);
            Script third = script("0003-port.sql", "alter table boat add column port varchar(20);\n");
            migrations.migrate(release("1.0.0", first));
            migrations.migrate(release("2.0.0", first, second));
            migrations.migrate(release("1.0.0", first));
            migrations.migrate(release("2.0.0", first, second));
            migrations.migrate(release("3.0.0", first, second, third));
            migrations.check(release("2.0.0", first, second));
            assertThatThrownBy(() -> migrations.check(release("1.0.0", first)))
                    .hasMessage("the data are newer than boats 1.0.0: they were made by version 3.0.0,"
                            + " use that or a later one");
        }
    }

    @ParameterizedTest
    @EnumSource
    void leavesNothingOfAScriptThatFails(Database database) throws Exception {
        try (TestStore opened = TestStore.open(database)) {
            Migrations migrations = opened.engine().migrations();
            migrations.migrate(release("1.0.0", script("0001-boats.sql", FIRST)));
            String broken = SECOND + "insert into boat (id, crew) values ('1', 5);\ncreate tabel net (id integer);\n";
            assertThatThrownBy(() -> migrations.migrate(release(
                            "2.0.0",
                            script("0001-boats.sql", FIRST),
                            script("0002-engine.sql", broken),
                            script("0003-later.sql", "create table later (id integer);\n"))))
                    .isInstanceOf(MigrationException.class)
                    .hasMessageStartingWith("the migration 2-engine of boats 2.0.0 failed: ")
                    .hasMessageContaining("tabel");
            assertThat(boats(opened)).isZero();
            migrations.migrate(release("2.0.1", script("0001-boats.sql", FIRST), script("0002-engine.sql", SECOND)));
        }
    }

    @ParameterizedTest
    @EnumSource
    void appliesOnceWhenManyStartAtOnce(Database database) throws Exception {
        try (TestStore opened = TestStore.open(database)) {
            Release release = release("1.0.0", script("0001-boats.sql", FIRST), script("0002-engine.sql", SECOND));
            List<CompletableFuture<Void>> nodes = new ArrayList<>();
            for (int node = 0; node < 4; node++) {
                nodes.add(CompletableFuture.runAsync(() -> {
                    try {
                        opened.engine().migrations().migrate(release);
                    } catch (MigrationException e) {
                        throw new AssertionError(e);
                    }
                }));
            }
            CompletableFuture.allOf(nodes.toArray(CompletableFuture[]::new)).join();
            assertThat(boats(opened)).isZero();
        }
    }

    @Test
    void refusesNamesAndNumbersThatAreWrong() {
        assertThatThrownBy(() -> Script.of("sotay/db/boats.sql", new byte[0]))
                .hasMessage("sotay/db/boats.sql is no name of a migration: name it NNNN-name.sql");
        try (TestStore opened = TestStore.open(Database.DERBY)) {
            assertThatThrownBy(() -> opened.engine()
                            .migrations()
                            .check(release("1.0.0", script("0001-a.sql", FIRST), script("0001-b.sql", SECOND))))
                    .hasMessage("boats 1.0.0 has two migrations with the number 1: number one anew");
        }
    }
}
