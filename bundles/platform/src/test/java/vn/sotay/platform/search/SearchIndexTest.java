package vn.sotay.platform.search;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import vn.sotay.api.search.SearchDocument;
import vn.sotay.api.search.SearchDocument.Force;
import vn.sotay.platform.search.SearchResult.Count;
import vn.sotay.platform.search.SearchResult.Hit;
import vn.sotay.platform.search.SearchResult.Piece;

/** What is found, in which order, and by whom: on a small collection that was written for this. */
class SearchIndexTest {

    private static final String EVERYONE = "everyone";
    private static final String TYPE = "note";
    private static final LocalDate DAY = LocalDate.of(2026, 6, 1);

    @TempDir
    Path folder;

    private SearchIndex index;
    private final Map<UUID, String> names = new TreeMap<>();

    @BeforeEach
    void open() throws IOException {
        index = SearchIndex.open(folder.resolve("index"), null);
    }

    @AfterEach
    void close() throws IOException {
        index.close();
    }

    private void add(String name, SearchDocument document) throws IOException {
        UUID id = UUID.nameUUIDFromBytes(name.getBytes(java.nio.charset.StandardCharsets.UTF_8));
        names.put(id, name);
        index.put(TYPE, id, List.of(new Entry(TYPE, id, Set.of(EVERYONE), Set.of(), document)));
    }

    private static SearchDocument note(String title, String text) {
        return SearchDocument.of(title, "/notes").text(text);
    }

    /** Much that is about something else, so that words are as rare as in life. */
    private void addOthers() throws IOException {
        String[] others = {
            "Kế hoạch trồng cây đầu xuân trên tuyến đường ven sông",
            "Thông báo lịch cắt điện để sửa chữa trạm biến áp",
            "Danh sách hộ nuôi tôm nhận hỗ trợ giống sau bão",
            "Hướng dẫn tiêm phòng cho trâu bò trong tháng ba",
            "Lịch trực cứu hộ tàu cá mùa biển động",
            "Kết quả thu gom rác thải nhựa trên bãi biển",
        };
        for (String other : others) {
            add(other, note(other, other + ". Đề nghị bà con theo dõi và thực hiện đúng thời gian đã báo."));
        }
    }

    private SearchResult ask(String words) throws IOException {
        index.refresh();
        return index.search(new Ask(words, Set.of(EVERYONE), Set.of(TYPE), Map.of(), DAY, 0, 20));
    }

