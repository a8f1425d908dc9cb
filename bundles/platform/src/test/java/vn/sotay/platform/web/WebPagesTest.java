package vn.sotay.platform.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.reflect.Proxy;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLConnection;
import java.net.URLStreamHandler;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import vn.sotay.platform.http.Pages;
import vn.sotay.platform.module.Module;
import vn.sotay.platform.module.ModuleException;

final class WebPagesTest {

    private static final String DESCRIPTOR = "{\"ui\": {\"script\": \"dues.js\", \"style\": \"dues.css\"}}";

    private final WebPages pages = new WebPages((BundleContext) Proxy.newProxyInstance(
            getClass().getClassLoader(),
            new Class<?>[] {BundleContext.class},
            (proxy, method, arguments) -> bundle(Map.of(
                    "web/index.html", "<script src=\"{base}/shell/main.js\">",
                    "web/sw.js", "'{base}' {files} /^{pages}$/",
                    "web/shell/main.js", "1",
                    "web/icons/large.png", "2",
                    "web/texts/vi.properties", "title=Sổ tay"))));

    private static Module module(String descriptor, Map<String, String> files) throws IOException {
        JsonNode json = JsonMapper.builder().build().readTree(descriptor);
        return new Module("dues", bundle(files), json);
    }

    private static Module dues(String script) throws IOException {
        return module(
                DESCRIPTOR,
                Map.of(
                        "sotay/ui/dues.js", script,
                        "sotay/ui/dues.css", "p {}",
                        "sotay/i18n/vi.properties", "title=Đảng phí\nproblem.dues.paid=Đã đóng\nrule.late=Muộn"));
    }

    @Test
    void aModulesPagesLieBelowTheirHash() throws Exception {
        pages.add(dues("1"));
        ModulePages.Urls urls = pages.of("dues").orElseThrow();

        assertThat(urls.script()).matches("/m/dues/[0-9a-f]{16}/dues\\.js");
        assertThat(pages.find(urls.script()).orElseThrow().content()).asString().isEqualTo("1");
        assertThat(pages.find(String.valueOf(urls.style()))).isPresent();
        assertThat(pages.find("/m/dues/0000000000000000/dues.js")).isEmpty();
    }

    @Test
    void theServiceWorkerNamesWhatItKeepsOfThisVersion() {
        Pages.StaticFile worker = pages.find("/sw.js").orElseThrow();
        String page = new String(pages.find("/").orElseThrow().content(), StandardCharsets.UTF_8);
        String base = page.replaceAll("(?s).*src=\"(.*)/shell/main.js.*", "$1");

        assertThat(worker.forever()).isFalse();
        assertThat(worker.type()).startsWith("text/javascript");
        assertThat(worker.content())
                .asString()
                .startsWith("'" + base + "' ['index.html', 'shell/main.js', 'texts/vi.json'] /^/(?!");
        Pages.StaticFile kept = pages.find(base + "/index.html").orElseThrow();
        assertThat(kept.content()).asString().isEqualTo(page);
        assertThat(kept.forever()).isTrue();
        assertThat(kept.headers()).containsKey("Content-Security-Policy");
        assertThat(pages.find(base + "/sw.js")).isEmpty();
    }

    @Test
    void allFilesOfAModuleAreNamedToBeKept() throws Exception {
        pages.add(dues("1"));
        ModulePages.Urls urls = pages.of("dues").orElseThrow();

        assertThat(urls.files()).containsExactly(urls.style(), urls.script(), urls.texts() + "/vi.json");
    }

    @Test
    void textsOfPagesAreServedAndThoseOfProblemsAreNot() throws Exception {
        pages.add(dues("1"));
        String texts = pages.of("dues").orElseThrow().texts();

        assertThat(pages.find(texts + "/vi.json").orElseThrow().content())
                .asString(StandardCharsets.UTF_8)
                .isEqualTo("{\"title\":\"Đảng phí\"}");
    }

    @Test
    void aPageThatIsOpenKeepsItsFilesWhenTheModuleIsReplaced() throws Exception {
        pages.add(dues("1"));
        String before = pages.of("dues").orElseThrow().script();
        pages.add(dues("2"));

        assertThat(pages.of("dues").orElseThrow().script()).isNotEqualTo(before);
        assertThat(pages.find(before)).isPresent();

        pages.remove(dues("2"));
        assertThat(pages.of("dues")).isEmpty();
        assertThat(pages.find(before)).isEmpty();
    }

    @Test
    void aModuleMayHaveNoPages() throws Exception {
        pages.add(module("{}", Map.of()));

        assertThat(pages.of("dues")).isEmpty();
    }

    @Test
    void aModuleThatNamesAFileItDoesNotHaveIsRefused() throws Exception {
        Module wrong = module(DESCRIPTOR, Map.of("sotay/ui/other.js", ""));

        assertThatThrownBy(() -> pages.check(wrong))
                .isInstanceOf(ModuleException.class)
                .hasMessage("module.json of dues names dues.js as ui.script, but the bundle has no sotay/ui/dues.js");
    }

    private static Bundle bundle(Map<String, String> files) {
        return (Bundle) Proxy.newProxyInstance(
                WebPagesTest.class.getClassLoader(),
                new Class<?>[] {Bundle.class},
                (proxy, method, arguments) -> switch (method.getName()) {
                    case "findEntries" ->
                        Collections.enumeration(files.keySet().stream()
                                .map(path -> url(path, files))
                                .toList());
                    case "getEntryPaths" ->
                        Collections.enumeration(files.keySet().stream()
                                .filter(path -> path.startsWith((String) arguments[0]))
                                .toList());
                    case "getEntry" ->
                        files.containsKey((String) arguments[0]) ? url((String) arguments[0], files) : null;
                    default -> throw new UnsupportedOperationException(method.getName());
                });
    }

    private static URL url(String path, Map<String, String> files) {
        try {
            return new URL("bundle", "1.0", 1, '/' + path, new URLStreamHandler() {
                @Override
                protected URLConnection openConnection(URL url) {
                    return new URLConnection(url) {
                        @Override
                        public void connect() {}

                        @Override
                        public InputStream getInputStream() {
                            return new ByteArrayInputStream(
                                    String.valueOf(files.get(path)).getBytes(StandardCharsets.UTF_8));
                        }
                    };
                }
            });
        } catch (MalformedURLException e) {
            throw new UncheckedIOException(e);
        }
    }
}
