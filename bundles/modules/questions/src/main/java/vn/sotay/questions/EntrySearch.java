package vn.sotay.questions;

import java.time.LocalDate;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.osgi.service.component.annotations.Component;
import vn.sotay.api.change.ChangeType;
import vn.sotay.api.search.SearchDocument;
import vn.sotay.api.search.SearchSource;

/** The knowledge base can be found, questions and dialogues cannot. */
@Component(service = SearchSource.class)
public final class EntrySearch implements SearchSource<Entry> {

    private static final int LONGEST_TITLE = 200;

    @Override
    public ChangeType<Entry> type() {
        return Entry.TYPE;
    }

    @Override
    public List<SearchDocument> documents(UUID id, Entry entry) {
        String title = entry.text().length() <= LONGEST_TITLE
                ? entry.text()
                : entry.text().substring(0, entry.text().lastIndexOf(' ', LONGEST_TITLE)) + " …";
        String rest = title.equals(entry.text()) ? "" : entry.text() + "\n";
        return List.of(SearchDocument.of(title.replace('\n', ' '), "/questions/base/" + id)
                .text(rest + Objects.requireNonNull(entry.answer()))
                .day(LocalDate.ofInstant(Objects.requireNonNull(entry.publishedAt()), QuestionRules.ZONE)));
    }
}
