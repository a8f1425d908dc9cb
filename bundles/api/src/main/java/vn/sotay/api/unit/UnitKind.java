package vn.sotay.api.unit;

import java.util.Map;
import java.util.Set;

/**
 * A kind of unit, as the province's configuration defines it: levels are abolished and tried by regulation, so they are
 * data.
 *
 * @param id stable word of the API, such as {@code PROVINCE}, {@code COMMUNE}, {@code CELL}
 * @param leaf whether members meet here (a cell); only a leaf has members
 * @param parents ids of the kinds that may stand directly above; empty for a root
 * @param names what the screen calls it, by language ({@code vi}, {@code en}, {@code ko})
 */
public record UnitKind(String id, boolean leaf, Set<String> parents, Map<String, String> names) {}
