package vn.sotay.platform.web;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Where the pages of modules lie. Thread-safe. */
public interface ModulePages {

    /** The pages of a module; empty if it brings none. */
    Optional<Urls> of(String module);

    /**
     * Paths that change with what lies there.
     *
     * @param script the module's function, an ES module
     * @param style its style sheet, null if it has none
     * @param texts the folder of its words: {@code vi.json}, {@code en.json}, {@code ko.json}
     * @param files all of its files, sorted: what a device keeps to show the pages without a network
     */
    record Urls(String script, @Nullable String style, String texts, List<String> files) {}
}
