/** What the machine gives when nothing of ours is in the way: Jetty alone and JDBC alone. */
@NullMarked
package vn.sotay.bench.bare;

import org.jspecify.annotations.NullMarked;
