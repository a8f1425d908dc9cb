package vn.sotay.api.unit;

/** Whether a unit still works. */
public enum UnitState {
    LIVE,
    /** It was merged into another. What was written in it stays, and is its successor's. */
    CLOSED
}
