/** A bundle for Karaf that does what the module of the bench does. */
@NullMarked
package vn.sotay.bench.karaf;

import org.jspecify.annotations.NullMarked;
