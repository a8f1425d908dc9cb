package vn.sotay.documents.text;

/**
 * How the heads of articles and of parts begin in laws and resolutions: pieces of regular expressions, to be looked for whatever the case
 * ({@code (?iu)}). The reader's page ({@code sotay/ui/text.js}) knows the same.
 */
public final class Headings {

    /** "Điều 12", "Điều 12a". */
    public static final String ARTICLE = "Điều\\s+\\d+[a-zđ]?";

    /** "Chương II", "Phần thứ nhất", "Mục 1", "Tiểu mục A"; not "Mục đích" or "Chương trình". */
    public static final String PART =
            "(?:Phần|Chương|Mục|Tiểu mục)\\s+(?:thứ\\s+\\p{L}+|[IVXLC]+|\\d+|[A-ZĐ])(?![\\p{L}\\p{N}])";

    private Headings() {}
}
