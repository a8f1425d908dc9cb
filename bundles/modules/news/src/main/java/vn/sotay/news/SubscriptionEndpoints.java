package vn.sotay.news;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import vn.sotay.api.http.Endpoints;
import vn.sotay.api.http.Reply;
import vn.sotay.api.http.Request;
import vn.sotay.api.http.Routes;
import vn.sotay.api.unit.Unit;

/** {@code /api/news/subscription} and the feed itself: a table of routes, and calls into {@link Subscriptions}. */
@Component
public final class SubscriptionEndpoints implements Endpoints {

    private static final String OWN = "/api/news/subscription";
    private static final String FEED = "/api/news/feed/";
    private static final int MOST = 50;

    private final Subscriptions subscriptions;
    private final Newsroom newsroom;

    @Activate
    public SubscriptionEndpoints(@Reference Subscriptions subscriptions, @Reference Newsroom newsroom) {
        this.subscriptions = subscriptions;
        this.newsroom = newsroom;
    }

    @Override
    public void routes(Routes r) {
        r.get(OWN)
                .needs(Newsroom.READ)
                .gives(Subscription.class)
                .says(
                        "Since when the caller has an address for its programme for feeds, if it has one; it is told once, when it is made")
                .to(request -> Reply.ok(subscriptions.find(request.caller())));
        r.post(OWN)
                .needs(Newsroom.READ)
                .gives(Subscription.class)
                .says("Make an address for one's programme for feeds, in place of that from before")
                .to(this::make);
        r.delete(OWN)
                .needs(Newsroom.READ)
                .says("Take one's address back: whoever has it gets nothing from now on")
                .to(request -> {
                    subscriptions.revoke(request.caller());
                    return Reply.nothing();
                });
        r.get(FEED + "{token}")
                .open()
                .givesBytes()
                .says("News for all members as an Atom feed, for who has an address of it; asks for no session")
                .to(this::feed);
    }

    private Reply make(Request request) {
        String token = subscriptions.make(request.caller());
        return Reply.made(new Subscription(request.at(), site(request) + FEED + token));
    }

    private Reply feed(Request request) {
        subscriptions.require(request.path("token"));
        Unit province = newsroom.province();
        List<News> news = newsroom.forEverybody(MOST);
        byte[] feed = AtomFeed.write(
                site(request),
                site(request) + FEED + request.path("token"),
                province.id(),
                province.name(),
                news,
                Instant.EPOCH);
        return Reply.bytes("application/atom+xml; charset=utf-8", out -> out.write(feed))
                .keep(Duration.ofMinutes(10))
                .header("ETag", '"' + hash(feed) + '"');
    }

    private static String site(Request request) {
        return (request.secure() ? "https://" : "http://") + request.host();
    }

    private static String hash(byte[] feed) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(feed), 0, 16);
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("each Java has SHA-256", e);
        }
    }
}
