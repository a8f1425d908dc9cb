package vn.sotay.api.store;

/** What was done, as the audit trail tells it. Further kinds may come: do not take these for all. */
public enum AuditKind {
    /** A thing was made, changed or removed. */
    WRITE,
    /** Something sensitive was read. */
    READ,
    /** Something left the system as a file. */
    EXPORT,
    SIGN_IN,
    /** With a wrong password, or a login that there is not. */
    SIGN_IN_FAILED,
    SIGN_OUT,
    /** An account was made, or its way of signing in was changed. */
    ACCOUNT,
    /** A mandate was given, ended or carried over. */
    MANDATE,
    /** The trail itself: rows that were kept long enough were deleted. */
    RETENTION
}
