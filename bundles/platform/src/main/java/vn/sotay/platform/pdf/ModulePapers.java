package vn.sotay.platform.pdf;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.osgi.framework.Bundle;
import org.osgi.framework.wiring.BundleRevision;
import org.osgi.service.component.ComponentContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ServiceScope;
import vn.sotay.api.module.SotayModule;
import vn.sotay.api.paper.Papers;
import vn.sotay.api.paper.Sheet;
import vn.sotay.platform.module.Words;

/** What one module puts on paper, in its own words. */
@Component(service = Papers.class, scope = ServiceScope.BUNDLE)
public final class ModulePapers implements Papers {

    private final Words words;
    private final String module;

    /** For the framework. */
    @Activate
    public ModulePapers(ComponentContext context, @Reference Words words) {
        this(words, id(context.getUsingBundle()));
    }

    ModulePapers(Words words, String module) {
        this.words = words;
        this.module = module;
    }

    private static String id(Bundle bundle) {
        return bundle.adapt(BundleRevision.class).getDeclaredCapabilities(SotayModule.NAMESPACE).stream()
                .map(capability -> String.valueOf(capability.getAttributes().get(SotayModule.NAMESPACE)))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException(bundle + " is no module, and has no words of its own"));
    }

    private String say(String key, Map<String, ?> values) {
        return words.say(module, Paper.LANGUAGE, key, values);
    }

    @Override
    public byte[] write(Size size, String title, String foot, Consumer<Sheet> content) {
        return FlowingPages.write(
                FlowingPages.Size.valueOf(size.name()),
                say(title, Map.of()),
                foot,
                pages -> content.accept(new ModuleSheet(pages)));
    }

    private final class ModuleSheet implements Sheet {

        private final FlowingPages pages;

        ModuleSheet(FlowingPages pages) {
            this.pages = pages;
        }

        @Override
        public void heading(String text) {
            pages.heading(text);
        }

        @Override
        public void text(String text) {
            pages.text(text);
        }

        @Override
        public void facts(List<Map.Entry<String, String>> facts) {
            pages.facts(facts);
        }

        @Override
        public void table(List<String> heads, List<List<String>> rows) {
            pages.table(heads, rows);
        }

        @Override
        public void code(String text) {
            pages.code(text);
        }

        @Override
        public void signatures(List<Signer> signers) {
            pages.signatures(signers);
        }

        @Override
        public String say(String key, Map<String, ?> values) {
            return ModulePapers.this.say(key, values);
        }

        @Override
        public String when(Instant instant) {
            return Paper.when(instant);
        }
    }
}
