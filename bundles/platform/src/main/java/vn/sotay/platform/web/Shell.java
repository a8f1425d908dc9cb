package vn.sotay.platform.web;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import vn.sotay.platform.http.Pages.StaticFile;

/**
 * The shell's files below {@code /s/<hash>/}, and its one page, which is sent for the path of every page: which one is meant is
 * decided in the browser. Immutable.
 */
final class Shell {

    private static final Pattern IMPORT_MAP =
            Pattern.compile("<script type=\"importmap\">(.*?)</script>", Pattern.DOTALL);
    private static final Pattern PAGE = Pattern.compile("/(?!(api|m|s|health|metrics)(/|$))([^./]*/)*[^./]*");

    private final Map<String, StaticFile> files = new HashMap<>();
    private final StaticFile page;

    /** @param sources the content of {@code web/} by path within it */
    Shell(Map<String, byte[]> sources) {
        SortedMap<String, byte[]> assets = new TreeMap<>();
        sources.forEach((path, content) -> {
            if (path.startsWith("texts/") && path.endsWith(".properties")) {
                assets.put(path.replace(".properties", ".json"), Assets.json(content, key -> true));
            } else if (Assets.isServed(path) && !path.equals("index.html")) {
                assets.put(path, content);
            }
        });
        String hash = Assets.hash(assets);
        String base = "/s/" + hash;
        assets.forEach((path, content) -> files.put(base + '/' + path, Assets.file(path, content, hash)));
        byte[] index = sources.get("index.html");
        if (index == null) {
            throw new IllegalStateException("the bundle has no web/index.html");
        }
        String preload = assets.keySet().stream()
                .filter(path -> path.endsWith(".js"))
                .map(path -> "<link rel=\"modulepreload\" href=\"" + base + '/' + path + "\">")
                .collect(Collectors.joining("\n"));
        String html = new String(index, StandardCharsets.UTF_8)
                .replace("{preload}", preload)
                .replace("{base}", base);
        this.page = Assets.page(
                html.getBytes(StandardCharsets.UTF_8), Map.of("Content-Security-Policy", contentSecurityPolicy(html)));
    }

    /** Nothing but our own files, and of scripts within the page the import map alone. */
    private static String contentSecurityPolicy(String html) {
        Matcher map = IMPORT_MAP.matcher(html);
        if (!map.find()) {
            throw new IllegalStateException("web/index.html has no import map");
        }
        byte[] digest = Assets.sha256().digest(map.group(1).getBytes(StandardCharsets.UTF_8));
        return "default-src 'none'; script-src 'self' 'sha256-"
                + Base64.getEncoder().encodeToString(digest)
                + "'; style-src 'self'; connect-src 'self'; img-src 'self' data:; font-src 'self'; manifest-src 'self';"
                + " form-action 'self'; base-uri 'none'; frame-ancestors 'none'";
    }

    Optional<StaticFile> find(String path) {
        StaticFile file = files.get(path);
        if (file != null) {
            return Optional.of(file);
        }
        return PAGE.matcher(path).matches() ? Optional.of(page) : Optional.empty();
    }
}
