package vn.sotay.launcher;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Dictionary;
import java.util.HashMap;
import java.util.Hashtable;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.apache.felix.framework.FrameworkFactory;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.Constants;
import org.osgi.framework.FrameworkEvent;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.ServiceReference;
import org.osgi.framework.launch.Framework;
import org.osgi.service.cm.Configuration;
import org.osgi.service.cm.ConfigurationAdmin;
import org.osgi.service.log.LoggerFactory;

/** One run of the framework, from its start to its end. */
final class FrameworkRun {

    private static final long STOP_LIMIT_MS = 20_000;

    private final Framework framework;
    private final CompletableFuture<String> ready = new CompletableFuture<>();

    /**
     * Makes a framework.
     *
     * @param packages those of the class path, as {@link Distribution#systemPackages} gives them
     * @param more further properties of the framework
     */
    FrameworkRun(
            Distribution distribution, String packages, Path data, Path modules, Path config, Map<String, String> more)
            throws OperatorException {
        Map<String, String> properties = new HashMap<>(more);
        Path cache = data.resolve("cache");
        String fingerprint = distribution.fingerprint();
        forgetCacheOfAnother(cache, fingerprint);
        properties.put(Constants.FRAMEWORK_STORAGE, cache.toString());
        properties.put(Constants.FRAMEWORK_SYSTEMPACKAGES_EXTRA, packages);
        // nothing leaks from the class path to a bundle but what is exported above
        properties.put(Constants.FRAMEWORK_BOOTDELEGATION, "");
        properties.put("felix.cm.dir", data.resolve("cache-config").toString());
        properties.put("ds.loglevel", "1");
        // the next start need not parse the descriptors of a hundred components
        properties.put("ds.cache.metadata", "true");
        properties.put("sotay.distribution", fingerprint);
        properties.put("sotay.data", data.toString());
        properties.put("sotay.modules.dir", modules.toString());
        properties.put("sotay.config.dir", config.toString());
        framework = new FrameworkFactory().newFramework(properties);
    }

    /** Makes the framework ready to take bundles in. Nothing is logged before it is. */
    void open() throws BundleException {
        framework.init();
    }

    /**
     * Starts the bundles of an open framework. The future completes with the base URL when requests are answered, or fails with the operator's line.
     *
     * @param settings waited for as late as can be
     * @throws java.util.concurrent.CompletionException if they failed
     */
    CompletableFuture<String> start(Distribution distribution, CompletableFuture<Settings> settings)
            throws BundleException, IOException, InvalidSyntaxException {
        BundleContext context = framework.getBundleContext();
        Dictionary<String, Object> mark = new Hashtable<>(Map.of("sotay", "ready"));
        context.registerService(CompletableFuture.class, ready, mark);
        // what the operator is told in one line is not told again, with a stack trace, by the component that failed of
        // it
        context.registerService(
                LoggerFactory.class, new FrameworkLog(ready::isCompletedExceptionally), new Hashtable<>());
        framework.start();
        List<Bundle> bundles = new ArrayList<>();
        for (Path jar : distribution.bundles()) {
            // by reference: the framework reads the jar where it lies, and does not copy it
            bundles.add(context.installBundle("reference:" + jar.toUri()));
        }
        for (Bundle bundle : bundles) {
            if (bundle.getHeaders().get(Constants.FRAGMENT_HOST) == null) {
                // for this run only: otherwise the next would start it by itself, before the configuration is read
                bundle.start(Bundle.START_TRANSIENT);
            }
            if (bundle.getSymbolicName().endsWith(".configadmin")) {
                configure(context, settings.join());
            }
        }
        return ready;
    }

    /** Makes the configurations those of this start, whatever is left of the one before. */
    private static void configure(BundleContext context, Settings settings) throws IOException, InvalidSyntaxException {
        ServiceReference<ConfigurationAdmin> reference = context.getServiceReference(ConfigurationAdmin.class);
        ConfigurationAdmin admin = context.getService(reference);
        Configuration[] kept = admin.listConfigurations("(service.pid=vn.sotay.*)");
        for (Configuration configuration : kept == null ? new Configuration[0] : kept) {
            if (!settings.byPid().containsKey(configuration.getPid())) {
                configuration.delete();
            }
        }
        for (Map.Entry<String, Map<String, Object>> entry : settings.byPid().entrySet()) {
            Configuration configuration = admin.getConfiguration(entry.getKey(), "?");
            configuration.updateIfDifferent(new Hashtable<>(entry.getValue()));
        }
        context.ungetService(reference);
    }

    /** Stops the bundles in the opposite order and waits for the end. */
    void stop() {
        try {
            framework.stop();
            FrameworkEvent end = framework.waitForStop(STOP_LIMIT_MS);
            if (end.getType() == FrameworkEvent.WAIT_TIMEDOUT) {
                System.err.println("Sotay did not stop within " + STOP_LIMIT_MS / 1000 + " s and is ended");
            }
        } catch (BundleException e) {
            System.err.println("Sotay could not be stopped in order: " + e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Waits until the framework has stopped, whoever stopped it. */
    void awaitStop() throws InterruptedException {
        framework.waitForStop(0);
    }

    private static void forgetCacheOfAnother(Path cache, String fingerprint) throws OperatorException {
        Path mark = cache.resolve("distribution");
        try {
            if (Files.exists(mark) && Files.readString(mark).equals(fingerprint)) {
                return;
            }
            if (Files.exists(cache)) {
                try (Stream<Path> files = Files.walk(cache)) {
                    for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                        Files.delete(file);
                    }
                }
            }
            Files.createDirectories(cache);
            Files.writeString(mark, fingerprint);
        } catch (IOException e) {
            throw new OperatorException(
                    "the folder " + cache + " cannot be written: give this user the right to, or delete it");
        }
    }
}
