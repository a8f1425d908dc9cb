package vn.sotay.platform.deploy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.runtime.ServiceComponentRuntime;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import vn.sotay.platform.http.Gate;
import vn.sotay.platform.module.Module;
import vn.sotay.platform.module.ModuleException;
import vn.sotay.platform.module.ModulePart;

/**
 * Puts modules in, replaces them and takes them away, one at a time on a thread of its own. A new version is installed beside the one that
 * runs and checked to the last; only then the gate closes, the one stops and the other starts. Whatever fails, the version before
 * starts again. Thread-safe; every call waits for its turn.
 */
@Component(service = ModuleManager.class)
public final class ModuleManager {

    /** How the locations of modules' bundles begin; the hash of the jar follows. */
    static final String LOCATION = "module:";

    private static final Logger LOG = LoggerFactory.getLogger(ModuleManager.class);
    private static final String MAKER = "; the log has the whole of it: give it to the maker of the module";

    /** How long is waited for what others do. */
    record Limits(Duration drain, Duration start) {}

    /** A version whose bundle is installed. */
    private record Version(Module module, String sha256) {
        Bundle bundle() {
            return module.bundle();
        }

        String number() {
            return module.version();
        }
    }

    /** What is known of a module. Without a version it is broken, or its jar has not been looked at yet. */
    private static final class Known {
        private ModuleRecords.Row row;
        private @Nullable Version version;
        private boolean running;
        private boolean tried;
        private String shown = "";
        private @Nullable String problem;

        Known(ModuleRecords.Row row) {
            this.row = row;
        }

        String id() {
            return row.id();
        }

        ModuleStatus status() {
            ModuleState state = running
                    ? ModuleState.RUNNING
                    : row.stop() != null && version != null ? ModuleState.STOPPED : ModuleState.BROKEN;
            return new ModuleStatus(
                    id(),
                    version == null ? shown : version.number(),
                    state,
                    problem,
                    version == null ? Map.of() : Descriptor.names(version.module()));
        }
    }

    /** A jar on its way in. */
    private static final class Attempt {
        private @Nullable String file;
        private @Nullable String id;
        private String version = "";
        private final boolean isUpload;

        Attempt(@Nullable String file) {
            this.file = file;
            this.isUpload = file == null;
        }

        String name() {
            return file == null || isUpload ? "the uploaded jar" : file;
        }
    }

    private final BundleContext context;
    private final Components components;
    private final Gate gate;
    private final ModuleRecords records;
    private final ModuleParts parts;
    private final Path folder;
    private final Path kept;
    private final Limits limits;
    private final ExecutorService thread = Executors.newSingleThreadExecutor(task -> new Thread(task, "modules"));
    private final Map<String, Known> modules = new TreeMap<>();
    private final Map<String, String> refused = new TreeMap<>();
    private volatile List<ModuleStatus> statuses = List.of();

    /** For the framework; {@code context} is the platform's own. */
    @Activate
    public ModuleManager(
            BundleContext context,
            @Reference ServiceComponentRuntime components,
            @Reference Gate gate,
            @Reference ModuleRecords records,
            @Reference ModuleParts parts) {
        this(
                context,
                components,
                gate,
                records,
                parts,
                Path.of(context.getProperty("sotay.modules.dir")),
                Path.of(context.getProperty("sotay.data")).resolve("modules"),
                new Limits(Duration.ofSeconds(10), Duration.ofSeconds(10)));
    }

    ModuleManager(
            BundleContext context,
            ServiceComponentRuntime components,
            Gate gate,
            ModuleRecords records,
            ModuleParts parts,
            Path folder,
            Path kept,
            Limits limits) {
        this.context = context;
        this.components = new Components(components);
        this.gate = gate;
        this.records = records;
        this.parts = parts;
        this.folder = folder;
        this.kept = kept;
        this.limits = limits;
        sweep();
        records.all().forEach(row -> modules.put(row.id(), new Known(row)));
    }

    /** All modules by id, then the files that bring none. */
    public List<ModuleStatus> modules() {
        return statuses;
    }

    /** The module with this id. */
    public Optional<ModuleStatus> find(String id) {
        return statuses.stream().filter(status -> status.id().equals(id)).findFirst();
    }

    /**
     * Puts in the module of a jar of the folder, or replaces it. The content that runs already changes nothing.
     *
     * @param file name of the jar
     * @throws ModuleException if the jar is refused; the version before goes on
     */
    public ModuleStatus deploy(String file) throws ModuleException {
        return inTurn(() -> take(folder.resolve(file), new Attempt(file)).status());
    }

