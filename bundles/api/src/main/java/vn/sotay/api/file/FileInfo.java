package vn.sotay.api.file;

/**
 * What is known of a stored file.
 *
 * @param sha256 hash of the content, 64 lower-case hexadecimal digits
 * @param size bytes
 * @param type media type as found in the content, not as the sender called it
 */
public record FileInfo(String sha256, long size, String type) {}
