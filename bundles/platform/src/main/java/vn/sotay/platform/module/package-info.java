/** What a module looks like to the pieces of the platform that take part when it comes and goes. */
@NullMarked
package vn.sotay.platform.module;

import org.jspecify.annotations.NullMarked;
