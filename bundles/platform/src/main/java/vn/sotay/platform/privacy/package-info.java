/** What members may do about what is kept of them: have it corrected, and agree to more or take that back. */
@NullMarked
package vn.sotay.platform.privacy;

import org.jspecify.annotations.NullMarked;
