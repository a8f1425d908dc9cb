package vn.sotay.api.http;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A page of a list.
 *
 * @param next what to give as {@code after} for the page that follows; null on the last
 */
public record Page<T>(List<T> items, @Nullable String next) {

    private static final String BETWEEN = "\u001f";

    public Page {
        items = List.copyOf(items);
    }

    /**
     * Makes a page of rows that were read with one more than the limit, so that it is known whether others follow.
     *
     * @param rows in order, at most {@code limit + 1}
     * @param key the values by which the rows are ordered and told apart
     */
    public static <T> Page<T> of(List<T> rows, int limit, Function<T, List<String>> key) {
        if (rows.size() <= limit) {
            return new Page<>(rows, null);
        }
        return new Page<>(rows.subList(0, limit), cursor(key.apply(rows.get(limit - 1))));
    }

    /** The cursor for these values. */
    public static String cursor(List<String> values) {
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(String.join(BETWEEN, values).getBytes(StandardCharsets.UTF_8));
    }

    /**
     * The values of a cursor.
     *
     * @throws IllegalArgumentException if it was not made by {@link #cursor}; that the values are what a list gave is for the list to check
     */
    public static List<String> values(String cursor) {
        List<String> values =
                List.of(new String(Base64.getUrlDecoder().decode(cursor), StandardCharsets.UTF_8).split(BETWEEN, -1));
        // a database does not take such characters
        if (values.stream().anyMatch(value -> value.chars().anyMatch(Character::isISOControl))) {
            throw new IllegalArgumentException("no cursor");
        }
        return values;
    }
}
