/** Seals anew what an older key has sealed, or none. */
@NullMarked
package vn.sotay.platform.seals;

import org.jspecify.annotations.NullMarked;
