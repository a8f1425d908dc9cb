package vn.sotay.api.change;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A field that two may have written without knowing of each other, such as two phones of one person: what it is now, and what gave way. For
 * things whose policy is {@code fields} ({@code docs/sync.md}): of a field that one side alone changed that side's counts; of one that both
 * changed what came later, and the other value is to be kept and shown to both.
 *
 * @param value what the field is from now on
 * @param gaveWay whether both changed it, and differently
 * @param other the value that gave way, if one did; else null
 */
public record Merged<T>(
        @Nullable T value, boolean gaveWay, @Nullable T other) {

    /**
     * Puts two values together. Values are compared by {@code equals}; sent again after it was merged, a value changes nothing.
     *
     * @param base what it was when the later one was written, as its writer saw it
     * @param there what it is
     * @param sent what has come
     */
    public static <T> Merged<T> of(@Nullable T base, @Nullable T there, @Nullable T sent) {
        if (Objects.equals(sent, base) || Objects.equals(sent, there)) {
            return new Merged<>(there, false, null);
        }
        return Objects.equals(there, base) ? new Merged<>(sent, false, null) : new Merged<>(sent, true, there);
    }
}
