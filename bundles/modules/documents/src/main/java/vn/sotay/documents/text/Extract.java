package vn.sotay.documents.text;

/**
 * What was found in a file.
 *
 * @param text Markdown, composed (NFC), paragraphs with an empty line between; empty unless it was read whole or in part
 */
public record Extract(Reading reading, String text) {

    public static Extract without(Reading reading) {
        return new Extract(reading, "");
    }
}
