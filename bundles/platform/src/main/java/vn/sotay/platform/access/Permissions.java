package vn.sotay.platform.access;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import vn.sotay.api.access.Permission;
import vn.sotay.api.access.Scope;
import vn.sotay.platform.json.Json;
import vn.sotay.platform.module.Module;
import vn.sotay.platform.module.ModuleException;
import vn.sotay.platform.module.ModulePart;

/**
 * Which role has which permission, and how far: what the modules say in {@code module.json}, with the province's {@code roles.json} over
 * it. Thread-safe; readers never wait.
 */
@Component(service = {Permissions.class, ModulePart.class})
public final class Permissions implements ModulePart {

    private static final String FILE = "roles.json";
    private static final String NONE = "NONE";

    private record Grants(Map<String, Map<Role, Scope>> byPermission, Set<Role> reachBelow) {}

    private final Map<String, Map<String, Map<Role, Optional<Scope>>>> byModule = new HashMap<>();
    private final Map<String, Map<Role, Optional<Scope>>> province;
    private volatile Grants grants = new Grants(Map.of(), Set.of());

    /** For the framework; {@code ready} is told the operator's line if {@code roles.json} is wrong. */
    @Activate
    public Permissions(BundleContext context, @Reference(target = "(sotay=ready)") CompletableFuture<String> ready)
            throws ModuleException {
        this(platform(context), config(context, ready));
    }

    Permissions(JsonNode platform, @Nullable JsonNode province) throws ModuleException {
        this.province = province == null ? Map.of() : parse(FILE, province);
        add(Module.PLATFORM, platform);
    }

    /** With the platform's own permissions and those of modules, for tests. */
    public static Permissions of(JsonNode platform, Map<String, JsonNode> modules) {
        try {
            Permissions permissions = new Permissions(platform, null);
            for (Map.Entry<String, JsonNode> module : modules.entrySet()) {
                permissions.add(module.getKey(), module.getValue());
            }
            return permissions;
        } catch (ModuleException e) {
            throw new IllegalArgumentException(e);
        }
    }

    private static JsonNode platform(BundleContext context) throws ModuleException {
        byte[] file = new Module(Module.PLATFORM, context.getBundle(), MissingNode.getInstance())
                .read("sotay/module.json")
                .orElseThrow(() -> new ModuleException("the platform has no sotay/module.json"));
        return json("sotay/module.json of the platform", file);
    }

    private static @Nullable JsonNode config(BundleContext context, CompletableFuture<String> ready)
            throws ModuleException {
        String config = context.getProperty("sotay.config.dir");
        Path file = config == null ? null : Path.of(config).resolve(FILE);
        if (file == null || !Files.exists(file)) {
            return null;
        }
        try {
            JsonNode roles = json(file.toString(), Files.readAllBytes(file));
            parse(file.toString(), roles);
            return roles;
        } catch (IOException e) {
            ModuleException failure = new ModuleException(file + " cannot be read: " + e.getMessage(), e);
            ready.completeExceptionally(failure);
            throw failure;
        } catch (ModuleException e) {
            ready.completeExceptionally(e);
            throw e;
        }
    }

    private static JsonNode json(String file, byte[] bytes) throws ModuleException {
        try {
            return Json.ownFiles().readTree(bytes);
        } catch (JsonProcessingException e) {
            throw new ModuleException(file + " is no JSON: " + e.getOriginalMessage(), e);
        } catch (IOException e) {
            throw new ModuleException(file + " cannot be read: " + e.getMessage(), e);
        }
    }

    @Override
    public void check(Module module) throws ModuleException {
        parse(module);
    }

    @Override
    public synchronized void add(Module module) throws ModuleException {
        parse(module);
        add(module.id(), module.descriptor());
    }

    private synchronized void add(String module, JsonNode descriptor) throws ModuleException {
        byModule.put(module, parse("module.json of " + module, descriptor.path("permissions")));
        grants = grants();
    }

    @Override
    public synchronized void remove(Module module) {
        byModule.remove(module.id());
        grants = grants();
    }

    private static void parse(Module module) throws ModuleException {
        String file = "module.json of " + module.id();
        for (String name : parse(file, module.descriptor().path("permissions")).keySet()) {
            if (!name.startsWith(module.id() + '.')) {
                throw new ModuleException(
                        file + ": the permission " + name + " must begin with \"" + module.id() + ".\"");
            }
        }
    }

    private static Map<String, Map<Role, Optional<Scope>>> parse(String file, JsonNode node) throws ModuleException {
        Map<String, Map<Role, Optional<Scope>>> permissions = new HashMap<>();
        for (Map.Entry<String, JsonNode> permission : node.properties()) {
            String name = permission.getKey();
            Map<Role, Optional<Scope>> roles = new EnumMap<>(Role.class);
            for (Map.Entry<String, JsonNode> grant : permission.getValue().properties()) {
                String scope = grant.getValue().asText();
                roles.put(
                        constant(Role.class, file, name, grant.getKey()),
                        scope.equals(NONE) ? Optional.empty() : Optional.of(constant(Scope.class, file, name, scope)));
            }
            try {
                permissions.put(new Permission(name).name(), roles);
            } catch (IllegalArgumentException e) {
                throw new ModuleException(file + ": " + e.getMessage(), e);
            }
        }
        return permissions;
    }

    private static <E extends Enum<E>> E constant(Class<E> type, String file, String permission, String word)
            throws ModuleException {
        try {
            return Enum.valueOf(type, word);
        } catch (IllegalArgumentException e) {
            throw new ModuleException(
                    file + ": " + permission + " names \"" + word + "\"; a "
                            + type.getSimpleName().toLowerCase(java.util.Locale.ROOT) + " is one of "
                            + EnumSet.allOf(type),
                    e);
        }
    }

    private Grants grants() {
        Map<String, Map<Role, Scope>> all = new HashMap<>();
        byModule.values().forEach(module -> module.forEach((name, roles) -> grant(all, name, roles)));
        province.forEach((name, roles) -> {
            if (all.containsKey(name)) {
                grant(all, name, roles);
            }
        });
        Set<Role> below = EnumSet.noneOf(Role.class);
        all.values()
                .forEach(roles -> roles.forEach((role, scope) -> {
                    if (scope == Scope.BELOW) {
                        below.add(role);
                    }
                }));
        return new Grants(all, below);
    }

    private static void grant(Map<String, Map<Role, Scope>> all, String name, Map<Role, Optional<Scope>> roles) {
        Map<Role, Scope> granted = all.computeIfAbsent(name, key -> new EnumMap<>(Role.class));
        roles.forEach(
                (role, scope) -> scope.ifPresentOrElse(some -> granted.put(role, some), () -> granted.remove(role)));
    }

    /** How far a role has a permission; empty if it has not. */
    public Optional<Scope> scope(Permission permission, Role role) {
        return Optional.ofNullable(
                grants.byPermission().getOrDefault(permission.name(), Map.of()).get(role));
    }

    /** Whether a role may do anything at all in the units below its own. */
    boolean reachesBelow(Role role) {
        return grants.reachBelow().contains(role);
    }
}
