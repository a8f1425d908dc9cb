package vn.sotay.platform.search;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;
import vn.sotay.api.access.Audience;
import vn.sotay.api.store.Store;
import vn.sotay.platform.store.ChangeLog;

/** What the change feed holds of the things that can be found, in slices. For one thread. */
final class Things {

    private static final int SLICE = 500;
    private static final int AUDIENCES = 50;
    private static final int TOLD_AT_ONCE = 32;

    /** A thing of the feed. */
    record Thing(String type, UUID id) {}

    /**
     * What some were told of a thing.
     *
     * @param json the payload
     * @param audiences all that were told just this, never one member alone
     */
    record Told(String json, Set<String> audiences) {}

    private final Store store;
    private final ChangeLog log;

    Things(Store store, ChangeLog log) {
        this.store = store;
        this.log = log;
    }

    /**
     * Gives all things of these types, in slices.
     *
     * @param after only those that have changed after this number; 0 for all that there are
     */
    void all(Collection<String> types, long after, Consumer<List<Thing>> slice) {
        if (types.isEmpty()) {
            return;
        }
        Place from = new Place("", "", "");
        Thing last = null;
        List<Place> rows;
        do {
            rows = rows(types, after, from);
            List<Thing> things = new ArrayList<>();
            for (Place row : rows) {
                Thing thing = row.thing();
                if (!thing.equals(last)) {
                    things.add(thing);
                    last = thing;
                }
            }
            if (!things.isEmpty()) {
                slice.accept(things);
            }
            from = rows.isEmpty() ? from : rows.get(rows.size() - 1);
        } while (rows.size() == SLICE);
    }

    /** Where a row stands in the order of the feed's key. */
    private record Place(String id, String type, String audience) {

        Thing thing() {
            return new Thing(type, UUID.fromString(id));
        }
    }

    private List<Place> rows(Collection<String> types, long after, Place from) {
        return store.read(tx -> tx.handle()
                .createQuery("select id, type, audience from change_feed where type in (<types>) and seq > :after"
                        + (after > 0 ? "" : " and deleted = false")
                        + " and id >= :id and (id > :id or type > :type or type = :type and audience > :audience)"
                        + " order by id, type, audience fetch first " + SLICE + " rows only")
                .bindList("types", types)
                .bind("after", after)
                .bind("id", from.id())
                .bind("type", from.type())
                .bind("audience", from.audience())
                .map((row, context) -> new Place(row.getString(1), row.getString(2), row.getString(3)))
                .list());
    }

    /** The things of these types that have changed for one of these audiences after a number, up to another. */
    Set<Thing> changed(Collection<Audience> audiences, Set<String> types, long after, long upTo) {
        Set<Thing> things = new LinkedHashSet<>();
        if (types.isEmpty()) {
            return things;
        }
        List<Audience> all = new ArrayList<>(audiences);
        for (int from = 0; from < all.size(); from += AUDIENCES) {
            List<Audience> some = all.subList(from, Math.min(from + AUDIENCES, all.size()));
            store.read(tx -> {
                some.forEach(audience -> things.addAll(changed(tx.handle(), audience, types, after, upTo)));
                return true;
            });
        }
        return things;
    }

    private static List<Thing> changed(Handle handle, Audience audience, Set<String> types, long after, long upTo) {
        return handle.createQuery("select type, id from change_feed where audience = :audience and seq > :after"
                        + " and seq <= :upTo and type in (<types>) order by seq")
                .bindList("types", types)
                .bind("audience", audience.toString())
                .bind("after", after)
                .bind("upTo", upTo)
                .map((row, context) -> new Thing(row.getString(1), UUID.fromString(row.getString(2))))
                .list();
    }

    /** The highest number of what was taken away and is not known any more; 0 if there is none. */
    long forgotten() {
        return store.read(tx -> tx.handle()
                .createQuery("select max(seq) from feed_purged")
                .mapTo(Long.class)
                .findFirst()
                .orElse(0L));
    }

    /**
     * Gives for each of these things what was told of it: who was told most first. Nothing for what was taken away, or was told to
     * members one by one.
     */
    void told(Collection<Thing> things, BiConsumer<Thing, List<Told>> taker) {
        Map<String, List<UUID>> byType = new TreeMap<>();
        things.forEach(thing ->
                byType.computeIfAbsent(thing.type(), type -> new ArrayList<>()).add(thing.id()));
        byType.forEach((type, ids) -> {
            for (int from = 0; from < ids.size(); from += TOLD_AT_ONCE) {
                List<UUID> some = ids.subList(from, Math.min(from + TOLD_AT_ONCE, ids.size()));
                Map<UUID, Map<String, Set<String>>> told = told(type, some);
                some.forEach(id -> taker.accept(new Thing(type, id), inOrder(told.get(id))));
            }
        });
    }

    private record Row(UUID id, Audience audience, String json) {}

    private Map<UUID, Map<String, Set<String>>> told(String type, List<UUID> ids) {
        // a list of each length would be another statement to compile
        int size = Integer.highestOneBit(2 * ids.size() - 1);
        List<String> repeated = new ArrayList<>(size);
        for (int i = 0; i < size; i++) {
            repeated.add(ids.get(Math.min(i, ids.size() - 1)).toString());
        }
        List<Row> rows = store.read(tx -> tx.handle()
                .createQuery("select id, audience, data from change_feed where type = :type and deleted = false"
                        + " and id in (<ids>)")
                .bind("type", type)
                .bindList("ids", repeated)
                .map((row, context) ->
                        new Row(UUID.fromString(row.getString(1)), Audience.parse(row.getString(2)), row.getString(3)))
                .list());
        Map<UUID, Map<String, Set<String>>> told = new LinkedHashMap<>();
        for (Row row : rows) {
            if (row.audience().kind() != Audience.Kind.MEMBER) {
                told.computeIfAbsent(row.id(), id -> new LinkedHashMap<>())
                        .computeIfAbsent(log.open(type, row.id(), row.json()), json -> new TreeSet<>())
                        .add(row.audience().toString());
            }
        }
        return told;
    }

    private static List<Told> inOrder(@Nullable Map<String, Set<String>> told) {
        return told == null
                ? List.of()
                : told.entrySet().stream()
                        .map(one -> new Told(one.getKey(), one.getValue()))
                        .sorted(Comparator.comparingInt(
                                        (Told one) -> -one.json().length())
                                .thenComparing(Told::json))
                        .toList();
    }
}
