package vn.sotay.platform.web;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import vn.sotay.platform.http.Pages.StaticFile;

/**
 * The shell's files below {@code /s/<hash>/}, its one page, which is sent for the path of every page (which one is meant is decided in
 * the browser), and its service worker, which must lie above all that it keeps. Immutable.
 */
final class Shell {

    private static final String INDEX = "index.html";
    private static final String WORKER = "sw.js";
    /** What a first visit does not wait for. */
    private static final String LATER = "shell/later/";

    private static final Pattern BARE = Pattern.compile("\\b(from|import) ?\"([^./\"][^\"]*)\"");
    /** What libraries call one another, and the files beside them: browsers of 2020 know no import map. */
    private static final Map<String, String> LIBRARIES = Map.of(
            "preact", "preact.js",
            "preact/hooks", "preact-hooks.js",
            "@preact/signals-core", "signals-core.js");

    private static final String POLICY =
            "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self' data:; font-src 'self';"
                    + " manifest-src 'self'; worker-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";
    /** The paths of pages. The service worker reads it too, so it is written as both Java and JavaScript understand it. */
    private static final Pattern PAGE = Pattern.compile("/(?!(api|m|s|health|metrics)(/|$))([^./]*/)*[^./]*");

    private final Map<String, StaticFile> files = new HashMap<>();
    private final StaticFile page;

    /** @param sources the content of {@code web/} by path within it */
    Shell(Map<String, byte[]> sources) {
        SortedMap<String, byte[]> assets = new TreeMap<>();
        sources.forEach((path, content) -> {
            if (path.startsWith("texts/") && path.endsWith(".properties")) {
                assets.put(path.replace(".properties", ".json"), Assets.json(content, key -> true));
            } else if (Assets.isServed(path)) {
                assets.put(path, path.startsWith("vendor/") ? linked(path, content) : content);
            }
        });
        // of all of them: a worker that is changed alone keeps the files under another name, too
        String hash = Assets.hash(assets);
        String base = "/s/" + hash;
        String index = template(assets, INDEX);
        String worker = template(assets, WORKER);
        assets.forEach((path, content) -> files.put(base + '/' + path, Assets.file(path, content, hash)));

        String preload = assets.keySet().stream()
                .filter(path -> path.endsWith(".js") && !path.startsWith(LATER))
                .map(path -> "<link rel=\"modulepreload\" href=\"" + base + '/' + path + "\">")
                .collect(Collectors.joining("\n"));
        String html = index.replace("{preload}", preload).replace("{base}", base);
        Map<String, String> policy = Map.of("Content-Security-Policy", POLICY);
        byte[] content = html.getBytes(StandardCharsets.UTF_8);
        this.page = Assets.changing(INDEX, content, policy);
        // the page under the hash of what it names, for the worker: "/" may be that of the next version already
        files.put(base + '/' + INDEX, Assets.file(INDEX, content, hash, policy));
        files.put(
                '/' + WORKER,
                Assets.changing(
                        WORKER,
                        worker(worker, base, assets),
                        Map.of("Content-Security-Policy", "default-src 'none'; connect-src 'self'")));
    }

    private static String template(SortedMap<String, byte[]> assets, String name) {
        byte[] content = assets.remove(name);
        if (content == null) {
            throw new IllegalStateException("the bundle has no web/" + name);
        }
        return new String(content, StandardCharsets.UTF_8);
    }

    private static byte[] worker(String template, String base, SortedMap<String, byte[]> assets) {
        // the pictures in several sizes are for the system that installs the app, which asks for the one it wants
        String kept = Stream.concat(Stream.of(INDEX), assets.keySet().stream().filter(path -> !path.endsWith(".png")))
                .map(path -> '\'' + path + '\'')
                .collect(Collectors.joining(", ", "[", "]"));
        return template.replace("{base}", base)
                .replace("{files}", kept)
                .replace("{pages}", PAGE.pattern())
                .getBytes(StandardCharsets.UTF_8);
    }

    /** A library that names others by the files beside it. */
    private static byte[] linked(String path, byte[] content) {
        return BARE.matcher(new String(content, StandardCharsets.UTF_8))
                .replaceAll(found -> {
                    String file = LIBRARIES.get(found.group(2));
                    if (file == null) {
                        throw new IllegalStateException("web/" + path + " imports " + found.group(2)
                                + ", which is no library that the shell has");
                    }
                    return found.group(1) + "\"./" + file + '"';
                })
                .getBytes(StandardCharsets.UTF_8);
    }

    Optional<StaticFile> find(String path) {
        StaticFile file = files.get(path);
        if (file != null) {
            return Optional.of(file);
        }
        return PAGE.matcher(path).matches() ? Optional.of(page) : Optional.empty();
    }
}
