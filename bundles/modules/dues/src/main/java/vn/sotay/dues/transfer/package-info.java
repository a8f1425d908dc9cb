/** Dues that come by bank: what is asked for with a QR code, and what a bank's statement says has come. */
@NullMarked
package vn.sotay.dues.transfer;

import org.jspecify.annotations.NullMarked;
