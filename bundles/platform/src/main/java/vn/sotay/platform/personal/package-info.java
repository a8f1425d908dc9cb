/** Which data of people there are, what for and how long; deleting somebody from all of them. */
@NullMarked
package vn.sotay.platform.personal;

import org.jspecify.annotations.NullMarked;
