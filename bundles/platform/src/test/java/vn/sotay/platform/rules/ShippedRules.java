package vn.sotay.platform.rules;

import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import vn.sotay.api.rule.Rule;
import vn.sotay.platform.module.ModuleException;
import vn.sotay.platform.rules.RuleBook.Origin;
import vn.sotay.platform.rules.RulePack.Line;

/** The packs as they are shipped, all confirmed, for the tests of modules that reckon by them. */
public final class ShippedRules {

    private final List<RulePack> province;
    private final List<RulePack> modules;
    private final RuleBook book;

    private ShippedRules(List<RulePack> province, List<RulePack> modules) throws ModuleException {
        this.province = province;
        this.modules = modules;
        this.book = new RuleBook(Map.of(Origin.PROVINCE, province, Origin.MODULES, modules), id -> true);
    }

    /**
     * @param config folder of the province's own packs
     * @param module folder of a module's packs
     */
    public static ShippedRules of(Path config, Path module) throws Exception {
        return new ShippedRules(RuleFiles.read(config), RuleFiles.read(module));
    }

    /** @param codes of the unit and those above it, the nearest first */
    public Optional<Rule> find(LocalDate day, List<String> codes, String key) {
        return book.find(day, codes, key);
    }

    /** The same with the value of one rule changed, once for each rule: what a test of the numbers must notice. */
    public Map<String, ShippedRules> changed(UnaryOperator<String> change) throws Exception {
        Map<String, ShippedRules> all = new java.util.LinkedHashMap<>();
        for (List<RulePack> origin : List.of(province, modules)) {
            for (int i = 0; i < origin.size(); i++) {
                for (int j = 0; j < origin.get(i).rules().size(); j++) {
                    List<RulePack> packs = new ArrayList<>(origin);
                    packs.set(i, with(origin.get(i), j, change));
                    String name =
                            origin.get(i).id() + ' ' + origin.get(i).rules().get(j);
                    all.put(
                            name,
                            origin == province ? new ShippedRules(packs, modules) : new ShippedRules(province, packs));
                }
            }
        }
        return all;
    }

    private static RulePack with(RulePack pack, int index, UnaryOperator<String> change) {
        List<Line> lines = new ArrayList<>(pack.rules());
        Line line = lines.get(index);
        lines.set(
                index,
                new Line(
                        line.key(),
                        line.scope(),
                        change.apply(line.value()),
                        line.citation(),
                        line.from(),
                        line.to(),
                        line.continuous()));
        return new RulePack(
                pack.id(),
                pack.title(),
                pack.issuer(),
                pack.number(),
                pack.issued(),
                pack.effectiveFrom(),
                pack.effectiveTo(),
                pack.supersedes(),
                pack.source(),
                pack.confirm(),
                lines);
    }
}
