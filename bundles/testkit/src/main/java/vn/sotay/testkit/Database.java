package vn.sotay.testkit;

/** The databases that Sotay runs on; every feature is tested on each. */
public enum Database {
    DERBY,
    POSTGRESQL;

    /** The one that this run of the tests was told to take: {@code -Dsotay.test.database=postgresql}. */
    public static Database ofThisRun() {
        return valueOf(System.getProperty("sotay.test.database", "derby").toUpperCase(java.util.Locale.ROOT));
    }
}
