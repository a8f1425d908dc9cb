/**
 * Party dues (đảng phí): what each member owes a month by dated rules, and what was paid.
 */
@SotayModule("dues")
@NullMarked
package vn.sotay.dues;

import org.jspecify.annotations.NullMarked;
import vn.sotay.api.module.SotayModule;
