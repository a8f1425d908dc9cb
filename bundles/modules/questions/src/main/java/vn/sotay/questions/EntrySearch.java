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
        String title = title(entry.text());
        String rest = title.equals(entry.text()) ? "" : entry.text() + "\n";
        return List.of(SearchDocument.of(title.replace('\n', ' '), "/questions/base/" + id)
                .text(rest + Objects.requireNonNull(entry.answer()))
                .day(LocalDate.ofInstant(Objects.requireNonNull(entry.publishedAt()), QuestionRules.ZONE)));
    }

    /** The first words of a text; the first signs of one that has no blank there. */
    static String title(String text) {
        if (text.length() <= LONGEST_TITLE) {
            return text;
        }
        int blank = text.replace('\n', ' ').lastIndexOf(' ', LONGEST_TITLE);
        int end = Character.isHighSurrogate(text.charAt(LONGEST_TITLE - 1)) ? LONGEST_TITLE - 1 : LONGEST_TITLE;
        return text.substring(0, blank > 0 ? blank : end) + " …";
    }
}
