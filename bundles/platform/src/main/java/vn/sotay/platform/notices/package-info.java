/** Notices to members: what they are told, by which channels, and whom none has reached. */
@NullMarked
package vn.sotay.platform.notices;

import org.jspecify.annotations.NullMarked;
