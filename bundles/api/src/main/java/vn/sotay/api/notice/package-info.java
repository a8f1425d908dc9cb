/** Notices: short texts that reach each member of an audience, whatever way there is. */
@NullMarked
@Export
@Version("1.3.0")
package vn.sotay.api.notice;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
