package vn.sotay.documents.text;

import java.io.IOException;

/** A file of which no text is taken, and why. */
final class UnreadableException extends IOException {

    private static final long serialVersionUID = 1;

    private final Reading reading;

    UnreadableException(Reading reading) {
        super(reading.name());
        this.reading = reading;
    }

    Reading reading() {
        return reading;
    }
}
