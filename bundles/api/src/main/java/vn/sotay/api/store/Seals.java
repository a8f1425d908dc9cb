package vn.sotay.api.store;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Seals columns of a module's own tables, so that nobody reads them who has the database alone. Each module gets its own, with the
 * bundle. A field is declared in {@code module.json}, with the columns where it is kept; thereby a new key reaches it, also while the
 * module is stopped:
 *
 * <pre>{@code
 * "sealed": {"dues_income": {"key": "id", "fields": {"income": {"column": "income_sealed", "hash": "income_hash"}}}}
 * }</pre>
 *
 * <p>{@code key} is a text column that no two rows have alike and that never changes, or several, best those of the primary key:
 * {@code ["meeting", "member"]}. {@code hash} is left out where nobody searches. A sealed value is bound to module, field and key: in
 * another column or row it cannot be opened. Columns: {@code varchar}, for the sealed value 70 more than four thirds of its UTF-8 bytes,
 * for the hash 64, which is not unique while keys are changed. A text does not end with U+0000, which fills it up.
 *
 * <p>A column that an earlier version wrote plainly is named by {@code was}, with the component of a change type that had the same, if
 * one had: {@code "reason": {"column": "reason_sealed", "was": {"column": "reason", "payload": "dues-income.reason"}}}. What stands there
 * is sealed beside everything else once the module is taken in, and the column is emptied; until then {@link #open(String, String, String,
 * String)} reads either, and whoever writes a sealed value empties the other column. A hash is not there before that.
 *
 * <p>Seal, and make hashes, inside the unit of work that writes them: a change of keys waits for it. Thread-safe. All methods throw
 * {@code IllegalArgumentException} for a field that is not declared.
 */
@ProviderType
public interface Seals {

    /**
     * The key of a row with several key columns, in the order in which they are declared; of one, as it stands there.
     *
     * @param columns texts without a slash, such as ids
     */
    static String key(Object... columns) {
        return Arrays.stream(columns).map(String::valueOf).collect(Collectors.joining("/"));
    }

    /**
     * Seals a text; twice the same is sealed differently.
     *
     * @param key of the row; see {@link #key}
     */
    String seal(String field, String key, String plain);

    /**
     * Opens what {@link #seal} gave for this field of this row.
     *
     * @throws IllegalStateException if it was sealed for another place, was changed, or its key is gone
     */
    String open(String field, String key, String sealed);

    /**
     * Opens what is sealed, or what an earlier version has left plain. The plain one counts if both are there: that version came back.
     *
     * @param plain of the column that {@code was} names
     * @return null if neither is there
     * @throws IllegalStateException as {@link #open(String, String, String)}
     */
    default @Nullable String open(String field, String key, @Nullable String sealed, @Nullable String plain) {
        return plain != null || sealed == null ? plain : open(field, key, sealed);
    }

    /**
     * The hash to keep beside a sealed value, by which it is found; who lacks the key can neither make nor guess it.
     *
     * @param plain the very text that is sealed: a new key makes the hash anew from that
     */
    String hash(String field, String plain);

    /** The hashes that rows with this text may have: one by each key. */
    List<String> hashes(String field, String plain);
}