    private List<String> found(String words) throws IOException {
        return ask(words).items().stream().map(hit -> names.get(hit.id())).toList();
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "Nghị quyết về nông thôn mới",
        "nghi quyet ve nong thon moi",
        "NGHỊ QUYẾT VỀ NÔNG THÔN MỚI",
        "nghij quyeets veef noong thoon mowis",
        "nghi quyết ve nông thon mới",
        "NQ nông thôn mới",
        "nghị quyết ntm",
        "nghi quye",
        "thuỷ sản hòa bình",
        "thủy sản hoà bình",
        "05-NQ/CB",
        "05 nq cb",
        "nghi quyet 05",
        "nghị quyết số 5",
    })
    void isFoundHoweverItIsTyped(String words) throws IOException {
        addOthers();
        add(
                "it",
                note(
                                "Nghị quyết về xây dựng nông thôn mới",
                                "Phát triển thủy sản ở thôn Hoà Bình, làm đường, giữ vệ sinh.")
                        .number("05-NQ/CB"));

        assertThat(found(words)).startsWith("it");
        assertThat(found(java.text.Normalizer.normalize(words, java.text.Normalizer.Form.NFD)))
                .as("decomposed")
                .startsWith("it");
    }

    @Test
    void marksOutrankTheirAbsence() throws IOException {
        addOthers();
        add("cân", note("Ghi chép", "Cán bộ đo cân nặng trẻ em ở trạm y tế."));
        add("cán", note("Ghi chép", "Cân bo đo cán nặng trẻ em ở trạm y tế."));

        assertThat(found("cân nặng").get(0)).isEqualTo("cân");
        assertThat(found("cán nặng").get(0)).isEqualTo("cán");
        assertThat(found("can nang")).containsExactlyInAnyOrder("cân", "cán");
    }

    @Test
    void aPhraseOutranksItsWordsScattered() throws IOException {
        addOthers();
        add(
                "scattered",
                note("Ghi chép", "Đảng bộ bàn việc; mỗi viên gạch, mỗi đoàn viên, hội viên; dự kiến bị gián đoạn."));
        add(
                "phrase",
                note("Ghi chép", "Lễ kết nạp: bàn việc mỗi ngày, gạch lát sân, dự bị, đảng viên dự bị của chi bộ."));

        assertThat(found("đảng viên dự bị").get(0)).isEqualTo("phrase");
        assertThat(found("dang vien du bi").get(0)).isEqualTo("phrase");
    }

    @Test
    void theTitleOutranksTheText() throws IOException {
        addOthers();
        add("text", note("Ghi chép buổi chiều", "Bàn về học phí của trẻ em trong thôn và việc khác."));
        add("title", note("Học phí của trẻ em", "Bàn trong buổi chiều, ghi chép lại việc khác."));

        assertThat(found("học phí trẻ em")).startsWith("title", "text");
    }

    @Test
    void aNumberOutranksThoseThatCiteIt() throws IOException {
        addOthers();
        add(
                "cites",
                note("Quy định 01-QĐ/TW", "Thực hiện Quy định 01-QĐ/TW. Quy định 01-QĐ/TW nêu: Quy định 01-QĐ/TW."));
        add("bears", note("Về những điều không được làm", "Mười chín điều.").number("01-QĐ/TW"));
        add("other", note("Về công tác kiểm tra", "Trình tự.").number("11-QĐ/TW"));

        for (String words : List.of("01-QĐ/TW", "01 qd tw", "quy dinh 01")) {
            assertThat(found(words)).as(words).startsWith("bears");
        }
        assertThat(found("11-QĐ/TW")).startsWith("other");
    }

    @Test
    void aFewWordsMustAllBeThereAndOfMoreAPart() throws IOException {
        addOthers();
        add("one", note("Ghi chép", "Sổ tay đảng viên."));
        add("two", note("Ghi chép", "Sổ tay nhà nông."));

        assertThat(found("sổ tay đảng")).containsExactly("one");
        assertThat(found("sổ tay điện tử của người đảng viên hôm nay")).startsWith("one");
        assertThat(found("sổ zzz")).as("rather something than nothing").containsExactlyInAnyOrder("one", "two");
        assertThat(found("zzz")).isEmpty();
        assertThat(found("?!")).isEmpty();
    }

    @Test
    void whatIsFoundIsMarkedInItsOwnSpelling() throws IOException {
        add(
                "it",
                note(
                        "Nghị quyết tháng Ba",
                        "Mở đầu không có gì. " + "Câu này dài mà chẳng nói gì thêm. ".repeat(30)
                                + "Chi bộ quyết nghị thu đảng phí đúng hạn. Hết."));

        Hit hit = ask("dang phi").items().get(0);

        assertThat(text(hit.snippet())).isEqualTo("Chi bộ quyết nghị thu đảng phí đúng hạn.");
        assertThat(marked(hit.snippet())).containsExactly("đảng", "phí");
        assertThat(marked(ask("nghi").items().get(0).title())).containsExactly("Nghị");
        assertThat(text(ask("nq").items().get(0).title())).isEqualTo("Nghị quyết tháng Ba");
        assertThat(marked(ask("nq").items().get(0).title())).containsExactly("Nghị", "quyết");
    }

    private static String text(List<Piece> pieces) {
        return pieces.stream().map(Piece::text).collect(Collectors.joining());
    }

    private static List<String> marked(List<Piece> pieces) {
        return pieces.stream()
                .filter(piece -> piece.hit() != null)
                .map(Piece::text)
                .toList();
    }

    @Test
    void wordsEndAtADotBetweenThem() throws IOException {
        add("it", note("du-thao-nghi_quyet.pdf", "Đã họp.Nghị quyết được thông qua; thu 1.500.000 đồng."));

        for (String words :
                List.of("nghi quyet", "du thao nghi quyet", "quyet.pdf", "hop nghi quyet", "1.500.000 đồng")) {
            assertThat(found(words)).as(words).containsExactly("it");
        }
        assertThat(text(ask("nghi quyet").items().get(0).title())).isEqualTo("du-thao-nghi_quyet.pdf");
    }

    @ParameterizedTest(name = "{0} → {1}")
    @CsvSource({
        "nghi quyrt, nghị quyết",
        "thong bso, thông báo",
        "nghi quyrt 05, nghị quyết 5",
        "nghi quyet,",
        "zzzzzz,",
        "05,",
        "d321a70b-f2bc-3c73-quyrt-fc10dfe8d6d2,"
    })
    void aWordThatIsNowhereIsCorrected(String words, String suggestion) throws IOException {
        addOthers();
        add("it", note("Nghị quyết", "Thông báo."));

        assertThat(ask(words).suggestion()).isEqualTo(suggestion);
    }

    @Test
    void aWordThatNeverStandsBesideItsNeighboursIsCorrectedWhereHardlyAnythingIsFound() throws IOException {
        addOthers();
        for (int i = 0; i < 5; i++) {
            add("hội " + i, note("Quyền của hòa giải viên", "Hòa giải viên có các quyền sau đây, kỳ " + i + "."));
        }
        add("other", note("Vườn ươm", "Hòa giải; về viện giống."));

        assertThat(ask("hoa giai vien").suggestion()).isNull();
        assertThat(ask("giống về giai vieng.").suggestion()).isEqualTo("giống về giải viên");
        assertThat(ask("quyền của hoa gioi vien.").suggestion()).isEqualTo("quyền của hòa giải viên");
    }

    @Test
    void aThingOfManyPartsIsFoundOnceAndOpensAtTheOneThatAnswers() throws IOException {
        addOthers();
        UUID id = UUID.randomUUID();
        List<Entry> parts = IntStream.range(0, 30)
                .mapToObj(i -> new Entry(
                        TYPE,
                        id,
                        Set.of(EVERYONE),
                        Set.of(),
                        SearchDocument.of("Điều " + i + ". Hòa giải", "/notes#dieu-" + i)
                                .within("Luật Hòa giải")
                                .text(i == 12 ? "Hòa giải viên được hưởng thù lao." : "Việc khác về hòa giải.")))
                .toList();
        index.put(TYPE, id, parts);
        add("other", note("Hòa giải ở thôn", "Không có gì thêm."));

        SearchResult result = ask("thù lao hòa giải");
        assertThat(result.items().get(0).link()).isEqualTo("/notes#dieu-12");
        assertThat(result.items().get(0).within()).isEqualTo("Luật Hòa giải");
        SearchResult all = ask("hòa giải");
        assertThat(all.total()).isEqualTo(2);
        assertThat(all.items()).hasSize(2);
        assertThat(all.types()).containsExactly(new Count(TYPE, 2));
        SearchResult page = index.search(new Ask("hòa giải", Set.of(EVERYONE), Set.of(TYPE), Map.of(), DAY, 1, 1));
        assertThat(page.items()).hasSize(1);
        assertThat(page.items().get(0).link()).isEqualTo(all.items().get(1).link());
        assertThat(page.next()).isNull();
    }

    private static SearchDocument law(int number, String issuer, Force force) {
        return note("Luật về phí số " + number, "Quy định mức phí.")
                .kind(number % 2 == 0 ? "LAW" : "DECREE")
                .level("CENTRAL")
                .number("0" + number + "/2026/QH15")
                .issuer(issuer)
                .force(force)
                .day(LocalDate.of(2020 + number, 1, 1));
    }

    @Test
    void whatIsInForceComesFirstAndTheOtherSaysWhy() throws IOException {
        addOthers();
        add("always", law(0, "Quốc hội", new Force(null, null, null)));
        add("ended", law(1, "Quốc hội", new Force(null, DAY, null)));
        add("replaced", law(2, "Quốc Hội", new Force(null, DAY.minusDays(1), "12/2026/QH15")));
        add("coming", law(3, "Chính phủ", new Force(DAY.plusDays(1), null, null)));
        add("note", note("Về phí", "Không là luật."));

        SearchResult all = ask("phí");

        List<Hit> hits = all.items();
        assertThat(hits.stream().limit(2).map(hit -> names.get(hit.id()))).containsExactlyInAnyOrder("always", "note");
        assertThat(hits.stream()
                        .filter(hit -> hit.replacedBy() != null)
                        .map(hit -> names.get(hit.id()) + ' ' + hit.force() + ' ' + hit.replacedBy()))
                .containsExactly("replaced REPLACED 12/2026/QH15");
        Map<String, SearchResult.Force> forces = new TreeMap<>();
        hits.stream().filter(hit -> hit.force() != null).forEach(hit -> forces.put(names.get(hit.id()), hit.force()));
        assertThat(forces)
                .isEqualTo(Map.of(
                        "always", SearchResult.Force.NOW,
                        "ended", SearchResult.Force.ENDED,
                        "replaced", SearchResult.Force.REPLACED,
                        "coming", SearchResult.Force.NOT_YET));
        assertThat(found("02/2026/QH15").get(0))
                .as("a number that is asked for")
                .isEqualTo("replaced");
        assertThat(all.inForce()).containsExactly(new Count("false", 3), new Count("true", 1));
        assertThat(all.kinds()).containsExactly(new Count("DECREE", 2), new Count("LAW", 2));
        assertThat(all.levels()).containsExactly(new Count("CENTRAL", 4));
        assertThat(all.issuers()).containsExactly(new Count("Quốc hội", 3), new Count("Chính phủ", 1));
    }

    @Test
    void aChoiceCountsForAllOthers() throws IOException {
        add("always", law(0, "Quốc hội", new Force(null, null, null)));
        add("ended", law(1, "Quốc hội", new Force(null, DAY, null)));
        add("other", law(2, "Chính phủ", new Force(null, null, null)));
        index.refresh();

        SearchResult chosen = index.search(new Ask(
                "phí",
                Set.of(EVERYONE),
                Set.of(TYPE),
                Map.of(Facet.ISSUER, "QUỐC HỘI", Facet.IN_FORCE, "true"),
                DAY,
                0,
                20));

        assertThat(chosen.items().stream().map(hit -> names.get(hit.id()))).containsExactly("always");
        assertThat(chosen.total()).isEqualTo(1);
        assertThat(chosen.kinds()).containsExactly(new Count("LAW", 1));
        assertThat(chosen.issuers()).containsExactly(new Count("Chính phủ", 1), new Count("Quốc hội", 1));
        assertThat(chosen.inForce()).containsExactly(new Count("false", 1), new Count("true", 1));
    }

    @Test
    void pagesFollowOneAnotherAndCountsAreOfAll() throws IOException {
        for (int i = 0; i < 7; i++) {
            add("2024-" + i, note("Họp chi bộ " + i, "Nội dung.").day(LocalDate.of(2024, 1, 1)));
            add("2025-" + i, note("Họp chi bộ " + i, "Nội dung.").day(LocalDate.of(2025, 1, 1)));
        }
        index.refresh();
        Set<String> seen = new HashSet<>();
        String next = "";
        for (int from = 0; next != null; from += 5) {
            SearchResult page = index.search(new Ask("họp", Set.of(EVERYONE), Set.of(TYPE), Map.of(), DAY, from, 5));
            assertThat(page.total()).isEqualTo(14);
            assertThat(page.years()).containsExactly(new Count("2025", 7), new Count("2024", 7));
            page.items()
                    .forEach(hit -> assertThat(seen.add(names.get(hit.id()))).isTrue());
            next = page.next();
        }
        assertThat(seen).hasSize(14);

        SearchResult year = index.search(new Ask(
                "họp", Set.of(EVERYONE), Set.of(TYPE), Map.of(Facet.TYPE, TYPE, Facet.YEAR, "2024"), DAY, 0, 20));

        assertThat(year.total()).isEqualTo(7);
        assertThat(year.items()).hasSize(7).allMatch(hit -> hit.day().getYear() == 2024);
        assertThat(year.years()).as("the others can still be chosen").hasSize(2);
    }

    /** More than is weighed by all that counts. */
    private static final int MANY = 3 * Best.WEIGHED;

    @ParameterizedTest(name = "{0}")
    @ValueSource(
            strings = {
                "họp chi bộ",
                "họp chi bộ về thu nộp đảng phí của đảng viên ở thôn ven biển",
            })
    void ofMoreThanIsWeighedPagesFollowOneAnotherToo(String words) throws IOException {
        for (int i = 0; i < MANY; i++) {
            String text =
                    i % 3 == 0 ? "Bàn việc thu nộp đảng phí của đảng viên." : "Ở thôn ven biển, thu nộp đảng phí.";
            add("n" + i, note("Họp chi bộ " + i, text));
        }
        index.refresh();
        List<UUID> seen = new ArrayList<>();
        for (int from = 0; from < MANY; from += 40) {
            SearchResult page = index.search(new Ask(words, Set.of(EVERYONE), Set.of(TYPE), Map.of(), DAY, from, 40));
            assertThat(page.total()).isEqualTo(MANY);
            page.items().forEach(hit -> seen.add(hit.id()));
        }
        assertThat(seen).hasSize(MANY).doesNotHaveDuplicates();
    }

    @Test
    void aFewWithMostOfTheWordsAreFoundBehindManyWithARareOne() throws IOException {
        for (int i = 0; i < MANY; i++) {
            add("rare" + i, note("Ngư lưới cụ", "Ngư lưới cụ, ngư lưới cụ, ngư lưới cụ."));
        }
        for (String other : List.of("Đảng viên đi biển dài ngày xin nghỉ họp", "Xin nghỉ họp khi đi biển dài ngày")) {
            add(other, note("Ghi chép", other + " thì báo trước cho bí thư."));
        }
        addOthers();

        assertThat(found("đảng viên đi biển mang ngư lưới cụ dài ngày có được xin nghỉ họp không"))
                .containsExactlyInAnyOrder(
                        "Đảng viên đi biển dài ngày xin nghỉ họp", "Xin nghỉ họp khi đi biển dài ngày");
    }

    @Test
    void theBestPlaceOfALongThingIsFoundBehindManyThatHaveTheWords() throws IOException {
        UUID law = UUID.nameUUIDFromBytes(new byte[] {1});
        List<Entry> articles = new ArrayList<>();
        for (int i = 0; i < MANY; i++) {
            articles.add(article(law, i, "Phiên họp thảo luận nội dung kỳ trước thì ghi biên bản."));
        }
        articles.add(article(law, MANY, "Phiên họp có nội dung bí mật thì không mang phương tiện thu phát vào họp."));
        index.put(TYPE, law, articles);
        addOthers();

        assertThat(ask("phiên họp có nội dung bí mật thì mang phương tiện nào")
                        .items()
                        .get(0)
                        .link())
                .isEqualTo("/notes#" + MANY);
    }

    private static Entry article(UUID law, int number, String text) {
        return new Entry(
                TYPE,
                law,
                Set.of(EVERYONE),
                Set.of(),
                SearchDocument.of("Điều " + number, "/notes#" + number).text(text));
    }

    @Test
    void whatIsInForceComesBeforeMoreThanIsWeighed() throws IOException {
        for (int i = 0; i < MANY; i++) {
            add("ended" + i, note("Phí, phí, phí và lệ phí", "Mức phí.").force(new Force(null, DAY, null)));
        }
        add(
                "current",
                note("Việc khác", "Có nói tới một khoản phí ở giữa nhiều điều khác.")
                        .force(new Force(null, null, null)));

        assertThat(found("phí").get(0)).isEqualTo("current");
    }

    @Test
    void asWrittenOutranksMoreThanIsWeighedThatIsWrittenOtherwise() throws IOException {
        for (int i = 0; i < MANY; i++) {
            add("cần" + i, note("Việc cần làm", "Cần làm, cần biết."));
        }
        add("cân", note("Ghi chép về việc này", "Cái cân ở trạm y tế."));

        assertThat(found("cân").get(0)).isEqualTo("cân");
    }

    @Test
    void aTypeThatNobodyBringsIsNotFound() throws IOException {
        add("it", note("Họp", "Nội dung."));
        index.refresh();

        assertThat(index.search(new Ask("họp", Set.of(EVERYONE), Set.of(), Map.of(), DAY, 0, 20))
                        .total())
                .isZero();
        assertThat(index.search(new Ask("họp", Set.of(), Set.of(TYPE), Map.of(), DAY, 0, 20))
                        .total())
                .isZero();
        assertThat(index.search(new Ask("họp", Set.of(EVERYONE), Set.of(TYPE), Map.of(Facet.TYPE, "other"), DAY, 0, 20))
                        .total())
                .isZero();
    }

    @Test
    void whatIsPutAgainIsReplaced() throws IOException {
        add("it", note("Họp một", "Nội dung."));
        add("it", note("Họp hai", "Nội dung."));

        assertThat(found("họp")).hasSize(1);
        assertThat(found("họp hai")).hasSize(1);

        index.put(TYPE, names.keySet().iterator().next(), List.of());

        assertThat(found("họp")).isEmpty();
    }

    // ---- who finds what

    /** A thing that says different things to different audiences, in the order of who is told more. */
    private record Told(UUID id, String type, List<Entry> entries) {}

    private static final String[] VOCABULARY = {
        "họp", "chi", "bộ", "nghị", "quyết", "đảng", "viên", "phí", "kế", "hoạch", "thôn", "biển", "tàu", "cá", "rừng",
        "núi", "trường", "học", "trạm", "đường"
    };

    /** For many made-up callers the index of everything gives what one gives that has nothing but what the caller may see. */
    @Test
    void nothingComesFromOutsideOnesAudiences() throws IOException {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        List<String> audiences =
                IntStream.range(0, 12).mapToObj(i -> "members:" + i).toList();
        List<Told> all =
                IntStream.range(0, 150).mapToObj(i -> told(random, audiences)).toList();
        for (Told told : all) {
            index.put(told.type(), told.id(), told.entries());
        }
        index.refresh();
        for (int i = 0; i < 40; i++) {
            Set<String> own = some(random, audiences, 1 + random.nextInt(3));
            try (SearchIndex visible = SearchIndex.open(folder.resolve("caller-" + i), null)) {
                for (Told told : all) {
                    visible.put(told.type(), told.id(), seen(told, own));
                }
                visible.refresh();
                for (int j = 0; j < 25; j++) {
                    String words = words(random);
                    Ask ask = new Ask(words, own, Set.of("note", "letter"), chosen(random), DAY, 0, 500);

                    SearchResult found = index.search(ask);
                    SearchResult expected = visible.search(ask);

                    String about = "seed " + seed + ", caller " + own + ", asks " + ask;
                    assertThat(keys(found)).as(about).isEqualTo(keys(expected));
                    assertThat(found.items()).as(about).hasSize(found.total());
                    assertThat(found.total()).as(about).isEqualTo(expected.total());
                    assertThat(found.types()).as(about).isEqualTo(expected.types());
                    assertThat(found.years()).as(about).isEqualTo(expected.years());
                    assertThat(found.kinds()).as(about).isEqualTo(expected.kinds());
                    assertThat(found.issuers()).as(about).isEqualTo(expected.issuers());
                    assertThat(found.inForce()).as(about).isEqualTo(expected.inForce());
                    assertThat(found.suggestion()).as(about).isEqualTo(expected.suggestion());
                    assertThat(keys(found)).as(about + ", by the model").isSubsetOf(mayBeSeen(all, own));
                }
            }
        }
    }

    private static Map<Facet, String> chosen(Random random) {
        Map<Facet, String> chosen = new EnumMap<>(Facet.class);
        if (random.nextInt(4) == 0) {
            chosen.put(Facet.TYPE, "letter");
        }
        if (random.nextInt(4) == 0) {
            chosen.put(Facet.YEAR, Integer.toString(2020 + random.nextInt(4)));
        }
        if (random.nextInt(4) == 0) {
            chosen.put(Facet.KIND, "LAW");
        }
        if (random.nextInt(4) == 0) {
            chosen.put(Facet.IN_FORCE, Boolean.toString(random.nextBoolean()));
        }
        return chosen;
    }

    private static Told told(Random random, List<String> audiences) {
        UUID id = new UUID(random.nextLong(), random.nextLong());
        String type = List.of("note", "letter", "gone").get(random.nextInt(3));
        List<Entry> entries = new ArrayList<>();
        Set<String> better = new TreeSet<>();
        for (int i = 0; i < 1 + random.nextInt(2); i++) {
            Set<String> told = some(random, audiences, 1 + random.nextInt(3));
            told.removeAll(better);
            if (!told.isEmpty()) {
                LocalDate day = LocalDate.of(2020 + random.nextInt(4), 1, 1);
                String kind = List.of("LAW", "DECREE").get(random.nextInt(2));
                Force force = new Force(null, random.nextBoolean() ? DAY : null, null);
                for (int part = 0; part < 1 + random.nextInt(3); part++) {
                    SearchDocument document = SearchDocument.of(words(random), "/" + id + "/" + i + "#" + part)
                            .text(words(random) + " " + words(random))
                            .kind(kind)
                            .issuer("Ban " + kind)
                            .force(force)
                            .day(day);
                    entries.add(new Entry(type, id, Set.copyOf(told), Set.copyOf(better), document));
                }
                better.addAll(told);
            }
        }
        return new Told(id, type, entries);
    }

    /** What a caller may see of a thing, as if there were nothing else. */
    private static List<Entry> seen(Told told, Set<String> own) {
        return told.entries().stream()
                .filter(entry -> entry.audiences().stream().anyMatch(own::contains)
                        && entry.better().stream().noneMatch(own::contains))
                .map(entry -> new Entry(entry.type(), entry.id(), entry.audiences(), Set.of(), entry.document()))
                .toList();
    }

    private static Set<String> mayBeSeen(List<Told> all, Set<String> own) {
        return all.stream()
                .filter(told -> !told.type().equals("gone"))
                .flatMap(told -> seen(told, own).stream())
                .map(entry -> entry.document().link().replaceFirst("#.*", ""))
                .collect(Collectors.toSet());
    }

    private static Set<String> keys(SearchResult result) {
        // which part of a thing answers best depends on how rare its words are in everything
        return result.items().stream()
                .map(hit -> hit.link().replaceFirst("#.*", ""))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static Set<String> some(Random random, List<String> of, int count) {
        Set<String> some = new TreeSet<>();
        for (int i = 0; i < count; i++) {
            some.add(of.get(random.nextInt(of.size())));
        }
        return some;
    }

    /** One to four words, at times with a wrong letter. */
    private static String words(Random random) {
        return IntStream.range(0, 1 + random.nextInt(4))
                .mapToObj(i -> {
                    String word = VOCABULARY[random.nextInt(VOCABULARY.length)];
                    return random.nextInt(12) == 0 ? word + "x" : word;
                })
                .collect(Collectors.joining(" "));
    }
}
