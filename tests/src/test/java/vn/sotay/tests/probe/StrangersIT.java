package vn.sotay.tests.probe;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import vn.sotay.testkit.Client;
import vn.sotay.testkit.Response;
import vn.sotay.testkit.Sotay;
import vn.sotay.tests.probe.ApiDocument.Operation;
import vn.sotay.tests.probe.Paths.Filled;

/**
 * Many attempts to read or write what the cell of Hải Ninh has, by people of another cell and commune who know its ids, or guess at them:
 * none succeeds, and none is answered otherwise than for an id that nobody has. Reproducible by the seed that it prints; {@code
 * -Dsotay.long=true} tries 10,000 times.
 */
class StrangersIT {

    private static final boolean LONG = Boolean.getBoolean("sotay.long");
    private static final int ATTEMPTS = LONG ? 10_000 : 1_000;
    private static final long SEED = Long.getLong("sotay.seed", 20261124L);
    private static final List<String> STRANGERS = List.of("member2", "secretary2", "officer3");
    private static final Pattern ID =
            Pattern.compile("[0-9a-f]{64}|[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}");

    /** Nothing of a cell is in these, and some would end the session that the test uses. */
    private static final Set<String> LEFT_OUT = Set.of(
            "DELETE /api/session",
            "DELETE /api/me/sessions/{session}",
            "POST /api/me/factors/totp",
            "PUT /api/me/factors/totp",
            "POST /api/me/factors/totp/removal",
            "POST /api/me/factors/challenge",
            "POST /api/me/passkeys/challenge",
            "POST /api/me/passkeys",
            "POST /api/me/passkeys/{passkey}/removal",
            "PUT /api/me/corrections/{id}",
            "PUT /api/me/corrections/{id}/withdrawal",
            "PUT /api/me/consents/{consent}",
            "PUT /api/notices/seen",
            "PUT /api/me/notices/preference",
            "PUT /api/me/push",
            "DELETE /api/me/push",
            "PUT /api/session/device",
            "PUT /api/me/password",
            "POST /api/session",
            "POST /api/keys/rotation",
            "PUT /api/modules",
            "POST /api/modules/{id}/start",
            "POST /api/modules/{id}/stop",
            "POST /api/members/import",
            "POST /api/dues/statements",
            "POST /api/documents/import",
            "POST /api/documents/import/files",
            "POST /api/news/pictures",
            "POST /api/news/preview",
            "GET /api/news/subscription",
            "POST /api/news/subscription",
            "DELETE /api/news/subscription",
            // a new one of the caller's own
            "PUT /api/questions/{id}",
            // for everybody
            "GET /api/questions/topics",
            "GET /api/questions/entries",
            "GET /api/questions/entries/{entry}",
            "GET /api/dues/banks",
            "GET /api/documents",
            "GET /api/documents/{id}",
            "GET /api/documents/{id}/editions",
            "GET /api/documents/{id}/acknowledgements",
            "PUT /api/documents/{id}/acknowledgements/{member}",
            "GET /api/documents/{id}/share",
            "GET /api/documents/{id}/missing",
            "GET /api/documents/opinions",
            "GET /api/documents/{id}/opinions",
            "PUT /api/documents/{id}/opinions/{opinion}",
            "GET /api/news",
            "GET /api/news/{id}",
            "GET /api/news/{id}/editions",
            "GET /api/news/{id}/receipts",
            "PUT /api/news/{id}/receipts/{member}",
            "GET /api/news/{id}/share",
            "GET /api/news/{id}/missing",
            "GET /api/news/feed/{token}");

    private static Sotay sotay;
    private static ApiDocument api;
    private static Paths paths;
    private static Paths ownPaths;
    private static String cell;
    private static String file;
    private static List<String> own;
    private static String ownCell;
    /** Ids of what the cell has. */
    private static Set<String> foreign;

    private static List<String> allForeign;
    private static Set<String> words;
    private final Random random = new Random(SEED);

