package vn.sotay.platform.search;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import vn.sotay.api.access.Audience;
import vn.sotay.api.http.Endpoints;
import vn.sotay.api.http.FieldError;
import vn.sotay.api.http.Problem;
import vn.sotay.api.http.Reply;
import vn.sotay.api.http.Request;
import vn.sotay.api.http.Routes;

/** {@code /api/search}: over everything that modules give to be found, for whom it was told. */
@Component
public final class SearchEndpoints implements Endpoints {

    private static final int LONGEST = 500;

    private final Indexer indexer;
    private final Sources sources;

    @Activate
    public SearchEndpoints(@Reference Indexer indexer, @Reference Sources sources) {
        this.indexer = indexer;
        this.sources = sources;
    }

    @Override
    public void routes(Routes routes) {
        routes.get("/api/search")
                .signedIn()
                .says(
                        "What is found by words, with or without diacritics, the best first: titles and texts of what the caller may"
                                + " read, and how many there are of each type and year")
                .query("q", String.class, "the words, 500 characters at most; must be given")
                .query("type", String.class, "only this type, such as meeting")
                .query("year", Integer.class, "only what is of this year")
                .query("limit", Integer.class, "items at most: 50 unless asked otherwise, 500 at most")
                .query("after", String.class, "what the page before gave as next")
                .gives(SearchResult.class)
                .to(this::search);
    }

    private Reply search(Request request) {
        String words = request.query("q", String.class).map(String::strip).orElse("");
        if (words.isEmpty()) {
            throw Problem.invalid("q", "required");
        }
        if (words.length() > LONGEST) {
            FieldError error = new FieldError("q", "too-long", Map.of("max", LONGEST, "length", words.length()));
            throw Problem.invalid(List.of(error));
        }
        Set<String> audiences =
                request.caller().audiences().stream().map(Audience::toString).collect(Collectors.toUnmodifiableSet());
        return Reply.ok(indexer.search(new Ask(
                words,
                audiences,
                sources.types(),
                request.query("type", String.class).orElse(null),
                request.query("year", Integer.class).orElse(null),
                from(request.after()),
                request.limit())));
    }

    private static int from(@Nullable List<String> after) {
        try {
            int from = after == null ? 0 : Integer.parseInt(after.get(0));
            if (from >= 0 && from <= SearchIndex.DEEPEST) {
                return from;
            }
        } catch (NumberFormatException e) {
            // said below
        }
        throw Problem.invalid("after", "cursor");
    }
}
