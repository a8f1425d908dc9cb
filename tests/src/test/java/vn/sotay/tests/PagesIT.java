package vn.sotay.tests;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import vn.sotay.testkit.Client;
import vn.sotay.testkit.Sotay;

/**
 * Every page of every role, on a phone and on a desk: nothing that axe finds, nothing wider than the screen, no target that a thumb
 * misses, no word in the console, no request to anybody else. Their pictures lie in {@code target/screenshots} afterwards.
 */
@PageTest
class PagesIT {

    private static final long FIRST_LOAD_MOST = 300_000;

    /** {@code -Dsotay.screens=write} keeps what stands on both screens, for who reads the documentation. */
    private static final boolean WRITES_SCREENS = "write".equals(System.getProperty("sotay.screens"));

    private static final Path SCREENS = Path.of("..", "docs", "screens");

    private static Sotay sotay;
    private static Browser browser;

    @BeforeAll
    static void open() {
        sotay = Sotay.start(Sotay.prepared());
        browser = Browser.of(sotay);
    }

    @AfterAll
    static void close() {
        if (browser != null) {
            browser.close();
        }
        if (sotay != null) {
            sotay.close();
        }
    }

    /** The ways at the foot whose words are wider than their place. */
    private static final String TOO_LONG = """
            return [...document.querySelectorAll('.ways a span')].filter(one => {
                const [words, place] = [one, one.closest('li')].map(box => box.getBoundingClientRect());
                return words.left < place.left - 1 || words.right > place.right + 1;
            }).map(one => one.textContent);
            """;

    static List<String> logins() {
        return List.of(
                "admin", "editor", "officer", "officer2", "secretary", "member", "fisherman", "secretary2", "member2");
    }

    @Test
    void theFirstLoadFitsASlowLine() {
        browser.forgetAll();
        browser.clearCache();
        browser.received();
        browser.signIn("fisherman");

        assertThat(browser.received())
                .as("bytes until the first screen is there, sign-in included")
                .isBetween(50_000L, FIRST_LOAD_MOST);
    }

