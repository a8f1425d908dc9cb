package vn.sotay.platform.seals;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.osgi.framework.Bundle;
import org.osgi.framework.wiring.BundleRevision;
import org.osgi.service.component.ComponentContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ServiceScope;
import vn.sotay.api.module.SotayModule;
import vn.sotay.api.store.Seals;
import vn.sotay.platform.json.Json;
import vn.sotay.platform.keys.FieldKeys;
import vn.sotay.platform.module.Module;
import vn.sotay.platform.module.ModuleException;

/** What one module seals: the fields that it has declared, bound to its id. */
@Component(service = Seals.class, scope = ServiceScope.BUNDLE)
public final class ModuleSeals implements Seals {

    private final FieldKeys keys;
    private final String module;
    private final Set<String> fields;

    /** For the framework. */
    @Activate
    public ModuleSeals(ComponentContext context, @Reference FieldKeys keys) throws ModuleException, IOException {
        this(keys, id(context.getUsingBundle()), declared(context.getUsingBundle()));
    }

    /** @param sealed as it stands in {@code module.json} */
    public ModuleSeals(FieldKeys keys, String module, JsonNode sealed) throws ModuleException {
        this.keys = keys;
        this.module = module;
        this.fields = new HashSet<>();
        SealedColumn.of(module, sealed).forEach(column -> fields.add(column.field()));
    }

    private static String id(Bundle bundle) {
        return bundle.adapt(BundleRevision.class).getDeclaredCapabilities(SotayModule.NAMESPACE).stream()
                .map(capability -> String.valueOf(capability.getAttributes().get(SotayModule.NAMESPACE)))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException(bundle + " is no module, and has no fields to seal"));
    }

    private static JsonNode declared(Bundle bundle) throws IOException {
        JsonNode none = Json.own().missingNode();
        byte[] file =
                new Module(id(bundle), bundle, none).read("sotay/module.json").orElse(new byte[0]);
        return Json.ownFiles().readTree(file).path("sealed");
    }

    private String context(String field) {
        if (!fields.contains(field)) {
            throw new IllegalArgumentException(
                    "the field " + field + " stands not in \"sealed\" of module.json of " + module);
        }
        return SealedColumn.context(module, field);
    }

    @Override
    public String seal(String field, String key, String plain) {
        return keys.seal(context(field), key, plain);
    }

    @Override
    public String open(String field, String key, String sealed) {
        return keys.open(context(field), key, sealed);
    }

    @Override
    public String hash(String field, String plain) {
        return keys.find(context(field), plain);
    }

    @Override
    public List<String> hashes(String field, String plain) {
        return keys.finds(context(field), plain);
    }
}
