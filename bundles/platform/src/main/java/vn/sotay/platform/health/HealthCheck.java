package vn.sotay.platform.health;

/** Looks at one thing. A service; thread-safe. */
interface HealthCheck {

    /** Whether requests can be answered. */
    enum Status {
        UP,
        /** Requests are answered, but somebody should look. */
        WARN,
        DOWN
    }

    /**
     * What was found.
     *
     * @param name of what was looked at, such as {@code database}
     * @param detail one line for the operator
     */
    record Result(String name, Status status, String detail) {}

    /** Answers within seconds. */
    Result look();
}
