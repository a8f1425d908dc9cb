package vn.sotay.meetings;

import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.osgi.service.component.annotations.Component;
import vn.sotay.api.change.ChangeType;
import vn.sotay.api.search.SearchDocument;
import vn.sotay.api.search.SearchSource;

/** Meetings are found by title, agenda, the names of documents and the place; nothing that a member said or answered is. */
@Component(service = SearchSource.class)
public final class MeetingSearch implements SearchSource<Meeting> {

    @Override
    public ChangeType<Meeting> type() {
        return Meeting.TYPE;
    }

    @Override
    public List<SearchDocument> documents(UUID id, Meeting meeting) {
        String text = Stream.concat(
                        meeting.items().stream()
                                .flatMap(item -> Stream.concat(
                                        Stream.of(item.title()),
                                        item.papers().stream().map(Document::name))),
                        Stream.of(meeting.place()))
                .map(MeetingSearch::sentence)
                .collect(Collectors.joining("\n"));
        return List.of(
                SearchDocument.of(meeting.title(), link(id)).text(text).day(MeetingRules.day(meeting.startsAt())));
    }

    /** Of a text the sentence is shown in which the words are. */
    private static String sentence(String line) {
        return line.endsWith(".") ? line : line + '.';
    }

    static String link(UUID meeting) {
        return "/meetings/" + meeting;
    }
}
