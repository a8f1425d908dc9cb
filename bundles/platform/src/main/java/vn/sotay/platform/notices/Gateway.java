package vn.sotay.platform.notices;

import java.io.IOException;

/** What takes messages of one channel, if the operator has configured it. Called by several threads at once. */
interface Gateway {

    /** It will not take this message, however often it is asked: the address is none. */
    final class RefusedException extends IOException {

        private static final long serialVersionUID = 1L;

        RefusedException(String why) {
            super(why);
        }
    }

    Channel channel();

    /** Whether the operator has configured it. */
    boolean isOpen();

    /**
     * Hands a message over; returns when it was taken.
     *
     * @throws RefusedException if this message is never taken
     * @throws IOException if it was not taken now; the message names no address
     */
    void send(Outgoing message) throws IOException;
}
