package vn.sotay.api.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PageTest {

    @ParameterizedTest(name = "{0} rows by {1}")
    @CsvSource({
        // rows read, limit, items, the last of which is the cursor
        "0, 3, 0, ",
        "2, 3, 2, ",
        "3, 3, 3, ",
        "4, 3, 3, 2",
        "2, 1, 1, 0",
    })
    void tellsWhetherOthersFollow(int rows, int limit, int items, Integer last) {
        List<Integer> read = IntStream.range(0, rows).boxed().toList();

        Page<Integer> page = Page.of(read, limit, row -> List.of("an nguyễn", row.toString()));

        assertThat(page.items()).isEqualTo(read.subList(0, items));
        if (last == null) {
            assertThat(page.next()).isNull();
        } else {
            assertThat(page.next()).matches("[A-Za-z0-9_-]+");
            assertThat(Page.values(page.next())).containsExactly("an nguyễn", last.toString());
        }
    }

    @Test
    void keepsValuesThatAreEmpty() {
        assertThat(Page.values(Page.cursor(List.of("", "a", "")))).containsExactly("", "a", "");
        assertThatThrownBy(() -> Page.values("no cursor")).isInstanceOf(IllegalArgumentException.class);
    }
}
