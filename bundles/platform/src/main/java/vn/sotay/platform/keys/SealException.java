package vn.sotay.platform.keys;

/** A sealed value cannot be opened: it was changed, put in another place, or its key is missing. Names the place, never the value. */
public final class SealException extends IllegalStateException {

    private static final long serialVersionUID = 1L;

    SealException(String field, String id) {
        super(field + " of " + id + " cannot be opened: it was changed, or its key is not in the key file");
    }
}
