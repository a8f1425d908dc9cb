/**
 * Starts Sotay: reads the command line and the configuration, embeds the OSGi framework and starts the bundles of the distribution. It
 * knows no other class of ours; what it and the platform tell each other are objects of the JDK.
 */
@NullMarked
package vn.sotay.launcher;

import org.jspecify.annotations.NullMarked;
