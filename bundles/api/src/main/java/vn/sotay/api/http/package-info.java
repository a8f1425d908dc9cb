/** Endpoints of a module: routes, requests, replies and problems (RFC 9457). */
@NullMarked
@Export
@Version("1.2.0")
package vn.sotay.api.http;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
