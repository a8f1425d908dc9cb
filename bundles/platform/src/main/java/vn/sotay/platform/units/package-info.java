/** The organisation tree: committees and cells, in memory, with their history in the database. */
@NullMarked
package vn.sotay.platform.units;

import org.jspecify.annotations.NullMarked;
