package vn.sotay.news;

/**
 * A picture that was taken, as it is kept.
 *
 * @param file SHA-256, to be named in a piece of news within two days
 * @param width pixels
 * @param size bytes
 * @param type media type, always {@code image/jpeg}
 */
public record StoredPicture(String file, int width, int height, long size, String type) {}
