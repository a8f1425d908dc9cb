package vn.sotay.platform.deploy;

import java.net.URL;
import java.util.Collections;
import org.osgi.framework.Bundle;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Loads the classes of a bundle's components ahead of Declarative Services, which do so one after the other. */
public final class ComponentClasses {

    private static final Logger LOG = LoggerFactory.getLogger(ComponentClasses.class);
    private static final String SUFFIX = ".xml";

    private ComponentClasses() {}

    /** @param bundle resolved; its descriptors are named as their classes are */
    public static void load(Bundle bundle) {
        var descriptors = bundle.findEntries("OSGI-INF", '*' + SUFFIX, false);
        if (descriptors == null) {
            return;
        }
        for (URL descriptor : Collections.list(descriptors)) {
            String file = descriptor.getPath();
            String name = file.substring(file.lastIndexOf('/') + 1, file.length() - SUFFIX.length());
            try {
                // what Declarative Services ask of it first
                bundle.loadClass(name).getDeclaredMethods();
            } catch (ClassNotFoundException | LinkageError e) {
                LOG.debug("{} is not loaded ahead", name, e);
            }
        }
    }
}
