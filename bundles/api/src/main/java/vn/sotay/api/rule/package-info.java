/** Regulations as dated, cited data: percentages, thresholds and deadlines are never code. */
@NullMarked
@Export
@Version("1.3.0")
package vn.sotay.api.rule;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
