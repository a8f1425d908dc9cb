/** The change feed as clients read it: {@code /api/changes}. The store writes it, in the transactions of what changes. */
@NullMarked
package vn.sotay.platform.feed;

import org.jspecify.annotations.NullMarked;
