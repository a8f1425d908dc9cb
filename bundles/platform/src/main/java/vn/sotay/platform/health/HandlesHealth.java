package vn.sotay.platform.health;

import org.osgi.service.component.annotations.Component;
import vn.sotay.platform.http.FileHandles;

/** Whether file handles are left: each connection takes one, and so does each file that is open. */
@Component
public final class HandlesHealth implements HealthCheck {

    private static final String NAME = "file handles";
    private static final long FEW = 100;

    @Override
    public Result look() {
        return judge(FileHandles.left(), FileHandles.most());
    }

    static Result judge(long left, long most) {
        if (left >= FEW) {
            return new Result(
                    NAME, Status.UP, most == Long.MAX_VALUE ? "without a limit" : left + " of " + most + " left");
        }
        return new Result(
                NAME,
                Status.WARN,
                left + " of " + most + " left: raise the limit (ulimit -n, LimitNOFILE of the service), or look who"
                        + " keeps so many connections open");
    }
}
