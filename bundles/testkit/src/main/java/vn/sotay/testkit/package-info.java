/** Boots the assembled distribution as a process, speaks HTTP to it, and makes databases to throw away. */
@NullMarked
package vn.sotay.testkit;

import org.jspecify.annotations.NullMarked;
