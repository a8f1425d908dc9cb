package vn.sotay.platform.search;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A search.
 *
 * @param words as they were typed
 * @param audiences whose documents may be found
 * @param types those that there are now
 * @param type of these the one that is wanted; null for all
 * @param year the one that is wanted; null for all, those without a day included
 * @param from how many to pass over
 * @param limit how many to give at most
 */
public record Ask(
        String words,
        Set<String> audiences,
        Set<String> types,
        @Nullable String type,
        @Nullable Integer year,
        int from,
        int limit) {}
