/** What a module gives to be found: {@link vn.sotay.api.search.SearchSource}. */
@NullMarked
@Export
@Version("1.1.0")
package vn.sotay.api.search;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
