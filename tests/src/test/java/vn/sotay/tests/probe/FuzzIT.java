package vn.sotay.tests.probe;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import vn.sotay.testkit.Client;
import vn.sotay.testkit.Sotay;
import vn.sotay.tests.probe.ApiDocument.Operation;
import vn.sotay.tests.probe.Paths.Filled;
import vn.sotay.tests.probe.Shots.Shot;
import vn.sotay.tests.probe.Wire.Answer;

/**
 * Sends what no client should, to every route, as all kinds of people. Whatever comes, the server answers in time, says what is wrong as a
 * problem in the language that was asked for, has no failure of its own, and is afterwards as it was. The seed is printed and part of each
 * failure: {@code -Dsotay.seed=} sends the same again. {@code -Dsotay.long=true} sends ten times as much.
 */
@TestMethodOrder(MethodOrderer.MethodName.class)
class FuzzIT {

    private static final boolean LONG = Boolean.getBoolean("sotay.long");
    private static final int SHOTS = LONG ? 10_000 : 1_000;
    private static final long SEED = Long.getLong("sotay.seed", LONG ? System.nanoTime() : 20_261_124L);
    private static final Duration LIMIT = Duration.ofSeconds(5);
    private static final String CELL_CODE = "38.168.053.000.001";
    private static final Pattern UNFILLED = Pattern.compile("\\{[a-z]+}");
    private static final ObjectMapper JSON = new ObjectMapper();

    /** They take away what others are to hit, by design. */
    private static final Set<String> NOT_ON_REAL_THINGS = Set.of(
            "DELETE /api/me/sessions/{session}",
            "DELETE /api/documents/{id}",
            "DELETE /api/meetings/{id}",
            "DELETE /api/news/{id}",
            "DELETE /api/members/{id}/sessions/{session}",
            "POST /api/modules/{id}/start",
            "POST /api/modules/{id}/stop",
            "POST /api/units/{id}/merge",
            "POST /api/units/{id}/move",
            "POST /api/units/{id}/split");

    private static Sotay sotay;

    @BeforeAll
    static void start() {
        sotay = Sotay.start(Sotay.prepared());
    }

    @AfterAll
    static void stop() {
        sotay.close();
    }

    @Test
    void staysWholeWhateverComes() throws Exception {
        System.out.println("FuzzIT: -Dsotay.seed=" + SEED + " -Dsotay.long=" + LONG);
        Shots shots = shots();
        Wire wire = new Wire(sotay.url(), LIMIT);
        for (int i = 0; i < 20; i++) {
            wire.send("GET /health HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n".getBytes(), false);
        }
        Map<String, String> pages = pages();
        Process before = Process.of(sotay);
        List<String> failures = new ArrayList<>();
        Map<Integer, Integer> statuses = new TreeMap<>();
        for (int i = 0; i < SHOTS && failures.size() < 20; i++) {
            Shot shot = shots.next();
            List<String> wrong = new ArrayList<>();
            int logged = sotay.output().length();
            try {
                List<Answer> answers = wire.send(shot.bytes(), shot.isHead());
                if (answers.isEmpty() && shot.isWhole()) {
                    wrong.add("no answer");
                }
                answers.forEach(answer -> statuses.merge(answer.status(), 1, Integer::sum));
                answers.forEach(answer -> wrong.addAll(check(shot, answer)));
            } catch (IOException | RuntimeException e) {
                wrong.add(e.toString());
            }
            complaints(sotay.output().substring(logged)).map("logged "::concat).forEach(wrong::add);
            if (!wrong.isEmpty()) {
                failures.add("seed " + SEED + ", request " + i + ": " + wrong + "\n" + shot);
            }
        }
        System.out.println("FuzzIT: answers by status " + statuses);

        assertThat(failures).isEmpty();
        assertThat(statuses.keySet()).as("all kinds of answers").contains(200, 400, 401, 403, 404, 405, 415, 422);
        assertThat(complaints(sotay.output())).isEmpty();
        assertThat(pages()).as("pages answer as before").isEqualTo(pages);
        Process.of(sotay).assertNoMoreThan(before);
    }

