package vn.sotay.platform.personal;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What a table keeps of people, as its bundle declares it in {@code sotay/personal-data.json}. Its names become part of SQL.
 *
 * @param member the column with the id of the member whom a row is about; null if there is none
 * @param account the column with the id of that member's account, where there is no {@code member}
 * @param erased what becomes of a row when that member is deleted; null where rows are about nobody
 * @param cleared the columns that are emptied then, with what they have instead, which is sealed where a module seals the column
 * @param basic the columns with personal data, by what they are for; {@code purpose.<that>} of the bundle's texts says it
 * @param sensitive as {@code basic}, of those that the law calls sensitive, and secrets
 * @param technical the columns that tell nothing of people
 * @param kept how long rows are kept; null for as long as what they belong to
 */
record PersonalTable(
        @Nullable String member,
        @Nullable String account,
        @Nullable Erased erased,
        @Nullable Map<String, @Nullable String> cleared,
        @Nullable Map<String, List<String>> basic,
        @Nullable Map<String, List<String>> sensitive,
        @Nullable List<String> technical,
        @Nullable Kept kept) {

    /** What becomes of the rows about somebody who is deleted. */
    enum Erased {
        /** They go. */
        REMOVED,
        /** They stay, for the totals, without what {@link PersonalTable#cleared} names. */
        CLEARED,
        /** They stay as they are: ids alone. */
        KEPT
    }

    /**
     * How long rows are kept; they are treated as those of somebody deleted then.
     *
     * @param rule key of the rule that says how many days
     * @param since the column with the time, in milliseconds, from which they count; rows in which it is empty stay
     */
    record Kept(String rule, String since) {

        Kept {
            Objects.requireNonNull(rule, "rule is missing");
            name(since);
        }
    }

    /** A name that both databases know without quotes. */
    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9_]{0,59}");

    PersonalTable {
        if (member != null) {
            name(member);
        }
        if (account != null) {
            name(account);
        }
        if (member != null && account != null) {
            throw new IllegalArgumentException(
                    "it has \"member\" and \"account\": one of them tells whom a row is about");
        }
        if ((member != null || account != null || kept != null) && erased == null) {
            throw new IllegalArgumentException("\"erased\" is missing: REMOVED, CLEARED or KEPT");
        }
        if ((erased == Erased.CLEARED) != (cleared != null && !cleared.isEmpty())) {
            throw new IllegalArgumentException("CLEARED needs \"cleared\", and nothing else has it");
        }
        Set<String> known = new HashSet<>();
        for (String column : columns(basic, sensitive, technical).toList()) {
            if (!known.add(name(column))) {
                throw new IllegalArgumentException("the column " + column + " stands there twice");
            }
        }
        Stream.of(
                        Stream.ofNullable(member),
                        Stream.ofNullable(account),
                        Stream.ofNullable(kept).map(Kept::since),
                        cleared == null ? Stream.<String>of() : cleared.keySet().stream())
                .flatMap(each -> each)
                .filter(column -> !known.contains(column))
                .findFirst()
                .ifPresent(column -> {
                    throw new IllegalArgumentException("the column " + column + " has no class: put it into"
                            + " \"basic\", \"sensitive\" or \"technical\"");
                });
    }

    static String name(@Nullable String name) {
        if (name == null || !NAME.matcher(name).matches()) {
            throw new IllegalArgumentException(
                    "\"" + name + "\" is no name of a table or column: lower-case letters, digits and _");
        }
        return name;
    }

    private static Stream<String> columns(
            @Nullable Map<String, List<String>> basic,
            @Nullable Map<String, List<String>> sensitive,
            @Nullable List<String> technical) {
        return Stream.of(
                        basic == null
                                ? Stream.<String>of()
                                : basic.values().stream().flatMap(List::stream),
                        sensitive == null
                                ? Stream.<String>of()
                                : sensitive.values().stream().flatMap(List::stream),
                        technical == null ? Stream.<String>of() : technical.stream())
                .flatMap(each -> each);
    }

    /** All columns that it names. */
    Set<String> columns() {
        return new TreeSet<>(columns(basic, sensitive, technical).toList());
    }

    /** The column that tells whom a row is about; null if rows are about nobody. */
    @Nullable String person() {
        return member == null ? account : member;
    }

    /** What its columns with personal data are for. */
    List<String> purposes() {
        List<String> purposes = new ArrayList<>();
        Stream.of(basic, sensitive)
                .filter(Objects::nonNull)
                .flatMap(each -> each.keySet().stream())
                .distinct()
                .forEach(purposes::add);
        return purposes;
    }

    /** Whether some of what it keeps for this is sensitive. */
    boolean isSensitive(String purpose) {
        return sensitive != null && sensitive.containsKey(purpose);
    }
}
