package vn.sotay.tests.probe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import vn.sotay.testkit.Client;
import vn.sotay.testkit.Response;
import vn.sotay.testkit.Sotay;
import vn.sotay.tests.probe.ApiDocument.Operation;

/**
 * Who may do what, on the running server: each operation of its own description, asked by nine callers of something that the cell of Hải
 * Ninh has, must answer with the status that stands in {@code access-matrix.txt}. What came out is written there, and into {@code
 * docs/access-matrix.md}, with {@code -Dsotay.matrix=write}: to be read line by line before it is committed.
 */
class AccessMatrixIT {

    /** The columns: what they are called in the file, who that is in words, and the login. */
    private record Column(String name, String words, String login) {}

    private static final List<Column> CALLERS = List.of(
            new Column("anonymous", "nobody is signed in", ""),
            new Column("member'", "member of another cell", "member2"),
            new Column("member", "member of this cell", "member"),
            new Column("secretary", "secretary of this cell", "secretary"),
            new Column("secretary'", "secretary of another cell", "secretary2"),
            new Column("officer'", "officer of another commune", "officer3"),
            new Column("officer", "officer of the commune above this cell", "officer2"),
            new Column("editor", "editor", "editor"),
            new Column("admin", "administrator", "admin"));

    /** These end the session that they are asked by, or the one that all share. */
    private static final Set<String> WITH_OWN_SESSION = Set.of("DELETE /api/session");

    private static final String FORMAT = "%-70s" + " %-10s".repeat(CALLERS.size());
    private static final boolean WRITES = "write".equals(System.getProperty("sotay.matrix"));

    @Test
    void eachOperationAnswersEachCallerAsTheMatrixSays() throws IOException {
        Map<String, String> expected = expected();
        Map<String, String> found = new LinkedHashMap<>();
        List<String> failures = new ArrayList<>();
        try (Sotay sotay = Sotay.start(Sotay.prepared())) {
            List<Operation> operations = ApiDocument.of(sotay.anonymous()).operations();
            Asks asks = new Asks(sotay);
            for (Operation operation : operations) {
                String name = operation.toString();
                List<Response> replies = CALLERS.stream()
                        .map(caller -> asks.send(operation, client(sotay, caller, name)))
                        .toList();
                String line = line(
                        name,
                        replies.stream()
                                .map(reply -> String.valueOf(reply.status()))
                                .toList());
                found.put(name, line);
                if (!expected.containsKey(name)) {
                    failures.add("access-matrix.txt has no line for " + name
                            + ". This came out; add it if that is who may (all of it by -Dsotay.matrix=write):\n"
                            + line);
                } else if (!line.equals(expected.get(name))) {
                    failures.add("expected " + expected.get(name) + "\nbut was  " + line + '\n'
                            + replies.stream().map(Response::toString).collect(Collectors.joining("\n")));
                }
                replies.stream()
                        .filter(reply -> reply.status() >= 500)
                        .map(reply -> "failed: " + reply)
                        .forEach(failures::add);
            }
            asks.withoutOperation(operations)
                    .forEach(left -> failures.add("Asks tells of " + left + ", which is no more"));
        }
        Set<String> gone = new TreeSet<>(expected.keySet());
        gone.removeAll(found.keySet());
        gone.forEach(left -> failures.add("access-matrix.txt has a line for " + left + ", which is no more"));
        if (WRITES) {
            Files.writeString(file(), text(found));
            Files.writeString(document(), page(found));
        } else {
            assertThat(failures).as(String.join("\n\n", failures)).isEmpty();
        }
    }

    @Test
    void thePageShowsTheMatrix() throws IOException {
        assumeFalse(WRITES, "it is just being written");
        assertThat(Files.readString(document()))
                .as("docs/access-matrix.md is made by -Dsotay.matrix=write")
                .isEqualTo(page(expected()));
    }

    private static Client client(Sotay sotay, Column caller, String operation) {
        if (caller.login().isEmpty()) {
            return sotay.anonymous();
        }
        if (!WITH_OWN_SESSION.contains(operation)) {
            return sotay.as(caller.login());
        }
        String token = sotay.anonymous()
                .post("/api/session", Map.of("login", caller.login(), "password", Sotay.PASSWORD))
                .expect(201)
                .json()
                .path("token")
                .asText();
        return sotay.anonymous().header("Authorization", "Bearer " + token);
    }

    // ---- the file

    private static String line(String operation, List<String> statuses) {
        List<String> cells = new ArrayList<>(List.of(operation));
        cells.addAll(statuses);
        return String.format(FORMAT, cells.toArray()).stripTrailing();
    }

    private static String head() {
        return line("#", CALLERS.stream().map(Column::name).toList());
    }

    private static Map<String, String> expected() throws IOException {
        Map<String, String> lines = new LinkedHashMap<>();
        if (Files.exists(file())) {
            for (String line : Files.readAllLines(file())) {
                if (!line.isBlank() && !line.startsWith("#")) {
                    String[] words = line.split(" +");
                    lines.put(
                            words[0] + ' ' + words[1],
                            line(words[0] + ' ' + words[1], List.of(words).subList(2, words.length)));
                }
            }
        }
        return lines;
    }

    private static String text(Map<String, String> lines) {
        return "# Who may do what: statuses by operation and caller. AccessMatrixIT compares, Asks says what is asked.\n"
                + head() + '\n' + String.join("\n", lines.values()) + '\n';
    }

    private static String page(Map<String, String> lines) {
        StringBuilder page = new StringBuilder("""
                # Who may do what
                Each operation of the running server, asked of something that the cell of Hải Ninh has, and what it answers to nine callers. Made from
                `access-matrix.txt`, which `AccessMatrixIT` compares with the server in each build; an operation without a line fails it.

                2xx: it is done. 401: sign in first. 403: not this caller, who knows of it anyway or is told so whatever it names. 404: not this caller, who does not
                even learn that it is there. 409 and 422: this caller may, but not with what was sent (the matrix sends a wrong password and a broken jar); `PUT /api/members/{id}` tells
                strangers that they know no such cell, whether or not there is such a member.

                | | who |
                |---|---|
                """);
        CALLERS.forEach(caller -> page.append("| ")
                .append(caller.name())
                .append(" | ")
                .append(caller.words())
                .append(" |\n"));
        page.append("\n| operation |");
        CALLERS.forEach(caller -> page.append(' ').append(caller.name()).append(" |"));
        page.append("\n|---|").append("---|".repeat(CALLERS.size())).append('\n');
        lines.forEach((operation, line) -> {
            page.append("| `").append(operation).append("` |");
            String[] words = line.split(" +");
            for (int i = 2; i < words.length; i++) {
                page.append(' ').append(words[i]).append(" |");
            }
            page.append('\n');
        });
        return page.toString();
    }

    private static Path root() {
        return Sotay.dist().getParent();
    }

    private static Path file() {
        return root().resolve("tests/src/test/resources/vn/sotay/tests/probe/access-matrix.txt");
    }

    private static Path document() {
        return root().resolve("docs/access-matrix.md");
    }
}