    /** What an operator would have to look at; that the administrator has sent what is no jar is told by design. */
    private static Stream<String> complaints(String log) {
        return log.lines()
                .filter(line -> line.contains(" ERROR ") || line.contains(" WARN ") || line.contains("\tat "))
                .filter(line -> !line.contains("the uploaded jar is refused"));
    }

    @ParameterizedTest
    @CsvSource({"vi, Nội dung quá lớn", "en, The content is too large", "ko, 내용이 너무 큽니다"})
    void saysWhatIsTooLarge(String language, String title) throws IOException {
        String secretary = token("secretary");
        String put = "PUT /api/meetings/" + UUID.randomUUID() + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
                + "Content-Type: application/json\r\nAccept-Language: " + language + "\r\nAuthorization: Bearer "
                + secretary + "\r\n";
        String large = "[" + "1,".repeat(600_000) + "1]";
        String file = put.replaceFirst("meetings/\\S+", "files/" + "0".repeat(64));
        String roster = put.replaceFirst("PUT \\S+", "POST /api/members/import")
                .replace("application/json", "multipart/form-data; boundary=b")
                .replace(secretary, token("officer"));

        assertProblem(413, title, put + "Content-Length: " + large.length() + "\r\n\r\n" + large);
        assertProblem(
                413,
                title,
                put + "Transfer-Encoding: chunked\r\n\r\n" + Integer.toHexString(large.length()) + "\r\n" + large
                        + "\r\n0\r\n\r\n");
        assertProblem(413, title, file + "Content-Length: 30000000\r\n\r\nx");
        assertProblem(413, title, roster + "Content-Length: 60000000\r\n\r\nx");
    }

    /** The address and the headers are refused before the language is known. */
    @Test
    void saysWhatIsTooLong() throws IOException {
        String end = " HTTP/1.1\r\nHost: localhost\r\n";
        assertProblem(414, "Địa chỉ quá dài", "GET /api/members?q=" + "x".repeat(20_000) + end + "\r\n");
        assertProblem(
                431, "Phần đầu của yêu cầu quá lớn", "GET /api/me" + end + "X: " + "x".repeat(20_000) + "\r\n\r\n");
    }

    private static void assertProblem(int status, String title, String request) throws IOException {
        List<Answer> answers = new Wire(sotay.url(), LIMIT).send(request.getBytes(StandardCharsets.UTF_8), false);

        assertThat(answers).hasSize(1);
        Answer answer = answers.get(0);
        assertThat(answer.status()).as(answer.toString()).isEqualTo(status);
        assertThat(answer.header("content-type")).isEqualTo("application/problem+json");
        JsonNode problem = JSON.readTree(answer.body());
        assertThat(problem.path("title").asText()).isEqualTo(title);
        assertThat(problem.path("detail").asText()).matches(".*\\d+.*");
    }

    private static String token(String login) {
        return sotay.anonymous()
                .post("/api/session", Map.of("login", login, "password", Sotay.PASSWORD))
                .expect(201)
                .json()
                .path("token")
                .asText();
    }

