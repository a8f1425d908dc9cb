package vn.sotay.platform.search;

import java.time.LocalDate;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A search.
 *
 * @param words as they were typed
 * @param audiences whose documents may be found
 * @param types those that there are now
 * @param chosen what is wanted; of what is not named here everything is
 * @param today the day in Viet Nam, for what is in force
 * @param from how many to pass over
 * @param limit how many to give at most
 */
public record Ask(
        String words,
        Set<String> audiences,
        Set<String> types,
        Map<Facet, String> chosen,
        LocalDate today,
        int from,
        int limit) {

    /** What is wanted; null for all. */
    @Nullable String wanted(Facet facet) {
        return chosen.get(facet);
    }
}
