package vn.sotay.platform.notices;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import vn.sotay.api.rule.Rules;
import vn.sotay.api.unit.Unit;
import vn.sotay.platform.units.UnitBook;

/** The dated settings of notices, as they hold at a unit. Thread-safe. */
@Component(service = NoticeRules.class)
public final class NoticeRules {

    private final Rules rules;
    private final UnitBook units;

    @Activate
    public NoticeRules(@Reference Rules rules, @Reference UnitBook units) {
        this.rules = rules;
        this.units = units;
    }

    private int number(Instant now, Unit unit, String key) {
        return rules.on(LocalDate.ofInstant(now, Times.ZONE), unit, "notices." + key)
                .integer();
    }

    private Unit root() {
        return units.root().orElseThrow();
    }

    Times.Quiet quiet(Instant now, Unit unit) {
        return new Times.Quiet(
                LocalTime.of(number(now, unit, "quiet.from.hour"), 0),
                LocalTime.of(number(now, unit, "quiet.to.hour"), 0));
    }

    /** How many messages a day that are not urgent. */
    int mostOfDay(Instant now, Unit unit) {
        return number(now, unit, "day.most");
    }

    /** Who has looked into the handbook since then sees a notice there. */
    Instant looksSince(Instant now) {
        return now.minus(Duration.ofDays(number(now, root(), "looks.days")));
    }

    /** What was sent before that need not be told by word of mouth any more. */
    Instant callsSince(Instant now) {
        return now.minus(Duration.ofDays(number(now, root(), "calls.days")));
    }

    /** What was sent before that goes. */
    Instant keptSince(Instant now) {
        return now.minus(Duration.ofDays(number(now, root(), "keep.days")));
    }
}
