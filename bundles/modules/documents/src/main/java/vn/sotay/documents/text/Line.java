package vn.sotay.documents.text;

/**
 * A line of a page, in points from its left upper corner.
 *
 * @param bottom on which the letters stand
 */
public record Line(String text, float left, float right, float bottom) {}
