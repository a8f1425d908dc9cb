package vn.sotay.platform.deploy;

import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import vn.sotay.platform.web.ModulePages;

/**
 * A module as it is told to a client.
 *
 * @param name in the caller's language
 * @param problem the operator's line, in English as in the log; for administrators only
 * @param sync what becomes of what two phones write of one thing without knowing of each other, by the types of the change feed: {@code
 *     append}, {@code fields} or {@code review}; of other types what comes later counts
 * @param ui where its pages lie; null if it brings none or does not run
 */
record ModuleReply(
        String id,
        String version,
        ModuleState state,
        String name,
        @Nullable String problem,
        Map<String, String> sync,
        ModulePages.@Nullable Urls ui) {

    static ModuleReply of(ModuleStatus status, Locale language, boolean toAdministrator, ModulePages pages) {
        return new ModuleReply(
                status.id(),
                status.version(),
                status.state(),
                status.names().getOrDefault(language.getLanguage(), status.id()),
                toAdministrator ? status.problem() : null,
                new TreeMap<>(status.sync()),
                status.state() == ModuleState.RUNNING ? pages.of(status.id()).orElse(null) : null);
    }
}
