package vn.sotay.bench.bare;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Changes members by JDBC alone: in one transaction the rows that a {@code PUT} of a member changes, the member's and those of the
 * change feed. Arguments: URL, cell, threads, seconds of warming up, seconds. Prints how many a second were durable.
 */
public final class BareJdbc {

    private static final String MEMBER =
            "update member set phone = ?, version = version + 1, changed_at = ? where id = ?";
    private static final String FEED = "update change_feed set seq = ?, version = version + 1, changed_at = ?, data = ?"
            + " where id = ? and type = 'member' and audience = ?";

    private record Person(String id, List<String> audiences) {}

    private static final AtomicLong SEQ = new AtomicLong(1_000_000);

    private BareJdbc() {}

    public static void main(String[] arguments) throws Exception {
        String url = arguments[0];
        int threads = Integer.parseInt(arguments[2]);
        if (url.startsWith("jdbc:derby:")) {
            // as Sotay sets it
            System.setProperty("derby.storage.pageCacheSize", "10000");
        }
        List<Person> people;
        try (Connection connection = DriverManager.getConnection(url)) {
            people = people(connection, arguments[1]);
        }
        write(url, people, threads, Integer.parseInt(arguments[3]));
        System.out.println("per second: " + write(url, people, threads, Integer.parseInt(arguments[4])));
    }

    private static List<Person> people(Connection connection, String cell) throws SQLException {
        List<Person> people = new ArrayList<>();
        try (PreparedStatement members = connection.prepareStatement("select id from member where cell = ?");
                PreparedStatement feed = connection.prepareStatement(
                        "select audience from change_feed where id = ? and type = 'member'")) {
            members.setString(1, cell);
            for (String id : strings(members)) {
                feed.setString(1, id);
                people.add(new Person(id, strings(feed)));
            }
        }
        return people;
    }

    private static List<String> strings(PreparedStatement query) throws SQLException {
        List<String> values = new ArrayList<>();
        try (ResultSet rows = query.executeQuery()) {
            while (rows.next()) {
                values.add(rows.getString(1));
            }
        }
        return values;
    }

    private static double write(String url, List<Person> people, int threads, int seconds) throws Exception {
        long start = System.nanoTime();
        long end = start + seconds * 1_000_000_000L;
        ExecutorService pool = Executors.newFixedThreadPool(threads);
        List<Future<Integer>> done = new ArrayList<>();
        for (int thread = 0; thread < threads; thread++) {
            List<Person> own = new ArrayList<>();
            for (int i = thread; i < people.size(); i += threads) {
                own.add(people.get(i));
            }
            done.add(pool.submit(writer(url, own, end)));
        }
        pool.shutdown();
        int written = 0;
        for (Future<Integer> one : done) {
            written += one.get();
        }
        return written * 1e9 / (System.nanoTime() - start);
    }

    private static Callable<Integer> writer(String url, List<Person> own, long end) {
        return () -> {
            int written = 0;
            try (Connection connection = DriverManager.getConnection(url);
                    PreparedStatement member = connection.prepareStatement(MEMBER);
                    PreparedStatement feed = connection.prepareStatement(FEED)) {
                connection.setAutoCommit(false);
                while (System.nanoTime() < end) {
                    put(own.get(written % own.size()), member, feed);
                    connection.commit();
                    written++;
                }
            }
            return written;
        };
    }

    private static void put(Person person, PreparedStatement member, PreparedStatement feed) throws SQLException {
        long now = System.currentTimeMillis();
        String phone = "09" + String.format("%08d", SEQ.get() % 100_000_000);
        member.setString(1, phone);
        member.setLong(2, now);
        member.setString(3, person.id());
        member.executeUpdate();
        // about as long as a member's JSON
        String data =
                "{\"id\":\"" + person.id() + "\",\"phone\":\"" + phone + "\",\"more\":\"" + "x".repeat(200) + "\"}";
        for (String audience : person.audiences()) {
            feed.setLong(1, SEQ.incrementAndGet());
            feed.setLong(2, now);
            feed.setString(3, data);
            feed.setString(4, person.id());
            feed.setString(5, audience);
            feed.executeUpdate();
        }
    }
}
