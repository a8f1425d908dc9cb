package vn.sotay.api.access;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import vn.sotay.api.unit.Unit;

/**
 * The units in which a caller has a permission: those it holds a mandate at, with or without all below. It becomes a
 * condition of a module's SQL, so that a list is cut to what its reader may see by the database.
 *
 * @param units the very units, with those that were merged into them
 * @param trees units that stand for themselves and all below them
 */
public record Reach(List<Unit> units, List<Unit> trees) {

    public Reach {
        units = List.copyOf(units);
        trees = List.copyOf(trees);
    }

    public boolean isEmpty() {
        return units.isEmpty() && trees.isEmpty();
    }

    public boolean covers(Unit unit) {
        return units.stream().anyMatch(u -> u.id().equals(unit.id()) || u.id().equals(unit.successor()))
                || trees.stream().anyMatch(unit::isWithin);
    }

    /**
     * A condition that holds where {@code column}, a unit's id, lies within this reach; bind it with {@link #binds()}.
     * Matches nothing when the reach is empty.
     */
    public String sql(String column) {
        StringBuilder sql = new StringBuilder(column).append(" in (select id from unit where 1 = 0");
        for (int i = 0; i < units.size(); i++) {
            sql.append(" or id = :reachUnit")
                    .append(i)
                    .append(" or (parent = :reachUnit")
                    .append(i)
                    .append(" and closed_at is not null)");
        }
        for (int i = 0; i < trees.size(); i++) {
            sql.append(" or (path >= :reachTree")
                    .append(i)
                    .append(" and path < :reachTreeEnd")
                    .append(i)
                    .append(')');
        }
        return sql.append(')').toString();
    }

    /** Values of the names in {@link #sql}. */
    public Map<String, Object> binds() {
        Map<String, Object> binds = new LinkedHashMap<>();
        for (int i = 0; i < units.size(); i++) {
            binds.put("reachUnit" + i, units.get(i).id().toString());
        }
        for (int i = 0; i < trees.size(); i++) {
            binds.put("reachTree" + i, trees.get(i).path());
            // paths end with a slash, and '0' is the character after it: all that begins with the path, by the index
            String path = trees.get(i).path();
            binds.put("reachTreeEnd" + i, path.substring(0, path.length() - 1) + '0');
        }
        return binds;
    }
}
