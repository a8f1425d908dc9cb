package vn.sotay.news.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What becomes of what editors write, and of what attackers do. */
class NewsTextTest {

    /** {@code KIND[level][.number]: words}, with {@code *} around what is strong, {@code _} emphasis, {@code <link>} behind a link. */
    private static String shown(List<Block> blocks) {
        return blocks.stream()
                .map(block -> block.kind()
                        + (block.level() == null ? "" : "" + block.level())
                        + (block.number() == null ? "" : "." + block.number())
                        + ": "
                        + block.spans().stream().map(NewsTextTest::shown).collect(Collectors.joining()))
                .collect(Collectors.joining("\n"));
    }

    private static String shown(Span span) {
        String words = span.text();
        words = span.strong() == null ? words : '*' + words + '*';
        words = span.emphasis() == null ? words : '_' + words + '_';
        return span.link() == null ? words : words + '<' + span.link() + '>';
    }

    static Stream<Arguments> texts() {
        return Stream.of(
                Arguments.of("một\nhai\n\nba", "PARAGRAPH: một hai\nPARAGRAPH: ba"),
                Arguments.of("một  \nhai", "PARAGRAPH: một\nhai"),
                Arguments.of("# A\n## B\n### C", "HEADING1: A\nHEADING1: B\nHEADING2: C"),
                Arguments.of("- a\n- b\n  - c\n- d", "ITEM1: a\nITEM1: b\nITEM2: c\nITEM1: d"),
                Arguments.of("3. a\n4. b", "ITEM1.3: a\nITEM1.4: b"),
                Arguments.of("1. a\n   - b\n2. c", "ITEM1.1: a\nITEM2: b\nITEM1.2: c"),
                Arguments.of("- a\n\n  hai\n\nba", "ITEM1: a\nPARAGRAPH: hai\nPARAGRAPH: ba"),
                Arguments.of("-\n\nsau", "PARAGRAPH: sau"),
                Arguments.of("> lời\n\nsau", "QUOTE: lời\nPARAGRAPH: sau"),
                Arguments.of("**đậm** và *nghiêng*", "PARAGRAPH: *đậm* và _nghiêng_"),
                Arguments.of("[Sổ tay](/meetings) đây", "PARAGRAPH: Sổ tay</meetings> đây"),
                Arguments.of("<https://a.vn/x>", "PARAGRAPH: https://a.vn/x<https://a.vn/x>"),
                Arguments.of("`x < y`", "PARAGRAPH: x < y"),
                Arguments.of("```\nmã\n```", "PARAGRAPH: mã"),
                Arguments.of("a\n\n---\n\nb", "PARAGRAPH: a\nPARAGRAPH: b"));
    }

    @ParameterizedTest
    @MethodSource("texts")
    void isReadAsPeopleMeanIt(String text, String blocks) {
        NewsText.Reading reading = NewsText.read(text);
        assertThat(shown(reading.blocks())).isEqualTo(blocks);
        assertThat(reading.faults()).isEmpty();
    }

    static Stream<Arguments> attacks() {
        return Stream.of(
                Arguments.of("<script>alert(1)</script>", "PARAGRAPH: <script>alert(1)</script>"),
                Arguments.of("a <b onclick=alert(1)>b</b>", "PARAGRAPH: a <b onclick=alert(1)>b</b>"),
                Arguments.of("<svg onload=alert(1)>", "PARAGRAPH: <svg onload=alert(1)>"),
                Arguments.of("<iframe src=//evil></iframe>", "PARAGRAPH: <iframe src=//evil></iframe>"),
                Arguments.of("&lt;script&gt;", "PARAGRAPH: <script>"),
                Arguments.of("![ảnh](https://evil.example/track.png)", "PARAGRAPH: ảnh"),
                Arguments.of("![x](javascript:alert(1))", "PARAGRAPH: x"));
    }

    @ParameterizedTest
    @MethodSource("attacks")
    void isWordsAndNothingElse(String text, String blocks) {
        assertThat(shown(NewsText.read(text).blocks())).isEqualTo(blocks);
    }

    @ParameterizedTest
    @MethodSource("unsafe")
    void hasNoLinkThatDoesHarm(String text) {
        NewsText.Reading reading = NewsText.read(text);
        assertThat(reading.faults()).containsExactly("link-unsafe");
        assertThat(reading.blocks()).allSatisfy(block -> assertThat(block.spans())
                .allSatisfy(span -> assertThat(span.link()).isNull()));
    }

    static Stream<String> unsafe() {
        return Stream.of(
                "[x](javascript:alert(1))",
                "[x](JAVASCRIPT:alert(1))",
                "[x](java&#115;cript:alert(1))",
                "[x](&#x6A;avascript:alert(1))",
                "[x](<java\tscript:alert(1)>)",
                "[x](data:text/html;base64,PHNjcmlwdD4=)",
                "<javascript:alert(1)>",
                "[x][1]\n\n[1]: javascript:alert(1)",
                "[x](//evil.example)",
                "[x](vbscript:x)");
    }

    static Stream<Arguments> heavy() {
        return Stream.of(
                Arguments.of("quotes", ">".repeat(16_000) + "x"),
                Arguments.of("lists", "- ".repeat(8_000) + "x"),
                Arguments.of("counted lists", "1. ".repeat(5_000) + "x"),
                Arguments.of("emphasis", "*a **a ".repeat(2_000)),
                Arguments.of("open emphasis", "*a _a ".repeat(2_600)),
                Arguments.of("closed emphasis", "*a **b ".repeat(1_000) + "c** d*".repeat(1_000)),
                Arguments.of("stars", "*".repeat(16_000)),
                Arguments.of("brackets", "[".repeat(16_000)),
                Arguments.of("links", "[a](".repeat(4_000)),
                Arguments.of("links in links", "[".repeat(5_000) + "a" + "](/b)".repeat(2_000)),
                Arguments.of("pictures", "![".repeat(8_000)),
                Arguments.of("ticks", "`a``b```c````d".repeat(1_000)),
                Arguments.of("html", "<".repeat(16_000)),
                Arguments.of("comments", "<!--".repeat(4_000)),
                Arguments.of("references", "[a]: /b\n".repeat(2_000) + "[a]".repeat(100)),
                Arguments.of("entities", "&#".repeat(8_000)),
                Arguments.of("fences", "~~~\n".repeat(4_000)),
                Arguments.of("breaks", "\\\n".repeat(8_000)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("heavy")
    void isReadInTimeOrRefused(String what, String text) {
        NewsText.Reading reading = assertTimeoutPreemptively(Duration.ofSeconds(20), () -> NewsText.read(text));
        assertThat(reading.blocks().size()).as(what).isLessThanOrEqualTo(16_000);
        assertThat(reading.faults()).isSubsetOf("too-deep", "link-unsafe");
    }

    @Test
    void nestingIsRefused() {
        assertThat(NewsText.read("*a **a ".repeat(300) + "x** y*".repeat(300)).faults())
                .containsExactly("too-deep");
    }
}
