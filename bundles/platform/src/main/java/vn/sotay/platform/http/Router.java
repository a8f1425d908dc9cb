package vn.sotay.platform.http;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.framework.ServiceReference;
import org.osgi.framework.wiring.BundleRevision;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import vn.sotay.api.http.Endpoints;
import vn.sotay.api.http.Route;
import vn.sotay.api.http.Routes;
import vn.sotay.api.module.SotayModule;
import vn.sotay.platform.module.Module;
import vn.sotay.platform.module.ModuleException;
import vn.sotay.platform.module.ModulePart;

/** Collects the endpoints that come and go, and keeps the table of their routes. Thread-safe; readers never wait. */
@Component(
        service = {Router.class, ModulePart.class},
        immediate = true)
public final class Router implements ModulePart {

    private static final Logger LOG = LoggerFactory.getLogger(Router.class);
    private static final Pattern TEMPLATE = Pattern.compile(
            "/(?:[a-zA-Z0-9._-]+|\\{[a-zA-Z][a-zA-Z0-9]*})(?:/(?:[a-zA-Z0-9._-]+|\\{[a-zA-Z][a-zA-Z0-9]*}))*");

    private final BundleContext context;
    private final Map<ServiceReference<Endpoints>, List<RouteSpec>> routes = new HashMap<>();
    private final Map<Long, String> refused = new ConcurrentHashMap<>();
    private final List<RouteSpec> docs;
    private volatile RouteTable table;

    /** For the framework; {@code context} is the platform's own. */
    @Activate
    public Router(BundleContext context) {
        this.context = context;
        String version = context.getProperty("sotay.version");
        this.docs = declared(
                Module.PLATFORM,
                new ApiDocs(
                        this::table,
                        version == null ? context.getBundle().getVersion().toString() : version));
        this.table = new RouteTable(docs);
    }

    /** A module's endpoints came. */
    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
    void add(Endpoints endpoints, ServiceReference<Endpoints> reference) {
        Bundle bundle = reference.getBundle();
        try {
            List<RouteSpec> declared = declared(moduleOf(bundle), endpoints);
            synchronized (routes) {
                routes.put(reference, declared);
                try {
                    rebuild();
                } catch (IllegalArgumentException e) {
                    routes.remove(reference);
                    throw e;
                }
            }
        } catch (RuntimeException e) {
            // told by the deployment, which asks for it when the bundle has started
            refused.put(bundle.getBundleId(), String.valueOf(e.getMessage()));
            if (bundle.equals(context.getBundle())) {
                // nobody deploys the platform itself
                LOG.error("endpoints of the platform were refused", e);
            } else {
                LOG.debug("endpoints refused", e);
            }
        }
    }

    /** A module's endpoints go. */
    void remove(Endpoints endpoints, ServiceReference<Endpoints> reference) {
        refused.remove(
                reference.getBundle() == null ? -1L : reference.getBundle().getBundleId());
        synchronized (routes) {
            if (routes.remove(reference) != null) {
                rebuild();
            }
        }
    }

    @Override
    public void check(Module module) throws ModuleException {
        boolean taken = table.routes().stream()
                .filter(route -> route.module.equals(Module.PLATFORM))
                .anyMatch(route -> route.template.equals("/api/" + module.id())
                        || route.template.startsWith("/api/" + module.id() + '/'));
        if (taken) {
            throw new ModuleException("its module is named \"" + module.id() + "\", and /api/" + module.id()
                    + " is the platform's: give it another id");
        }
    }

    @Override
    public void add(Module module) {
        // its endpoints are services, which come when it starts
    }

    @Override
    public void started(Module module) throws ModuleException {
        String line = refused.get(module.bundle().getBundleId());
        if (line != null) {
            throw new ModuleException("its endpoints were refused: " + line);
        }
        ServiceReference<?>[] services = module.bundle().getRegisteredServices();
        for (ServiceReference<?> service : services == null ? new ServiceReference<?>[0] : services) {
            boolean isEndpoints = List.of((String[]) service.getProperty(Constants.OBJECTCLASS))
                    .contains(Endpoints.class.getName());
            if (isEndpoints && !isTaken(service)) {
                throw new ModuleException("its component " + service.getProperty("component.name")
                        + " cannot be made; the log has the whole of it: give it to the maker of the module");
            }
        }
    }

    private boolean isTaken(ServiceReference<?> endpoints) {
        synchronized (routes) {
            return routes.containsKey(endpoints);
        }
    }

    RouteTable table() {
        return table;
    }

    private void rebuild() {
        List<RouteSpec> all = new ArrayList<>(docs);
        routes.values().forEach(all::addAll);
        table = new RouteTable(all);
    }

    private String moduleOf(Bundle bundle) {
        if (bundle.equals(context.getBundle())) {
            return Module.PLATFORM;
        }
        return bundle.adapt(BundleRevision.class).getDeclaredCapabilities(SotayModule.NAMESPACE).stream()
                .map(capability -> (String) capability.getAttributes().get(SotayModule.NAMESPACE))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        "endpoints of " + bundle.getSymbolicName() + ", which is no module"));
    }

    /** The routes that endpoints declare, checked. */
    static List<RouteSpec> declared(String module, Endpoints endpoints) {
        List<RouteSpec> declared = new ArrayList<>();
        endpoints.routes(new Declaring(module, declared));
        for (RouteSpec route : declared) {
            check(route);
        }
        return declared;
    }

    private static void check(RouteSpec route) {
        if (!TEMPLATE.matcher(route.template).matches()) {
            throw new IllegalArgumentException(route + " is no template of a path");
        }
        String own = "/api/" + route.module;
        if (!route.module.equals(Module.PLATFORM)
                && !route.template.equals(own)
                && !route.template.startsWith(own + '/')) {
            throw new IllegalArgumentException(
                    route + " lies outside " + own + ", which is what the module " + route.module + " owns");
        }
        if (route.access == RouteSpec.Access.UNDECLARED) {
            throw new IllegalArgumentException(
                    route + " does not say who may call it: add needs(…), signedIn() or open()");
        }
        if (!route.isWhole()) {
            throw new IllegalArgumentException(route + " has no handler: end it with to(…)");
        }
    }

    private record Declaring(String module, List<RouteSpec> declared) implements Routes {

        @Override
        public Route get(String template) {
            return add("GET", template);
        }

        @Override
        public Route put(String template) {
            return add("PUT", template);
        }

        @Override
        public Route post(String template) {
            return add("POST", template);
        }

        @Override
        public Route delete(String template) {
            return add("DELETE", template);
        }

        private Route add(String method, String template) {
            RouteSpec route = new RouteSpec(module, method, template);
            declared.add(route);
            return route;
        }
    }
}
