package vn.sotay.platform.health;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;

/** Whether the data directory has room left. */
@Component
public final class DiskHealth implements HealthCheck {

    private static final String NAME = "disk";
    private static final long MEGABYTE = 1024 * 1024;
    private static final long FEW = 1024 * MEGABYTE;
    /** With less than this a database cannot be relied upon to commit. */
    private static final long TOO_FEW = 50 * MEGABYTE;

    private final Path data;

    /** For the framework; {@code context} is the platform's own. */
    @Activate
    public DiskHealth(BundleContext context) {
        this(Path.of(context.getProperty("sotay.data")));
    }

    DiskHealth(Path data) {
        this.data = data;
    }

    @Override
    public Result look() {
        try {
            return judge(Files.getFileStore(data).getUsableSpace());
        } catch (IOException e) {
            return new Result(NAME, Status.DOWN, "the data directory cannot be read: " + e.getMessage());
        }
    }

    static Result judge(long free) {
        String left = free / MEGABYTE + " MB are free in the data directory";
        if (free < TOO_FEW) {
            return new Result(NAME, Status.DOWN, left + ": make room now, writes are about to fail");
        }
        return free < FEW
                ? new Result(NAME, Status.WARN, left + ": make room soon")
                : new Result(NAME, Status.UP, left);
    }
}
