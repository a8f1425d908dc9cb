package vn.sotay.platform.boot;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Dictionary;
import org.osgi.framework.BundleActivator;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceReference;
import org.osgi.service.cm.ConfigurationAdmin;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import vn.sotay.platform.deploy.ComponentClasses;
import vn.sotay.platform.http.JettyServer;
import vn.sotay.platform.keys.FieldKeys;
import vn.sotay.platform.rules.RuleFiles;
import vn.sotay.platform.store.Engine;
import vn.sotay.platform.units.UnitKinds;

/**
 * Begins with what takes longest before Declarative Services are there, beside everything else: opens the embedded database, loads the
 * code of the server and of all components. These find it done, or wait for it. What fails here fails there again, and is told there.
 */
public final class HeadStart implements BundleActivator {

    private static final Logger LOG = LoggerFactory.getLogger(HeadStart.class);

    @Override
    public void start(BundleContext context) throws IOException {
        Path data = Path.of(context.getProperty("sotay.data"));
        String url = databaseUrl(context);
        begin(() -> Engine.boot(data, url, context));
        begin(() -> {
            FieldKeys.load();
            Engine.load();
            UnitKinds.load();
            RuleFiles.load();
            JettyServer.load();
            ComponentClasses.load(context.getBundle());
        });
    }

    private static String databaseUrl(BundleContext context) throws IOException {
        ServiceReference<ConfigurationAdmin> reference = context.getServiceReference(ConfigurationAdmin.class);
        Dictionary<String, Object> store = context.getService(reference)
                .getConfiguration("vn.sotay.store", "?")
                .getProperties();
        context.ungetService(reference);
        Object url = store == null ? null : store.get("url");
        return url == null ? "" : url.toString();
    }

    /** A class cannot be loaded, too, when a start that is refused takes the bundle away meanwhile. */
    static Thread begin(Runnable work) {
        Thread thread = new Thread(
                () -> {
                    try {
                        work.run();
                    } catch (RuntimeException | LinkageError e) {
                        LOG.debug("the head start came to nothing", e);
                    }
                },
                "head-start");
        thread.setDaemon(true);
        thread.start();
        return thread;
    }

    @Override
    public void stop(BundleContext context) {}
}