    private static Shots shots() {
        ApiDocument api = ApiDocument.of(sotay.anonymous());
        List<String> people =
                List.of("officer", "officer2", "secretary", "member", "fisherman", "secretary2", "editor", "admin");
        // those who may do most are asked to do most
        List<String> tokens = new ArrayList<>(List.of("", "x", token("officer"), token("secretary"), token("member")));
        for (String login : people) {
            tokens.add(token(login));
        }
        String cell = sotay.as("secretary")
                .get("/api/me")
                .json()
                .at("/member/cell/id")
                .asText();
        String file = sotay.as("secretary")
                .get("/api/meetings")
                .json()
                .findValuesAsText("file")
                .get(0);
        Paths paths = new Paths(
                Stream.of("secretary", "fisherman").map(sotay::as).toList(),
                Map.of(
                        "/api/units/{id}", List.of(cell),
                        "/api/documents/{id}/cells/{cell}", List.of(cell),
                        "/api/files/{sha256}", List.of(file),
                        "/api/jobs/{id}", List.of(UUID.randomUUID().toString()),
                        "/api/mandates/{id}", List.of(UUID.randomUUID().toString()),
                        "/api/cards/{card}", List.of(UUID.randomUUID().toString())));
        Set<String> signedIn = people.stream()
                .map(login ->
                        sotay.as(login).get("/api/me").json().at("/member/id").asText())
                .collect(Collectors.toSet());
        Map<String, String> values = new java.util.HashMap<>(Map.of(
                "cell",
                cell,
                "parent",
                cell,
                "id",
                UUID.randomUUID().toString(),
                "kind",
                "CELL",
                "code",
                CELL_CODE,
                "path",
                "a.txt",
                "field",
                "name",
                "file",
                file,
                "members",
                UUID.randomUUID().toString(),
                "unit",
                cell));
        values.put("member", UUID.randomUUID().toString());
        values.put("into", UUID.randomUUID().toString());
        Sample sample = new Sample(api, values);
        return new Shots(SEED, api, sample, tokens, operation -> targets(paths, operation, signedIn));
    }

    /** Who signs in is not hit: a member who is written to have left would sign in no more. */
    private static List<Filled> targets(Paths paths, Operation operation, Set<String> signedIn) {
        return NOT_ON_REAL_THINGS.contains(operation.toString())
                ? List.of()
                : paths.of(operation.template()).stream()
                        .filter(path -> !operation.toString().equals("PUT /api/members/{id}")
                                || !signedIn.contains(path.values().get(0)))
                        .toList();
    }

    private static List<String> check(Shot shot, Answer answer) {
        List<String> wrong = new ArrayList<>();
        // 505 is an answer to a version of HTTP that there is not
        if (answer.status() >= 500 && answer.status() != 505) {
            wrong.add("a failure of its own: " + answer);
        }
        if (answer.text().contains("\tat ") || answer.text().contains("Exception")) {
            wrong.add("tells of its inside: " + answer);
        }
        if (answer.status() >= 400 && !shot.isHead()) {
            wrong.addAll(checkProblem(shot, answer));
        }
        return wrong;
    }