    /**
     * Puts in or replaces a module by a jar that is not in the folder yet, and moves it there if it is taken.
     *
     * @throws ModuleException if the jar is refused; nothing of it stays
     */
    public ModuleStatus upload(Path jar) throws ModuleException {
        return inTurn(() -> {
            Known known = take(jar, new Attempt(null));
            try {
                Files.move(
                        jar,
                        folder.resolve(known.row.file()),
                        StandardCopyOption.ATOMIC_MOVE,
                        StandardCopyOption.REPLACE_EXISTING);
            } catch (IOException e) {
                throw new ModuleException(
                        known.id() + " runs until the next start, for its jar cannot be written to " + folder
                                + ": give Sotay the right to write there, and upload it again",
                        e);
            }
            return known.status();
        });
    }

    /** A jar of the folder is gone: its module stops and is forgotten; its data stay. */
    public void remove(String file) {
        inTurnSafely(() -> {
            refused.remove(file);
            Known known = ofFile(file);
            if (known != null && !isThere(file)) {
                forget(known);
            }
        });
    }

    /**
     * Starts a module that an administrator stopped, or tries again to start one that is broken.
     *
     * @throws ModuleException if it does not start
     * @throws java.util.NoSuchElementException if there is no such module
     */
    public ModuleStatus start(String id) throws ModuleException {
        return inTurn(() -> {
            Known known = known(id);
            if (known.row.stop() != null) {
                known.row = known.row.with(null);
                remember(known);
            }
            if (known.running) {
                return known.status();
            }
            Version version = known.version;
            if (version == null) {
                return take(folder.resolve(known.row.file()), new Attempt(known.row.file()))
                        .status();
            }
            try {
                gate.close(id, limits.drain());
                begin(version);
                open(known, version);
                keepWhatStarted(known, version);
            } catch (ModuleException e) {
                end(version);
                parts.all().forEach(part -> part.remove(version.module()));
                uninstall(version.bundle());
                known.version = null;
                gate.stop(id);
                Attempt attempt = new Attempt(known.row.file());
                attempt.id = id;
                attempt.version = version.number();
                throw refuse(attempt, version.sha256(), e);
            }
            LOG.info("{} {} was started", id, version.number());
            return known.status();
        });
    }

    /**
     * Stops a module until an administrator starts it, also across restarts.
     *
     * @param by account of the administrator
     * @throws java.util.NoSuchElementException if there is no such module
     */
    public ModuleStatus stop(String id, UUID by) throws ModuleException {
        return inTurn(() -> {
            Known known = known(id);
            if (known.row.stop() != null) {
                return known.status();
            }
            known.row = known.row.with(new ModuleRecords.Stop(by, Instant.now()));
            remember(known);
            if (known.version != null && known.running) {
                drain(id);
                end(known.version);
                known.running = false;
            }
            gate.stop(id);
            LOG.info("{} was stopped by an administrator", id);
            return known.status();
        });
    }

    /** All jars of the folder have been tried: forgets what is there no more. */
    public void settle() {
        inTurnSafely(() -> {
            for (Known known : List.copyOf(modules.values())) {
                if (!known.tried) {
                    forget(known);
                }
            }
            for (Bundle bundle : context.getBundles()) {
                if (bundle.getLocation().startsWith(LOCATION) && ofBundle(bundle) == null) {
                    uninstall(bundle);
                }
            }
        });
    }

    /** Files of the folder that bring no module of their own, such as the second of two with one id. */
    List<String> refusedFiles() {
        return statuses.stream()
                .map(ModuleStatus::id)
                .filter(id -> id.endsWith(".jar"))
                .toList();
    }

    @Deactivate
    void close() throws InterruptedException {
        thread.shutdown();
        if (!thread.awaitTermination(limits.drain().toMillis(), TimeUnit.MILLISECONDS)) {
            LOG.warn("A module is still being put in; it goes on at the next start");
        }
    }

