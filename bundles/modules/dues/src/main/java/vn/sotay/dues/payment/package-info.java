/** Dues that were paid: what they settle, the cash books that they stand in, and their receipts. */
@NullMarked
package vn.sotay.dues.payment;

import org.jspecify.annotations.NullMarked;
