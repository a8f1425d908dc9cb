package vn.sotay.platform.access;

import org.jspecify.annotations.Nullable;

/**
 * Where somebody signs in.
 *
 * @param address of the network; counted in memory, never kept
 * @param name of the device, as a list of sessions shows it
 * @param device the token of a device that was bound before; null if it bears none
 */
record Origin(String address, String name, @Nullable String device) {

    @Override
    public String toString() {
        return "Origin[name=" + name + ']';
    }
}
