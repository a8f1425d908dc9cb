package vn.sotay.platform.search;

import java.time.LocalDate;
import java.time.ZoneId;
import java.util.EnumMap;
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
    /** Days are those of Viet Nam. */
    private static final ZoneId ZONE = ZoneId.of("Asia/Ho_Chi_Minh");

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
                                + " read, and how many there are of each type, year, kind, level and issuer, and in force. Each thing"
                                + " is there once, with the part of it that answers best; what is in force comes first")
                .query("q", String.class, "the words, 500 characters at most; must be given")
                .query("type", String.class, "only this type, such as meeting")
                .query("year", Integer.class, "only what is of this year")
                .query("kind", String.class, "only this kind, such as LAW")
                .query("level", String.class, "only what was issued at this level, such as CENTRAL")
                .query("issuer", String.class, "only what this one has issued")
                .query("inForce", Boolean.class, "only what is in force today, or is not")
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
                chosen(request),
                LocalDate.ofInstant(request.at(), ZONE),
                from(request.after()),
                request.limit())));
    }

    private static Map<Facet, String> chosen(Request request) {
        Map<Facet, String> chosen = new EnumMap<>(Facet.class);
        request.query("type", String.class).ifPresent(type -> chosen.put(Facet.TYPE, type));
        request.query("year", Integer.class).ifPresent(year -> chosen.put(Facet.YEAR, Integer.toString(year)));
        request.query("kind", String.class).ifPresent(kind -> chosen.put(Facet.KIND, kind));
        request.query("level", String.class).ifPresent(level -> chosen.put(Facet.LEVEL, level));
        request.query("issuer", String.class).ifPresent(issuer -> chosen.put(Facet.ISSUER, issuer));
        request.query("inForce", Boolean.class).ifPresent(is -> chosen.put(Facet.IN_FORCE, Boolean.toString(is)));
        return chosen;
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
