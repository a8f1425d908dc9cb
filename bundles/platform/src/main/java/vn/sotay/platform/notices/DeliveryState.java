package vn.sotay.platform.notices;

/** How far one is with telling one member one thing. */
enum DeliveryState {
    /** It is to go out, at the earliest at the time of the row. */
    WAITING,
    /** It is going out; whether it has, nobody knows when Sotay is killed now: it goes out again, under the same key. */
    SENDING,
    /** The gateway has taken it. */
    SENT,
    /** Somebody has told the member. */
    TOLD,
    /** It does not go out any more. */
    DROPPED
}
