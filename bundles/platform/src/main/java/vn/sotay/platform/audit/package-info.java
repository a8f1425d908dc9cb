/** What the audit trail shows: the list, the file, whether it is whole, and to each member who has read its record. */
@NullMarked
package vn.sotay.platform.audit;

import org.jspecify.annotations.NullMarked;
