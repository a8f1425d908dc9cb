/** The search over everything: an index on this node's disk that follows the change feed, and what is found in it by whom. */
@NullMarked
package vn.sotay.platform.search;

import org.jspecify.annotations.NullMarked;
