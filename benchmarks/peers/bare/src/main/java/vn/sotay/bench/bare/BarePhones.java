package vn.sotay.bench.bare;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;

/**
 * Signs members in by JDBC, each with an account and a session of its own, as they are after a sign-in: by their passwords a hundred thousand
 * would take hours. Sotay must not run. Arguments: URL, how many, how many cells get a secretary. Prints a line for each: token, cell,
 * whether it leads the cell.
 */
public final class BarePhones {

    private static final int SLICE = 2_000;
    /** As long as a session lasts, so that Sotay does not prolong it at once. */
    private static final Duration LASTS = Duration.ofDays(30);

    private record Member(String id, String cell) {}

    private BarePhones() {}

    public static void main(String[] arguments) throws SQLException {
        String url = arguments[0];
        StringBuilder lines = new StringBuilder();
        try (Connection connection = DriverManager.getConnection(url)) {
            connection.setAutoCommit(false);
            List<Member> members = members(connection, Integer.parseInt(arguments[1]));
            int leaders = Integer.parseInt(arguments[2]);
            String cell = "";
            for (int from = 0; from < members.size(); from += SLICE) {
                try (PreparedStatement account = connection.prepareStatement(
                                "insert into account"
                                        + " (id, login, member, password, made_at, password_at) values (?, ?, ?, 'none', ?, ?)");
                        PreparedStatement session = connection.prepareStatement(
                                "insert into session_token (hash, account, begun_at, expires_at) values (?, ?, ?, ?)");
                        PreparedStatement mandate = connection.prepareStatement("insert into mandate"
                                + " (id, account, role, unit, from_day) values (?, ?, 'SECRETARY', ?, '2026-01-01')")) {
                    for (int i = from; i < Math.min(from + SLICE, members.size()); i++) {
                        Member member = members.get(i);
                        boolean leads = !member.cell().equals(cell) && leaders > 0;
                        String id = UUID.randomUUID().toString();
                        String token = String.format("bench-%037d", i);
                        long now = System.currentTimeMillis();
                        add(account, id, "bench-" + i, member.id(), now, now);
                        add(session, hash(token), id, now, now + LASTS.toMillis());
                        if (leads) {
                            add(mandate, UUID.randomUUID().toString(), id, member.cell());
                            leaders--;
                        }
                        cell = member.cell();
                        lines.append(token)
                                .append(' ')
                                .append(cell)
                                .append(' ')
                                .append(leads)
                                .append('\n');
                    }
                    account.executeBatch();
                    session.executeBatch();
                    mandate.executeBatch();
                    connection.commit();
                }
            }
        }
        shutDown(url);
        System.out.print(lines);
    }

    /** Those without an account, cell by cell. */
    private static List<Member> members(Connection connection, int most) throws SQLException {
        List<Member> members = new ArrayList<>();
        try (PreparedStatement query = connection.prepareStatement("select id, cell from member"
                        + " where status not in ('LEFT', 'DECEASED')"
                        + " and id not in (select member from account where member is not null) order by cell, id");
                ResultSet rows = query.executeQuery()) {
            while (members.size() < most && rows.next()) {
                members.add(new Member(rows.getString(1), rows.getString(2)));
            }
        }
        connection.commit();
        return members;
    }

    private static void add(PreparedStatement statement, Object... values) throws SQLException {
        for (int i = 0; i < values.length; i++) {
            statement.setObject(i + 1, values[i]);
        }
        statement.addBatch();
    }

    private static String hash(String token) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java knows SHA-256", e);
        }
    }

    /** So that Sotay need not mend anything when it starts. Derby says by an error that it has done so. */
    private static void shutDown(String url) {
        try {
            DriverManager.getConnection(url + ";shutdown=true").close();
        } catch (SQLException e) {
            if (e.getErrorCode() != 45000) {
                throw new IllegalStateException(e);
            }
        }
    }
}
