package vn.sotay.platform.notices;

/** By what a notice goes out to those who do not look into the handbook; in the order in which they are tried. */
enum Channel {
    /** A message to the browsers on which the member wants to be told; wanted by whoever has one. */
    PUSH,
    /** An e-mail to the address that the member has given. */
    MAIL,
    /** A text message to the telephone of the member's record. */
    SMS,
    /** None has reached the member: somebody of the cell says it. */
    CALL
}
