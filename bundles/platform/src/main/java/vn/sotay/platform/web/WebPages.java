package vn.sotay.platform.web;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URL;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import vn.sotay.platform.http.Pages;
import vn.sotay.platform.module.Module;
import vn.sotay.platform.module.ModuleException;
import vn.sotay.platform.module.ModulePart;

/** The shell's files and those of the modules, held in memory. */
@Component(service = {Pages.class, ModulePages.class, ModulePart.class})
public final class WebPages implements Pages, ModulePages, ModulePart {

    private static final String FOLDER = "web/";

    private final CompletableFuture<Shell> shell;
    private final Map<String, Versions> byModule = new ConcurrentHashMap<>();

    /** A page that was opened before a module was replaced may still ask for its files. */
    private record Versions(ModuleFiles now, @Nullable ModuleFiles before) {

        Stream<ModuleFiles> all() {
            return before == null ? Stream.of(now) : Stream.of(now, before);
        }
    }

    /** For the framework; {@code context} is the platform's own. */
    @Activate
    public WebPages(BundleContext context) {
        // beside what comes up after it: the first who asks for a page waits for it
        this.shell = CompletableFuture.supplyAsync(() -> new Shell(sources(context.getBundle())));
    }

    private static Map<String, byte[]> sources(Bundle bundle) {
        Map<String, byte[]> sources = new HashMap<>();
        var entries = bundle.findEntries(FOLDER, "*", true);
        List<URL> urls = entries == null ? List.of() : Collections.list(entries);
        for (URL url : urls) {
            if (!url.getPath().endsWith("/")) {
                try (InputStream in = url.openStream()) {
                    String path = url.getPath();
                    sources.put(path.substring(path.indexOf(FOLDER) + FOLDER.length()), in.readAllBytes());
                } catch (IOException e) {
                    throw new UncheckedIOException(url + " cannot be read", e);
                }
            }
        }
        return sources;
    }

    @Override
    public Optional<StaticFile> find(String path) {
        if (!path.startsWith("/m/")) {
            return shell.join().find(path);
        }
        int end = path.indexOf('/', "/m/".length());
        Versions versions = end < 0 ? null : byModule.get(path.substring("/m/".length(), end));
        return versions == null
                ? Optional.empty()
                : versions.all()
                        .flatMap(files -> Stream.ofNullable(files.files().get(path)))
                        .findFirst();
    }

    @Override
    public Optional<Urls> of(String module) {
        return Optional.ofNullable(byModule.get(module)).map(versions -> versions.now.urls());
    }

    @Override
    public void check(Module module) throws ModuleException {
        ModuleFiles.of(module);
    }

    @Override
    public void add(Module module) throws ModuleException {
        Optional<ModuleFiles> files = ModuleFiles.of(module);
        byModule.compute(module.id(), (id, versions) -> files.map(
                        now -> new Versions(now, versions == null ? null : versions.now))
                .orElse(null));
    }

    @Override
    public void remove(Module module) {
        byModule.remove(module.id());
    }
}
