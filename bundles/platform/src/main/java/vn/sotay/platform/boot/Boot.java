package vn.sotay.platform.boot;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleEvent;
import org.osgi.framework.Constants;
import org.osgi.framework.SynchronousBundleListener;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.runtime.ServiceComponentRuntime;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import vn.sotay.platform.demo.DemoFiller;
import vn.sotay.platform.deploy.Components;
import vn.sotay.platform.deploy.ModuleFolder;
import vn.sotay.platform.http.HttpServer;

/**
 * Starts Sotay: waits until the platform is whole, tries all modules, fills the demo, and then answers requests. Whatever cannot be had
 * is told to the launcher in one line. When Sotay stops, it stops answering before the first module goes.
 */
@Component(
        service = {},
        immediate = true)
public final class Boot implements SynchronousBundleListener {

    /** A property of the framework: what it was started for, if that is not to answer requests. */
    private static final String TASK = "sotay.task";

    private static final Logger LOG = LoggerFactory.getLogger(Boot.class);
    private static final Duration LIMIT = Duration.ofSeconds(15);
    /** A component that failed has a moment to tell the better line itself. */
    private static final Duration OWN_LINE = Duration.ofSeconds(1);

    /** When those who have waited for the start are answered, and what begins after it has. */
    private static final Executor SETTLED = CompletableFuture.delayedExecutor(3, TimeUnit.SECONDS);

    /** To look at all components takes longer than many of them need to come up. */
    private static final long LOOK_AGAIN_MS = 50;

    private final BundleContext context;
    private final Components components;
    private final CompletableFuture<String> ready;

    // all optional, so that this component is there to say which of them are missing
    private volatile @Nullable ModuleFolder folder;

    private volatile @Nullable HttpServer http;

    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
    private volatile List<DemoFiller> fillers = List.of();

    private @Nullable Thread thread;

    /** For the framework; {@code context} is the platform's own. */
    @Activate
    public Boot(
            BundleContext context,
            @Reference ServiceComponentRuntime components,
            @Reference(target = "(sotay=ready)") CompletableFuture<String> ready) {
        this.context = context;
        this.components = new Components(components);
        this.ready = ready;
    }

    @Reference(cardinality = ReferenceCardinality.OPTIONAL, policy = ReferencePolicy.DYNAMIC)
    synchronized void bindFolder(ModuleFolder came) {
        folder = came;
        notifyAll();
    }

    void unbindFolder(ModuleFolder went) {
        folder = null;
    }

    @Reference(cardinality = ReferenceCardinality.OPTIONAL, policy = ReferencePolicy.DYNAMIC)
    synchronized void bindHttp(HttpServer came) {
        http = came;
        notifyAll();
    }

    void unbindHttp(HttpServer went) {
        http = null;
    }

    @Activate
    void start() {
        context.addBundleListener(this);
        Thread started = new Thread(this::run, "boot");
        started.setDaemon(true);
        started.start();
        this.thread = started;
    }

    @Deactivate
    void stop() {
        context.removeBundleListener(this);
        if (thread != null) {
            thread.interrupt();
        }
    }

    /** The framework stops modules before the platform: requests that run must be done by then. */
    @Override
    public void bundleChanged(BundleEvent event) {
        HttpServer server = http;
        if (event.getType() == BundleEvent.STOPPING
                && event.getBundle().getBundleId() == Constants.SYSTEM_BUNDLE_ID
                && server != null) {
            server.close();
        }
    }

    private void run() {
        try {
            Optional<String> missing = awaitPlatform(context.getBundle());
            ModuleFolder modules = folder;
            HttpServer server = http;
            if (missing.isPresent() || modules == null || server == null) {
                ready.completeExceptionally(new IllegalStateException(
                        "the platform does not come up: " + missing.orElse("its services are not there")));
                return;
            }
            if (context.getProperty(TASK) != null) {
                // started to look at the data, not to answer
                ready.complete("");
                return;
            }
            modules.deployAll();
            fillers.forEach(Boot::fill);
            String url = server.open();
            modules.watch();
            // the memory that only the start needed goes back to the machine
            ready.thenRunAsync(System::gc, SETTLED);
            ready.complete(url);
        } catch (InterruptedException e) {
            ready.completeExceptionally(new IllegalStateException("it was stopped before it was ready", e));
        } catch (RuntimeException e) {
            LOG.error("Sotay did not come up", e);
            ready.completeExceptionally(
                    new IllegalStateException("the platform failed (" + e + "); the log has the whole of it", e));
        }
    }

    private static void fill(DemoFiller filler) {
        try {
            filler.fill();
        } catch (RuntimeException e) {
            LOG.error("The demo province could not be filled; Sotay goes on without", e);
        }
    }

    /** Whether it may still come up: one that waits for another of the platform, which is at work. */
    private static boolean isAtIt(Components.Trouble trouble) {
        return trouble.kind() == Components.Kind.COMING || trouble.kind() == Components.Kind.EFFECT;
    }

    /** Waits until all components of the platform can work; which cannot, if nothing comes on for too long. */
    private Optional<String> awaitPlatform(Bundle platform) throws InterruptedException {
        awaitLast();
        long began = System.nanoTime();
        List<Components.Trouble> before = List.of();
        while (true) {
            List<Components.Trouble> troubles = components.troubles(platform);
            if (troubles.isEmpty() && folder != null && http != null) {
                return Optional.empty();
            }
            if (troubles.stream().allMatch(Boot::isAtIt) || !troubles.equals(before)) {
                // a database that is mended or migrated takes its time, and so does a machine on which everything
                // starts
                began = System.nanoTime();
            }
            before = troubles;
            boolean hopeless = !troubles.isEmpty() && troubles.get(0).kind() == Components.Kind.FAILURE;
            if (System.nanoTime() - began > (hopeless ? OWN_LINE : LIMIT).toNanos()) {
                troubles.forEach(trouble -> LOG.error("{}", trouble));
                return Optional.of(troubles.stream()
                        .filter(trouble -> trouble.kind() == troubles.get(0).kind())
                        .map(Components.Trouble::toString)
                        .collect(Collectors.joining("; ")));
            }
            if (folder == null || http == null) {
                // to look at all components takes from them what they need to come up
                awaitLast();
            } else {
                Thread.sleep(LOOK_AGAIN_MS);
            }
        }
    }

    /** The two that come last: until they have, or a second has passed, there is nothing to look at. */
    private synchronized void awaitLast() throws InterruptedException {
        long end = System.nanoTime() + OWN_LINE.toNanos();
        for (long left = OWN_LINE.toMillis();
                left > 0 && (folder == null || http == null);
                left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime())) {
            wait(left);
        }
    }
}
