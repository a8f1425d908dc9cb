package vn.sotay.platform.deploy;

import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import org.apache.felix.framework.FrameworkFactory;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.framework.hooks.bundle.CollisionHook;
import org.osgi.framework.launch.Framework;
import org.osgi.service.component.runtime.ServiceComponentRuntime;
import org.osgi.util.tracker.ServiceTracker;
import vn.sotay.platform.http.Gate;
import vn.sotay.platform.module.Module;
import vn.sotay.platform.module.ModuleException;
import vn.sotay.platform.module.ModulePart;

/** A real framework with Declarative Services and a module manager, and hand-made pieces where the platform has others. */
final class House implements AutoCloseable {

    private static final String API = "vn.sotay.api.http;version=1.0.0,vn.sotay.api.module;version=1.0.0,"
            + "org.slf4j;version=2.0.17,org.jdbi.v3.core;version=3.55.0,com.fasterxml.jackson.databind;version=2.21,"
            + "org.osgi.service.component;version=1.5.1,org.osgi.service.component.runtime;version=1.5.1,"
            + "org.osgi.service.component.runtime.dto;version=1.5.1,org.osgi.service.component.propertytypes;version=1.5,"
            + "org.osgi.util.promise;version=1.3.0,org.osgi.util.function;version=1.2.0";

    final Framework framework;
    private final ServiceTracker<Callable<?>, Callable<?>> sample;
    final Doors gate = new Doors();
    final Rows rows;
    final Part part = new Part();
    final ModuleManager manager;
    final ModuleFolder folder;

    House(Path home) throws Exception {
        this(home, new Rows());
    }

    House(Path home, Rows rows) throws Exception {
        this(home, rows, null);
    }

    /** @param platform its fingerprint */
    House(Path home, Rows rows, @Nullable String platform) throws Exception {
        this.rows = rows;
        Map<String, String> properties = new HashMap<>();
        properties.put(Constants.FRAMEWORK_STORAGE, home.resolve("cache").toString());
        properties.put(Constants.FRAMEWORK_SYSTEMPACKAGES_EXTRA, API);
        properties.put(Constants.FRAMEWORK_BOOTDELEGATION, "");
        properties.put("ds.loglevel", "1");
        framework = new FrameworkFactory().newFramework(properties);
        framework.start();
        BundleContext context = framework.getBundleContext();
        // not looked for when it is asked for: the framework stumbles over a bundle that is just being taken away
        sample = new ServiceTracker<>(
                context, context.createFilter("(&(objectClass=java.util.concurrent.Callable)(sample=true))"), null);
        sample.open();
        context.installBundle("reference:" + jarOf("org/apache/felix/scr/impl/Activator.class"))
                .start();
        context.registerService(CollisionHook.class, new ModuleCollisions(), null);
        ServiceComponentRuntime components =
                context.getService(context.getServiceReference(ServiceComponentRuntime.class));
        Path modules = home.resolve("modules");
        ModuleParts parts = new ModuleParts() {
            @Override
            List<ModulePart> all() {
                return List.of(part);
            }
        };
        manager = new ModuleManager(
                context,
                components,
                gate,
                rows,
                parts,
                modules,
                home.resolve("kept"),
                platform,
                new ModuleRunner.Limits(Duration.ofSeconds(2), Duration.ofMillis(500)));
        folder = new ModuleFolder(modules, manager);
    }

    private static String jarOf(String resource) throws URISyntaxException {
        URL url = House.class.getClassLoader().getResource(resource);
        String text = String.valueOf(url);
        return text.substring("jar:".length(), text.indexOf("!/"));
    }

    /** What the sample module that runs answers; "none" if none runs. */
    String answer() throws Exception {
        Callable<?> service = sample.getService();
        return service == null ? "none" : String.valueOf(service.call());
    }

    /** The modules' bundles that are installed. */
    List<String> bundles() {
        List<String> bundles = new ArrayList<>();
        for (Bundle bundle : framework.getBundleContext().getBundles()) {
            if (bundle.getLocation().startsWith(ModuleManager.LOCATION)) {
                bundles.add(bundle.getSymbolicName() + ' ' + bundle.getVersion());
            }
        }
        return bundles;
    }

    ModuleStatus status(String id) {
        return manager.find(id).orElseThrow();
    }

    /** The line of the refusal; fails if there was none. */
    String refusal(String file) {
        try {
            manager.deploy(file);
        } catch (ModuleException e) {
            return String.valueOf(e.getMessage());
        }
        throw new AssertionError(file + " was taken");
    }

    @Override
    public void close() throws Exception {
        folder.close();
        manager.close();
        framework.stop();
        framework.waitForStop(10_000);
    }

    /** Keeps rows in memory. */
    static final class Rows implements ModuleRecords {
        private final Map<String, Row> rows = new TreeMap<>();

        @Override
        public synchronized List<Row> all() {
            return List.copyOf(rows.values());
        }

        @Override
        public synchronized void put(Row row) {
            rows.put(row.id(), row);
        }

        @Override
        public synchronized void remove(String id) {
            rows.remove(id);
        }
    }

    /** Writes down what it is told, and refuses what it is told to refuse. */
    static final class Part implements ModulePart {
        final List<String> told = new CopyOnWriteArrayList<>();
        volatile boolean persistent;
        /** Such as {@code add 0.2.0}. */
        final Map<String, String> refusals = new ConcurrentHashMap<>();

        private void tell(String what, Module module) throws ModuleException {
            String step = what + ' ' + module.version();
            told.add(step);
            String refusal = refusals.get(step);
            if (refusal != null) {
                throw new ModuleException(refusal);
            }
        }

        @Override
        public void check(Module module) throws ModuleException {
            if (module.bundle().getState() == Bundle.ACTIVE) {
                throw new AssertionError("checked while it runs");
            }
            tell("check", module);
        }

        @Override
        public void add(Module module) throws ModuleException {
            tell("add", module);
        }

        @Override
        public void started(Module module) throws ModuleException {
            tell("started", module);
        }

        @Override
        public boolean isPersistent() {
            return persistent;
        }

        @Override
        public void remove(Module module) {
            told.add("remove " + module.version());
        }
    }

    /** Gates whose requests wait in their threads. */
    static final class Doors implements Gate {
        final Map<String, String> states = new ConcurrentHashMap<>();
        private final Map<String, ReentrantReadWriteLock> locks = new ConcurrentHashMap<>();
        private final Map<String, Boolean> held = new ConcurrentHashMap<>();

        private ReentrantReadWriteLock lock(String module) {
            return locks.computeIfAbsent(module, id -> new ReentrantReadWriteLock(true));
        }

        /** A request. */
        <T> T through(String module, Callable<T> request) throws Exception {
            lock(module).readLock().lock();
            try {
                return request.call();
            } finally {
                lock(module).readLock().unlock();
            }
        }

        @Override
        public boolean close(String module, Duration limit) {
            states.put(module, "closed");
            try {
                boolean drained = lock(module).writeLock().tryLock(limit.toMillis(), TimeUnit.MILLISECONDS);
                if (drained) {
                    held.put(module, true);
                }
                return drained;
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return false;
            }
        }

        private void release(String module, String state) {
            states.put(module, state);
            if (held.remove(module) != null) {
                lock(module).writeLock().unlock();
            }
        }

        @Override
        public void open(String module) {
            release(module, "open");
        }

        @Override
        public void stop(String module) {
            release(module, "stopped");
        }

        @Override
        public void remove(String module) {
            release(module, "gone");
            states.remove(module);
        }
    }
}
