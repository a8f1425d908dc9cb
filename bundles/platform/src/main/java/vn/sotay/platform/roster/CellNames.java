package vn.sotay.platform.roster;

import java.util.HashMap;
import java.util.Map;
import vn.sotay.api.text.Folding;
import vn.sotay.api.unit.Unit;
import vn.sotay.api.unit.Units;

/** Finds cells within a unit by code or by name. A code outside it is as unknown as one that does not exist. */
final class CellNames implements RowChecks.Cells {

    private final Units units;
    private final Unit unit;
    private final Map<String, Found> found = new HashMap<>();
    private Map<String, Found> byName = Map.of();

    CellNames(Units units, Unit unit) {
        this.units = units;
        this.unit = unit;
    }

    @Override
    public Found find(String called) {
        return found.computeIfAbsent(called, this::look);
    }

    private Found look(String called) {
        if (called.isEmpty()) {
            return units.isCell(unit) ? Found.of(unit.id()) : Found.refused("roster.cell-missing");
        }
        Unit byCode = units.byCode(called.replace(" ", ""))
                .filter(each -> each.isWithin(unit))
                .orElse(null);
        if (byCode != null) {
            return units.isCell(byCode) ? Found.of(byCode.id()) : Found.refused("roster.cell-no-cell");
        }
        if (byName.isEmpty()) {
            byName = new HashMap<>();
            name(unit);
        }
        return byName.getOrDefault(bare(called), Found.refused("roster.cell-unknown"));
    }

    private void name(Unit each) {
        if (units.isCell(each)) {
            byName.merge(bare(each.name()), Found.of(each.id()), (one, other) -> Found.refused("roster.cell-unclear"));
        }
        units.below(each.id()).forEach(this::name);
    }

    /** Rosters write "Chi bộ thôn Hải Ninh" or just "thôn Hải Ninh". */
    private static String bare(String name) {
        String folded = Folding.fold(name);
        return folded.startsWith("chi bo ") ? folded.substring("chi bo ".length()) : folded;
    }
}
