/** Pictures as they are kept: decoded within bounds and written anew, so that nothing of the file that was sent is left. */
@NullMarked
package vn.sotay.news.picture;

import org.jspecify.annotations.NullMarked;
