package vn.sotay.platform.notices;

import java.io.IOException;
import java.time.Duration;

/** What takes messages of one channel, if the operator has configured it. Called by several threads at once. */
interface Gateway {

    /** It will not take this message, however often it is asked: the address is none. */
    final class RefusedException extends IOException {

        private static final long serialVersionUID = 1L;

        RefusedException(String why) {
            super(why);
        }
    }

    /** It was not taken now, and is to be tried again after some time. */
    final class LaterException extends IOException {

        private static final long serialVersionUID = 1L;

        private final Duration wait;

        /** @param wait zero if it does not say how long */
        LaterException(String why, Duration wait) {
            super(why);
            this.wait = wait;
        }

        Duration after() {
            return wait;
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
