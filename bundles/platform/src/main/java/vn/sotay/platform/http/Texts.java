package vn.sotay.platform.http;

import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import vn.sotay.platform.module.Module;
import vn.sotay.platform.module.ModuleException;
import vn.sotay.platform.module.ModulePart;
import vn.sotay.platform.module.Words;

/** The words of the platform and of each module in its languages, from {@code sotay/i18n/{vi,en,ko}.properties}. Thread-safe. */
@Component(service = {Texts.class, Words.class, ModulePart.class})
public final class Texts implements Words, ModulePart {

    /** The languages that each module must speak; the first is the default. */
    public static final List<Locale> LANGUAGES = List.of(new Locale("vi"), Locale.ENGLISH, Locale.KOREAN);

    private static final Pattern NAME = Pattern.compile("\\{(\\w+)}");

    private final Map<String, Map<String, Map<String, String>>> byModule = new ConcurrentHashMap<>();

    /** For the framework; {@code context} is the platform's own. */
    @Activate
    public Texts(BundleContext context) {
        Module platform = new Module(
                Module.PLATFORM, context.getBundle(), com.fasterxml.jackson.databind.node.MissingNode.getInstance());
        add(platform);
    }

    /** For tests, with the platform's texts alone. */
    Texts(Map<String, Map<String, String>> platform) {
        byModule.put(Module.PLATFORM, platform);
    }

    @Override
    public void check(Module module) throws ModuleException {
        Map<String, Map<String, String>> texts = read(module);
        Set<String> expected =
                texts.getOrDefault(LANGUAGES.get(0).getLanguage(), Map.of()).keySet();
        for (Map.Entry<String, Map<String, String>> language : texts.entrySet()) {
            Set<String> odd = new TreeSet<>(expected);
            odd.removeAll(language.getValue().keySet());
            Set<String> more = new TreeSet<>(language.getValue().keySet());
            more.removeAll(expected);
            odd.addAll(more);
            if (!odd.isEmpty()) {
                throw new ModuleException("the texts of " + module.id() + " differ: sotay/i18n/vi.properties and "
                        + language.getKey() + ".properties must have the same keys, see "
                        + odd.iterator().next());
            }
        }
    }

    @Override
    public void add(Module module) {
        byModule.put(module.id(), read(module));
    }

    @Override
    public void remove(Module module) {
        byModule.remove(module.id());
    }

    private static Map<String, Map<String, String>> read(Module module) {
        Map<String, Map<String, String>> texts = new LinkedHashMap<>();
        for (Locale language : LANGUAGES) {
            String name = language.getLanguage();
            texts.put(
                    name,
                    module.read("sotay/i18n/" + name + ".properties")
                            .map(Texts::parse)
                            .orElse(Map.of()));
        }
        return texts;
    }

    static Map<String, String> parse(byte[] file) {
        Properties properties = new Properties();
        try {
            properties.load(new StringReader(new String(file, StandardCharsets.UTF_8)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Map<String, String> texts = new TreeMap<>();
        properties.forEach((key, value) -> texts.put((String) key, (String) value));
        return texts;
    }

    /** All texts of a module in one language; empty if there is no such module. */
    public Map<String, String> of(String module, Locale language) {
        return byModule.getOrDefault(module, Map.of()).getOrDefault(language.getLanguage(), Map.of());
    }

    /** A text of the module, or of the platform where the module has none; null if neither has. */
    public @Nullable String find(String module, Locale language, String key) {
        String own = of(module, language).get(key);
        return own != null ? own : of(Module.PLATFORM, language).get(key);
    }

    /** As {@link #find} with names in braces replaced; the key itself if there is no such text. */
    @Override
    public String say(String module, Locale language, String key, Map<String, ?> values) {
        String text = find(module, language, key);
        if (text == null) {
            return key;
        }
        // in one go: what a value says is not looked at again
        return NAME.matcher(text).replaceAll(name -> {
            Object value = values.get(name.group(1));
            return Matcher.quoteReplacement(value == null ? name.group() : value.toString());
        });
    }

    /** The language that a caller reads, of those there are. */
    public static Locale preferred(@Nullable String acceptLanguage) {
        if (acceptLanguage == null || acceptLanguage.length() > 500) {
            return LANGUAGES.get(0);
        }
        try {
            Locale found = Locale.lookup(Locale.LanguageRange.parse(acceptLanguage), LANGUAGES);
            return found == null ? LANGUAGES.get(0) : found;
        } catch (IllegalArgumentException e) {
            return LANGUAGES.get(0);
        }
    }
}
