package vn.sotay.platform.web;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import vn.sotay.platform.http.Pages.StaticFile;
import vn.sotay.platform.module.Module;
import vn.sotay.platform.module.ModuleException;

/**
 * The pages of one version of a module: the files of {@code sotay/ui} below {@code /m/<id>/<hash>/}, and those of {@code sotay/i18n} as
 * JSON. Immutable.
 */
record ModuleFiles(ModulePages.Urls urls, Map<String, StaticFile> files) {

    private static final List<String> LANGUAGES = List.of("vi", "en", "ko");

    /** Reads them; empty if the module brings no pages. */
    static Optional<ModuleFiles> of(Module module) throws ModuleException {
        JsonNode ui = module.descriptor().path("ui");
        if (ui.isMissingNode()) {
            return Optional.empty();
        }
        SortedMap<String, byte[]> sources = new TreeMap<>();
        for (String path : module.files("ui")) {
            String name = path.substring(path.lastIndexOf('/') + 1);
            if (Assets.isServed(name)) {
                module.read(path).ifPresent(content -> sources.put(name, content));
            }
        }
        String script = named(module, ui, "script", sources);
        if (script == null) {
            throw new ModuleException("module.json of " + module.id()
                    + " has ui without script: name the file of sotay/ui that exports its pages");
        }
        String style = named(module, ui, "style", sources);
        for (String language : LANGUAGES) {
            module.read("sotay/i18n/" + language + ".properties")
                    .ifPresent(content ->
                            sources.put("texts/" + language + ".json", Assets.json(content, ModuleFiles::isOfPages)));
        }
        String hash = Assets.hash(sources);
        String base = "/m/" + module.id() + '/' + hash + '/';
        Map<String, StaticFile> files = new HashMap<>();
        sources.forEach((name, content) -> files.put(base + name, Assets.file(name, content, hash)));
        return Optional.of(new ModuleFiles(
                new ModulePages.Urls(
                        base + script,
                        style == null ? null : base + style,
                        base + "texts",
                        files.keySet().stream().sorted().toList()),
                Map.copyOf(files)));
    }

    private static @Nullable String named(Module module, JsonNode ui, String what, Map<String, byte[]> sources)
            throws ModuleException {
        if (!ui.hasNonNull(what)) {
            return null;
        }
        String name = ui.get(what).asText();
        if (!sources.containsKey(name)) {
            throw new ModuleException("module.json of " + module.id() + " names " + name + " as ui." + what
                    + ", but the bundle has no sotay/ui/" + name);
        }
        return name;
    }

    /** The texts of problems are said by the server. */
    private static boolean isOfPages(String key) {
        return !key.startsWith("problem.") && !key.startsWith("rule.");
    }
}
