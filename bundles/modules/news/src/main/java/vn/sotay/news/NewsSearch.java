package vn.sotay.news;

import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import org.osgi.service.component.annotations.Component;
import vn.sotay.api.change.ChangeType;
import vn.sotay.api.search.SearchDocument;
import vn.sotay.api.search.SearchSource;
import vn.sotay.news.text.Block;

/** News are found by title, lead, text, and what is to be seen on their pictures. */
@Component(service = SearchSource.class)
public final class NewsSearch implements SearchSource<News> {

    @Override
    public ChangeType<News> type() {
        return News.TYPE;
    }

    @Override
    public List<SearchDocument> documents(UUID id, News news) {
        String pictures = news.pictures().stream().map(News.Picture::alt).collect(Collectors.joining("\n"));
        SearchDocument found =
                SearchDocument.of(news.title(), "/news/" + id).text(news.lead() + '\n' + words(news) + '\n' + pictures);
        return List.of(
                news.publishedAt() == null
                        ? found
                        : found.day(LocalDate.ofInstant(news.publishedAt(), NewsRules.ZONE)));
    }

    private static String words(News news) {
        return news.blocks() == null
                ? ""
                : news.blocks().stream().map(Block::words).collect(Collectors.joining("\n"));
    }
}
