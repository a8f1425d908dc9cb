/** Paper: what a module hands out as PDF. */
@NullMarked
@Export
@Version("1.1.0")
package vn.sotay.api.paper;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
