package vn.sotay.platform.deploy;

import java.io.IOException;
import java.io.InputStream;
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

    /** What is known of a module. Without a version it is broken, or its jar has not been looked at yet. */
    private static final class Known {
        private ModuleRecords.Row row;
        private @Nullable ModuleVersion version;
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
                    version == null ? Map.of() : Descriptor.names(version.module()),
                    version == null ? Map.of() : Descriptor.sync(version.module()));
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
    private final Gate gate;
    private final ModuleRecords records;
    private final ModuleRunner runner;
    private final Path folder;
    private final KeptJars kept;
    private final @Nullable String platform;
    private final Duration patience;
    private final ExecutorService thread = Executors.newSingleThreadExecutor(task -> new Thread(task, "modules"));
    private final EarlyJars early = new EarlyJars();
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
                context.getProperty("sotay.distribution"),
                new ModuleRunner.Limits(Duration.ofSeconds(10), Duration.ofSeconds(10)));
    }

    /** @param platform fingerprint of the platform; null if it has none, so that nothing is known of a jar */
    ModuleManager(
            BundleContext context,
            ServiceComponentRuntime components,
            Gate gate,
            ModuleRecords records,
            ModuleParts parts,
            Path folder,
            Path kept,
            @Nullable String platform,
            ModuleRunner.Limits limits) {
        this.context = context;
        this.gate = gate;
        this.records = records;
        this.runner = new ModuleRunner(components, gate, parts, limits);
        this.folder = folder;
        this.kept = new KeptJars(kept);
        this.platform = platform;
        this.patience = limits.drain();
        records.all().forEach(row -> modules.put(row.id(), new Known(row)));
        thread.execute(this::prepare);
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
            ModuleVersion version = known.version;
            if (version == null) {
                return take(folder.resolve(known.row.file()), new Attempt(known.row.file()))
                        .status();
            }
            try {
                runner.drain(id);
                begin(known, version, false);
                open(known, version);
                keepWhatStarted(known, version);
            } catch (ModuleException e) {
                runner.leave(version);
                ModuleRunner.uninstall(version.bundle());
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
                runner.drain(id);
                runner.end(known.version);
                known.running = false;
            }
            gate.stop(id);
            LOG.info("{} was stopped by an administrator", id);
            return known.status();
        });
    }

    /**
     * Does ahead, while the platform comes up, what can be done of a start without it: copies the jars, and loads the components of those
     * that are known.
     */
    private void prepare() {
        try {
            for (Known known : modules.values()) {
                Optional<Bundle> bundle = early.copy(folder.resolve(known.row.file()), kept.directory())
                        .filter(copy -> isKnown(copy.sha256()))
                        .map(copy -> context.getBundle(LOCATION + copy.sha256()));
                if (bundle.isPresent() && new Needs(context).areMet(bundle.get())) {
                    ComponentClasses.load(bundle.get());
                }
            }
        } catch (IllegalStateException e) {
            LOG.debug("Sotay stops before it has started", e);
        }
    }

    /** All jars of the folder have been tried: forgets what is there no more. */
    public void settle() {
        inTurnSafely(() -> {
            early.close();
            for (Known known : List.copyOf(modules.values())) {
                if (!known.tried) {
                    forget(known);
                }
            }
            for (Bundle bundle : context.getBundles()) {
                if (bundle.getLocation().startsWith(LOCATION) && ofBundle(bundle) == null) {
                    ModuleRunner.uninstall(bundle);
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
        if (thread.awaitTermination(patience.toMillis(), TimeUnit.MILLISECONDS)) {
            early.close();
        } else {
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
        refused.forEach(
                (file, line) -> all.add(new ModuleStatus(file, "", ModuleState.BROKEN, line, Map.of(), Map.of())));
        statuses = List.copyOf(all);
    }

    // --- a jar's way in ---

    private Known take(Path jar, Attempt attempt) throws ModuleException {
        String sha256 = "";
        try (ModuleJar copy = copy(jar)) {
            sha256 = copy.sha256();
            Known known = take(copy, attempt);
            refused.remove(known.row.file());
            return known;
        } catch (ModuleException e) {
            throw refuse(attempt, sha256, e);
        }
    }

    private ModuleJar copy(Path jar) throws ModuleException {
        Optional<ModuleJar> copied = early.take(jar);
        return copied.isPresent() ? copied.get() : ModuleJar.copy(jar, kept.directory());
    }

    private Known take(ModuleJar copy, Attempt attempt) throws ModuleException {
        boolean isKnown = isKnown(copy.sha256());
        if (!isKnown) {
            copy.check();
        }
        Known same = ofContent(copy.sha256());
        if (same != null && (attempt.isUpload || owns(same, String.valueOf(attempt.file)))) {
            same.problem = null;
            if (attempt.file != null && !attempt.file.equals(same.row.file())) {
                same.row = same.row.withFile(attempt.file);
                remember(same);
            }
            return same;
        }
        Bundle bundle = install(copy);
        boolean isNew = false;
        try {
            ModuleVersion version = new ModuleVersion(checked(bundle, attempt, isKnown), copy.sha256());
            String file = String.valueOf(attempt.file);
            Known before = ofFile(file);
            isNew = !modules.containsKey(version.module().id());
            Known known =
                    modules.computeIfAbsent(version.module().id(), id -> new Known(ModuleRecords.Row.of(id, file)));
            ModuleRecords.Row remembered = isNew ? null : known.row;
            put(known, version, isKnown);
            known.row = known.row.withFile(file);
            if (known.running) {
                keep(copy, known, version);
            }
            if (!known.row.equals(remembered)) {
                remember(known);
            }
            if (before != null && before != known) {
                forget(before);
            }
            return known;
        } catch (ModuleException e) {
            if (ofBundle(bundle) == null) {
                ModuleRunner.uninstall(bundle);
            }
            if (isNew && attempt.isUpload && modules.remove(String.valueOf(attempt.id)) != null) {
                gate.remove(String.valueOf(attempt.id));
            }
            throw e;
        }
    }

    /**
     * Whether the same platform has taken in these very bytes to the end on the same data, as after most starts: they were found to be in
     * order, and the database has all that they bring there.
     */
    private boolean isKnown(String sha256) {
        return platform != null
                && first(known -> known.version == null
                                && platform.equals(known.row.platform())
                                && sha256.equals(known.row.sha256()))
                        != null;
    }

    private Bundle install(ModuleJar jar) throws ModuleException {
        try (InputStream in = jar.open()) {
            return context.installBundle(LOCATION + jar.sha256(), in);
        } catch (BundleException e) {
            if (e.getType() == BundleException.DUPLICATE_BUNDLE_ERROR) {
                throw new ModuleException(
                        "a bundle of the platform has its Bundle-SymbolicName: take the file away", e);
            }
            throw new ModuleException(
                    "OSGi does not take its manifest (" + ModuleRunner.innermost(e) + "): build it anew", e);
        } catch (IOException e) {
            throw new ModuleException("it cannot be read (" + e + "): look at the disk", e);
        }
    }

    /** All that can be found out while the bundle is installed and the version before runs. */
    private Module checked(Bundle bundle, Attempt attempt, boolean isKnown) throws ModuleException {
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
        Needs needs = new Needs(context);
        if (!isKnown || !needs.areMet(bundle)) {
            needs.check(bundle);
            runner.check(module);
        }
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

    private void put(Known known, ModuleVersion version, boolean isKnown) throws ModuleException {
        String id = known.id();
        ModuleVersion before = known.version;
        known.tried = true;
        if (known.row.stop() != null) {
            gate.stop(id);
            known.version = version;
            known.problem = null;
            LOG.info("{} {} is here, and stopped by an administrator", id, version.number());
        } else {
            long closed = System.nanoTime();
            runner.drain(id);
            try {
                if (before != null && known.running) {
                    runner.end(before);
                }
                begin(known, version, isKnown);
            } catch (ModuleException e) {
                if (before == null) {
                    runner.leave(version);
                    gate.stop(id);
                    throw e;
                }
                runner.end(version);
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
            ModuleRunner.uninstall(before.bundle());
        }
    }

    private void begin(Known known, ModuleVersion version, boolean isKnown) throws ModuleException {
        if (!isKnown && known.row.platform() != null) {
            // from here on the database may have what another jar brings, until one has been taken in to the end
            known.row = known.row.takenInBy(null);
            remember(known);
        }
        runner.begin(version, isKnown);
    }

    private void goBack(Known known, ModuleVersion before, ModuleException why) throws ModuleException {
        try {
            begin(known, before, false);
            open(known, before);
        } catch (ModuleException e) {
            LOG.error("{} {} did not come back", known.id(), before.number(), e);
            runner.leave(before);
            ModuleRunner.uninstall(before.bundle());
            known.version = null;
            known.running = false;
            gate.stop(known.id());
            throw new ModuleException(
                    why.getMessage() + "; and the version before did not come back: " + e.getMessage(), why);
        }
    }

    private void open(Known known, ModuleVersion version) {
        known.version = version;
        known.running = true;
        known.problem = null;
        gate.open(known.id());
    }

    // --- what comes after a refusal ---

    /** Notes the refusal where the operator looks for it. A module without any version gets the one that worked last. */
    private ModuleException refuse(Attempt attempt, String sha256, ModuleException reason) {
        Known known = attempt.id == null ? ofFile(attempt.name()) : modules.get(attempt.id);
        if (known == null && attempt.id != null && !attempt.isUpload) {
            known = new Known(ModuleRecords.Row.of(attempt.id, attempt.name()));
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
        ModuleVersion now = known.version;
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
        Path jar = kept.of(known.id());
        if (!Files.exists(jar)) {
            return "";
        }
        try (ModuleJar copy = ModuleJar.copy(jar, kept.directory())) {
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

    private void keep(ModuleJar jar, Known known, ModuleVersion version) {
        known.row = new ModuleRecords.Row(
                known.id(), known.row.file(), version.number(), version.sha256(), platform, known.row.stop());
        kept.keep(jar, known.id());
    }

    /** A jar that came while its module was stopped is kept when it has started. */
    private void keepWhatStarted(Known known, ModuleVersion version) {
        if (version.sha256().equals(known.row.sha256())) {
            return;
        }
        try (ModuleJar jar = ModuleJar.copy(folder.resolve(known.row.file()), kept.directory())) {
            if (jar.sha256().equals(version.sha256())) {
                keep(jar, known, version);
                remember(known);
            }
        } catch (ModuleException e) {
            LOG.warn("{} {} is not kept for going back", known.id(), version.number(), e);
        }
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
        ModuleVersion version = known.version;
        if (known.running) {
            runner.drain(id);
        }
        gate.remove(id);
        if (version != null) {
            runner.leave(version);
            ModuleRunner.uninstall(version.bundle());
            LOG.info("{} {} was taken away; its data stay", id, version.number());
        }
        modules.remove(id);
        try {
            records.remove(id);
            kept.forget(id);
        } catch (IOException | RuntimeException e) {
            LOG.warn("{} was taken away, but is still remembered", id, e);
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
