package vn.sotay.api.module;

import org.osgi.annotation.versioning.ConsumerType;

/**
 * Fills the demo province with something of this module to see. A component of the module; called once, after the module first
 * started in a demo province, never in a real one.
 */
@ConsumerType
public interface DemoData {

    /**
     * Writes the same way a request would: through what the module can do, as one of the demo's people.
     *
     * @throws Exception if it fails: the demo goes without, and the log says why
     */
    void fill(Demo demo) throws Exception;
}
