package vn.sotay.platform.access;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What a list of sessions calls a device, from what its browser says of itself: enough to tell one's own apart, and no more is kept. */
final class DeviceNames {

    /** Looked for in this order: the later ones call themselves by the earlier ones' names as well. */
    private static final List<Map.Entry<String, String>> SYSTEMS = List.of(
            Map.entry("iPhone", "iPhone"),
            Map.entry("iPad", "iPad"),
            Map.entry("Android", "Android"),
            Map.entry("Windows", "Windows"),
            Map.entry("CrOS", "ChromeOS"),
            Map.entry("Mac OS X", "Mac"),
            Map.entry("Linux", "Linux"));

    private static final List<Map.Entry<String, String>> BROWSERS = List.of(
            Map.entry("coc_coc", "Cốc Cốc"),
            Map.entry("SamsungBrowser", "Samsung Internet"),
            Map.entry("Edg", "Edge"),
            Map.entry("Firefox", "Firefox"),
            Map.entry("FxiOS", "Firefox"),
            Map.entry("CriOS", "Chrome"),
            Map.entry("Chrome", "Chrome"),
            Map.entry("Safari", "Safari"));

    private DeviceNames() {}

    /** Such as {@code Android · Chrome}; empty if nothing is known of it. */
    static String of(String agent) {
        return Stream.of(find(agent, SYSTEMS), find(agent, BROWSERS))
                .flatMap(Optional::stream)
                .collect(Collectors.joining(" · "));
    }

    private static Optional<String> find(String agent, List<Map.Entry<String, String>> names) {
        return names.stream()
                .filter(name -> agent.contains(name.getKey()))
                .map(Map.Entry::getValue)
                .findFirst();
    }
}
