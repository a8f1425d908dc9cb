/**
 * Puts modules in, replaces and removes them while Sotay runs. {@link vn.sotay.platform.deploy.ModuleFolder} sees the jars,
 * {@link vn.sotay.platform.deploy.ModuleManager} takes them, and each piece of the platform does its part as a
 * {@link vn.sotay.platform.module.ModulePart}.
 */
@NullMarked
package vn.sotay.platform.deploy;

import org.jspecify.annotations.NullMarked;
