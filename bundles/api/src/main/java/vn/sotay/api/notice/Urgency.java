package vn.sotay.api.notice;

/** How soon a notice has to reach its readers. */
public enum Urgency {
    /** At once, at night too: a storm, a meeting that is moved to this evening. */
    URGENT,
    /** Today, in the hours in which the reader wants to hear. */
    NORMAL,
    /** Whenever the reader looks: it may wait for the day's summary. */
    LOW
}
