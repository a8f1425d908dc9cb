package vn.sotay.platform.notices;

import java.time.Instant;
import java.util.Set;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import vn.sotay.api.http.Endpoints;
import vn.sotay.api.http.Reply;
import vn.sotay.api.http.Request;
import vn.sotay.api.http.Routes;

/** {@code /api/notices}: what the caller was told. */
@Component
public final class NoticeEndpoints implements Endpoints {

    /** @param until all that was sent until then was on the caller's screen */
    record Looked(Instant until) {}

    private final NoticeBook book;

    @Activate
    public NoticeEndpoints(@Reference NoticeBook book) {
        this.book = book;
    }

    @Override
    public void routes(Routes routes) {
        routes.get("/api/notices")
                .signedIn()
                .givesPage(NoticeBook.Listed.class)
                .says("What the caller was told, the newest first, to be put into words by the texts of its module")
                .to(this::list);
        routes.put("/api/notices/seen")
                .signedIn()
                .takes(Looked.class)
                .says("The caller has looked at all that was sent until then; an earlier time changes nothing")
                .to(request -> {
                    book.see(request.caller(), request.body(Looked.class).until());
                    return Reply.nothing();
                });
    }

    private Reply list(Request request) {
        // how far an account of the system's own has looked is told to no audience
        return request.unlessChanged(
                request.caller().member().isPresent() ? request.caller().audiences() : Set.of(),
                () -> Reply.ok(book.list(request.caller(), request.after(), request.limit())));
    }
}