    @BeforeAll
    static void start() {
        sotay = Sotay.start(Sotay.prepared());
        api = ApiDocument.of(sotay.anonymous());
        Client secretary = sotay.as("secretary");
        cell = secretary.get("/api/me").json().at("/member/cell/id").asText();
        JsonNode meetings = secretary.get("/api/meetings").expect(200).json().path("items");
        JsonNode members =
                secretary.get("/api/members?limit=500").expect(200).json().path("items");
        file = meetings.findValuesAsText("file").get(0);
        String card = secretary
                .post(
                        "/api/cards",
                        Map.of("members", List.of(members.get(2).path("id").asText())))
                .expect(201)
                .json()
                .at("/items/0/id")
                .asText();
        String mandate = secretary
                .get("/api/mandates?unit=" + cell)
                .expect(200)
                .json()
                .at("/items/0/id")
                .asText();
        paths = new Paths(
                Stream.of("secretary", "member", "fisherman").map(sotay::as).toList(), told(cell, card, mandate));
        foreign = new TreeSet<>(Set.of(cell, file, card, mandate));
        words = new TreeSet<>();
        members.forEach(member -> {
            foreign.add(member.path("id").asText());
            Stream.of("cardNumber", "phone")
                    .map(field -> member.path(field).asText())
                    .forEach(words::add);
        });
        meetings.findValuesAsText("id").forEach(foreign::add);
        for (Operation operation : api.operations()) {
            if (operation.template().startsWith("/api/meetings/") && !operation.writes()) {
                paths.of(operation.template()).forEach(filled -> foreign.addAll(filled.values()));
            }
        }
        words.remove("");
        allForeign = List.copyOf(foreign);
        own = ownIds();
        Map<String, List<String>> ofOwn = new HashMap<>(
                told(ownCell, UUID.randomUUID().toString(), UUID.randomUUID().toString()));
        ofOwn.put("/api/dues/books/{id}", List.of(UUID.randomUUID().toString()));
        ownPaths = new Paths(Stream.of("secretary2", "member2").map(sotay::as).toList(), ofOwn);
    }

    /** What asking does not tell. Of jobs, sessions and the like none are made here: any id does. */
    private static Map<String, List<String>> told(String unit, String card, String mandate) {
        List<String> any = List.of(UUID.randomUUID().toString());
        return Map.of(
                "/api/units/{id}", List.of(unit),
                "/api/documents/{id}/cells/{cell}", List.of(unit),
                "/api/files/{sha256}", List.of(file),
                "/api/jobs/{id}", any,
                "/api/cards/{card}", List.of(card),
                "/api/mandates/{id}", List.of(mandate));
    }

    /** A meeting of the strangers' own cell with an opinion, and its members: what is mixed with the others' ids. */
    private static List<String> ownIds() {
        Client secretary2 = sotay.as("secretary2");
        JsonNode me = secretary2.get("/api/me").expect(200).json();
        ownCell = me.at("/member/cell/id").asText();
        List<String> ids = new ArrayList<>(List.of(ownCell, me.at("/member/id").asText()));
        String meeting = UUID.randomUUID().toString();
        String item = UUID.randomUUID().toString();
        secretary2
                .put(
                        "/api/meetings/" + meeting,
                        Map.of(
                                "cell", ownCell,
                                "kind", "ORDINARY",
                                "startsAt", "2026-12-20T12:00:00Z",
                                "place", "Hội trường",
                                "title", "Sinh hoạt",
                                "items", List.of(Map.of("id", item, "title", "Nhiệm vụ"))))
                .expect(201);
        ids.addAll(List.of(meeting, item));
        String member2 =
                sotay.as("member2").get("/api/me").json().at("/member/id").asText();
        sotay.as("member2")
                .put("/api/meetings/" + meeting + "/answers/" + member2, Map.of("answer", "ATTENDING"))
                .expect(201);
        sotay.as("member2")
                .send("PUT", "/api/meetings/" + meeting + "/reads/" + member2)
                .expect(201);
        sotay.as("member2")
                .put("/api/meetings/" + meeting + "/messages/" + UUID.randomUUID(), Map.of("text", "Tôi gửi muộn"))
                .expect(201);
        secretary2
                .put("/api/meetings/" + meeting + "/attendance/" + member2, Map.of("present", true))
                .expect(201);
        sotay.as("member2")
                .put(
                        "/api/meetings/" + meeting + "/items/" + item + "/opinions/" + UUID.randomUUID(),
                        Map.of("stance", "AGREE"))
                .expect(201);
        String closed = "/api/meetings/" + UUID.randomUUID();
        secretary2
                .put(
                        closed,
                        Map.of(
                                "cell", ownCell,
                                "kind", "THEMATIC",
                                "startsAt", "2026-12-21T12:00:00Z",
                                "place", "Hội trường",
                                "title", "Chuyên đề",
                                "items", List.of()))
                .expect(201);
        secretary2.post(closed + "/close").expect(200);
        secretary2
                .put(closed + "/attendance/" + member2, Map.of("present", true))
                .expect(202);
        return ids;
    }

