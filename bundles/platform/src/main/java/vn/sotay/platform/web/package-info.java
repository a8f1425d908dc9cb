/** The web application: the shell's files, and the pages that modules bring. */
@NullMarked
package vn.sotay.platform.web;

import org.jspecify.annotations.NullMarked;
