package vn.sotay.news;

import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import vn.sotay.api.access.Audience;
import vn.sotay.api.notice.Notice;
import vn.sotay.api.notice.Notices;
import vn.sotay.api.notice.Urgency;
import vn.sotay.api.store.Transaction;

/** Tells readers at once of what is urgent; what is not waits until they look. */
final class NewsNotices {

    private final Notices notices;

    NewsNotices(Notices notices) {
        this.notices = notices;
    }

    /** @param news published just now */
    void send(Transaction tx, News news, Set<Audience> readers) {
        if (!news.isUrgent()) {
            return;
        }
        for (Audience audience : readers) {
            notices.send(
                    tx,
                    Notice.of(id(news, audience), audience, "urgent", "/news/" + news.id())
                            .with("title", news.title())
                            .with("lead", news.lead())
                            .urgency(Urgency.URGENT)
                            .born(news.born())
                            .about("news:" + news.id()));
        }
    }

    /** What is withdrawn or over is told to nobody who has not looked yet. */
    void withdraw(Transaction tx, News news, Set<Audience> readers) {
        if (news.edition() != null) {
            readers.forEach(audience -> notices.withdraw(tx, id(news, audience)));
        }
    }

    /** The same on each node, and another one for each edition. */
    private static UUID id(News news, Audience audience) {
        String name = news.id() + "/" + Objects.requireNonNull(news.edition()) + '/' + audience;
        return UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8));
    }
}