    @AfterAll
    static void stop() {
        sotay.close();
    }

    private record Attempt(String method, String path, String type, String body) {

        Response as(Client person) {
            return type == null
                    ? person.send(method, path)
                    : person.send(method, path, type, body.getBytes(StandardCharsets.UTF_8));
        }

        String sent() {
            return path + ' ' + body;
        }
    }

    @Test
    void noneSucceedsAndNoneTellsWhatIsThere() {
        Map<String, String> before = whatTheCellHas();
        List<Operation> operations = api.operations().stream()
                .filter(one -> !one.isOpen() && !LEFT_OUT.contains(one.toString()))
                .toList();
        List<String> failures = new ArrayList<>();
        Map<Integer, Integer> statuses = new TreeMap<>();
        int succeeded = 0;
        int revealed = 0;
        int taken = 0;
        int attempts = 0;
        while (attempts < ATTEMPTS) {
            Operation operation = operations.get(random.nextInt(operations.size()));
            Attempt attempt = attempt(operation);
            if (attempt == null) {
                continue;
            }
            attempts++;
            Client stranger = sotay.as(STRANGERS.get(random.nextInt(STRANGERS.size())));
            Response reply = attempt.as(stranger);
            statuses.merge(reply.status(), 1, Integer::sum);
            boolean namesForeign = named(attempt.path()).anyMatch(foreign::contains)
                    || named(attempt.body()).anyMatch(foreign::contains);
            if (tells(reply, attempt)) {
                succeeded++;
                failures.add("told: " + attempt + "\n  " + reply);
            }
            if (!namesForeign) {
                continue;
            }
            Twin twin = new Twin();
            Response unknown = new Attempt(
                            attempt.method(), twin.of(attempt.path()), attempt.type(), twin.of(attempt.body()))
                    .as(stranger);
            if (operation.writes() && reply.status() < 300) {
                if (mayMakeItsOwn(attempt) && unknown.status() < 300) {
                    // under an id that another kind of thing has in the cell: from now on it is that of their own too
                    foreign.remove(last(attempt));
                    continue;
                }
                succeeded++;
                failures.add("written: " + attempt + "\n  " + reply);
            }
            if (reply.status() == unknown.status() && twin.of(reply.text()).equals(unknown.text())) {
                continue;
            }
            if (mayMakeItsOwn(attempt) && reply.status() == 404 && unknown.status() != 404) {
                // who wants to use a taken id for something of its own cannot, and is told no more
                taken++;
                continue;
            }
            revealed++;
            failures.add("told apart: " + attempt + "\n  " + reply + "\n  but " + unknown);
        }
        System.out.println("StrangersIT: seed " + SEED + ", " + attempts + " attempts, " + succeeded + " succeeded, "
                + revealed + " told apart, " + taken + " wanted a taken id for their own; statuses " + statuses);
        assertThat(failures).as("seed %d", SEED).isEmpty();
        assertThat(whatTheCellHas()).isEqualTo(before);
    }

    /** Under an id of its own choice a client makes things of its own cell by PUT: then that id must be free. */
    private static boolean mayMakeItsOwn(Attempt attempt) {
        List<String> inPath = named(attempt.path()).toList();
        if (inPath.isEmpty()) {
            return false;
        }
        return attempt.method().equals("PUT")
                && !attempt.body().contains(cell)
                && foreign.contains(last(attempt))
                && inPath.subList(0, inPath.size() - 1).stream().noneMatch(foreign::contains);
    }

    private static String last(Attempt attempt) {
        List<String> inPath = named(attempt.path()).toList();
        return inPath.get(inPath.size() - 1);
    }

