/** A module for tests, which seals what it keeps. */
@SotayModule("safes")
@NullMarked
package vn.sotay.tests.safes;

import org.jspecify.annotations.NullMarked;
import vn.sotay.api.module.SotayModule;
