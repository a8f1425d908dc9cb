package vn.sotay.sample.activating;

import org.osgi.framework.BundleActivator;
import org.osgi.framework.BundleContext;

/** Fails when its bundle starts. */
public final class Activator implements BundleActivator {

    @Override
    public void start(BundleContext context) {
        throw new IllegalStateException("no key for the archive");
    }

    @Override
    public void stop(BundleContext context) {
        // never started
    }
}
