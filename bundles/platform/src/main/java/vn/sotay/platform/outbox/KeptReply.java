package vn.sotay.platform.outbox;

import org.jspecify.annotations.Nullable;

/**
 * What a command was answered, as it is repeated.
 *
 * @param etag null if it had none
 * @param type media type of the body; null without one
 * @param body JSON; null if there was none, or it was streamed or too large to be kept
 */
public record KeptReply(
        int status, @Nullable String etag, @Nullable String type, byte @Nullable [] body) {

    /** What is known of a command whose reply was not kept: it was applied. */
    static final KeptReply APPLIED = new KeptReply(204, null, null, null);

    /** Whether its number is settled by it. What may pass does not: the phone sends the same again. */
    public static boolean settles(int status) {
        return switch (status) {
            case 401, 408, 425, 429 -> false;
            default -> status < 500;
        };
    }
}
