package vn.sotay.meetings;

import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import vn.sotay.api.http.Range;
import vn.sotay.api.http.Text;

/**
 * A point of a meeting's agenda (nội dung).
 *
 * @param id made by the client, unique within the meeting
 * @param documents what to read for it; none when left out
 */
public record AgendaItem(
        UUID id,
        @Text(max = 500) String title,
        @Nullable @Range(max = 20) List<Document> documents) {

    /** The documents, an empty list if there are none. */
    List<Document> papers() {
        return documents == null ? List.of() : documents;
    }

    AgendaItem plan() {
        return new AgendaItem(id, title, papers().stream().map(Document::plan).toList());
    }
}
