package vn.sotay.api.paper;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.osgi.annotation.versioning.ProviderType;

/**
 * A paper that is written from top to bottom, over as many pages as it takes. Letters that its font does not have stand as {@code ?}. For
 * one thread, while it is written.
 */
@ProviderType
public interface Sheet {

    /**
     * Somebody who signs.
     *
     * @param as in which part: {@code Đảng viên}
     * @param name is printed below the place; empty if it is to be written by hand
     */
    record Signer(String as, String name) {}

    /** A heading, which is not left alone at the end of a page. */
    void heading(String text);

    /** A paragraph; its line ends are kept. */
    void text(String text);

    /** What is called how: two columns. */
    void facts(List<Map.Entry<String, String>> facts);

    /** A table; its head stands on each page. Each row has as many values as there are heads. */
    void table(List<String> heads, List<List<String>> rows);

    /**
     * A QR code, 35 mm wide.
     *
     * @param text at most 300 characters
     * @since 1.1
     */
    void code(String text);

    /** Places to sign, two beside each other, none of them torn by the end of a page. */
    void signatures(List<Signer> signers);

    /**
     * A text of the module in Vietnamese, with names in braces replaced; the key itself if there is no such text.
     *
     * @param values by the names that stand in braces
     */
    String say(String key, Map<String, ?> values);

    /** A text of the module in Vietnamese; the key itself if there is no such text. */
    default String say(String key) {
        return say(key, Map.of());
    }

    /** {@code 19:00 thứ Bảy 28/11/2026}, by the clock of Viet Nam. */
    String when(Instant instant);
}
