package vn.sotay.news.picture;

/**
 * A picture as it is kept: a JPEG of a size that a phone shows, without a word of who took it, where and with what.
 *
 * @param jpeg the file, for whoever got it alone: it is not copied
 * @param width pixels, after it was turned
 */
@SuppressWarnings("ArrayRecordComponent")
public record Coded(byte[] jpeg, int width, int height) {}
