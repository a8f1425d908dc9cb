package vn.sotay.platform.feed;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import vn.sotay.api.access.Audience;
import vn.sotay.api.http.Endpoints;
import vn.sotay.api.http.FieldError;
import vn.sotay.api.http.Problem;
import vn.sotay.api.http.ProblemException;
import vn.sotay.api.http.Reply;
import vn.sotay.api.http.Request;
import vn.sotay.api.http.Routes;
import vn.sotay.platform.http.EventStream;

/** {@code /api/changes}: all that the caller may know, and then what is new. */
@Component
public final class ChangeEndpoints implements Endpoints {

    private static final int LONGEST_WAIT = 55;
    private static final String EVENTS = "text/event-stream";

    private final Feed feed;

    @Activate
    public ChangeEndpoints(@Reference Feed feed) {
        this.feed = feed;
    }

    @Override
    public void routes(Routes routes) {
        routes.get("/api/changes")
                .signedIn()
                .says(
                        "What is new since a token, or all of it; 204 when nothing is, 410 when the client has to start afresh."
                                + " With Accept: text/event-stream it stays open and gives an event `changes` whenever there is"
                                + " something to ask for")
                .query("since", String.class, "the token of the page before; without it everything comes")
                .query(
                        "limit",
                        Integer.class,
                        "changes of a page at most: less over a bad line; 1 to " + Feed.PAGE_ROWS)
                .query("wait", Integer.class, "seconds to wait when nothing is new, at most " + LONGEST_WAIT)
                .gives(Changes.class)
                // as events; who does not want those gets pages
                .givesBytes()
                .to(this::changes);
    }

    private Reply changes(Request request) {
        int wait = number(request, "wait", 0, 0, LONGEST_WAIT);
        int most = number(request, "limit", Feed.PAGE_ROWS, 1, Feed.PAGE_ROWS);
        Set<Audience> audiences = request.caller().audiences();
        Optional<String> since = request.query("since", String.class);
        if (request.header("Accept").filter(type -> type.contains(EVENTS)).isPresent()) {
            // a browser that comes back by itself asks by the same address as the first time
            String from = request.header("Last-Event-ID").or(() -> since).orElse(null);
            return Reply.ok(new EventStream("changes", from, audiences, tell -> feed.follow(audiences, from, tell)));
        }
        return Reply.later(feed.changes(audiences, since.orElse(null), most, Duration.ofSeconds(wait))
                .thenApply(changes -> changes.map(Reply::ok).orElseGet(Reply::nothing)));
    }

    private static int number(Request request, String name, int usual, int min, int max) {
        int number = request.query(name, Integer.class).orElse(usual);
        if (number < min || number > max) {
            FieldError error = new FieldError(name, "out-of-range", Map.of("min", min, "max", max));
            throw new ProblemException(new Problem(400, "bad-parameter", Map.of(), List.of(error), null));
        }
        return number;
    }
}
