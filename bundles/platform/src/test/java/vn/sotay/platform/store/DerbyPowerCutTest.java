package vn.sotay.platform.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The power fails after each single record of Derby's log that a growing table writes: whatever was committed is there, and the table
 * grows on.
 */
class DerbyPowerCutTest {

    private static final String LOG = "log/log1.dat";
    private static final int HEADER = 24;
    /** Length, instant and length again stand around the record itself. */
    private static final int AROUND_A_RECORD = 4 + 8 + 4;

    private static final int ROWS = 150;
    private static final int GROWTHS = 4;

    @TempDir
    Path folder;

    /** Where the records of the log end, in order. */
    private static List<Integer> ends(Path database) throws IOException {
        ByteBuffer log = ByteBuffer.wrap(Files.readAllBytes(database.resolve(LOG)));
        List<Integer> ends = new ArrayList<>(List.of(HEADER));
        int at = HEADER;
        while (at + 4 <= log.limit() && log.getInt(at) > 0) {
            at += log.getInt(at) + AROUND_A_RECORD;
            ends.add(at);
        }
        return ends;
    }

    private static void insert(DerbyDatabase database, int from, int rows) throws SQLException {
        try (Connection connection = database.dataSource().getConnection();
                PreparedStatement insert = connection.prepareStatement("insert into thing (id, text) values (?, ?)")) {
            for (int id = from; id < from + rows; id++) {
                // each into the middle of the index
                insert.setString(1, Integer.toHexString(id * 0x9E3779B9) + "x".repeat(60));
                insert.setString(2, "y".repeat(300));
                insert.executeUpdate();
            }
        }
    }

    private static int one(DerbyDatabase database, String query) throws SQLException {
        try (Connection connection = database.dataSource().getConnection();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(query)) {
            row.next();
            return row.getInt(1);
        }
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.toList()) {
                Path target = to.resolve(from.relativize(file).toString());
                if (Files.isDirectory(file)) {
                    Files.createDirectories(target);
                } else {
                    Files.copy(file, target);
                }
            }
        }
    }

    @Test
    void growsOnWhereverTheLogWasCut() throws Exception {
        Path whole = folder.resolve("whole");
        DerbyDatabase database = new DerbyDatabase(whole);
        database.open();
        try (Connection connection = database.dataSource().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("create table thing (id varchar(80) not null primary key, text varchar(400))");
            statement.execute("call syscs_util.syscs_checkpoint_database()");
        }
        List<List<Integer>> cuts = new ArrayList<>();
        List<Integer> before = ends(whole);
        for (int row = 0; row < ROWS; row++) {
            insert(database, row, 1);
            List<Integer> after = ends(whole);
            cuts.add(after.subList(before.size(), after.size()));
            before = after;
        }
        // as it is after a crash: the pages of the last checkpoint, and the log
        Path crashed = folder.resolve("crashed");
        copy(whole, crashed);
        database.close();

        // those that make the table or its index grow write the most
        List<Integer> growths = IntStream.range(1, ROWS)
                .boxed()
                .sorted(Comparator.comparing((Integer row) -> cuts.get(row).size())
                        .reversed())
                .limit(GROWTHS)
                .toList();
        for (int row : growths) {
            for (int cut : cuts.get(row)) {
                assertGrowsOn(crashed, cut, row);
            }
        }
    }

    private void assertGrowsOn(Path crashed, int cut, int row) throws Exception {
        Path path = folder.resolve("cut-" + row + "-" + cut);
        copy(crashed, path);
        byte[] log = Files.readAllBytes(path.resolve(LOG));
        Arrays.fill(log, cut, log.length, (byte) 0);
        Files.write(path.resolve(LOG), log);
        DerbyDatabase database = new DerbyDatabase(path);
        database.open();
        try {
            assertThat(one(database, "select count(*) from thing")).isBetween(row, row + 1);
            insert(database, ROWS, ROWS);
            assertThat(one(database, "select count(*) from thing")).isBetween(row + ROWS, row + ROWS + 1);
            assertThat(one(database, "values syscs_util.syscs_check_table('APP', 'THING')"))
                    .isEqualTo(1);
        } finally {
            database.close();
        }
    }
}
