/** Who calls, what it may do where, and whom a payload is for. */
@NullMarked
@Export
@Version("1.2.0")
package vn.sotay.api.access;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
