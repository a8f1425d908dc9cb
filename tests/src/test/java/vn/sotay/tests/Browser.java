package vn.sotay.tests;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import java.util.logging.Level;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.StaleElementReferenceException;
import org.openqa.selenium.WebDriverException;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.interactions.Actions;
import org.openqa.selenium.logging.LogEntry;
import org.openqa.selenium.logging.LoggingPreferences;
import org.openqa.selenium.virtualauthenticator.VirtualAuthenticator;
import org.openqa.selenium.virtualauthenticator.VirtualAuthenticatorOptions;
import vn.sotay.testkit.Sotay;

/** A Chromium that looks at a Sotay, as one person after another. Everything waits until it is there. Not thread-safe. */
final class Browser implements AutoCloseable {

    /** An old phone held upright. */
    static final Size PHONE = new Size("phone", 360, 740);

    /** The screen of an office. */
    static final Size DESK = new Size("desk", 1280, 800);

    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final Path SCREENSHOTS = Path.of("target", "screenshots");
    private static final ObjectMapper JSON = new ObjectMapper();

    /** Chromium makes no picture that is higher, in pixels; of a long law the beginning is enough. */
    private static final int HIGHEST = 15_000;

    /** More than a browser makes to register its worker. */
    private static final int REGISTRATIONS = 10;

    private static final Pattern HOST = Pattern.compile("^(?:https?|wss?)://([^/]+)");
    private static final String AXE = resource("/axe.min.js");

    /**
     * Counts what is under way: a page is there when nothing is. Files that are sent have their own sentence, and are waited for by that;
     * who waits for something new waits on purpose.
     */
    private static final String COUNT = """
            window.sotayUnderWay = 0;
            const ask = window.fetch;
            window.fetch = (...what) => {
                if (/[?&]wait=/.test(what[0])) {
                    return ask(...what);
                }
                window.sotayUnderWay++;
                return ask(...what).finally(() => setTimeout(() => window.sotayUnderWay--));
            };
            """;

    /** The clock of the pages goes ahead of that of everything else. */
    private static final String CLOCK = """
            if (AHEAD) {
                const There = Date;
                window.Date = class extends There {
                    constructor(...what) {
                        super(...(what.length ? what : [There.now() + AHEAD]));
                    }

                    static now() {
                        return There.now() + AHEAD;
                    }
                };
            }
            """;

    private final Supplier<URI> url;
    private final Path profile = Sotay.temporary();
    private final Path downloads = Sotay.temporary();
    private final Set<String> hosts = new TreeSet<>();
    private ChromeDriver driver;
    private long received;
    private Duration ahead = Duration.ZERO;
    private String first = "";
    private VirtualAuthenticator fingerprint;

    record Size(String name, int width, int height) {}

    private Browser(Supplier<URI> url) {
        this.url = url;
        begin();
    }

    private void begin() {
        ChromeOptions options = new ChromeOptions();
        options.setBinary(program("chromium", "chromium-browser", "google-chrome"));
        options.addArguments(
                "--headless=new",
                "--no-sandbox",
                "--disable-gpu",
                "--disable-dev-shm-usage",
                "--disable-quic",
                "--no-first-run",
                "--disable-background-networking",
                "--disable-component-update",
                "--disable-sync",
                "--hide-scrollbars",
                "--force-prefers-reduced-motion",
                "--lang=vi",
                "--user-data-dir=" + profile);
        LoggingPreferences logs = new LoggingPreferences();
        logs.enable("browser", Level.WARNING);
        logs.enable("performance", Level.INFO);
        options.setCapability("goog:loggingPrefs", logs);
        ChromeDriverService service = new ChromeDriverService.Builder()
                .usingDriverExecutable(program("chromedriver"))
                .usingAnyFreePort()
                .build();
        driver = new ChromeDriver(service, options);
        driver.executeCdpCommand("Page.addScriptToEvaluateOnNewDocument", Map.of("source", COUNT));
        driver.executeCdpCommand(
                "Page.addScriptToEvaluateOnNewDocument",
                Map.of("source", CLOCK.replace("AHEAD", Long.toString(ahead.toMillis()))));
        driver.executeCdpCommand("Page.addScriptToEvaluateOnNewDocument", Map.of("source", first));
        driver.executeCdpCommand(
                "Browser.setDownloadBehavior", Map.of("behavior", "allow", "downloadPath", downloads.toString()));
        size(PHONE);
    }

