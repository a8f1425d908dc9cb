/** The organisation tree: committees and cells (tổ chức đảng). */
@NullMarked
@Export
@Version("1.0.0")
package vn.sotay.api.unit;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
