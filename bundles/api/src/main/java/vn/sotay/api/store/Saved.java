package vn.sotay.api.store;

/**
 * A thing as it stands after a write, or as read.
 *
 * @param version grows with each change; becomes the ETag
 * @param made whether this write made it
 */
public record Saved<T>(T value, long version, boolean made) {

    /** As read: not made now. */
    public Saved(T value, long version) {
        this(value, version, false);
    }
}
