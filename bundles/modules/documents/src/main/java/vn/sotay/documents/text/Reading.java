package vn.sotay.documents.text;

import org.jspecify.annotations.Nullable;

/** What came of looking for the text of a file. */
public enum Reading {
    /** It is being looked for. */
    WAITS(null),
    /** All of its text was found. */
    WHOLE(null),
    /** The beginning of its text; the rest is more than what is kept. */
    PART(null),
    /** A scan: it has pictures of pages, and no letters; its text, if there is one, is said to be recognised, or written, by somebody. */
    PICTURES(null),
    /** A kind of file in which no text is looked for. */
    NONE(null),
    /** It has a password. */
    LOCKED("file-locked"),
    /** It runs something where it is opened. */
    SCRIPT("file-script"),
    /** It is not whole. */
    BROKEN("file-broken"),
    /** It is small, and grows beyond all measure where it is opened; or to read it takes too long. */
    TOO_LARGE("file-unpacked"),
    /** It bears a stamp of secrecy. */
    SECRET("secret");

    private final @Nullable String rule;

    Reading(@Nullable String rule) {
        this.rule = rule;
    }

    /** The rule that a file breaks which is read so; null if it may be published. */
    public @Nullable String rule() {
        return rule;
    }
}