    @Test
    void theSignInPage() {
        browser.forgetAll();
        browser.open("/");
        assertThat(look("nobody-sign-in")).isEmpty();
        browser.open("/card");
        assertThat(look("nobody-card")).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("logins")
    void everyPageOf(String login) {
        browser.size(Browser.PHONE);
        browser.signIn(login);
        List<String> faults = new ArrayList<>();
        for (String path : pages(login)) {
            browser.go(path);
            faults.addAll(look(named(login, path)));
        }
        assertThat(faults).isEmpty();
    }

    /**
     * The same pages in the dark with text of twice the size; {@code -Dsotay.long=true}: in each language, light and dark, in the
     * ordinary, the largest and twice the size.
     */
    @ParameterizedTest
    @MethodSource("logins")
    void everyLookOf(String login) {
        browser.size(Browser.PHONE);
        browser.signIn(login);
        List<String> faults = new ArrayList<>();
        for (Look look : Faults.LONG ? Look.ALL : Look.HARDEST) {
            browser.dark(look.dark());
            browser.textSize(100);
            browser.go("/me");
            browser.press("#language-" + look.language());
            browser.press("#size-" + look.size());
            browser.textSize(look.percent());
            for (String path : pages(login)) {
                browser.go(path);
                faults.addAll(lookOnce(look.name() + '-' + named(login, path)));
            }
        }
        browser.dark(false);
        browser.textSize(100);
        assertThat(faults).isEmpty();
    }

    /** @param percent the size that the reader has set for all pages */
    private record Look(String language, boolean dark, String size, int percent) {

        private static final List<Look> HARDEST = List.of(new Look("vi", true, "m", 200));

        private static final List<Look> ALL = Stream.of("vi", "en", "ko")
                .flatMap(language -> Stream.of(false, true)
                        .flatMap(dark -> Stream.of(
                                new Look(language, dark, "m", 100),
                                new Look(language, dark, "xl", 100),
                                new Look(language, dark, "m", 200))))
                .toList();

        String name() {
            return language + (dark ? "-dark-" : "-light-") + size + '-' + percent;
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"vi", "en", "ko"})
    void everyLanguageInTheLargestTextAndInTheDark(String language) {
        browser.signIn("secretary");
        String meeting = meeting("secretary", true);
        browser.size(Browser.PHONE);
        browser.dark(true);
        browser.go("/me");
        browser.press("#language-" + language);
        browser.press("#size-xl");
        List<String> faults = new ArrayList<>();
        for (String path :
                List.of("/", "/me", "/meetings/" + meeting, "/meetings/new", "/meetings/" + meeting + "/roll")) {
            browser.go(path);
            faults.addAll(
                    lookOnce(language + "-dark-xl-" + path.replace(meeting, "1").replace('/', '-')));
        }
        browser.dark(false);
        // where the longest words and the shortest stand
        browser.press("#size-m");
        for (int percent : List.of(100, 200)) {
            browser.textSize(percent);
            for (String path : List.of("/", "/me/along", "/meetings/" + meeting + "/roll")) {
                browser.go(path);
                faults.addAll(lookOnce(language + "-light-m-" + percent
                        + path.replace(meeting, "1").replace('/', '-')));
            }
            assertThat(browser.run(TOO_LONG)).as(language + " at " + percent).isEqualTo(List.of());
        }
        browser.textSize(100);
        assertThat(faults).isEmpty();
    }

    /** That the tests above can fail. */
    @Test
    void whatIsWrongIsFound() {
        browser.forgetAll();
        browser.open("/");
        assertThat(browser.faults()).isEmpty();
        browser.run("""
                document.querySelector('main').insertAdjacentHTML('beforeend',
                    '<img src="/s/none.png"><p>{name}</p><div class="wide">·</div><button id="small">pale words</button>');
                document.querySelector('.wide').style.width = '2000px';
                document.querySelector('#small').style.cssText = 'color: #eee; background: #fff';
                console.error('a complaint');
                """);
        assertThat(String.join("\n", browser.faults()))
                .contains("image-alt: ", "color-contrast: ", "px wider than the screen", "BUTTON small", "\"{name}\"");
        assertThat(String.join("\n", browser.console())).contains("a complaint", "none.png");
    }

    /** What the picture of a page is called. */
    private static String named(String login, String path) {
        String name = path.replaceAll("([0-9a-f]{4})[0-9a-f]{4}-[0-9a-f-]{27}", "$1")
                .substring(1)
                .replace('/', '-');
        return login + '-' + (name.isEmpty() ? "today" : name);
    }

    /** Looks at the page on both screens. */
    private static List<String> look(String name) {
        List<String> faults = new ArrayList<>();
        for (Browser.Size size : List.of(Browser.PHONE, Browser.DESK)) {
            browser.size(size);
            faults.addAll(lookOnce(name + '-' + size.name()));
            if (WRITES_SCREENS) {
                browser.screen(SCREENS.resolve(name + '-' + size.name() + ".webp"));
            }
        }
        return faults;
    }

    private static List<String> lookOnce(String name) {
        browser.settle();
        browser.picture(name);
        assertThat(browser.hosts())
                .as("hosts that the pages ask")
                .containsExactly(sotay.url().getAuthority());
        return Stream.concat(browser.faults().stream(), browser.console().stream())
                .map(fault -> name + ": " + fault)
                .toList();
    }

    private static List<String> pages(String login) {
        List<String> pages = new ArrayList<>(List.of("/", "/me", "/notices", "/search", "/no-such-page"));
        switch (login) {
            case "admin" -> pages.addAll(List.of("/system", "/audit", "/meetings", "/ui/style"));
            case "editor" -> {
                pages.addAll(List.of("/units", "/documents", "/documents/new", "/documents/import"));
                String waits = first(sotay.as(login), "/api/documents?state=REVIEW&limit=1");
                pages.addAll(List.of("/documents/" + waits, "/documents/" + waits + "/edit"));
                pages.add("/documents/" + draft(login) + "/report");
                String news = first(sotay.as(login), "/api/news?state=REVIEW&limit=1");
                pages.addAll(List.of("/news", "/news/new", "/news/" + news, "/news/" + news + "/edit"));
                pages.addAll(List.of("/questions", "/questions/queue", "/questions/statistics", "/questions/topics"));
                pages.add("/questions/" + first(sotay.as(login), "/api/questions/queue?state=REVIEW&limit=1"));
                pages.add("/questions/" + first(sotay.as(login), "/api/questions/queue?state=ANSWERED&limit=1"));
            }
            case "officer", "officer2" -> {
                pages.addAll(List.of("/rosters", "/units", "/meetings", "/adoption"));
                pages.addAll(List.of(
                        "/dues/units",
                        "/dues/passing",
                        "/dues/transfers",
                        "/dues/simulation",
                        "/rules",
                        "/rules/01-QD-TW"));
                pages.add("/meetings/" + meeting(login, true));
                pages.add("/members/" + first(sotay.as(login), "/api/members?limit=1"));
                String cell = first(sotay.as(login), "/api/units?kind=CELL&limit=1");
                pages.addAll(List.of(
                        "/units/" + cell,
                        "/audit/" + cell,
                        "/cards/" + cell,
                        "/mandates/" + cell,
                        "/emergencies",
                        "/corrections",
                        "/erasures"));
            }
            case "secretary" -> {
                String next = meeting(login, true);
                pages.addAll(List.of(
                        "/meetings",
                        "/meetings/new",
                        "/members",
                        "/cards",
                        "/mandates",
                        "/corrections",
                        "/notices/calls",
                        "/adoption"));
                for (String part : List.of("", "/edit", "/roll", "/minutes")) {
                    pages.add("/meetings/" + next + part);
                }
                pages.add("/meetings/" + meeting(login, false));
                pages.add("/documents/" + draft(login) + "/cell");
                pages.addAll(
                        List.of("/dues", "/dues/cell", "/dues/paid", "/dues/collect", "/dues/book", "/dues/passing"));
                pages.add("/dues/plan/"
                        + sotay.as("fisherman")
                                .get("/api/me")
                                .expect(200)
                                .json()
                                .at("/member/id")
                                .asText());
                String fisherman = "/members/"
                        + sotay.as("fisherman")
                                .get("/api/me")
                                .json()
                                .at("/member/id")
                                .asText();
                pages.addAll(List.of(fisherman, fisherman + "/corrections"));
            }
            case "secretary2" -> pages.addAll(List.of("/meetings", "/meetings/new", "/members"));
            case "member2" -> pages.add("/meetings");
            default ->
                pages.addAll(List.of(
                        "/me/data",
                        "/me/along",
                        "/me/corrections",
                        "/me/contacts",
                        "/me/notices",
                        "/waiting",
                        "/dues",
                        "/dues/paid",
                        "/dues/declare",
                        "/dues/exempt",
                        "/documents",
                        "/documents/" + first(sotay.as(login), "/api/documents?limit=1&inForce=true"),
                        "/documents/" + draft(login),
                        "/documents/opinions",
                        "/news",
                        "/news/subscription",
                        "/news/" + first(sotay.as(login), "/api/news?limit=1"),
                        "/questions",
                        "/questions/ask",
                        "/questions/" + first(sotay.as(login), "/api/questions?limit=1"),
                        "/questions/base",
                        "/questions/base/" + first(sotay.as(login), "/api/questions/entries?limit=1"),
                        "/meetings",
                        "/meetings/" + meeting(login, true),
                        "/meetings/" + meeting(login, false)));
        }
        return pages;
    }

    /** The demo's meeting that is to come, or the one that is over. */
    private static String meeting(String login, boolean coming) {
        return StreamSupport.stream(
                        sotay.as(login)
                                .get("/api/meetings")
                                .expect(200)
                                .json()
                                .path("items")
                                .spliterator(),
                        false)
                .filter(one -> one.path("state").asText().equals("CLOSED") != coming)
                .map(one -> one.path("id").asText())
                .findFirst()
                .orElseThrow();
    }

    private static String draft(String login) {
        return first(sotay.as(login), "/api/documents?forOpinions=true&limit=1");
    }

    private static String first(Client client, String path) {
        JsonNode items = client.get(path).expect(200).json().path("items");
        return items.path(0).path("id").asText();
    }
}
