package vn.sotay.api.rule;

import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.osgi.annotation.versioning.ProviderType;
import vn.sotay.api.unit.Unit;

/**
 * The rules of the packs that modules bring in {@code sotay/rules/} and of the province's own in {@code config/rules/}, which
 * go first. Two packs of one origin in force on the same day for one key and scope are refused when they are loaded.
 *
 * <p>A pack that says {@code confirm} is not in force until the configuration names it.
 *
 * <p>Thread-safe; answered from memory.
 */
@ProviderType
public interface Rules {

    /**
     * The rule with this key in force on that day at that unit: that of the nearest unit above it for which there is one.
     *
     * @throws IllegalStateException if no pack has such a rule in force: the module that asks must bring one
     */
    Rule on(LocalDate day, Unit unit, String key);

    /**
     * As {@link #on}, empty if there is none: for what a province must confirm before it is in force.
     *
     * @since 1.1
     */
    Optional<Rule> find(LocalDate day, Unit unit, String key);

    /**
     * The rules with this key that are in force on that day at any unit, in no order: for who looks whether there is anything to do at all before
     * it asks at each unit. Some may hold nowhere, since others go before them.
     *
     * @since 1.3
     */
    List<Rule> anywhere(LocalDate day, String key);
}
