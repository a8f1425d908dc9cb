package vn.sotay.launcher;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.jar.JarFile;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.jspecify.annotations.Nullable;

/**
 * The configuration: {@code sotay.json} and what the command line puts over it, checked against what the bundles say they know (the
 * metatype descriptions that the build writes into them). A section {@code http} is the configuration {@code vn.sotay.http}.
 */
final class Settings {

    private static final String PREFIX = "vn.sotay.";

    private final Map<String, Map<String, Object>> byPid = new TreeMap<>();
    private final List<String> warnings = new ArrayList<>();

    private Settings() {}

    /**
     * Reads and checks.
     *
     * @param platform jars whose sections are all known
     * @param modules jars of the modules; a section of a module that is not there is a warning, since it may come later
     */
    static Settings read(Path config, List<Path> platform, List<Path> modules) throws OperatorException {
        Settings settings = new Settings();
        Map<String, Map<String, String>> known = known(platform);
        known.keySet().forEach(pid -> settings.byPid.put(pid, new LinkedHashMap<>()));
        Map<String, Map<String, String>> ofModules = known(modules);
        known.putAll(ofModules);
        JsonNode root = parse(config.resolve("sotay.json"));
        for (Map.Entry<String, JsonNode> section : root.properties()) {
            settings.take(section.getKey(), section.getValue(), known, !modules.isEmpty());
        }
        return settings;
    }

    private void take(String section, JsonNode values, Map<String, Map<String, String>> known, boolean someModules)
            throws OperatorException {
        Map<String, String> keys = known.get(PREFIX + section);
        if (keys == null) {
            if (isNear(section, known.keySet()) || !someModules) {
                throw new OperatorException(
                        "sotay.json: unknown section \"" + section + "\"; known are " + sections(known));
            }
            warnings.add(
                    "sotay.json: the section \"" + section + "\" belongs to no module that is here; it is left aside");
            return;
        }
        Map<String, Object> target = byPid.computeIfAbsent(PREFIX + section, pid -> new LinkedHashMap<>());
        for (Map.Entry<String, JsonNode> entry : values.properties()) {
            String type = keys.get(entry.getKey());
            if (type == null) {
                throw new OperatorException("sotay.json: unknown key \"" + section + "." + entry.getKey()
                        + "\"; known are " + String.join(", ", new TreeSet<>(keys.keySet())));
            }
            String key = section + "." + entry.getKey();
            target.put(entry.getKey(), value(key, type, entry.getValue()));
            if (type.equals("Password") && !entry.getValue().asText().isEmpty()) {
                warnings.add(
                        "sotay.json: \"" + key + "\" is a secret, and the file is copied and shown around: better in a"
                                + " file of its own, named by \"" + key + "File\", or in the environment");
            }
        }
    }

    /** Whether a section looks like a typing error of a known one: as long, and one letter off. */
    private static boolean isNear(String section, Set<String> pids) {
        return pids.stream().map(pid -> pid.substring(PREFIX.length())).anyMatch(name -> distance(name, section) == 1);
    }

    private static int distance(String a, String b) {
        int[] row = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int replaced = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(replaced, Math.min(row[j], row[j - 1]) + 1);
            }
        }
        return row[b.length()];
    }

    private static String sections(Map<String, Map<String, String>> known) {
        return String.join(
                ", ",
                known.keySet().stream()
                        .map(pid -> pid.substring(PREFIX.length()))
                        .sorted()
                        .toList());
    }

    private static Object value(String key, String type, JsonNode value) throws OperatorException {
        boolean fits =
                switch (type) {
                    case "Integer" -> value.isIntegralNumber() && value.canConvertToInt();
                    case "Long" -> value.isIntegralNumber() && value.canConvertToLong();
                    case "Boolean" -> value.isBoolean();
                    default -> value.isTextual();
                };
        if (!fits) {
            throw new OperatorException("sotay.json: \"" + key + "\" must be "
                    + switch (type) {
                        case "Integer", "Long" -> "a whole number";
                        case "Boolean" -> "true or false";
                        default -> "a text in quotation marks";
                    }
                    + (type.equals("Password") ? "" : ", not " + value));
        }
        return switch (type) {
            case "Integer" -> value.intValue();
            case "Long" -> value.longValue();
            case "Boolean" -> value.booleanValue();
            default -> value.textValue();
        };
    }

    private static JsonNode parse(Path file) throws OperatorException {
        JsonMapper mapper = JsonMapper.builder()
                .enable(JsonReadFeature.ALLOW_JAVA_COMMENTS, JsonReadFeature.ALLOW_TRAILING_COMMA)
                .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                .build();
        if (!Files.exists(file)) {
            return mapper.createObjectNode();
        }
        try {
            JsonNode root = mapper.readTree(file.toFile());
            if (!root.isObject()) {
                throw new OperatorException(file + " must hold its sections in braces, if only {}");
            }
            for (Map.Entry<String, JsonNode> section : root.properties()) {
                if (!section.getValue().isObject()) {
                    throw new OperatorException("sotay.json: \"" + section.getKey() + "\" must be a section in braces");
                }
            }
            return root;
        } catch (JsonProcessingException e) {
            throw new OperatorException(file + ", line " + e.getLocation().getLineNr() + ": " + e.getOriginalMessage());
        } catch (IOException e) {
            throw new OperatorException(file + " cannot be read: give this user the right to read it");
        }
    }

    /** The keys and their types that jars declare, by pid. */
    private static Map<String, Map<String, String>> known(List<Path> jars) {
        Map<String, Map<String, String>> known = new TreeMap<>();
        for (Path jar : jars) {
            try (JarFile file = new JarFile(jar.toFile())) {
                for (var entry : file.stream()
                        .filter(e -> e.getName().startsWith("OSGI-INF/metatype/")
                                && e.getName().endsWith(".xml"))
                        .toList()) {
                    try (InputStream in = file.getInputStream(entry)) {
                        describe(in, known);
                    }
                }
            } catch (IOException | XMLStreamException e) {
                // a broken module declares nothing; it is refused, with a line of its own, when it is deployed
                continue;
            }
        }
        return known;
    }

    private static void describe(InputStream in, Map<String, Map<String, String>> known) throws XMLStreamException {
        XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        XMLStreamReader xml = factory.createXMLStreamReader(in);
        Map<String, String> keys = new TreeMap<>();
        String pid = "";
        while (xml.hasNext()) {
            if (xml.next() == XMLStreamConstants.START_ELEMENT) {
                switch (xml.getLocalName()) {
                    case "AD" -> keys.put(xml.getAttributeValue(null, "id"), xml.getAttributeValue(null, "type"));
                    case "Designate" -> pid = xml.getAttributeValue(null, "pid");
                    default -> {}
                }
            }
        }
        if (pid.startsWith(PREFIX)) {
            known.put(pid, keys);
        }
    }

    /** Puts what the command line says over what the file says; nothing where it says nothing. */
    void overwrite(String section, String key, @Nullable Object value) {
        if (value != null) {
            byPid.computeIfAbsent(PREFIX + section, pid -> new LinkedHashMap<>())
                    .put(key, value);
        }
    }

    /** The configurations by pid: one for each that the platform knows, empty where nothing is set. */
    Map<String, Map<String, Object>> byPid() {
        return byPid;
    }

    List<String> warnings() {
        return warnings;
    }
}
