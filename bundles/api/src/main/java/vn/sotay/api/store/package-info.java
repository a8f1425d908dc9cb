/** One transaction at a time over the province's database; what changed is told to the feed in it. */
@NullMarked
@Export
@Version("1.3.0")
package vn.sotay.api.store;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
