package vn.sotay.platform.search;

/** What can be chosen of what was found. */
public enum Facet {
    /** The type of the thing. */
    TYPE(Fields.TYPE),
    /** The year of its day. */
    YEAR(Fields.YEAR),
    KIND(Fields.KIND),
    LEVEL(Fields.LEVEL),
    /** Who has issued it, in whatever case and wherever tone marks stand. */
    ISSUER(Fields.ISSUER),
    /** Whether it is in force today, for what is in force or not: {@code true} or {@code false}. */
    IN_FORCE(Fields.FROM);

    private final String field;

    Facet(String field) {
        this.field = field;
    }

    /** The field of the index that has it. */
    String field() {
        return field;
    }
}
