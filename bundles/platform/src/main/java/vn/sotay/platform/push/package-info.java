/** Web Push by the JDK alone: keys, signatures and encryption of messages to browsers. Pure functions and immutable values. */
@NullMarked
package vn.sotay.platform.push;

import org.jspecify.annotations.NullMarked;
