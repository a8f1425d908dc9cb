package vn.sotay.documents;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import vn.sotay.api.change.ChangeType;
import vn.sotay.api.search.SearchDocument;
import vn.sotay.api.search.SearchSource;
import vn.sotay.documents.Articles.Article;

/**
 * Documents are found by number, title, issuer, topics and text: each article by itself, so that a hit opens there, and a long text that
 * has none in pieces.
 */
@Component(service = SearchSource.class)
public final class DocumentSearch implements SearchSource<Document> {

    /** Letters of a piece: of a longer one a reader would be shown its beginning alone. */
    private static final int PIECE = 50_000;

    private final DocumentTexts texts;

    @Activate
    public DocumentSearch(@Reference DocumentTexts texts) {
        this.texts = texts;
    }

    @Override
    public ChangeType<Document> type() {
        return Document.TYPE;
    }

    @Override
    public int edition() {
        return 4;
    }

    @Override
    public List<SearchDocument> documents(UUID id, Document document) {
        String link = "/documents/" + id;
        String called = Stream.ofNullable(document.number()).collect(Collectors.joining()) + ' ' + document.title();
        List<SearchDocument> all = new ArrayList<>();
        for (Article article : Articles.of(texts.text(document))) {
            for (String piece : pieces(article.text())) {
                if (all.isEmpty()) {
                    all.add(whole(document, link, piece));
                } else {
                    String title = article.heading().isEmpty() ? document.title() : article.heading();
                    String place = article.anchor() == null ? link : link + '#' + article.anchor();
                    all.add(chosen(
                            SearchDocument.of(title, place)
                                    .within(called.strip())
                                    .text(piece),
                            document));
                }
            }
        }
        return all;
    }

    private static SearchDocument whole(Document document, String link, String text) {
        // sentences: the one in which the words are is shown
        String about = document.issuer() + ".\n" + String.join(", ", document.topics()) + ".\n";
        SearchDocument found = SearchDocument.of(document.title(), link).text(about + text);
        return chosen(document.number() == null ? found : found.number(document.number()), document);
    }

    private static SearchDocument chosen(SearchDocument found, Document document) {
        SearchDocument all = found.kind(document.kind().name())
                .level(document.level().name())
                .issuer(document.issuer())
                .force(DocumentRules.force(document));
        return document.signed() == null ? all : all.day(document.signed());
    }

    /** At ends of lines; one piece at least. */
    private static List<String> pieces(String text) {
        List<String> pieces = new ArrayList<>();
        int from = 0;
        while (text.length() - from > PIECE) {
            int end = text.lastIndexOf('\n', from + PIECE);
            int to = end > from ? end : from + PIECE;
            pieces.add(text.substring(from, to));
            from = to;
        }
        pieces.add(text.substring(from));
        return pieces;
    }
}
