package vn.sotay.api.http;

import org.osgi.annotation.versioning.ConsumerType;

/**
 * The HTTP endpoints of a module: a Declarative Services component that is found by this type and asked once, when it comes. One
 * table of routes gives the router, the permissions, the checks of what comes in and {@code /api/openapi.json}.
 */
@ConsumerType
public interface Endpoints {

    /** Declares the routes; each ends with {@link Route#to}. */
    void routes(Routes routes);
}