    static Browser of(Sotay sotay) {
        return new Browser(sotay::url);
    }

    /** One that reaches it by another way. */
    static Browser at(URI url) {
        return new Browser(() -> url);
    }

    private static File program(String... names) {
        return Stream.of(System.getenv("PATH").split(File.pathSeparator))
                .flatMap(folder -> Stream.of(names).map(name -> new File(folder, name)))
                .filter(File::canExecute)
                .findFirst()
                .orElseThrow(() -> new AssertionError("there is no " + names[0]
                        + " on this machine: run ./test, which brings what the tests of the pages need"));
    }

    // ---- where we are ----

    void size(Size size) {
        driver.executeCdpCommand(
                "Emulation.setDeviceMetricsOverride",
                Map.of("width", size.width(), "height", size.height(), "deviceScaleFactor", 1, "mobile", false));
    }

    /** Light or dark, as the device is set. */
    void dark(boolean dark) {
        Map<String, Object> feature = Map.of("name", "prefers-color-scheme", "value", dark ? "dark" : "light");
        driver.executeCdpCommand("Emulation.setEmulatedMedia", Map.of("features", List.of(feature)));
    }

    /** Sets the size of all text, in percent of that of most browsers. */
    void textSize(int percent) {
        run("document.documentElement.style.fontSize = arguments[0]", percent == 100 ? "" : percent * 1.125 + "%");
    }

    /** Takes the network away, or gives it back. */
    void offline(boolean offline) {
        network(offline, 0, -1);
    }

    /** A slow line: so many milliseconds until an answer begins, and so many bytes a second either way. */
    void slow(int latency, int bytes) {
        network(false, latency, bytes);
    }

    /** A phone whose processor is so many times slower than this machine's; 1 for this one. */
    void slowProcessor(int times) {
        driver.executeCdpCommand("Emulation.setCPUThrottlingRate", Map.of("rate", times));
    }

    private void network(boolean offline, int latency, int bytes) {
        driver.executeCdpCommand("Network.enable", Map.of());
        driver.executeCdpCommand(
                "Network.emulateNetworkConditions",
                Map.of("offline", offline, "latency", latency, "downloadThroughput", bytes, "uploadThroughput", bytes));
    }

    /** Gives the device a way to look at its owner, who says yes: it keeps passkeys from now on. */
    void fingerprint() {
        fingerprint = driver.addVirtualAuthenticator(new VirtualAuthenticatorOptions()
                .setProtocol(VirtualAuthenticatorOptions.Protocol.CTAP2)
                .setTransport(VirtualAuthenticatorOptions.Transport.INTERNAL)
                .setHasResidentKey(true)
                .setHasUserVerification(true)
                .setIsUserVerified(true));
    }

    /** Its owner says no from now on. */
    void refuseFingerprint() {
        fingerprint.setUserVerified(false);
    }

    /** Takes it away, with its passkeys. */
    void noFingerprint() {
        driver.removeVirtualAuthenticator(fingerprint);
    }

    /** @param setting granted or denied, as if its owner had said so */
    void permitNotifications(String setting) {
        String origin = url.get().toString().replaceAll("/$", "");
        driver.executeCdpCommand(
                "Browser.setPermission",
                Map.of("permission", Map.of("name", "notifications"), "setting", setting, "origin", origin));
    }

    /**
     * As a push service does. The worker is the only one of this browser, but has the number of the attempt that registered it: one whose
     * files did not all come counts too, and what is for another number comes nowhere.
     */
    void deliver(String content) {
        String origin = url.get().toString().replaceAll("/$", "");
        run("return navigator.serviceWorker.ready.then(() => true)");
        driver.executeCdpCommand("ServiceWorker.enable", Map.of());
        for (int number = 0; number < REGISTRATIONS; number++) {
            driver.executeCdpCommand(
                    "ServiceWorker.deliverPushMessage",
                    Map.of("origin", origin, "registrationId", Integer.toString(number), "data", content));
        }
    }

    /** Opens a path anew, as by the address bar. */
    void open(String path) {
        driver.get(url.get().resolve(path).toString());
        settle();
    }

    /** Goes to a path as by a link of the page. */
    void go(String path) {
        run("history.pushState(null, '', arguments[0]); dispatchEvent(new PopStateEvent('popstate'))", path);
        settle();
    }

