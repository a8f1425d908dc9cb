/** Tables for spreadsheet programs. */
@NullMarked
package vn.sotay.platform.csv;

import org.jspecify.annotations.NullMarked;
