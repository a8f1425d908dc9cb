package vn.sotay.news.picture;

/** A file is not taken as a picture. */
public final class PictureException extends Exception {

    private static final long serialVersionUID = 1L;

    private final String rule;

    PictureException(String rule) {
        super(rule);
        this.rule = rule;
    }

    /** {@code picture-kind}, {@code picture-large} or {@code picture-broken}: a rule of the module's texts. */
    public String rule() {
        return rule;
    }
}
