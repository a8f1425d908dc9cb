package vn.sotay.platform.access;

/** What has become of a login card. */
public enum CardState {
    /** It can be opened. */
    OPEN,
    USED,
    EXPIRED,
    REVOKED
}
