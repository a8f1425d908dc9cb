package vn.sotay.platform.privacy;

/** How far the request for a correction is. */
enum CorrectionState {
    /** Nobody has told the member yet that it has arrived. */
    ASKED,
    /** The member knows that somebody looks into it. */
    ACKNOWLEDGED,
    DONE,
    REFUSED,
    /** The member has taken it back. */
    WITHDRAWN;

    boolean isOpen() {
        return this == ASKED || this == ACKNOWLEDGED;
    }
}
