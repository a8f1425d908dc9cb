package vn.sotay.api.access;

/** How far a permission of a mandate reaches from the mandate's unit. */
public enum Scope {
    /** The caller's own records alone. */
    OWN,
    /** The mandate's unit itself. */
    UNIT,
    /** The mandate's unit and all below it. */
    BELOW
}
