/** Tables that people send as files: text with separators, or workbooks. */
@NullMarked
@Export
@Version("1.0.0")
package vn.sotay.api.table;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
