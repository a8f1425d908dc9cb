package vn.sotay.dues;

import java.util.List;
import org.jspecify.annotations.Nullable;
import vn.sotay.api.http.Page;
import vn.sotay.api.http.Problem;

/** Pages of lists that are short enough to be made whole, such as those of a cell. */
final class Cursor {

    private Cursor() {}

    static <T> Page<T> page(List<T> all, int limit, @Nullable List<String> after) {
        int begin = Math.min(all.size(), begin(after));
        int end = Math.min(all.size(), begin + limit);
        return new Page<>(
                all.subList(begin, end), end < all.size() ? Page.cursor(List.of(Integer.toString(end))) : null);
    }

    private static int begin(@Nullable List<String> after) {
        try {
            return after == null ? 0 : Math.max(0, Integer.parseInt(after.get(0)));
        } catch (NumberFormatException | IndexOutOfBoundsException e) {
            throw Problem.invalid("after", "cursor");
        }
    }
}
