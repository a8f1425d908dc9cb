package vn.sotay.platform.rules;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.metatype.annotations.Designate;
import vn.sotay.api.rule.Rule;
import vn.sotay.api.rule.Rules;
import vn.sotay.api.unit.Unit;
import vn.sotay.api.unit.Units;
import vn.sotay.platform.json.Json;
import vn.sotay.platform.module.Module;
import vn.sotay.platform.module.ModuleException;
import vn.sotay.platform.module.ModulePart;
import vn.sotay.platform.rules.RuleBook.Origin;

/**
 * Reads the rule packs of the modules ({@code sotay/rules/*.json}) when they come, and the province's own ({@code config/rules/*.json}) at
 * start. A pack that is wrong is refused with its module; a wrong one of the province stops the start. One that waits to be confirmed is in
 * force once the configuration names it.
 */
@Component(
        service = {Rules.class, ModulePart.class, RuleFiles.class},
        configurationPid = "vn.sotay.rules")
@Designate(ocd = RulesConfig.class)
public final class RuleFiles implements Rules, ModulePart {

    private final Units units;
    private final List<RulePack> province;
    private final Set<String> confirmed;
    private volatile boolean allConfirmed;
    private final Map<String, List<RulePack>> byModule = new TreeMap<>();
    private volatile RuleBook book;

    /** For the framework; {@code ready} is told the operator's line if the province's packs are wrong. */
    @Activate
    public RuleFiles(
            BundleContext context,
            @Reference Units units,
            @Reference(target = "(sotay=ready)") CompletableFuture<String> ready,
            RulesConfig settings)
            throws ModuleException {
        try {
            this.units = units;
            this.confirmed = Set.copyOf(List.of(settings.confirmed().split("[,\\s]+")));
            String config = context.getProperty("sotay.config.dir");
            this.province = config == null ? List.of() : read(Path.of(config).resolve("rules"));
            byModule.put(
                    Module.PLATFORM, read(new Module(Module.PLATFORM, context.getBundle(), MissingNode.getInstance())));
            this.book = book(byModule);
        } catch (ModuleException e) {
            ready.completeExceptionally(e);
            throw e;
        }
    }

    /** Makes the reader of packs, ahead of the first. */
    public static void load() {
        Json.ownFiles().readerFor(RulePack.class);
    }

    @Override
    public Rule on(LocalDate day, Unit unit, String key) {
        return find(day, unit, key)
                .orElseThrow(() -> new IllegalStateException("no rule pack says " + key + " on " + day));
    }

    @Override
    public Optional<Rule> find(LocalDate day, Unit unit, String key) {
        return book.find(day, codes(unit), key);
    }

    @Override
    public List<Rule> anywhere(LocalDate day, String key) {
        return book.anywhere(day, key);
    }

    /** All rules as they stand now. */
    RuleBook book() {
        return book;
    }

    /** Codes of a unit and those above it, the nearest first. */
    List<String> codes(Unit unit) {
        List<String> codes =
                new ArrayList<>(units.path(unit.id()).stream().map(Unit::code).toList());
        Collections.reverse(codes);
        return codes;
    }

    /** Takes every pack as confirmed that waits for it: a made-up province owes nobody anything. */
    public synchronized void confirmAll() {
        allConfirmed = true;
        try {
            book = book(byModule);
        } catch (ModuleException e) {
            throw new IllegalStateException("packs that wait were checked beside the others", e);
        }
    }

    boolean isConfirmed(RulePack pack) {
        return !pack.needsConfirmation() || allConfirmed || confirmed.contains(pack.id());
    }

    @Override
    public synchronized void check(Module module) throws ModuleException {
        book(with(module));
    }

    @Override
    public synchronized void add(Module module) throws ModuleException {
        Map<String, List<RulePack>> all = with(module);
        book = book(all);
        byModule.putAll(all);
    }

    @Override
    public synchronized void remove(Module module) {
        byModule.remove(module.id());
        try {
            book = book(byModule);
        } catch (ModuleException e) {
            throw new IllegalStateException("fewer packs cannot meet where more did not", e);
        }
    }

    private Map<String, List<RulePack>> with(Module module) throws ModuleException {
        Map<String, List<RulePack>> all = new TreeMap<>(byModule);
        all.put(module.id(), read(module));
        return all;
    }

    private RuleBook book(Map<String, List<RulePack>> modules) throws ModuleException {
        List<RulePack> ofModules =
                modules.values().stream().flatMap(List::stream).toList();
        return new RuleBook(
                Map.of(Origin.PROVINCE, province, Origin.MODULES, ofModules),
                id -> allConfirmed || confirmed.contains(id));
    }

    private static List<RulePack> read(Module module) throws ModuleException {
        List<RulePack> packs = new ArrayList<>();
        for (String path : module.files("rules")) {
            packs.add(parse(path + " of " + module.id(), module.read(path).orElseThrow()));
        }
        return packs;
    }

    /** The packs in a folder; none if there is no such folder. */
    static List<RulePack> read(Path folder) throws ModuleException {
        List<RulePack> packs = new ArrayList<>();
        if (!Files.isDirectory(folder)) {
            return packs;
        }
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.filter(one -> one.toString().endsWith(".json"))
                    .sorted()
                    .toList()) {
                packs.add(parse(file.toString(), Files.readAllBytes(file)));
            }
        } catch (IOException e) {
            throw new ModuleException("the rule packs in " + folder + " cannot be read: " + e.getMessage(), e);
        }
        return packs;
    }

    /** @param name how the operator finds the file */
    static RulePack parse(String name, byte[] json) throws ModuleException {
        JsonMapper mapper = Json.ownFiles();
        try {
            @Nullable RulePack pack = mapper.readValue(json, RulePack.class);
            if (pack == null) {
                throw new ModuleException("the rule pack " + name + " is empty");
            }
            return pack;
        } catch (JsonProcessingException e) {
            throw new ModuleException("the rule pack " + name + " is wrong: " + e.getOriginalMessage(), e);
        } catch (IOException e) {
            throw new ModuleException("the rule pack " + name + " cannot be read: " + e.getMessage(), e);
        }
    }
}
