package vn.sotay.platform.deploy;

import org.osgi.framework.Bundle;
import vn.sotay.platform.module.Module;

/**
 * A version of a module whose bundle is installed.
 *
 * @param sha256 of its jar
 */
record ModuleVersion(Module module, String sha256) {

    Bundle bundle() {
        return module.bundle();
    }

    String number() {
        return module.version();
    }
}