    /** Whether something of the cell stands in the answer that was not in the question. */
    private static boolean tells(Response reply, Attempt attempt) {
        return Stream.concat(foreign.stream(), words.stream())
                .anyMatch(word -> reply.text().contains(word) && !attempt.sent().contains(word));
    }

    // ---- attempts

    /** One at random; null if the operation names nothing. */
    private Attempt attempt(Operation operation) {
        List<Filled> filled = paths.of(operation.template());
        Filled one = filled.get(random.nextInt(filled.size()));
        String path = one.path();
        if (one.values().size() > 1 && random.nextInt(3) == 0) {
            // of something of the own, a part that is the others'
            List<Filled> mine = ownPaths.of(operation.template());
            Filled instead = mine.get(random.nextInt(mine.size()));
            int last = one.values().size() - 1;
            path = instead.path()
                    .replace(instead.values().get(last), one.values().get(last));
        } else {
            for (String value : one.values()) {
                path = path.replace(value, changed(value));
            }
        }
        List<String> queries = operation.queries().keySet().stream()
                .filter(Set.of("unit", "cell", "parent", "member")::contains)
                .toList();
        if (!queries.isEmpty()) {
            path += '?'
                    + queries.get(random.nextInt(queries.size()))
                    + '='
                    + changed(allForeign.get(random.nextInt(allForeign.size())));
        }
        if (named(path).findAny().isEmpty()) {
            return null;
        }
        String type = operation.bodyType();
        if (type == null) {
            return new Attempt(operation.method(), path, null, "");
        }
        if (!type.equals("application/json")) {
            return new Attempt(operation.method(), path, type, "x");
        }
        String place = random.nextBoolean() ? cell : ownCell;
        Map<String, String> told = new HashMap<>(Map.of(
                "cell",
                place,
                "unit",
                place,
                "parent",
                place,
                "id",
                UUID.randomUUID().toString(),
                "kind",
                "CELL",
                "file",
                file));
        told.put("code", "38.001.001.000." + (100 + random.nextInt(800)));
        told.put("field", "name");
        told.put("path", "a.txt");
        told.put("member", allForeign.get(random.nextInt(allForeign.size())));
        told.put("into", allForeign.get(random.nextInt(allForeign.size())));
        told.put("members", allForeign.get(random.nextInt(allForeign.size())));
        return new Attempt(
                operation.method(),
                path,
                type,
                new Sample(api, told).body(operation).toString());
    }

    /** An id as it is, as most often; or one digit beside it, one that nobody has, another one of the cell, one of the own cell. */
    private String changed(String id) {
        int choice = random.nextInt(20);
        if (!ID.matcher(id).matches() || choice < 12) {
            return id;
        }
        if (choice < 14) {
            int at = id.length() - 1;
            return id.substring(0, at) + Integer.toHexString(Character.digit(id.charAt(at), 16) ^ 1);
        }
        if (choice < 16) {
            return new UUID(random.nextLong(), random.nextLong()).toString();
        }
        return choice < 18 ? allForeign.get(random.nextInt(allForeign.size())) : own.get(random.nextInt(own.size()));
    }

    private static Stream<String> named(String text) {
        return ID.matcher(text).results().map(found -> found.group());
    }

    /** Replaces each id of the cell by one that nobody has, the same by the same. */
    private static final class Twin {

        private final Map<String, String> twins = new LinkedHashMap<>();

        String of(String text) {
            return ID.matcher(text)
                    .replaceAll(found -> Matcher.quoteReplacement(
                            foreign.contains(found.group())
                                    ? twins.computeIfAbsent(found.group(), Twin::another)
                                    : found.group()));
        }

        private static String another(String id) {
            return id.length() == 64
                    ? Client.sha256(UUID.randomUUID().toString().getBytes(StandardCharsets.UTF_8))
                    : UUID.randomUUID().toString();
        }
    }

    private static Map<String, String> whatTheCellHas() {
        Map<String, String> all = new TreeMap<>();
        for (Operation operation : api.operations()) {
            if (!operation.writes() && operation.template().matches("/api/(meetings|members|units)\\b.*")) {
                for (Filled path : paths.of(operation.template())) {
                    Response reply = sotay.as("secretary").get(path.path());
                    all.put(path.path(), reply.status() + reply.text());
                }
            }
        }
        return all;
    }
}