    /** How far the clock of the pages goes ahead from the next start on; whether that is another time than before. */
    boolean ahead(Duration time) {
        boolean isOther = !ahead.equals(time);
        ahead = time;
        return isOther;
    }

    /** Ends the browser and starts it again, as a phone that was switched off. */
    void restart() {
        driver.quit();
        begin();
    }

    /** What runs in each page before its own scripts do, from the next start of the browser on. */
    void first(String script) {
        first = script;
    }

    /** Begins to open a path, and does not wait until it is there. */
    void begin(String path) {
        driver.executeCdpCommand(
                "Page.navigate", Map.of("url", url.get().resolve(path).toString()));
    }

    /** The browser is gone in the middle of what it does, as when a phone's battery falls out, and starts again. */
    void crash() {
        try {
            driver.executeCdpCommand("Browser.crash", Map.of());
        } catch (WebDriverException e) {
            // it cannot answer any more
        }
        try {
            driver.quit();
        } catch (WebDriverException e) {
            // there is nothing to end but its driver
        }
        begin();
    }

    /** Where the browser keeps what it keeps. */
    Path profile() {
        return profile;
    }

    /** A file that the page gives, once it is whole. It is taken away: the next of that name is another. */
    byte[] downloaded(String name) {
        Path file = downloads.resolve(name);
        until("downloaded " + name, () -> Files.exists(file));
        try {
            byte[] bytes = Files.readAllBytes(file);
            Files.delete(file);
            return bytes;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    String path() {
        return URI.create(driver.getCurrentUrl()).getPath();
    }

    /** The device of somebody who has never been here. */
    void forgetAll() {
        // no page of ours, so that nothing holds on to what is to be forgotten
        driver.get(url.get().resolve("/health").toString());
        driver.manage().deleteAllCookies();
        String origin = url.get().resolve("/").toString();
        driver.executeCdpCommand("Storage.clearDataForOrigin", Map.of("origin", origin, "storageTypes", "all"));
    }

    /** The session ends, as after its days; the device is still its owner's. */
    void endSession() {
        driver.manage().deleteCookieNamed("sotay");
    }

    /** Forgets the cookies of another site. */
    void forgetAt(String address) {
        driver.get(address);
        driver.manage().deleteAllCookies();
    }

    /** Forgets what was kept of earlier visits: all is loaded again. */
    void clearCache() {
        driver.executeCdpCommand("Network.clearBrowserCache", Map.of());
    }

    /** Signs in by the page, as one of the demo's people, on a device that knows nobody. */
    void signIn(String login) {
        signIn(login, false);
    }

    /** @param keep whether the device is said to be that person's alone */
    void signIn(String login, boolean keep) {
        forgetAll();
        open("/");
        type("#signin-login", login);
        type("#signin-password", Sotay.PASSWORD);
        if (keep) {
            press("#signin-keep");
        }
        press("#signin-submit");
        see("#way-me");
        settle();
    }

    // ---- what a reader does ----

    void press(String css) {
        once("to be pressed: " + css, () -> {
            click(one(css));
            return true;
        });
        settle();
    }

    /** Presses the button or link that has these words. */
    void pressWords(String words) {
        once("to be pressed: " + words, () -> {
            WebElement found = driver.findElements(By.cssSelector("button, a, label, summary")).stream()
                    .filter(WebElement::isDisplayed)
                    .filter(one -> one.getText().contains(words))
                    .findFirst()
                    .orElse(null);
            if (found == null) {
                return false;
            }
            click(found);
            return true;
        });
        settle();
    }

    /** To the middle of the screen first: the bar at its lower end would take the press. */
    private void click(WebElement element) {
        run("arguments[0].scrollIntoView({block: 'center'})", element);
        element.click();
    }

    /** Writes over what stands in a field; where that searches, what was found is there afterwards, and moves no more. */
    void type(String css, String text) {
        WebElement field = one(css);
        field.sendKeys(Keys.chord(Keys.CONTROL, "a"), text.isEmpty() ? Keys.BACK_SPACE : text);
        settle();
    }

    /** Sets a field that has a picker of its own, such as that of a day. */
    void pick(String css, String value) {
        run(
                "arguments[0].value = arguments[1]; arguments[0].dispatchEvent(new Event('input', {bubbles: true}))",
                one(css),
                value);
    }

    /** Chooses a file, as by the device's own window. */
    void choose(String css, Path file) {
        WebElement input = driver.findElement(By.cssSelector(css));
        input.sendKeys(file.toAbsolutePath().toString());
        until("the file has arrived", () -> elements(".upload .loading").isEmpty());
        settle();
    }

    /** Presses keys, whatever has the focus. */
    void keys(CharSequence... keys) {
        new Actions(driver).sendKeys(keys).perform();
        settle();
    }

    // ---- what a reader sees ----

    /** Waits until these words are on the page. */
    void read(String words) {
        until("on the page: " + words, () -> text().contains(words));
    }

    /** Waits until there is something visible of this kind. */
    void see(String css) {
        one(css);
    }

    boolean has(String css) {
        return !elements(css).isEmpty();
    }

    /** All words that are visible. */
    String text() {
        return (String) run("return document.body.innerText");
    }

    /** The id of what has the focus; empty if nothing of the page has it. */
    String focused() {
        return (String) run("return document.activeElement === document.body ? '' : document.activeElement.id");
    }

    /** Waits until what has the focus is called so: a page gives it with the next picture that it draws. */
    void focusComesTo(String id) {
        until("the focus at " + id, () -> focused().matches(id));
    }

    /** Whether the focus can be seen. */
    boolean focusIsVisible() {
        return (Boolean) run("""
                const at = document.activeElement;
                const seen = at.closest('.option') ?? at.parentElement.querySelector('input.only-read:focus-visible + .button') ?? at;
                return getComputedStyle(seen).outlineStyle !== 'none';
                """);
    }

    String attribute(String css, String name) {
        return one(css).getDomAttribute(name);
    }

    private WebElement one(String css) {
        List<WebElement> found = new ArrayList<>();
        until("there: " + css, () -> {
            found.clear();
            elements(css).stream().filter(WebElement::isDisplayed).forEach(found::add);
            return !found.isEmpty();
        });
        return found.get(0);
    }

    private List<WebElement> elements(String css) {
        return driver.findElements(By.cssSelector(css));
    }

    // ---- what a reader must never meet ----

    /** Everything that is wrong with the page as it is shown now, a line each. */
    List<String> faults() {
        List<String> faults = new ArrayList<>(accessibility());
        long wider = number("return document.documentElement.scrollWidth - innerWidth");
        if (wider > 0) {
            faults.add("it is " + wider + " px wider than the screen");
        }
        faults.addAll(strings("""
                const small = [];
                for (const one of document.querySelectorAll('button, a.button, label.button, .option, nav a, a.row, a.back, summary, select, textarea, input')) {
                    const {width, height} = one.getBoundingClientRect();
                    const alone = !one.closest('.option, .check') || one.matches('.option');
                    if (alone && !one.matches('.only-read') && height > 0 && (height < 48 || width < 44)) {
                        small.push(`${one.tagName} ${one.id} "${one.innerText}" is ${Math.round(width)} × ${Math.round(height)} px`);
                    }
                }
                return small;
                """));
        faults.addAll(strings("""
                return (document.body.innerText.match(/\\{\\w+\\}|\\bundefined\\b|\\bnull\\b|\\[object \\w+\\]|\\bNaN\\b|Invalid Date/g) ?? [])
                    .map(words => `it shows "${words}"`);
                """));
        return faults;
    }

    private List<String> accessibility() {
        if (!(Boolean) run("return Boolean(window.axe)")) {
            run(AXE);
        }
        return strings("""
                const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
                return axe.run(document, {runOnly: tags, resultTypes: ['violations']}).then(({violations}) => violations.flatMap(one =>
                    one.nodes.map(node => `${one.id}: ${one.help}: ${node.html.slice(0, 200)}`)));
                """);
    }

    /** What the console told since it was last asked for, without replies that are no news: nobody was signed in, no minutes yet, no such page. */
    List<String> console() {
        return driver.manage().logs().get("browser").getAll().stream()
                .filter(entry -> entry.getLevel().intValue() >= Level.WARNING.intValue())
                .map(LogEntry::getMessage)
                .filter(line -> !line.matches(".*/api/me - .*status of 401.*"))
                .filter(line -> !line.matches(".*/(minutes|api/no-such-page) - .*status of 404.*"))
                .toList();
    }

    /** The hosts that were asked for anything since the browser began. */
    Set<String> hosts() {
        readTraffic();
        return hosts;
    }

    /** Bytes of replies since this was last asked for, as they came over the line: compressed, with their heads. */
    long received() {
        readTraffic();
        long bytes = received;
        received = 0;
        return bytes;
    }

    private void readTraffic() {
        for (LogEntry entry : driver.manage().logs().get("performance").getAll()) {
            JsonNode message = json(entry.getMessage()).path("message");
            JsonNode params = message.path("params");
            switch (message.path("method").asText()) {
                case "Network.requestWillBeSent" -> {
                    Matcher url =
                            HOST.matcher(params.path("request").path("url").asText());
                    if (url.find()) {
                        hosts.add(url.group(1));
                    }
                }
                case "Network.loadingFinished" ->
                    received += params.path("encodedDataLength").asLong();
                default -> {
                    // what happens within the page
                }
            }
        }
    }

    /** Keeps a picture of the whole page in {@code target/screenshots}. */
    void picture(String name) {
        try {
            Files.createDirectories(SCREENSHOTS);
            Map<String, Object> whole = new HashMap<>(Map.of("format", "png", "captureBeyondViewport", true));
            if (number("return document.documentElement.scrollHeight") > HIGHEST) {
                long width = number("return document.documentElement.scrollWidth");
                whole.put("clip", Map.of("x", 0, "y", 0, "width", width, "height", HIGHEST, "scale", 1));
            }
            Object data =
                    driver.executeCdpCommand("Page.captureScreenshot", whole).get("data");
            Files.write(SCREENSHOTS.resolve(name + ".png"), OutputType.BYTES.convertFromBase64Png((String) data));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Keeps what stands on the screen, no more, as WebP. */
    void screen(Path file) {
        try {
            Files.createDirectories(file.getParent());
            Object data = driver.executeCdpCommand("Page.captureScreenshot", Map.of("format", "webp", "quality", 60))
                    .get("data");
            Files.write(file, OutputType.BYTES.convertFromBase64Png((String) data));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The page on paper, as PDF. */
    byte[] print() {
        return OutputType.BYTES.convertFromBase64Png(
                (String) driver.executeCdpCommand("Page.printToPDF", Map.of("preferCSSPageSize", true))
                        .get("data"));
    }

    /** How many sheets the page takes when it is printed, as it says itself how. */
    int sheets() {
        String pdf = new String(print(), StandardCharsets.ISO_8859_1);
        return (int) Pattern.compile("/Type /Page\\b").matcher(pdf).results().count();
    }

    /** Runs a script in the page and returns its value; a promise is waited for. */
    Object run(String script, Object... arguments) {
        return driver.executeScript(script, arguments);
    }

    private long number(String script) {
        return ((Number) run(script)).longValue();
    }

    @SuppressWarnings("unchecked")
    private List<String> strings(String script) {
        return (List<String>) run(script);
    }

    // ---- waiting ----

    /** Waits until nothing is under way and what it brought is shown. */
    void settle() {
        until("the page is there", () -> (Boolean) run("""
                        return document.readyState === 'complete' && window.sotayUnderWay === 0
                            && !document.querySelector('.loading, .opening, [aria-disabled], [aria-busy="true"]')
                            && new Promise(shown => requestAnimationFrame(() => setTimeout(() => shown(window.sotayUnderWay === 0))));
                        """));
    }

    private void once(String what, BooleanSupplier action) {
        until(what, () -> {
            try {
                return action.getAsBoolean();
            } catch (StaleElementReferenceException drawnAnewMeanwhile) {
                return false;
            }
        });
    }

    /** Waits for a condition; else tells what was missing and what was on the page instead. */
    void until(String what, BooleanSupplier condition) {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (true) {
            try {
                if (condition.getAsBoolean()) {
                    return;
                }
            } catch (StaleElementReferenceException drawnAnewMeanwhile) {
                // it is looked for again
            }
            if (System.nanoTime() > end) {
                picture("failed");
                throw new AssertionError("not " + what + " at " + path() + " within " + PATIENCE + ":\n" + text()
                        + "\nconsole: " + console());
            }
            try {
                Thread.sleep(20);
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    private static JsonNode json(String text) {
        try {
            return JSON.readTree(text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String resource(String path) {
        try (InputStream in = Browser.class.getResourceAsStream(path)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        driver.quit();
    }
}
