/** Files by the hash of their content, kept in the database in chunks; {@code /api/files}. */
@NullMarked
package vn.sotay.platform.files;

import org.jspecify.annotations.NullMarked;
