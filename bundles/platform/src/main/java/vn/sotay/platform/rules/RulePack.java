package vn.sotay.platform.rules;

import java.time.LocalDate;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A regulation's rules, as a file has them.
 *
 * @param id unique in the province
 * @param number official number, null for a local practice without one
 * @param issued day of issue, null if it is not known
 * @param effectiveFrom first day in force
 * @param effectiveTo last day in force, null while it is open
 * @param supersedes id of the pack that this one ends, the day before it comes into force
 * @param source where the text was read
 * @param confirm whether its numbers are known from secondary sources only: not in force until the province confirms it
 */
record RulePack(
        String id,
        String title,
        String issuer,
        @Nullable String number,
        @Nullable LocalDate issued,
        LocalDate effectiveFrom,
        @Nullable LocalDate effectiveTo,
        @Nullable String supersedes,
        String source,
        @Nullable Boolean confirm,
        List<Line> rules) {

    /** Everywhere. */
    static final String EVERYWHERE = "*";

    /**
     * One rule.
     *
     * @param scope code of the unit below which it holds, or {@link #EVERYWHERE}
     * @param from its first day, where that is not the pack's
     * @param to its last day, where that is not the pack's
     * @param continuous whether there must be no day without such a rule between the first and the last one of its key and scope
     */
    record Line(
            String key,
            String scope,
            String value,
            String citation,
            @Nullable LocalDate from,
            @Nullable LocalDate to,
            @Nullable Boolean continuous) {

        Line {
            required("key", key);
            required("scope", scope);
            required("value", value);
            required("citation", citation);
            if (from != null && to != null && to.isBefore(from)) {
                throw new IllegalArgumentException("to is before from in " + key);
            }
        }

        boolean isContinuous() {
            return Boolean.TRUE.equals(continuous);
        }
    }

    RulePack {
        required("id", id);
        required("title", title);
        required("issuer", issuer);
        required("effectiveFrom", effectiveFrom);
        required("source", source);
        required("rules", rules);
        if (effectiveTo != null && effectiveTo.isBefore(effectiveFrom)) {
            throw new IllegalArgumentException("effectiveTo is before effectiveFrom");
        }
        rules = List.copyOf(rules);
    }

    boolean needsConfirmation() {
        return Boolean.TRUE.equals(confirm);
    }

    /** A file may leave out anything, whatever the types here say. */
    private static void required(String field, @Nullable Object value) {
        Objects.requireNonNull(value, field + " is missing");
    }
}
