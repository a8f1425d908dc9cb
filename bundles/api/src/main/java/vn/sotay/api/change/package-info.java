/** The types of things that travel to the clients by the change feed. */
@NullMarked
@Export
@Version("1.2.0")
package vn.sotay.api.change;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
