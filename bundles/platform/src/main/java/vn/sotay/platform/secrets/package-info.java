/** What only Sotay may know: passwords of files and of the database, from where an operator keeps them. */
@NullMarked
package vn.sotay.platform.secrets;

import org.jspecify.annotations.NullMarked;