    private <T> T inTurn(Callable<T> task) throws ModuleException {
        try {
            return thread.submit(() -> {
                        try {
                            return task.call();
                        } finally {
                            publish();
                        }
                    })
                    .get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof ModuleException refusal) {
                throw refusal;
            }
            if (e.getCause() instanceof RuntimeException bug) {
                throw bug;
            }
            throw new IllegalStateException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ModuleException("Sotay is stopping", e);
        }
    }

    private void inTurnSafely(Runnable task) {
        try {
            inTurn(Executors.callable(task));
        } catch (ModuleException e) {
            LOG.debug("not done any more", e);
        }
    }

    private void publish() {
        List<ModuleStatus> all = new ArrayList<>();
        modules.values().stream()
                .filter(known -> known.tried)
                .map(Known::status)
                .forEach(all::add);
        refused.forEach((file, line) -> all.add(new ModuleStatus(file, "", ModuleState.BROKEN, line, Map.of())));
        statuses = List.copyOf(all);
    }

    // --- a jar's way in ---

    private Known take(Path jar, Attempt attempt) throws ModuleException {
        String sha256 = "";
        try (ModuleJar copy = ModuleJar.copy(jar, kept)) {
            sha256 = copy.sha256();
            Known known = take(copy, attempt);
            refused.remove(known.row.file());
            return known;
        } catch (ModuleException e) {
            throw refuse(attempt, sha256, e);
        }
    }

    private Known take(ModuleJar copy, Attempt attempt) throws ModuleException {
        copy.check();
        Known same = ofContent(copy.sha256());
        if (same != null && (attempt.isUpload || owns(same, String.valueOf(attempt.file)))) {
            same.problem = null;
            if (attempt.file != null && !attempt.file.equals(same.row.file())) {
                same.row = rename(same.row, attempt.file);
                remember(same);
            }
            return same;
        }
        Bundle bundle = install(copy);
        boolean isNew = false;
        try {
            Version version = new Version(checked(bundle, attempt), copy.sha256());
            String file = String.valueOf(attempt.file);
            Known before = ofFile(file);
            isNew = !modules.containsKey(version.module().id());
            Known known = modules.computeIfAbsent(
                    version.module().id(), id -> new Known(new ModuleRecords.Row(id, file, null, null, null)));
            put(known, version);
            known.row = rename(known.row, file);
            if (known.running) {
                keep(copy, known, version);
            }
            remember(known);
            if (before != null && before != known) {
                forget(before);
            }
            return known;
        } catch (ModuleException e) {
            if (ofBundle(bundle) == null) {
                uninstall(bundle);
            }
            if (isNew && attempt.isUpload && modules.remove(String.valueOf(attempt.id)) != null) {
                gate.remove(String.valueOf(attempt.id));
            }
            throw e;
        }
    }

    private static ModuleRecords.Row rename(ModuleRecords.Row row, String file) {
        return new ModuleRecords.Row(row.id(), file, row.version(), row.sha256(), row.stop());
    }

    private Bundle install(ModuleJar jar) throws ModuleException {
        try (InputStream in = jar.open()) {
            return context.installBundle(LOCATION + jar.sha256(), in);
        } catch (BundleException e) {
            if (e.getType() == BundleException.DUPLICATE_BUNDLE_ERROR) {
                throw new ModuleException(
                        "a bundle of the platform has its Bundle-SymbolicName: take the file away", e);
            }
            throw new ModuleException("OSGi does not take its manifest (" + innermost(e) + "): build it anew", e);
        } catch (IOException e) {
            throw new ModuleException("it cannot be read (" + e + "): look at the disk", e);
        }
    }

    /** All that can be found out while the bundle is installed and the version before runs. */
    private Module checked(Bundle bundle, Attempt attempt) throws ModuleException {
        String id = Descriptor.id(bundle);
        Known known = modules.get(id);
        if (attempt.file == null) {
            attempt.file = known == null ? id + ".jar" : known.row.file();
            if (known == null && ofFile(attempt.file) != null) {
                throw new ModuleException("the folder has another module in " + attempt.file + ": rename that one");
            }
        }
        if (known != null && !owns(known, attempt.file)) {
            throw new ModuleException(
                    "it brings the module " + id + ", as " + known.row.file() + " does: take one of the two away");
        }
        attempt.id = id;
        attempt.version = bundle.getVersion().toString();
        for (Bundle other : context.getBundles()) {
            if (other != bundle
                    && bundle.getSymbolicName().equals(other.getSymbolicName())
                    && !isVersionOf(other, id)) {
                throw new ModuleException("its Bundle-SymbolicName is " + bundle.getSymbolicName()
                        + ", as that of another bundle here: give it a name of its own");
            }
        }
        Module module = Descriptor.module(id, bundle);
        new Needs(context).check(bundle);
        guarded(() -> {
            for (ModulePart part : parts.all()) {
                part.check(module);
            }
        });
        return module;
    }

    /** Whether a file may bring this module: it did before, or the one that did is gone or brought nothing. */
    private boolean owns(Known known, String file) {
        return known.row.file().equals(file) || !isThere(known.row.file()) || (known.tried && known.version == null);
    }

    private static boolean isVersionOf(Bundle bundle, String id) {
        try {
            return bundle.getLocation().startsWith(LOCATION)
                    && Descriptor.id(bundle).equals(id);
        } catch (ModuleException e) {
            return false;
        }
    }

    private void put(Known known, Version version) throws ModuleException {
        String id = known.id();
        Version before = known.version;
        known.tried = true;
        if (known.row.stop() != null) {
            gate.stop(id);
            known.version = version;
            known.problem = null;
            LOG.info("{} {} is here, and stopped by an administrator", id, version.number());
        } else {
            long closed = System.nanoTime();
            drain(id);
            try {
                if (before != null && known.running) {
                    end(before);
                }
                begin(version);
            } catch (ModuleException e) {
                end(version);
                if (before == null) {
                    parts.all().forEach(part -> part.remove(version.module()));
                    gate.stop(id);
                    throw e;
                }
                goBack(known, before, e);
                throw e;
            }
            open(known, version);
            long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - closed);
            if (before == null) {
                LOG.info("{} {} runs", id, version.number());
            } else {
                LOG.info(
                        "{} {} runs in place of {}; requests waited {} ms",
                        id,
                        version.number(),
                        before.number(),
                        millis);
            }
        }
        if (before != null) {
            uninstall(before.bundle());
        }
    }

    private void goBack(Known known, Version before, ModuleException why) throws ModuleException {
        try {
            begin(before);
            open(known, before);
        } catch (ModuleException e) {
            LOG.error("{} {} did not come back", known.id(), before.number(), e);
            end(before);
            parts.all().forEach(part -> part.remove(before.module()));
            uninstall(before.bundle());
            known.version = null;
            known.running = false;
            gate.stop(known.id());
            throw new ModuleException(
                    why.getMessage() + "; and the version before did not come back: " + e.getMessage(), why);
        }
    }

    private void drain(String id) {
        if (!gate.close(id, limits.drain())) {
            LOG.warn(
                    "{}: requests that ran longer than {} s are cut off",
                    id,
                    limits.drain().toSeconds());
        }
    }

    private void open(Known known, Version version) {
        known.version = version;
        known.running = true;
        known.problem = null;
        gate.open(known.id());
    }

    private void begin(Version version) throws ModuleException {
        guarded(() -> {
            Module module = version.module();
            List<ModulePart> all = parts.all();
            for (ModulePart part : all) {
                part.add(module);
            }
            try {
                module.bundle().start(Bundle.START_TRANSIENT);
                Optional<Components.Trouble> trouble = components.await(module.bundle(), limits.start());
                if (trouble.isPresent()) {
                    LOG.warn("{} {}: {}", module.id(), module.version(), trouble.get());
                    boolean ofOperator = trouble.get().kind() == Components.Kind.CONFIGURATION;
                    throw new ModuleException(trouble.get() + (ofOperator ? "" : MAKER));
                }
            } catch (BundleException e) {
                LOG.warn("{} {} does not start", module.id(), module.version(), e);
                throw new ModuleException("its bundle does not start: " + innermost(e) + MAKER, e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new ModuleException("Sotay is stopping", e);
            }
            for (ModulePart part : all) {
                part.started(module);
            }
        });
    }

    private interface Step {
        void run() throws ModuleException;
    }

    /** A step that meets a bug becomes a refusal, so that the version before comes back all the same. */
    private static void guarded(Step step) throws ModuleException {
        try {
            step.run();
        } catch (RuntimeException | LinkageError e) {
            LOG.error("A module was not expected to do this", e);
            throw new ModuleException("it cannot be taken in: " + innermost(e) + MAKER, e);
        }
    }

    private static void end(Version version) {
        try {
            version.bundle().stop(Bundle.STOP_TRANSIENT);
        } catch (BundleException e) {
            LOG.warn("{} {} did not stop in order", version.module().id(), version.number(), e);
        }
    }

    /** Nothing is wired to a module, which exports nothing: so no other bundle is refreshed. */
    private static void uninstall(Bundle bundle) {
        try {
            bundle.uninstall();
        } catch (BundleException | IllegalStateException e) {
            LOG.warn("{} was not uninstalled in order", bundle.getSymbolicName(), e);
        }
    }

    private static String innermost(Throwable e) {
        Throwable cause = e;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        return cause.toString().replaceAll("\\s+", " ");
    }

    // --- what comes after a refusal ---

    /** Notes the refusal where the operator looks for it. A module without any version gets the one that worked last. */
    private ModuleException refuse(Attempt attempt, String sha256, ModuleException reason) {
        Known known = attempt.id == null ? ofFile(attempt.name()) : modules.get(attempt.id);
        if (known == null && attempt.id != null && !attempt.isUpload) {
            known = new Known(new ModuleRecords.Row(attempt.id, attempt.name(), null, null, null));
            modules.put(attempt.id, known);
        }
        String why = ": " + reason.getMessage();
        if (known == null) {
            String line = attempt.name() + " is refused" + why;
            if (!attempt.isUpload) {
                refused.put(attempt.name(), line);
            }
            LOG.warn("{}", line);
            return new ModuleException(line, reason);
        }
        known.tried = true;
        if (known.version == null) {
            known.shown = attempt.version;
            why += restore(known, sha256);
        }
        Version now = known.version;
        String line = attempt.name() + " is refused, "
                + (now == null
                        ? "and " + known.id() + " does not run"
                        : known.running
                                ? "and version " + now.number() + " goes on"
                                : "and version " + now.number() + " stays")
                + why;
        if (!attempt.isUpload || now == null) {
            known.problem = line;
        }
        if (now == null) {
            gate.stop(known.id());
        }
        LOG.warn("{}", line);
        return new ModuleException(line, reason);
    }

    /** Starts the version that worked last, from the jar that was kept; why not, if that fails too. */
    private String restore(Known known, String refusedContent) {
        Path jar = kept(known.id());
        if (!Files.exists(jar)) {
            return "";
        }
        try (ModuleJar copy = ModuleJar.copy(jar, kept)) {
            if (copy.sha256().equals(refusedContent)) {
                return "";
            }
            take(copy, new Attempt(known.row.file()));
            return "";
        } catch (ModuleException e) {
            return "; and the version that was kept fails too: " + e.getMessage();
        }
    }

    // --- what is remembered ---

    private void keep(ModuleJar jar, Known known, Version version) {
        known.row = new ModuleRecords.Row(
                known.id(), known.row.file(), version.number(), version.sha256(), known.row.stop());
        try {
            Files.move(
                    jar.path(), kept(known.id()), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            LOG.warn("{} {} cannot be kept for going back: look at {}", known.id(), version.number(), kept, e);
        }
    }

    /** A jar that came while its module was stopped is kept when it has started. */
    private void keepWhatStarted(Known known, Version version) {
        if (version.sha256().equals(known.row.sha256())) {
            return;
        }
        try (ModuleJar jar = ModuleJar.copy(folder.resolve(known.row.file()), kept)) {
            if (jar.sha256().equals(version.sha256())) {
                keep(jar, known, version);
                remember(known);
            }
        } catch (ModuleException e) {
            LOG.warn("{} {} is not kept for going back", known.id(), version.number(), e);
        }
    }

    private Path kept(String id) {
        return kept.resolve(id + ".jar");
    }

    private void remember(Known known) {
        try {
            records.put(known.row);
        } catch (RuntimeException e) {
            LOG.error("The state of {} was not written to the database; the next start may not know it", known.id(), e);
        }
    }

    private void forget(Known known) {
        String id = known.id();
        Version version = known.version;
        if (known.running) {
            drain(id);
        }
        gate.remove(id);
        if (version != null) {
            end(version);
            parts.all().forEach(part -> part.remove(version.module()));
            uninstall(version.bundle());
            LOG.info("{} {} was taken away; its data stay", id, version.number());
        }
        modules.remove(id);
        try {
            records.remove(id);
            Files.deleteIfExists(kept(id));
        } catch (IOException | RuntimeException e) {
            LOG.warn("{} was taken away, but is still remembered", id, e);
        }
    }

    private void sweep() {
        if (!Files.isDirectory(kept)) {
            return;
        }
        try (DirectoryStream<Path> left = Files.newDirectoryStream(kept, "new-*.tmp")) {
            for (Path file : left) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            LOG.warn("{} cannot be swept", kept, e);
        }
    }

    // --- looking up ---

    private Known known(String id) {
        Known known = modules.get(id);
        if (known == null || !known.tried) {
            throw new java.util.NoSuchElementException(id);
        }
        return known;
    }

    private @Nullable Known ofFile(String file) {
        return first(known -> known.row.file().equals(file));
    }

    private @Nullable Known ofContent(String sha256) {
        return first(known -> known.version != null && known.version.sha256().equals(sha256));
    }

    private @Nullable Known ofBundle(Bundle bundle) {
        return first(known -> known.version != null && known.version.bundle().equals(bundle));
    }

    private @Nullable Known first(java.util.function.Predicate<Known> which) {
        return modules.values().stream().filter(which).findFirst().orElse(null);
    }

    private boolean isThere(String file) {
        return Files.exists(folder.resolve(file));
    }
}
