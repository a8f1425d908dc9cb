/** Members: the thin record, its status and cell on each day, search by name and card. */
@NullMarked
package vn.sotay.platform.members;

import org.jspecify.annotations.NullMarked;
