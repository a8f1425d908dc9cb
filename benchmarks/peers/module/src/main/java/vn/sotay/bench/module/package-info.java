/** A module that answers with its version: what is replaced while requests run. */
@SotayModule("answer")
@NullMarked
package vn.sotay.bench.module;

import org.jspecify.annotations.NullMarked;
import vn.sotay.api.module.SotayModule;
