package vn.sotay.platform.access;

/** As what something is wanted. */
enum Format {
    json,
    /** Paper: A4, in Vietnamese. */
    pdf
}
