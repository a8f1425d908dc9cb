package vn.sotay.platform.feed;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import vn.sotay.api.access.Audience;
import vn.sotay.api.change.Feed;
import vn.sotay.api.store.Transaction;
import vn.sotay.platform.json.Json;
import vn.sotay.platform.store.CommitListener;
import vn.sotay.platform.store.Engine;

/** What modules read of one another: see {@link Feed}. Thread-safe. */
@Component(service = Feed.class)
public final class ToldThings implements Feed {

    private static final int MOST = 500;
    private static final TypeReference<Map<String, Object>> OBJECT = new TypeReference<>() {};

    private final Engine engine;

    @Activate
    public ToldThings(@Reference Engine engine) {
        this.engine = engine;
    }

    private record Row(UUID id, Audience audience, String data) {}

    @Override
    public Map<UUID, Map<String, Object>> told(Transaction tx, String type, Collection<UUID> ids) {
        if (ids.size() > MOST) {
            throw new IllegalArgumentException(ids.size() + " things at once");
        }
        Map<UUID, String> longest = new HashMap<>();
        for (Row row : ids.isEmpty() ? List.<Row>of() : rows(tx, type, ids)) {
            if (row.audience().kind() != Audience.Kind.MEMBER) {
                String json = engine.changes().open(type, row.id(), row.data());
                longest.merge(row.id(), json, (one, other) -> other.length() > one.length() ? other : one);
            }
        }
        Map<UUID, Map<String, Object>> told = new HashMap<>();
        longest.forEach((id, json) -> told.put(id, object(json)));
        return told;
    }

    private static List<Row> rows(Transaction tx, String type, Collection<UUID> ids) {
        return tx.handle()
                .createQuery("select id, audience, data from change_feed where type = :type and deleted = false"
                        + " and id in (<ids>)")
                .bind("type", type)
                .bindList("ids", ids.stream().map(UUID::toString).toList())
                .map((row, context) ->
                        new Row(UUID.fromString(row.getString(1)), Audience.parse(row.getString(2)), row.getString(3)))
                .list();
    }

    private static Map<String, Object> object(String json) {
        try {
            return Json.own().readValue(json, OBJECT);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a payload that cannot be read", e);
        }
    }

    @Override
    public Listening listen(String type, Runnable ring) {
        CommitListener listener = new CommitListener() {
            @Override
            public void committed(Set<String> types, Set<Audience> audiences) {
                // what is new is read from the feed, which does not know of it yet
            }

            @Override
            public void told(Set<String> types) {
                if (types.contains(type)) {
                    ring.run();
                }
            }
        };
        engine.listen(listener);
        return () -> engine.unlisten(listener);
    }
}
