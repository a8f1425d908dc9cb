package vn.sotay.platform.health;

import java.util.List;

/**
 * How Sotay is.
 *
 * @param status {@code DOWN} if a check is; a check that warns leaves it {@code UP}, since requests are answered
 */
record Health(HealthCheck.Status status, List<HealthCheck.Result> checks) {

    static Health of(List<HealthCheck.Result> checks) {
        boolean down = checks.stream().anyMatch(check -> check.status() == HealthCheck.Status.DOWN);
        return new Health(down ? HealthCheck.Status.DOWN : HealthCheck.Status.UP, checks);
    }
}
