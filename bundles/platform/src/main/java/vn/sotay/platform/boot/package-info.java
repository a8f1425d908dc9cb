/** The start, from the platform's bundle to the first request. */
@NullMarked
package vn.sotay.platform.boot;

import org.jspecify.annotations.NullMarked;
