/** Long work with progress, which is staged, applied, undone and cancelled, and goes on after a restart; and what is done by the clock. */
@NullMarked
@Export
@Version("1.2.0")
package vn.sotay.api.job;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
