/** Jetty, the router, the gate before each module, problems and the description of the API. */
@NullMarked
package vn.sotay.platform.http;

import org.jspecify.annotations.NullMarked;
