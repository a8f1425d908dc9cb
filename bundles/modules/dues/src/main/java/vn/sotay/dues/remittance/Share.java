package vn.sotay.dues.remittance;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.util.Locale;
import java.util.Optional;
import vn.sotay.api.rule.Rule;
import vn.sotay.api.rule.Rules;
import vn.sotay.api.unit.Unit;

/**
 * What a unit keeps of the dues that come to it. Sources differ, so that there is none until a province has confirmed a rule pack that says
 * it: {@code dues.kept.<kind>}, in percent, for each kind of unit.
 *
 * @param percent 0 to 100
 */
record Share(BigDecimal percent, String citation) {

    private static final BigDecimal ALL = new BigDecimal(100);

    /** The share in force on that day; empty if the province has confirmed none. */
    static Optional<Share> of(Rules rules, LocalDate day, Unit unit) {
        return rules.find(day, unit, "dues.kept." + word(unit)).map(rule -> new Share(rule.decimal(), rule.citation()));
    }

    /** The kind of a unit as it stands in the key of a rule. */
    static String word(Unit unit) {
        return unit.kind().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** What is kept of an amount: to the đồng, half up. The rest is passed on, so that the two are the amount. */
    long kept(long amount) {
        return percent.multiply(BigDecimal.valueOf(amount))
                .divide(ALL, 0, RoundingMode.HALF_UP)
                .longValueExact();
    }

    /** Where a unit stands in the reports. */
    enum Level {
        CELL,
        GRASSROOTS,
        UPPER;

        /** By {@code dues.level.<kind>}; where no rule says it, what takes no money from members itself stands above. */
        static Level of(Rules rules, LocalDate day, Unit unit, boolean isCell) {
            return rules.find(day, unit, "dues.level." + word(unit))
                    .map(Rule::value)
                    .map(Level::valueOf)
                    .orElse(isCell ? CELL : UPPER);
        }
    }
}
