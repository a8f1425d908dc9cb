package vn.sotay.tests;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.Normalizer;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import vn.sotay.testkit.Client;
import vn.sotay.testkit.Response;
import vn.sotay.testkit.Sotay;

/** {@code /api/search} over HTTP: what is found, by whom, how soon, and what becomes of it when the index goes. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class SearchIT {

    private static final Duration SOON = Duration.ofSeconds(20);
    private static final int QUESTIONS = Faults.times("sotay.questions", 40, 1_200);
    private static final int KILLS = Faults.times("sotay.kills", 2, 30);
    private static final long SEED = Long.getLong("sotay.seed", System.nanoTime());
    private static final List<String> PEOPLE = List.of(
            "secretary", "member", "fisherman", "secretary2", "member2", "officer", "officer2", "editor", "admin");

    private static final Path ABBREVIATIONS =
            Path.of("..", "bundles/platform/src/main/resources/sotay/abbreviations.json");
    private static final List<String> SHORT = shortForms();
    /** What is none may be read as keys of Telex, and finds more than its letters. */
    private static final String SYLLABLE = "[bcdghklmnpqrstvx]*[aeiouy]+(c|ch|m|n|ng|nh|p|t)?";

    private static final ZoneId VIET_NAM = ZoneId.of("Asia/Ho_Chi_Minh");

    /** Texts of documents by their file: each is read once. */
    private static final Map<String, String> TEXTS = new HashMap<>();

    private static Sotay sotay;

    @BeforeAll
    static void start() {
        sotay = Sotay.start(Sotay.prepared());
        // the index is made after the start; who asks meanwhile is told so
        await(
                "the search is ready",
                () -> sotay.as("fisherman").get("/api/search?q=neo").status() == 200);
    }

    @AfterAll
    static void stop() {
        sotay.close();
    }

    private static JsonNode search(Client who, String words, String... more) {
        String path = "/api/search?q=" + URLEncoder.encode(words, StandardCharsets.UTF_8)
                + (more.length == 0 ? "" : '&' + String.join("&", more));
        AtomicReference<Response> reply = new AtomicReference<>(who.get(path));
        // while it is being made it says so, and when to ask again
        await(
                "the search is there",
                () -> reply.get().status() != 503
                        || reply.updateAndGet(before -> who.get(path)).status() != 503);
        return reply.get().expect(200).json();
    }

    private static List<String> links(Client who, String words, String... more) {
        return StreamSupport.stream(search(who, words, more).path("items").spliterator(), false)
                .map(hit -> hit.path("link").asText())
                .toList();
    }

    private static void await(String what, BooleanSupplier condition) {
        Faults.await(what, SOON, condition, sotay::output);
    }

    /** Plans a meeting of the secretary's cell; gives its path among the pages. */
    private static String plan(String title, String item) {
        UUID id = UUID.randomUUID();
        String cell = sotay.as("secretary")
                .get("/api/me")
                .expect(200)
                .json()
                .at("/member/cell/id")
                .asText();
        sotay.as("secretary")
                .put(
                        "/api/meetings/" + id,
                        Map.of(
                                "cell",
                                cell,
                                "kind",
                                "THEMATIC",
                                "startsAt",
                                Instant.now()
                                        .plus(Duration.ofDays(9))
                                        .truncatedTo(ChronoUnit.SECONDS)
                                        .toString(),
                                "place",
                                "Nhà văn hóa thôn",
                                "title",
                                title,
                                "items",
                                List.of(Map.of("id", UUID.randomUUID().toString(), "title", item))))
                .expect(201);
        return "/meetings/" + id;
    }

    @Test
    @Order(1)
    void whatIsPlannedIsFoundByItsReadersAtOnce() {
        search(sotay.as("fisherman"), "họp");
        long began = System.nanoTime();
        String link = plan("Phòng chống bão số mười", "Neo đậu tàu thuyền ở vũng Hoà Hải");

        await("it is found", () -> links(sotay.as("fisherman"), "neo đậu tàu thuyền")
                .contains(link));

        System.out.println("SearchIT: found " + (System.nanoTime() - began) / 1_000_000 + " ms after it was sent");
        for (String word : List.of("san hô", "rạn đá", "bãi cát")) {
            long next = System.nanoTime();
            String planned = plan("Bảo vệ " + word, "Giữ sạch");
            await("the next is found", () -> links(sotay.as("fisherman"), word).contains(planned));
            System.out.println("SearchIT: found " + (System.nanoTime() - next) / 1_000_000 + " ms after it was sent");
        }
        for (String words : List.of(
                "neo dau tau thuyen",
                "vũng Hòa Hải",
                "vung hoa hai",
                "neo ddaauj tafu thuyeenf",
                "phong chong bao so muoi",
                "Phòng chống bão số 10 mười",
                "neo đậu tàu thuy")) {
            assertThat(links(sotay.as("fisherman"), words)).as(words).startsWith(link);
            assertThat(links(sotay.as("fisherman"), Normalizer.normalize(words, Normalizer.Form.NFD)))
                    .as("decomposed " + words)
                    .startsWith(link);
        }
        assertThat(links(sotay.as("officer2"), "neo đậu tàu thuyền")).contains(link);
        for (String stranger : List.of("member2", "secretary2", "officer3", "editor", "admin")) {
            assertThat(links(sotay.as(stranger), "neo đậu tàu thuyền vũng Hoà Hải"))
                    .as(stranger)
                    .doesNotContain(link);
        }
        sotay.anonymous().get("/api/search?q=neo").expect(401);
    }

    @Test
    @Order(2)
    void aHitShowsItsWordsAndWhereItIs() {
        String link = plan("Mua máy phát điện", "Xem báo giá máy phát điện của ba nơi bán");
        await("it is found", () -> links(sotay.as("member"), "máy phát điện").contains(link));

        JsonNode hit = search(sotay.as("member"), "bao gia may phat dien")
                .path("items")
                .get(0);

        assertThat(hit.path("link").asText()).isEqualTo(link);
        assertThat(hit.path("type").asText()).isEqualTo("meeting");
        assertThat(hit.path("id").asText()).isEqualTo(link.substring(link.lastIndexOf('/') + 1));
        assertThat(hit.path("day").asText()).isNotEmpty();
        assertThat(marked(hit.path("title"))).containsExactly("máy", "phát", "điện");
        assertThat(marked(hit.path("snippet"))).contains("báo", "giá", "máy", "phát", "điện");
        sotay.as("member").get("/api" + link).expect(200);
    }

    private static List<String> marked(JsonNode pieces) {
        return StreamSupport.stream(pieces.spliterator(), false)
                .filter(piece -> piece.path("hit").asBoolean())
                .map(piece -> piece.path("text").asText())
                .toList();
    }

    @Test
    @Order(3)
    void minutesAreFoundByTheLeadersAndAfterTheMeetingByAll() {
        String link = plan("Sơ kết quý", "Sơ kết");
        String meeting = "/api" + link;
        Client secretary = sotay.as("secretary");
        secretary
                .put(meeting + "/minutes", Map.of("text", "Chi bộ thống nhất sửa mái nhà văn hóa bằng tôn lạnh."))
                .expect(201);
        await("by the secretary", () -> links(secretary, "tôn lạnh").contains(link + "/minutes"));
        assertThat(links(sotay.as("fisherman"), "tôn lạnh")).doesNotContain(link + "/minutes");

        secretary.post(meeting + "/close").expect(200);

        await("by a member", () -> links(sotay.as("fisherman"), "tôn lạnh").contains(link + "/minutes"));
        assertThat(links(sotay.as("member2"), "tôn lạnh")).doesNotContain(link + "/minutes");
        sotay.as("fisherman").get("/api" + link + "/minutes").expect(200);
        JsonNode both = search(sotay.as("fisherman"), "sơ kết quý");
        assertThat(both.path("types").findValuesAsText("value")).contains("meeting", "meeting-minutes");
        assertThat(links(sotay.as("fisherman"), "sơ kết quý", "type=meeting-minutes"))
                .contains(link + "/minutes")
                .doesNotContain(link);
    }

    @Test
    @Order(4)
    void whatIsTakenBackIsNotFoundAnyMore() {
        String link = plan("Tập huấn đan lưới rê", "Đan lưới");
        await("it is found", () -> links(sotay.as("fisherman"), "đan lưới rê").contains(link));

        sotay.as("secretary").delete("/api" + link).expect(204);

        await("it is gone", () -> !links(sotay.as("fisherman"), "đan lưới rê").contains(link));
    }

    @Test
    @Order(5)
    void whatIsAskedWronglyIsRefusedInWords() {
        Client member = sotay.as("member");

        assertThat(member.get("/api/search").expect(422).errors()).containsExactly("q required");
        assertThat(member.get("/api/search?q=%20").expect(422).errors()).containsExactly("q required");
        assertThat(member.get("/api/search?q=" + "x".repeat(501)).expect(422).errors())
                .containsExactly("q too-long");
        member.get("/api/search?q=x&after=zzz").expect(422);
        member.get("/api/search?q=x&after=eHg").expect(422);
        member.get("/api/search?q=x&limit=0").expect(400);
        member.get("/api/search?q=x&year=two").expect(400);
        member.get("/api/search?q=x&author=me").expect(400);
        assertThat(search(member, "!?").path("total").asInt()).isZero();
        assertThat(search(member, "họp", "type=no-such").path("total").asInt()).isZero();
        assertThat(search(member, "và hoặc không \" ' ( ) * ~ : \\ AND OR NOT [a TO b]")
                        .path("items")
                        .isArray())
                .isTrue();
    }

    @Test
    @Order(5)
    void anArticleIsFoundAndOpens() {
        await("its text is found", () -> links(sotay.as("member"), "tieu chuan hoa giai vien").stream()
                .anyMatch(link -> link.endsWith("#dieu-7")));
        JsonNode hit = search(sotay.as("member"), "tieu chuan hoa giai vien")
                .path("items")
                .get(0);

        assertThat(hit.path("link").asText()).endsWith("#dieu-7");
        assertThat(marked(hit.path("title"))).containsExactly("Tiêu", "chuẩn", "hòa", "giải", "viên");
        assertThat(hit.path("within").asText()).isEqualTo("35/2013/QH13 Luật Hòa giải ở cơ sở");
        assertThat(hit.path("force").asText()).isEqualTo("NOW");
        assertThat(links(sotay.as("member"), "35/2013/QH13").get(0)).doesNotContain("#");
        assertThat(search(sotay.as("member"), "13/2023/NĐ-CP")
                        .path("items")
                        .get(0)
                        .path("force")
                        .asText())
                .isEqualTo("REPLACED");
    }

    // ---- who finds what: against what each one's change feed holds

    /**
     * What can be found of a thing, as the caller's own feed has it.
     *
     * @param parts the words of each part that is found by itself
     * @param facets what can be chosen, by the names of the query
     */
    // values are compared folded: an issuer may be written in two ways
    private record Model(String link, List<Set<String>> parts, Map<String, String> facets) {

        boolean has(Set<String> words) {
            return parts.stream().anyMatch(part -> part.containsAll(words));
        }

        Set<String> words() {
            return parts.stream().flatMap(Set::stream).collect(Collectors.toSet());
        }

        boolean isOf(Map<String, String> chosen, String without) {
            return chosen.entrySet().stream()
                    .allMatch(one -> one.getKey().equals(without)
                            || folded(one.getValue()).equals(folded(facets.getOrDefault(one.getKey(), ""))));
        }
    }

    /** The names of the choices in the query, and of their counts in the reply. */
    private static final Map<String, String> FACETS = Map.of(
            "type", "types", "year", "years", "kind", "kinds", "level", "levels", "issuer", "issuers", "inForce",
            "inForce");

    @ParameterizedTest
    @Order(6)
    @ValueSource(
            strings = {
                "secretary",
                "member",
                "fisherman",
                "secretary2",
                "member2",
                "officer",
                "officer2",
                "editor",
                "admin"
            })
    void whatIsFoundIsJustWhatOnesFeedHolds(String login) {
        Random random = new Random(SEED + login.hashCode());
        Client who = sotay.as(login);
        List<Model> own = models(login);
        List<String> vocabulary = PEOPLE.stream()
                .flatMap(one -> models(one).stream())
                .flatMap(model -> model.words().stream())
                .filter(word -> word.matches(SYLLABLE))
                .distinct()
                .sorted()
                .toList();
        int found = 0;
        for (int i = 0; i < QUESTIONS; i++) {
            Set<String> words = asked(random, vocabulary);
            Map<String, String> chosen = chosen(random, own);
            // the full stop says that the last word is whole
            JsonNode result = search(who, String.join(" ", words) + ".", query(chosen));

            String about = "seed " + SEED + ", " + login + " asks for " + words + " of " + chosen + ": " + result;
            List<Model> expected =
                    own.stream().filter(model -> model.has(words)).toList();
            List<String> hits = StreamSupport.stream(result.path("items").spliterator(), false)
                    .map(hit -> hit.path("link").asText().replaceFirst("#.*", ""))
                    .sorted()
                    .toList();
            if (!expected.isEmpty()) {
                assertThat(hits)
                        .as(about)
                        .isEqualTo(expected.stream()
                                .filter(model -> model.isOf(chosen, ""))
                                .map(Model::link)
                                .sorted()
                                .toList());
                FACETS.forEach((name, counts) -> assertThat(counts(result.path(counts)))
                        .as(counts + ", " + about)
                        .isEqualTo(counts(expected, chosen, name)));
            } else {
                // some of the words, then; and nothing of others
                assertThat(own.stream().filter(model -> model.isOf(chosen, "")).map(Model::link))
                        .as(about)
                        .containsAll(hits);
            }
            assertThat(result.path("total").asInt()).as(about).isEqualTo(hits.size());
            Set<String> known = new TreeSet<>(words);
            own.forEach(model -> known.addAll(model.words()));
            assertThat(known)
                    .as(about)
                    .containsAll(words(result.path("suggestion").asText("")));
            found += hits.size();
        }
        System.out.println("SearchIT: " + login + ", " + own.size() + " of its own, " + QUESTIONS + " questions, "
                + found + " hits, none of others");
    }

    /** One word or two, none of which is short for others, or the other way round: what those find is tested by tables. */
    private static Set<String> asked(Random random, List<String> vocabulary) {
        Set<String> words = new TreeSet<>();
        do {
            words.clear();
            for (int j = 0; j < 1 + random.nextInt(2); j++) {
                words.add(vocabulary.get(random.nextInt(vocabulary.size())));
            }
        } while (SHORT.stream().anyMatch(form -> (' ' + String.join(" ", words) + ' ').contains(form)));
        return words;
    }

    /** Short forms and what they are short for, folded, between blanks. */
    private static List<String> shortForms() {
        try {
            // quoted are only these
            return Pattern.compile("\"([^\"]+)\"")
                    .matcher(Files.readString(ABBREVIATIONS))
                    .results()
                    .map(form -> ' ' + folded(form.group(1)) + ' ')
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** At times something that there is, of one thing or of two that do not go together. */
    private static Map<String, String> chosen(Random random, List<Model> own) {
        Map<String, String> chosen = new TreeMap<>();
        for (int i = random.nextInt(3); i > 0 && !own.isEmpty(); i--) {
            Map<String, String> facets = own.get(random.nextInt(own.size())).facets();
            List<String> names = facets.keySet().stream().sorted().toList();
            String name = names.get(random.nextInt(names.size()));
            chosen.put(name, facets.get(name));
        }
        return chosen;
    }

    private static String[] query(Map<String, String> chosen) {
        return Stream.concat(
                        Stream.of("limit=500"),
                        chosen.entrySet().stream()
                                .map(one ->
                                        one.getKey() + '=' + URLEncoder.encode(one.getValue(), StandardCharsets.UTF_8)))
                .toArray(String[]::new);
    }

    private static Map<String, Integer> counts(JsonNode counts) {
        Map<String, Integer> byValue = new TreeMap<>();
        counts.forEach(one -> byValue.put(
                folded(one.path("value").asText()), one.path("count").asInt()));
        return byValue;
    }

    /** Of one facet, as if nothing of it were chosen. */
    private static Map<String, Integer> counts(List<Model> found, Map<String, String> chosen, String facet) {
        Map<String, Integer> byValue = new TreeMap<>();
        found.stream()
                .filter(model -> model.isOf(chosen, facet) && model.facets().containsKey(facet))
                .forEach(model -> byValue.merge(folded(model.facets().get(facet)), 1, Integer::sum));
        return byValue;
    }

    private static List<Model> models(String login) {
        Map<String, JsonNode> things;
        try (Follower follower = Follower.start(sotay, login, 0)) {
            follower.finish();
            things = new TreeMap<>(follower.things());
        }
        Map<String, JsonNode> meetings = new HashMap<>();
        Map<String, JsonNode> minutes = new HashMap<>();
        Map<String, JsonNode> documents = new HashMap<>();
        List<Model> models = new ArrayList<>();
        things.values().forEach(thing -> {
            if (thing.path("type").asText().equals("meeting")) {
                meetings.put(thing.path("id").asText(), thing.path("data"));
            } else if (thing.path("type").asText().equals("meeting-minutes")) {
                minutes.put(thing.path("id").asText(), thing.path("data"));
            } else if (thing.path("type").asText().equals("document")) {
                documents.put(thing.path("id").asText(), thing.path("data"));
            } else if (thing.path("type").asText().equals("news")) {
                models.add(news(thing.path("id").asText(), thing.path("data")));
            } else if (thing.path("type").asText().equals("question-entry")) {
                JsonNode data = thing.path("data");
                models.add(new Model(
                        "/questions/base/" + thing.path("id").asText(),
                        List.of(words(
                                data.path("text").asText(), data.path("answer").asText())),
                        published("question-entry", data)));
            }
        });
        meetings.forEach((id, data) -> {
            Set<String> words =
                    words(data.path("title").asText(), data.path("place").asText());
            data.path("items").forEach(item -> {
                words.addAll(words(item.path("title").asText()));
                item.path("documents")
                        .forEach(document ->
                                words.addAll(words(document.path("name").asText())));
            });
            models.add(new Model(
                    "/meetings/" + id,
                    List.of(words),
                    Map.of("type", "meeting", "year", day(data).substring(0, 4))));
        });
        minutes.forEach((id, data) -> models.add(new Model(
                "/meetings/" + id + "/minutes",
                List.of(words(
                        "Biên bản: " + meetings.get(id).path("title").asText(),
                        data.path("text").asText())),
                Map.of("type", "meeting-minutes", "year", day(meetings.get(id)).substring(0, 4)))));
        documents.forEach((id, data) -> models.add(new Model("/documents/" + id, parts(data), facets(data))));
        return models;
    }

    private static Model news(String id, JsonNode data) {
        Set<String> words = words(data.path("title").asText(), data.path("lead").asText());
        data.path("blocks").forEach(block -> {
            StringBuilder text = new StringBuilder();
            block.path("spans").forEach(span -> text.append(span.path("text").asText()));
            words.addAll(words(text.toString()));
        });
        data.path("pictures")
                .forEach(picture -> words.addAll(words(picture.path("alt").asText())));
        return new Model("/news/" + id, List.of(words), published("news", data));
    }

    private static Map<String, String> published(String type, JsonNode data) {
        return data.hasNonNull("publishedAt")
                ? Map.of(
                        "type",
                        type,
                        "year",
                        Integer.toString(LocalDate.ofInstant(
                                        Instant.parse(data.path("publishedAt").asText()), VIET_NAM)
                                .getYear()))
                : Map.of("type", type);
    }

    /** A document and each of its articles: the demo's begin with a heading of the third rank. */
    private static List<Set<String>> parts(JsonNode document) {
        String number = document.path("number").asText();
        String title = document.path("title").asText();
        Set<String> whole = words(number, title, document.path("issuer").asText());
        document.path("topics").forEach(topic -> whole.addAll(words(topic.asText())));
        List<Set<String>> parts = new ArrayList<>(List.of(whole));
        document.path("files").forEach(file -> {
            Set<String> part = whole;
            for (String line : TEXTS.computeIfAbsent(file.path("file").asText(), SearchIT::text)
                    .split("\\R")) {
                if (line.startsWith("### Điều ")) {
                    part = words(number, title);
                    parts.add(part);
                } else if (line.startsWith("#")) {
                    part = whole;
                }
                part.addAll(words(line));
            }
        });
        return parts;
    }

    private static String text(String file) {
        return sotay.as("editor").get("/api/files/" + file).expect(200).text();
    }

    /** The day of a meeting, in Viet Nam. */
    private static String day(JsonNode meeting) {
        return LocalDate.ofInstant(Instant.parse(meeting.path("startsAt").asText()), VIET_NAM)
                .toString();
    }

    private static Map<String, String> facets(JsonNode document) {
        Map<String, String> facets = new TreeMap<>();
        facets.put("type", "document");
        for (String name : List.of("kind", "level", "issuer")) {
            facets.put(name, document.path(name).asText());
        }
        String signed = document.path("signed").asText("");
        if (!signed.isEmpty()) {
            facets.put("year", signed.substring(0, 4));
        }
        String today = LocalDate.now(VIET_NAM).toString();
        boolean isReplaced = StreamSupport.stream(document.path("replacedBy").spliterator(), false)
                .anyMatch(one -> one.path("from").asText("").compareTo(today) <= 0);
        boolean inForce = !document.has("opinionsUntil")
                && document.path("effective").asText(signed).compareTo(today) <= 0
                && document.path("expires").asText("9999").compareTo(today) > 0
                && !isReplaced;
        facets.put("inForce", Boolean.toString(inForce));
        return facets;
    }

    /** Folded words, cut at whatever is no letter or digit; those with a dot within are left to others. */
    private static Set<String> words(String... texts) {
        Set<String> words = new TreeSet<>();
        for (String text : texts) {
            Arrays.stream(folded(text).split("[^\\p{L}\\p{N}]+"))
                    .filter(word -> word.matches("[a-z]+"))
                    .forEach(words::add);
        }
        return words;
    }

    private static String folded(String text) {
        return Normalizer.normalize(text.toLowerCase(), Normalizer.Form.NFD)
                .replaceAll("\\p{M}", "")
                .replace('đ', 'd');
    }

    // ---- what becomes of it

    @Test
    @Order(7)
    void anIndexThatIsDeletedComesAgainByItself() throws IOException {
        String link = plan("Trồng rừng phòng hộ", "Giao đất trồng rừng");
        await("it is found", () -> links(sotay.as("fisherman"), "trồng rừng phòng hộ")
                .contains(link));
        Path folder = sotay.data().resolve("search");
        delete(folder);

        assertThat(links(sotay.as("fisherman"), "trồng rừng phòng hộ"))
                .as("meanwhile")
                .contains(link);
        String next = plan("Ươm cây keo", "Vườn ươm");
        await("what came after", () -> links(sotay.as("fisherman"), "ươm cây keo")
                .contains(next));
        assertThat(links(sotay.as("fisherman"), "trồng rừng phòng hộ")).contains(link);
        assertThat(folder).isNotEmptyDirectory();
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }

    @Test
    @Order(8)
    void killedItIsWholeAgainAfterTheStart() {
        String link = plan("Diễn tập cứu nạn", "Cứu nạn trên biển");
        sotay.kill();
        sotay.startAgain();

        assertThat(links(sotay.as("fisherman"), "diễn tập cứu nạn")).contains(link);
        assertThat(links(sotay.as("fisherman"), "trồng rừng phòng hộ")).hasSizeGreaterThan(0);
        assertThat(sotay.output()).doesNotContain(" ERROR ", "\tat ");
    }

    @Test
    @Order(9)
    void killedWhileTheIndexIsMadeItIsWholeAfterTheNextStart() throws IOException {
        Path folder = sotay.data().resolve("search");
        for (int i = 0; i < KILLS; i++) {
            sotay.kill();
            delete(folder);
            sotay.startAgain();
            CompletableFuture<Void> asked =
                    CompletableFuture.runAsync(() -> sotay.as("fisherman").get("/api/search?q=ngh%E1%BB%8B"));
            await("the index is being made", () -> hasChildren(folder));
            sotay.kill();
            // it had its answer before, or never
            asked.exceptionally(failure -> null).join();
            sotay.startAgain();

            assertThat(links(sotay.as("fisherman"), "diễn tập cứu nạn"))
                    .filteredOn(link -> link.startsWith("/meetings/"))
                    .hasSize(1);
            assertThat(links(sotay.as("editor"), "luật hòa giải")).isNotEmpty();
            assertThat(sotay.output()).doesNotContain(" ERROR ", "\tat ");
        }
    }

    private static boolean hasChildren(Path folder) {
        String[] names = folder.toFile().list();
        return names != null && names.length > 0;
    }

    @Test
    @Order(10)
    void aModuleThatIsStoppedIsNotFoundUntilItIsBack() {
        Client admin = sotay.as("admin");
        admin.post("/api/modules/meetings/stop").expect(200);
        assertThat(search(sotay.as("fisherman"), "diễn tập cứu nạn")
                        .path("types")
                        .findValuesAsText("value"))
                .as("of other modules something may be found")
                .doesNotContain("meeting", "meeting-minutes");

        admin.post("/api/modules/meetings/start").expect(200);

        await("it is back", () -> search(sotay.as("fisherman"), "diễn tập cứu nạn")
                .path("types")
                .findValuesAsText("value")
                .contains("meeting"));
    }
}
