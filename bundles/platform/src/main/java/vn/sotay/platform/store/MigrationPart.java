package vn.sotay.platform.store;

import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import vn.sotay.platform.module.Module;
import vn.sotay.platform.module.ModuleException;
import vn.sotay.platform.module.ModulePart;

/** Migrates a module's tables before the module starts. Comes last of the parts: what was migrated cannot be taken back. */
@Component(property = "service.ranking:Integer=-100")
public final class MigrationPart implements ModulePart {

    private final Engine engine;

    @Activate
    public MigrationPart(@Reference Engine engine) {
        this.engine = engine;
    }

    @Override
    public boolean isPersistent() {
        return true;
    }

    @Override
    public void check(Module module) throws ModuleException {
        try {
            engine.migrations().check(release(module));
        } catch (MigrationException e) {
            throw new ModuleException(String.valueOf(e.getMessage()), e);
        }
    }

    @Override
    public void add(Module module) throws ModuleException {
        try {
            engine.migrations().migrate(release(module));
        } catch (MigrationException e) {
            throw new ModuleException(String.valueOf(e.getMessage()), e);
        }
    }

    private static Migrations.Release release(Module module) throws MigrationException {
        return new Migrations.Release(module.id(), module.version(), Migrations.scripts(module));
    }
}
