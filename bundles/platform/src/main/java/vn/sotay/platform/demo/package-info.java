/** The demo province: its units, its people, and what its modules have to show. */
@NullMarked
package vn.sotay.platform.demo;

import org.jspecify.annotations.NullMarked;
