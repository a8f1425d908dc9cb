package vn.sotay.platform.deploy;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleException;
import org.osgi.service.component.runtime.ServiceComponentRuntime;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import vn.sotay.platform.http.Gate;
import vn.sotay.platform.module.Module;
import vn.sotay.platform.module.ModuleException;
import vn.sotay.platform.module.ModulePart;

/** Begins and ends versions of modules: the bundle, its components, and the platform's parts that take part. For the manager's thread. */
final class ModuleRunner {

    private static final Logger LOG = LoggerFactory.getLogger(ModuleRunner.class);
    private static final String MAKER = "; the log has the whole of it: give it to the maker of the module";

    /** How long is waited for what others do. */
    record Limits(Duration drain, Duration start) {}

    private final Components components;
    private final Gate gate;
    private final ModuleParts parts;
    private final Limits limits;

    ModuleRunner(ServiceComponentRuntime components, Gate gate, ModuleParts parts, Limits limits) {
        this.components = new Components(components);
        this.gate = gate;
        this.parts = parts;
        this.limits = limits;
    }

    /** Asks each part, while the bundle is only installed. */
    void check(Module module) throws ModuleException {
        guarded(() -> {
            for (ModulePart part : parts.all()) {
                part.check(module);
            }
        });
    }

    /** Closes the gate and waits for the requests inside. */
    void drain(String id) {
        if (!gate.close(id, limits.drain())) {
            LOG.warn(
                    "{}: requests that ran longer than {} s are cut off",
                    id,
                    limits.drain().toSeconds());
        }
    }

    /**
     * Starts a version behind its gate. What has begun of it when this fails is ended by {@link #leave}.
     *
     * @param isKnown whether the database has what the persistent parts would write
     */
    void begin(ModuleVersion version, boolean isKnown) throws ModuleException {
        guarded(() -> {
            Module module = version.module();
            List<ModulePart> all = parts.all();
            for (ModulePart part : all) {
                if (!isKnown || !part.isPersistent()) {
                    part.add(module);
                }
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

    /** Stops the bundle; its parts stay for who comes in its place. */
    void end(ModuleVersion version) {
        try {
            version.bundle().stop(Bundle.STOP_TRANSIENT);
        } catch (BundleException e) {
            LOG.warn("{} {} did not stop in order", version.module().id(), version.number(), e);
        }
    }

    /** Stops a version in whose place nobody comes: the parts forget it too. */
    void leave(ModuleVersion version) {
        end(version);
        parts.all().forEach(part -> part.remove(version.module()));
    }

    /** Nothing is wired to a module, which exports nothing: so no other bundle is refreshed. */
    static void uninstall(Bundle bundle) {
        try {
            bundle.uninstall();
        } catch (BundleException | IllegalStateException e) {
            LOG.warn("{} was not uninstalled in order", bundle.getSymbolicName(), e);
        }
    }

    static String innermost(Throwable e) {
        Throwable cause = e;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        return cause.toString().replaceAll("\\s+", " ");
    }
}
