/**
 * Measures Sotay beside what people compare it with, in one run. Read {@link vn.sotay.bench.Main} first, then one of the parts, such as
 * {@link vn.sotay.bench.Startup}.
 */
@NullMarked
package vn.sotay.bench;

import org.jspecify.annotations.NullMarked;
