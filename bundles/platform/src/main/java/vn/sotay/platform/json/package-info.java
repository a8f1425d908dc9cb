/** JSON as the API speaks it: records, days, instants, texts composed to NFC. */
@NullMarked
package vn.sotay.platform.json;

import org.jspecify.annotations.NullMarked;
