package vn.sotay.news;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.osgi.service.component.annotations.Component;
import vn.sotay.api.member.PersonalData;
import vn.sotay.api.store.Transaction;

/** What is kept of a member by this module: what it has read, where that was asked for, and that it has an address of
 * the feed. Thread-safe. */
@Component
public final class NewsData implements PersonalData {

    @Override
    public List<Part> of(Transaction tx, UUID member) {
        return List.of(
                new Part(
                        "news.receipts",
                        tx.handle()
                                .createQuery("select n.title, r.edition, r.received_at from news_receipt r"
                                        + " join news n on n.id = r.news where r.member = :member"
                                        + " order by r.received_at desc")
                                .bind("member", member)
                                .map(row -> {
                                    Map<String, Object> record = new LinkedHashMap<>();
                                    record.put("title", row.getColumn("title", String.class));
                                    record.put("edition", row.getColumn("edition", Integer.class));
                                    record.put("at", row.getColumn("received_at", Instant.class));
                                    return record;
                                })
                                .list()),
                new Part(
                        "news.subscription",
                        tx.handle()
                                .createQuery("select made_at from news_subscription where member = :member")
                                .bind("member", member)
                                .mapTo(Instant.class)
                                .map(at -> Map.<String, Object>of("made", at))
                                .list()));
    }
}
