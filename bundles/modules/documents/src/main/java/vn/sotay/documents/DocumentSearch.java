package vn.sotay.documents;

import java.util.List;
import java.util.UUID;
import org.osgi.service.component.annotations.Component;
import vn.sotay.api.change.ChangeType;
import vn.sotay.api.search.SearchDocument;
import vn.sotay.api.search.SearchSource;

/** Documents are found by number, title, issuer and topics; the text of their files is not read yet. */
@Component(service = SearchSource.class)
public final class DocumentSearch implements SearchSource<Document> {

    @Override
    public ChangeType<Document> type() {
        return Document.TYPE;
    }

    @Override
    public int edition() {
        return 2;
    }

    @Override
    public List<SearchDocument> documents(UUID id, Document document) {
        // sentences: the one in which the words are is shown
        String text = document.issuer() + ".\n" + String.join(", ", document.topics());
        SearchDocument found = SearchDocument.of(document.title(), "/documents/" + id)
                .text(text)
                .kind(document.kind().name())
                .level(document.level().name())
                .issuer(document.issuer())
                .force(DocumentRules.force(document));
        if (document.number() != null) {
            found = found.number(document.number());
        }
        return List.of(document.signed() == null ? found : found.day(document.signed()));
    }
}