    private static List<String> checkProblem(Shot shot, Answer answer) {
        if (!answer.header("content-type").equals("application/problem+json")) {
            return List.of("no problem: " + answer);
        }
        if (!answer.header("content-encoding").isEmpty()) {
            return List.of();
        }
        JsonNode problem;
        try {
            problem = JSON.readTree(answer.body());
        } catch (JsonProcessingException e) {
            return List.of("no JSON: " + answer);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        List<String> wrong = new ArrayList<>();
        if (!problem.path("type").asText().startsWith("urn:sotay:problem:")
                || problem.path("status").asInt() != answer.status()
                || problem.path("title").asText().isBlank()
                || problem.path("title").asText().startsWith("problem.")) {
            wrong.add("fields are missing: " + answer);
        }
        List<String> texts = new ArrayList<>(
                List.of(problem.path("title").asText(), problem.path("detail").asText()));
        for (JsonNode error : problem.path("errors")) {
            texts.add(error.path("message").asText());
            if (error.path("message").asText().startsWith("rule.")
                    || error.path("rule").asText().isEmpty()) {
                wrong.add("a field is said without words: " + answer);
            }
        }
        for (String text : texts) {
            Matcher unfilled = UNFILLED.matcher(text);
            if (unfilled.find() && !shot.toString().contains(unfilled.group())) {
                wrong.add("not filled in: " + answer);
            }
        }
        if (shot.language() != null
                && !isIn(shot.language(), answer, problem.path("title").asText())) {
            wrong.add("not in " + shot.language() + ": " + answer);
        }
        return wrong;
    }

    private static boolean isIn(String language, Answer answer, String title) {
        boolean isKorean = title.codePoints()
                .anyMatch(letter -> Character.UnicodeScript.of(letter) == Character.UnicodeScript.HANGUL);
        boolean isAscii = title.codePoints().allMatch(letter -> letter < 128);
        return answer.header("content-language").equals(language)
                && isKorean == language.equals("ko")
                && isAscii == language.equals("en");
    }

    /** What the demo's people see on their pages: which answers come, and all of the cells that were not hit. */
    private static Map<String, String> pages() {
        Map<String, String> pages = new TreeMap<>();
        for (String login : List.of("officer", "secretary", "member", "member2", "secretary2", "admin")) {
            Client person = sotay.as(login);
            for (String path : List.of(
                    "/", "/api/me", "/api/meetings", "/api/members", "/api/units", "/api/changes", "/api/modules")) {
                pages.put(login + ' ' + path, String.valueOf(person.get(path).status()));
            }
        }
        for (String path : List.of("/api/me", "/api/meetings", "/api/members", "/api/units", "/api/members/export")) {
            pages.put(
                    "secretary2 all of " + path,
                    sotay.as("secretary2").get(path).text());
        }
        JsonNode units =
                sotay.as("officer").get("/api/units?kind=COMMUNE").json().path("items");
        for (JsonNode unit : units) {
            if (!CELL_CODE.startsWith(unit.path("code").asText())) {
                String path = "/api/members/export?unit=" + unit.path("id").asText();
                pages.put(
                        "officer all of " + path, sotay.as("officer").get(path).text());
            }
        }
        pages.put(
                "health",
                sotay.anonymous()
                        .get("/health")
                        .expect(200)
                        .json()
                        .path("status")
                        .asText());
        return pages;
    }

    /** What a process holds. */
    private record Process(int files, int threads, int heapMegabytes) {

        /** The server's pool may have grown to its limit. */
        private static final int MORE_THREADS = 64;

        private static final int MORE_FILES = 16;
        private static final int MORE_MEGABYTES = 40;

        static Process of(Sotay sotay) throws IOException, InterruptedException {
            Path proc = Path.of("/proc", String.valueOf(sotay.pid()));
            try (Stream<Path> files = Files.list(proc.resolve("fd"));
                    Stream<Path> threads = Files.list(proc.resolve("task"))) {
                return new Process((int) files.count(), (int) threads.count(), heap(sotay.pid()));
            }
        }

        /** What is still reached after a collection. */
        private static int heap(long pid) throws IOException, InterruptedException {
            jcmd(pid, "GC.run");
            Matcher used = Pattern.compile("used (\\d+)K").matcher(jcmd(pid, "GC.heap_info"));
            int kilobytes = 0;
            while (used.find()) {
                kilobytes += Integer.parseInt(used.group(1));
            }
            return kilobytes / 1024;
        }

        private static String jcmd(long pid, String command) throws IOException, InterruptedException {
            java.lang.Process jcmd = new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "jcmd")
                                    .toString(),
                            String.valueOf(pid),
                            command)
                    .redirectErrorStream(true)
                    .start();
            String output = new String(jcmd.getInputStream().readAllBytes());
            assertThat(jcmd.waitFor(30, TimeUnit.SECONDS)).as(output).isTrue();
            return output;
        }

        void assertNoMoreThan(Process before) {
            System.out.println("FuzzIT: " + before + " before, " + this + " after");
            assertThat(files).as("open files").isLessThanOrEqualTo(before.files + MORE_FILES);
            assertThat(threads).as("threads").isLessThanOrEqualTo(before.threads + MORE_THREADS);
            assertThat(heapMegabytes).as("MB in use").isLessThanOrEqualTo(before.heapMegabytes + MORE_MEGABYTES);
        }
    }
}
