package vn.sotay.platform.http;

import java.lang.management.ManagementFactory;
import javax.management.JMException;
import javax.management.ObjectName;

/** How many file handles the system gives this process, and how many are in use; each connection is one. */
public final class FileHandles {

    /** For jars, the database and what is on its way to it. */
    private static final long OURS = 300;

    private static final long FEWEST_CONNECTIONS = 50;
    /** More than this many connections would not fit into the memory of a usual installation. */
    private static final long MOST_CONNECTIONS = 10_000;

    private FileHandles() {}

    /** How many there may be; {@link Long#MAX_VALUE} if the system does not tell. */
    public static long most() {
        return attribute("MaxFileDescriptorCount");
    }

    /** How many are left; {@link Long#MAX_VALUE} if the system does not tell. */
    public static long left() {
        long most = most();
        return most == Long.MAX_VALUE ? most : most - attribute("OpenFileDescriptorCount");
    }

    static int forConnections() {
        return (int) Math.max(FEWEST_CONNECTIONS, Math.min(most() - OURS, MOST_CONNECTIONS));
    }

    private static long attribute(String name) {
        try {
            return (Long) ManagementFactory.getPlatformMBeanServer()
                    .getAttribute(new ObjectName("java.lang:type=OperatingSystem"), name);
        } catch (JMException e) {
            // not a Unix: it has no such limit
            return Long.MAX_VALUE;
        }
    }
}
