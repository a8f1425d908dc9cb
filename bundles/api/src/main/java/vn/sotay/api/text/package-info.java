/** Vietnamese text as people type it. */
@NullMarked
@Export
@Version("1.0.0")
package vn.sotay.api.text;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
