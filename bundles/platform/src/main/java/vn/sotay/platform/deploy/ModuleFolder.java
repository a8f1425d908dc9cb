package vn.sotay.platform.deploy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.ClosedWatchServiceException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import vn.sotay.platform.module.ModuleException;

/**
 * The folder into which an operator puts jars. A jar that was renamed into it is taken at once; one that is being copied is taken when
 * it is whole and no longer grows. Every event only says that it is time to look, so none can be missed or misread; a look now and
 * then serves file systems that send none.
 */
@Component(service = ModuleFolder.class)
public final class ModuleFolder {

    private static final Logger LOG = LoggerFactory.getLogger(ModuleFolder.class);
    private static final Duration LOOK_ANYWAY = Duration.ofSeconds(5);
    private static final Duration LOOK_AGAIN = Duration.ofMillis(50);
    /** A whole jar that has not changed for so long is taken. */
    private static final Duration QUIET = Duration.ofMillis(150);
    /** A jar that is not whole and has not changed for so long is given up, until it changes. */
    private static final Duration GIVEN_UP = Duration.ofSeconds(3);

    private static final String UPLOAD = ".upload-";

    private record Pending(Stamp stamp, long since) {
        boolean isQuietFor(Duration time) {
            return System.nanoTime() - since >= time.toNanos();
        }
    }

    private final Path folder;
    private final ModuleManager manager;
    private final Map<String, Stamp> done = new TreeMap<>();
    private final Map<String, Pending> pending = new HashMap<>();
    private @Nullable WatchService watcher;
    private boolean unreadable;

    /** For the framework; {@code context} is the platform's own. */
    @Activate
    public ModuleFolder(BundleContext context, @Reference ModuleManager manager) {
        this(Path.of(context.getProperty("sotay.modules.dir")), manager);
    }

    ModuleFolder(Path folder, ModuleManager manager) {
        this.folder = folder;
        this.manager = manager;
    }

    /** Tries all jars that are there now. A jar that is refused does not keep the others from running. */
    public void deployAll() {
        try {
            Files.createDirectories(folder);
        } catch (IOException e) {
            LOG.warn("The folder {} of the modules cannot be made: make it, or give another by --modules", folder);
        }
        sweep();
        Map<String, Stamp> now = list();
        if (now != null) {
            now.forEach(this::deploy);
            manager.settle();
        }
    }

    /** Looks for jars that come, change and go, from now on. */
    public void watch() {
        try {
            WatchService service = folder.getFileSystem().newWatchService();
            this.watcher = service;
            Thread thread = new Thread(() -> watch(service), "module-folder");
            thread.setDaemon(true);
            thread.start();
        } catch (IOException e) {
            LOG.warn("The folder {} cannot be watched: modules are taken at the next start ({})", folder, e.toString());
        }
    }

    /**
     * Puts in or replaces a module by these bytes, and its jar into the folder.
     *
     * @throws IOException if the bytes cannot be read
     * @throws ModuleException if the jar is refused, or cannot be written
     */
    public ModuleStatus upload(InputStream jar) throws IOException, ModuleException {
        Path copy;
        try {
            copy = Files.createTempFile(folder, UPLOAD, ".tmp");
        } catch (IOException e) {
            throw new ModuleException(
                    "The jar cannot be written to " + folder
                            + ": give Sotay the right to write there, or copy it there",
                    e);
        }
        try {
            Files.copy(jar, copy, StandardCopyOption.REPLACE_EXISTING);
            return manager.upload(copy);
        } finally {
            Files.deleteIfExists(copy);
        }
    }

    @Deactivate
    void close() throws IOException {
        if (watcher != null) {
            watcher.close();
        }
    }

    private void watch(WatchService service) {
        WatchKey registered = null;
        try {
            while (!Thread.currentThread().isInterrupted()) {
                if (registered == null || !registered.isValid()) {
                    registered = register(service);
                }
                look();
                Duration time = pending.isEmpty() ? LOOK_ANYWAY : LOOK_AGAIN;
                WatchKey key = service.poll(time.toMillis(), TimeUnit.MILLISECONDS);
                if (key != null) {
                    key.pollEvents();
                    key.reset();
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ClosedWatchServiceException e) {
            LOG.debug("no longer watching {}", folder);
        }
    }

    private @Nullable WatchKey register(WatchService service) {
        try {
            return folder.register(
                    service,
                    StandardWatchEventKinds.ENTRY_CREATE,
                    StandardWatchEventKinds.ENTRY_MODIFY,
                    StandardWatchEventKinds.ENTRY_DELETE);
        } catch (IOException e) {
            return null;
        }
    }

    private void look() {
        Map<String, Stamp> now = list();
        if (now == null) {
            return;
        }
        pending.keySet().retainAll(now.keySet());
        now.forEach((file, stamp) -> {
            if (stamp.equals(done.get(file))) {
                pending.remove(file);
            } else if (isReady(file, stamp)) {
                pending.remove(file);
                deploy(file, stamp);
            }
        });
        // last, so that a jar that was renamed is known by its new name before the old one is missed
        for (String file : List.copyOf(done.keySet())) {
            if (!now.containsKey(file)) {
                done.remove(file);
                manager.remove(file);
                // what it stood in the way of may come now
                manager.refusedFiles().forEach(done::remove);
            }
        }
    }

    private boolean isReady(String file, Stamp stamp) {
        Pending before = pending.get(file);
        if (before == null && isAnotherFile(stamp, done.get(file)) && ModuleJar.isWhole(folder.resolve(file))) {
            // renamed into the folder: a file that is being copied is not whole when it is first seen
            return true;
        }
        if (before == null || !before.stamp().equals(stamp)) {
            before = new Pending(stamp, System.nanoTime());
            pending.put(file, before);
        }
        boolean finishedLongAgo = stamp.modified().isBefore(Instant.now().minus(GIVEN_UP));
        if (before.isQuietFor(QUIET) || finishedLongAgo) {
            return before.isQuietFor(GIVEN_UP) || ModuleJar.isWhole(folder.resolve(file));
        }
        return false;
    }

    /** Whether it is known not to be the file of before with other bytes written into it. */
    private static boolean isAnotherFile(Stamp now, @Nullable Stamp before) {
        return now.key() != null && (before == null || !now.key().equals(before.key()));
    }

    private void deploy(String file, Stamp stamp) {
        done.put(file, stamp);
        try {
            manager.deploy(file);
        } catch (ModuleException e) {
            LOG.debug("told by the manager", e);
        }
    }

    /** The jars of the folder; null if it cannot be read, which is no reason to stop what runs. */
    private @Nullable Map<String, Stamp> list() {
        Map<String, Stamp> found = new TreeMap<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "*.jar")) {
            for (Path file : files) {
                add(file, found);
            }
        } catch (IOException e) {
            if (!unreadable) {
                LOG.warn("The folder {} of the modules cannot be read; what runs goes on ({})", folder, e.toString());
            }
            unreadable = true;
            return null;
        }
        unreadable = false;
        return found;
    }

    private static void add(Path file, Map<String, Stamp> found) throws IOException {
        String name = Objects.requireNonNull(file.getFileName()).toString();
        try {
            if (Files.isRegularFile(file) && !name.startsWith(".")) {
                found.put(name, Stamp.of(file));
            }
        } catch (NoSuchFileException e) {
            LOG.trace("{} went while it was looked at", name);
        }
    }

    private void sweep() {
        try (DirectoryStream<Path> left = Files.newDirectoryStream(folder, UPLOAD + "*.tmp")) {
            for (Path file : left) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            LOG.debug("{} was not swept", folder, e);
        }
    }
}
