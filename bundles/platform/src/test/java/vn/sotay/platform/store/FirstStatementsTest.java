package vn.sotay.platform.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FirstStatementsTest {

    @TempDir
    Path folder;

    private static final String HINTED = "select k from a --DERBY-PROPERTIES index=null\nwhere k > 0";

    @Test
    void theNextStartPreparesWhatThisOneHasAsked() throws Exception {
        Path file = folder.resolve("statements");
        String url = "jdbc:derby:memory:first;create=true";
        FirstStatements first = new FirstStatements(file);
        Jdbi jdbi = Jdbi.create(url);
        jdbi.setSqlLogger(first);
        jdbi.useHandle(handle -> {
            handle.execute("create table a (k integer not null primary key)");
            handle.execute("insert into a (k) values (?)", 1);
            handle.createQuery(HINTED).mapTo(Integer.class).list();
            handle.createQuery("select k from a where k = :k")
                    .bind("k", 1)
                    .mapTo(Integer.class)
                    .list();
            first.keep();
            handle.execute("delete from a where k = 2");
        });

        assertThat(Files.readString(file).split("\u0000"))
                .containsExactly(
                        "create table a (k integer not null primary key)",
                        "insert into a (k) values (?)",
                        HINTED,
                        "select k from a where k = ?");
        try (Connection connection = DriverManager.getConnection(url)) {
            // one of them does not fit any more, and nothing is written
            FirstStatements.prepare(file, connection);
        }
        int rows = jdbi.withHandle(handle -> handle.createQuery("select count(*) from a")
                .mapTo(Integer.class)
                .one());
        assertThat(rows).isEqualTo(1);
    }

    @Test
    void aFirstStartHasNone() throws Exception {
        try (Connection connection = DriverManager.getConnection("jdbc:derby:memory:none;create=true")) {
            FirstStatements.prepare(folder.resolve("none"), connection);
        }
    }
}
