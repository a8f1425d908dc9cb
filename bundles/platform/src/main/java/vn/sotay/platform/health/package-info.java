/** How Sotay is: one check for each thing that can go wrong by itself, asked by {@code GET /health}. */
@NullMarked
package vn.sotay.platform.health;

import org.jspecify.annotations.NullMarked;
