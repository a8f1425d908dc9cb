/** Accounts, sessions, mandates and permissions: who calls and what it may do where. */
@NullMarked
package vn.sotay.platform.access;

import org.jspecify.annotations.NullMarked;
