package vn.sotay.meetings;

import java.util.List;
import java.util.UUID;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import vn.sotay.api.change.ChangeType;
import vn.sotay.api.search.SearchDocument;
import vn.sotay.api.search.SearchSource;
import vn.sotay.api.store.Store;

/** Minutes are found by their text and the meeting's title: by the leaders while they write them, once it is closed by its readers. */
@Component(service = SearchSource.class)
public final class MinutesSearch implements SearchSource<Minutes> {

    private final Store store;

    @Activate
    public MinutesSearch(@Reference Store store) {
        this.store = store;
    }

    @Override
    public ChangeType<Minutes> type() {
        return Minutes.TYPE;
    }

    @Override
    public List<SearchDocument> documents(UUID id, Minutes minutes) {
        // once the minutes are told to the cell, the title does not change any more
        return store.read(tx -> MeetingRows.find(tx, id))
                .map(meeting -> List.of(
                        SearchDocument.of("Biên bản: " + meeting.value().title(), MeetingSearch.link(id) + "/minutes")
                                .text(minutes.text())
                                .day(MeetingRules.day(meeting.value().startsAt()))))
                .orElse(List.of());
    }
}
