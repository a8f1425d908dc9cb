package vn.sotay.platform.deploy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.osgi.framework.Bundle;
import org.osgi.framework.wiring.BundleRevision;
import vn.sotay.api.module.SotayModule;
import vn.sotay.platform.json.Json;
import vn.sotay.platform.module.Module;
import vn.sotay.platform.module.ModuleException;

/** Reads who a bundle is as a module, while it is only installed: the manifest's capability and {@code sotay/module.json}. */
final class Descriptor {

    private static final Pattern ID = Pattern.compile("[a-z][a-z0-9-]{0,39}");
    private static final String PATH = "sotay/module.json";
    private static final List<String> KEYS = List.of("names", "permissions", "sealed", "sync", "ui");
    private static final Pattern TYPE = Pattern.compile("[a-z][a-z0-9-]{0,39}");
    private static final List<String> POLICIES = List.of("append", "fields", "review");
    private static final List<String> LANGUAGES = List.of("vi", "en", "ko");
    private static final ObjectMapper JSON = Json.ownFiles();

    private Descriptor() {}

    /** The id in the manifest. */
    static String id(Bundle bundle) throws ModuleException {
        var capabilities = bundle.adapt(BundleRevision.class).getDeclaredCapabilities(SotayModule.NAMESPACE);
        if (capabilities.size() != 1) {
            throw new ModuleException("it is the bundle " + bundle.getSymbolicName()
                    + (capabilities.isEmpty()
                            ? ", but no module of Sotay: put @SotayModule on its root package, or take the file away"
                            : " and names more than one module: leave one @SotayModule"));
        }
        Object id = capabilities.get(0).getAttributes().get(SotayModule.NAMESPACE);
        if (!(id instanceof String name) || !ID.matcher(name).matches() || name.equals(Module.PLATFORM)) {
            throw new ModuleException("it names its module \"" + id
                    + "\": choose a word of lower-case letters, digits and hyphens, 40 at most, other than "
                    + Module.PLATFORM);
        }
        return name;
    }

    /** The module with its {@code module.json}. */
    static Module module(String id, Bundle bundle) throws ModuleException {
        Module bare = new Module(id, bundle, JSON.missingNode());
        byte[] content = bare.read(PATH)
                .orElseThrow(() -> new ModuleException(
                        "it has no " + PATH + ": add it, with \"names\" in vi, en and ko at least"));
        return new Module(id, bundle, parse(content));
    }

    private static JsonNode parse(byte[] content) throws ModuleException {
        JsonNode root;
        try {
            root = JSON.readTree(content);
        } catch (JsonProcessingException e) {
            throw new ModuleException(
                    PATH + " is no JSON, line "
                            + e.getLocation().getLineNr() + ": "
                            + e.getOriginalMessage().replaceAll("\\s+", " "),
                    e);
        } catch (IOException e) {
            throw new ModuleException(PATH + " cannot be read: " + e.getMessage(), e);
        }
        for (Map.Entry<String, JsonNode> entry : root.properties()) {
            if (!KEYS.contains(entry.getKey())) {
                throw new ModuleException(PATH + " has the key \"" + entry.getKey()
                        + "\", which is not known: known are " + String.join(", ", KEYS));
            }
        }
        for (String language : LANGUAGES) {
            if (root.path("names").path(language).asText().isBlank()) {
                throw new ModuleException(PATH + " does not name the module in \"" + language
                        + "\": \"names\" needs a text for each of " + String.join(", ", LANGUAGES));
            }
        }
        for (Map.Entry<String, JsonNode> entry : root.path("sync").properties()) {
            checkPolicy(entry.getKey(), entry.getValue());
        }
        return root;
    }

    private static void checkPolicy(String type, JsonNode policy) throws ModuleException {
        if (!TYPE.matcher(type).matches()) {
            throw new ModuleException(PATH + " has \"" + type + "\" in \"sync\", which is no name of a change type:"
                    + " lower-case letters, digits and hyphens");
        }
        if (!POLICIES.contains(policy.asText())) {
            throw new ModuleException(PATH + " says " + policy + " for " + type + " in \"sync\": known are "
                    + String.join(", ", POLICIES));
        }
    }

    /** What becomes of what two phones write without knowing of each other, by change type: {@code docs/sync.md}. */
    static Map<String, String> sync(Module module) {
        Map<String, String> policies = new TreeMap<>();
        for (Map.Entry<String, JsonNode> entry :
                module.descriptor().path("sync").properties()) {
            policies.put(entry.getKey(), entry.getValue().asText());
        }
        return policies;
    }

    /** The module's names by language. */
    static Map<String, String> names(Module module) {
        Map<String, String> names = new LinkedHashMap<>();
        LANGUAGES.forEach(language -> names.put(
                language, module.descriptor().path("names").path(language).asText()));
        return names;
    }
}
