package vn.sotay.platform.http;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Pattern;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Request;
import org.jspecify.annotations.Nullable;
import vn.sotay.api.access.Caller;
import vn.sotay.api.http.FieldError;
import vn.sotay.api.http.Problem;
import vn.sotay.api.http.ProblemException;
import vn.sotay.platform.outbox.KeptReply;
import vn.sotay.platform.outbox.Outboxes;
import vn.sotay.platform.outbox.Turn;

/** The requests that are commands of a phone's outbox: two headers say of which, and which number it is. */
final class Commands {

    static final String DEVICE = "Sotay-Device";
    static final String SEQUENCE = "Sotay-Sequence";

    /** In answers to what was settled before. */
    static final String REPEATED = "Sotay-Repeated";

    private static final Pattern NUMBER = Pattern.compile("[1-9]\\d{0,17}");
    private static final byte[] NOTHING = {};

    private final Outboxes outboxes;

    Commands(Outboxes outboxes) {
        this.outboxes = outboxes;
    }

    static boolean isOne(Exchange exchange) {
        return exchange.header(DEVICE) != null || exchange.header(SEQUENCE) != null;
    }

    /**
     * Whether a request is to be carried out now; what is no command is.
     *
     * @param again is run when one that waits may come again
     * @throws ProblemException 400 for headers that say nothing, and as {@link Outboxes#arrive}
     */
    Outboxes.Place arrive(Exchange exchange, Caller caller, Runnable again) {
        Turn turn = exchange.turn;
        if (turn == null) {
            if (!isOne(exchange)) {
                return Outboxes.Place.ITS_TURN;
            }
            Turn made = turn(exchange, caller);
            Request.addCompletionListener(exchange.request, failure -> outboxes.leave(made));
            exchange.turn = made;
            turn = made;
        }
        return outboxes.arrive(turn, again);
    }

    private static Turn turn(Exchange exchange, Caller caller) {
        String device = exchange.header(DEVICE);
        String sequence = exchange.header(SEQUENCE);
        List<FieldError> errors = new ArrayList<>();
        if (device == null) {
            errors.add(new FieldError(DEVICE, "required"));
        } else if (!ApiRequest.ID.matcher(device).matches()) {
            errors.add(new FieldError(DEVICE, "uuid"));
        }
        if (sequence == null) {
            errors.add(new FieldError(SEQUENCE, "required"));
        } else if (!NUMBER.matcher(sequence).matches()) {
            errors.add(new FieldError(SEQUENCE, "counting-number"));
        }
        if (!errors.isEmpty() || device == null || sequence == null) {
            throw new ProblemException(new Problem(400, "bad-header", Map.of(), errors, null));
        }
        return new Turn(caller.account(), UUID.fromString(device), Long.parseLong(sequence));
    }

    /**
     * Before an answer is sent: the number is settled by it, and it is kept.
     *
     * @param body null for what is streamed
     * @throws ProblemException as {@link Outboxes#answered}
     */
    void answered(Exchange exchange, int status, byte @Nullable [] body) {
        Turn turn = exchange.turn;
        if (turn != null && turn.isOn()) {
            outboxes.answered(
                    turn,
                    new KeptReply(
                            status,
                            exchange.response.getHeaders().get(HttpHeader.ETAG),
                            exchange.response.getHeaders().get(HttpHeader.CONTENT_TYPE),
                            body));
        }
    }

    /** It is not carried out any more; it is answered in another way. */
    void leave(Exchange exchange) {
        if (exchange.turn != null) {
            outboxes.leave(exchange.turn);
        }
    }

    /**
     * Answers a command whose number is settled as the first time.
     *
     * @throws ProblemException as {@link Outboxes#repeated}
     */
    void repeat(Exchange exchange) {
        Turn turn = exchange.turn;
        if (turn == null) {
            throw new IllegalStateException("no command");
        }
        KeptReply kept = outboxes.repeated(turn);
        exchange.header(REPEATED, "true");
        if (kept.etag() != null) {
            exchange.header("ETag", kept.etag());
        }
        if (kept.type() != null) {
            exchange.header("Content-Type", kept.type());
        }
        exchange.send(kept.status(), kept.body() == null ? NOTHING : kept.body());
    }
}
