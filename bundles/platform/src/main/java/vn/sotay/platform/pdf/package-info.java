/** Paper: PDF in Vietnamese, with the letters that it needs. Nothing of it is loaded before the first sheet is asked for. */
@NullMarked
package vn.sotay.platform.pdf;

import org.jspecify.annotations.NullMarked;
