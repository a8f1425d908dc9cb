package vn.sotay.platform.deploy;

import java.util.Collection;
import org.osgi.framework.Bundle;
import org.osgi.framework.hooks.bundle.CollisionHook;
import org.osgi.service.component.annotations.Component;

/**
 * Lets two versions of a module be installed side by side, even of one symbolic name and version number: the new one is checked while the
 * old one runs. That two modules do not share a name is checked by the manager.
 */
@Component
public final class ModuleCollisions implements CollisionHook {

    @Override
    public void filterCollisions(int operation, Bundle target, Collection<Bundle> candidates) {
        candidates.removeIf(candidate -> candidate.getLocation().startsWith(ModuleManager.LOCATION));
    }
}
