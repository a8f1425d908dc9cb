/**
 * Seals sensitive fields, so that who has the database without the key file reads none of them. Read
 * {@link vn.sotay.platform.keys.FieldKeys} first.
 */
@NullMarked
package vn.sotay.platform.keys;

import org.jspecify.annotations.NullMarked;
