package vn.sotay.platform.module;

import java.util.Locale;
import java.util.Map;

/** Puts what is kept as a key into words: the texts of the platform and its modules. A service. Thread-safe. */
public interface Words {

    /**
     * A text of the module, or of the platform where the module has none, with names in braces replaced; the key itself if there is
     * no such text.
     *
     * @param values by the names that stand in braces
     */
    String say(String module, Locale language, String key, Map<String, ?> values);
}
