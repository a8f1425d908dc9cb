/** What is kept of dues at each level and what is passed on, and the reports of it. */
@NullMarked
package vn.sotay.dues.remittance;

import org.jspecify.annotations.NullMarked;
