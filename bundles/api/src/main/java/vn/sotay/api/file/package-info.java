/** Files by content (SHA-256), kept once and shown to whom a holder shows them. */
@NullMarked
@Export
@Version("1.1.0")
package vn.sotay.api.file;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
