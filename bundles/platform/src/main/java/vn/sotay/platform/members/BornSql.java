package vn.sotay.platform.members;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import vn.sotay.api.member.Born;

/**
 * {@link Born#meets} in the database.
 *
 * @param sql a condition; never empty
 * @param binds what it names
 */
public record BornSql(String sql, Map<String, Object> binds) {

    private static final BornSql ALL = new BornSql("1 = 1", Map.of());
    private static final String FIRST = "0001-01-01";
    private static final String LAST = "9999-12-31";

    /** Holds of members {@code m} who may be born in these days. */
    public static BornSql member(@Nullable Born born) {
        if (born == null) {
            return ALL;
        }
        StringBuilder sql = new StringBuilder("1 = 1");
        Map<String, Object> binds = new HashMap<>();
        if (born.from() != null) {
            sql.append(
                    " and (m.birth_date >= :bornFrom or m.birth_date is null and (m.birth_year is null or m.birth_year"
                            + " >= :bornFromYear))");
            binds.put("bornFrom", born.from().toString());
            binds.put("bornFromYear", born.from().getYear());
        }
        if (born.to() != null) {
            sql.append(" and (m.birth_date <= :bornTo or m.birth_date is null and (m.birth_year is null or m.birth_year"
                    + " <= :bornToYear))");
            binds.put("bornTo", born.to().toString());
            binds.put("bornToYear", born.to().getYear());
        }
        return new BornSql(sql.toString(), binds);
    }

    /**
     * Holds of rows whose columns {@code born_from} and {@code born_to} have days in which somebody may be born.
     *
     * @param table the table, or what it is called in the query
     * @param born of {@link Born#of}
     */
    public static BornSql rows(String table, Born born) {
        return new BornSql(
                "(" + table + ".born_from is null or " + table + ".born_from <= :bornLast) and (" + table
                        + ".born_to is null or " + table + ".born_to >= :bornFirst)",
                Map.of(
                        "bornFirst", born.from() == null ? FIRST : born.from().toString(),
                        "bornLast", born.to() == null ? LAST : born.to().toString()));
    }
}
