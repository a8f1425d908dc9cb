package vn.sotay.platform.units;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import vn.sotay.api.unit.UnitKind;
import vn.sotay.platform.json.Json;
import vn.sotay.platform.module.ModuleException;

/** The kinds of units of this province, checked. Immutable. */
public final class UnitKinds {

    static final String FILE = "unit-kinds.json";
    private static final Set<String> LANGUAGES = Set.of("vi", "en", "ko");
    private static final TypeReference<List<UnitKind>> LIST = new TypeReference<>() {};

    private final Map<String, UnitKind> byId = new LinkedHashMap<>();

    private UnitKinds(List<UnitKind> kinds) {
        kinds.forEach(kind -> byId.put(kind.id(), kind));
    }

    /** Makes the reader of kinds, ahead of the first. */
    public static void load() {
        Json.ownFiles().readerFor(LIST);
    }

    /**
     * Takes the province's file, or the platform's where the province has none.
     *
     * @throws ModuleException with the operator's line, if it is wrong
     */
    static UnitKinds of(@Nullable Path config, byte[] platform) throws ModuleException {
        Path own = config == null ? null : config.resolve(FILE);
        if (own == null || !Files.exists(own)) {
            return parse("the platform's " + FILE, platform);
        }
        try {
            return parse(own.toString(), Files.readAllBytes(own));
        } catch (IOException e) {
            throw new ModuleException(own + " cannot be read: " + e.getMessage(), e);
        }
    }

    static UnitKinds parse(String file, byte[] bytes) throws ModuleException {
        List<UnitKind> kinds;
        try {
            kinds = Json.ownFiles().readValue(bytes, LIST);
        } catch (JsonProcessingException e) {
            throw new ModuleException(file + " is no list of kinds of units: " + e.getOriginalMessage(), e);
        } catch (IOException e) {
            throw new ModuleException(file + " cannot be read: " + e.getMessage(), e);
        }
        String wrong = wrong(kinds);
        if (wrong != null) {
            throw new ModuleException(file + ": " + wrong);
        }
        return new UnitKinds(kinds);
    }

    private static @Nullable String wrong(List<UnitKind> kinds) {
        Map<String, UnitKind> byId = new LinkedHashMap<>();
        for (UnitKind kind : kinds) {
            if (kind.id() == null || !kind.id().matches("[A-Z][A-Z0-9_]{0,39}")) {
                return "the id " + kind.id() + " is not of capital letters, digits and underscores";
            }
            if (kind.parents() == null
                    || kind.names() == null
                    || !kind.names().keySet().equals(LANGUAGES)) {
                return kind.id() + " needs \"parents\", and \"names\" in vi, en and ko";
            }
            if (byId.put(kind.id(), kind) != null) {
                return kind.id() + " stands there twice";
            }
        }
        if (kinds.stream().filter(kind -> kind.parents().isEmpty()).count() != 1) {
            return "exactly one kind has no parents: the root";
        }
        if (kinds.stream().noneMatch(UnitKind::leaf)) {
            return "one kind at least is a leaf, where members meet";
        }
        for (UnitKind kind : kinds) {
            for (String parent : kind.parents()) {
                UnitKind above = byId.get(parent);
                if (above == null) {
                    return kind.id() + " may stand below " + parent + ", which is no kind";
                }
                if (above.leaf()) {
                    return kind.id() + " cannot stand below " + parent + ", which is a leaf";
                }
            }
        }
        return null;
    }

    Optional<UnitKind> find(String id) {
        return Optional.ofNullable(byId.get(id));
    }

    boolean isLeaf(String id) {
        return find(id).filter(UnitKind::leaf).isPresent();
    }

    /** The kind of the root. */
    UnitKind root() {
        return byId.values().stream()
                .filter(kind -> kind.parents().isEmpty())
                .findFirst()
                .orElseThrow();
    }

    /** Root first, as the file has them. */
    List<UnitKind> all() {
        List<UnitKind> all = new ArrayList<>(byId.values());
        all.remove(root());
        all.add(0, root());
        return List.copyOf(all);
    }
}
