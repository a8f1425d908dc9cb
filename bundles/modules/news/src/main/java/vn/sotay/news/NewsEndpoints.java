package vn.sotay.news;

import java.io.IOException;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import vn.sotay.api.http.Endpoints;
import vn.sotay.api.http.Reply;
import vn.sotay.api.http.Request;
import vn.sotay.api.http.Routes;
import vn.sotay.news.NewsRules.Step;
import vn.sotay.news.text.NewsText;

/** The module's endpoints: a table of routes, and one call each into {@link Newsroom}, to be read next. */
@Component
public final class NewsEndpoints implements Endpoints {

    private static final String ONE = "/api/news/{id}";

    private final Newsroom newsroom;
    private final Pictures pictures;

    @Activate
    public NewsEndpoints(@Reference Newsroom newsroom, @Reference Pictures pictures) {
        this.newsroom = newsroom;
        this.pictures = pictures;
    }

    @Override
    public void routes(Routes r) {
        r.get("/api/news")
                .needs(Newsroom.READ)
                .query(
                        "state",
                        News.State.class,
                        "drafts, what waits to be approved or for its time, and what is over, for editors; what is published when left out")
                .query(
                        "toAcknowledge",
                        Boolean.class,
                        "that ask the caller, a member, to say that it has read them; it has not yet")
                .givesPage(News.class)
                .says("News, the newest first, without their texts")
                .to(this::list);
        r.get(ONE)
                .needs(Newsroom.READ)
                .gives(News.class)
                .says("A piece of news")
                .to(request -> Reply.of(newsroom.get(request.caller(), request.id("id"))));
        r.put(ONE)
                .needs(Newsroom.EDIT)
                .takes(News.class)
                .gives(News.class)
                .says("Write a draft, or what waits to be approved")
                .to(request -> Reply.of(
                        newsroom.put(request.caller(), request.id("id"), request.body(News.class), request.ifMatch())));
        r.delete(ONE).needs(Newsroom.EDIT).says("Delete what is not published").to(this::delete);
        r.get(ONE + "/editions")
                .needs(Newsroom.EDIT)
                .givesPage(Edition.class)
                .says("How a piece of news was each time it was published, the newest first")
                .to(request -> Reply.ok(newsroom.editions(request.caller(), request.id("id"))));
        r.post("/api/news/pictures")
                .needs(Newsroom.EDIT)
                .takesBytes(Pictures.MOST_SENT)
                .gives(StoredPicture.class)
                .says("Take a picture, JPEG or PNG; it is written anew, smaller and without what a camera adds")
                .to(this::picture);
        r.post("/api/news/preview")
                .needs(Newsroom.EDIT)
                .takes(Draft.class)
                .gives(Preview.class)
                .says("How a text will look; nothing is kept")
                .to(NewsEndpoints::preview);
        step(r, "/submit", Step.SUBMIT, "A draft waits to be approved");
        step(r, "/return", Step.RETURN, "What waits to be approved is a draft again");
        step(r, "/approve", Step.APPROVE, "Publish what waits, as somebody else than who wrote it last");
        step(r, "/withdraw", Step.WITHDRAW, "What is published is a draft again");
    }

    private void step(Routes r, String path, Step step, String says) {
        r.post(ONE + path)
                .needs(Newsroom.EDIT)
                .gives(News.class)
                .says(says)
                .to(request -> Reply.of(newsroom.step(request.caller(), request.id("id"), step, request.ifMatch())));
    }

    private Reply list(Request request) {
        return Reply.ok(newsroom.list(
                request.caller(),
                request.query("state", News.State.class).orElse(null),
                request.query("toAcknowledge", Boolean.class).orElse(false),
                request.limit(),
                request.after()));
    }

    private Reply delete(Request request) {
        newsroom.delete(request.caller(), request.id("id"), request.ifMatch());
        return Reply.nothing();
    }

    private Reply picture(Request request) throws IOException {
        return Reply.made(pictures.take(request.bytes()));
    }

    private static Reply preview(Request request) {
        NewsText.Reading reading = NewsText.read(request.body(Draft.class).text());
        return Reply.ok(new Preview(reading.blocks(), reading.faults()));
    }
}
