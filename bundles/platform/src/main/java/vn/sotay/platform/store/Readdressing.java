package vn.sotay.platform.store;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;
import vn.sotay.api.access.Audience;

/**
 * Addresses anew what the feed holds for units that were closed or moved. A row of a closed unit becomes its successor's as it stands:
 * nobody has the old audience any more, so that there is nobody to tell that it went. Officers have theirs still: those who are no
 * longer above the unit get a tombstone, those who are now get what the others had. Payloads stay in the database.
 */
final class Readdressing {

    private static final int SLICE = 200;

    /** A row of the feed. */
    private record Row(String type, UUID id, String audience) {

        Row at(String other) {
            return new Row(type, id, other);
        }
    }

    /** How the units above some units change, as in {@link Succession}. */
    private record Line(List<UUID> left, List<UUID> joined, List<UUID> sources) {}

    private record Move(Row from, Audience to) {}

    private final Handle handle;
    private final Set<String> known;
    private final Map<Audience, Map<String, Boolean>> there = new HashMap<>();
    private final List<Row> superseded = new ArrayList<>();
    private final List<Move> renamed = new ArrayList<>();
    private final List<Move> copied = new ArrayList<>();
    private final List<Row> withdrawn = new ArrayList<>();

    /** @param known the things that the same transaction tells itself, as {@link #key}: they are left to it */
    Readdressing(Handle handle, Set<String> known) {
        this.handle = handle;
        this.known = known;
    }

    static String key(String type, UUID id) {
        return type + ' ' + id;
    }

    /** Finds out what is to be written, and writes nothing yet. */
    void plan(Collection<Succession> all) {
        Map<Line, List<UUID>> byLine = new LinkedHashMap<>();
        for (Succession one : all) {
            if (one.isClosing()) {
                rename(Audience.members(one.unit()), Audience.members(one.successor()));
                rename(Audience.leaders(one.unit()), Audience.leaders(one.successor()));
                rename(Audience.officers(one.unit()), Audience.officers(one.successor()));
                rename(Audience.allLeaders(one.unit()), Audience.allLeaders(one.successor()));
                rename(Audience.allOfficers(one.unit()), Audience.allOfficers(one.successor()));
            }
            byLine.computeIfAbsent(new Line(one.left(), one.joined(), one.sources()), line -> new ArrayList<>())
                    .add(one.unit());
        }
        byLine.forEach(this::hand);
    }

    private void rename(Audience old, Audience target) {
        List<Row> rows = rows(old);
        if (rows.isEmpty()) {
            return;
        }
        // a thing may have been told to both: what the successor had of it stays
        Map<String, Boolean> ofTarget = there.computeIfAbsent(target, this::things);
        for (Row row : rows) {
            Boolean deleted = ofTarget.put(key(row.type(), row.id()), false);
            if (Boolean.FALSE.equals(deleted)) {
                superseded.add(row);
                continue;
            }
            if (deleted != null) {
                superseded.add(row.at(target.toString()));
            }
            renamed.add(new Move(row, target));
        }
    }

    /** The things of an audience, and whether each is a tombstone. */
    private Map<String, Boolean> things(Audience audience) {
        Map<String, Boolean> things = new HashMap<>();
        handle.createQuery("select type, id, deleted from change_feed where audience = :audience")
                .bind("audience", audience.toString())
                .map((row, context) ->
                        Map.entry(key(row.getString(1), UUID.fromString(row.getString(2))), row.getBoolean(3)))
                .forEach(thing -> things.put(thing.getKey(), thing.getValue()));
        return things;
    }

    private List<Row> rows(Audience audience) {
        return handle
                .createQuery("select type, id from change_feed where audience = :audience and deleted = false")
                .bind("audience", audience.toString())
                .map((row, context) ->
                        new Row(row.getString(1), UUID.fromString(row.getString(2)), audience.toString()))
                .stream()
                .filter(row -> !known.contains(key(row.type(), row.id())))
                .toList();
    }

    /** Hands what the officers above these units had to those who are above them now. */
    private void hand(Line line, List<UUID> units) {
        if (line.left().isEmpty() && line.joined().isEmpty()) {
            return;
        }
        Set<String> handed = new HashSet<>();
        for (UUID source : line.sources()) {
            for (Row row : officers(source, units)) {
                for (UUID joined : line.joined()) {
                    Audience to = Audience.officers(joined);
                    if (handed.add(key(row.type(), row.id()) + ' ' + to)) {
                        superseded.add(row.at(to.toString()));
                        copied.add(new Move(row, to));
                    }
                }
                if (line.left().contains(source)) {
                    withdrawn.add(row);
                }
            }
        }
    }

    /** What these officers have of things that are also told to members, leaders or officers of one of the units. */
    private List<Row> officers(UUID officers, List<UUID> units) {
        List<String> audiences = units.stream()
                .flatMap(unit -> Stream.of(Audience.members(unit), Audience.leaders(unit), Audience.officers(unit)))
                .map(Audience::toString)
                .toList();
        Set<Row> found = new LinkedHashSet<>();
        for (int from = 0; from < audiences.size(); from += SLICE) {
            handle
                    .createQuery(
                            "select o.type, o.id from change_feed o where o.audience = :officers and o.deleted = false"
                                    + " and exists (select 1 from change_feed u where u.id = o.id and u.type = o.type"
                                    + " and u.deleted = false and u.audience in (<audiences>))")
                    .bind("officers", Audience.officers(officers).toString())
                    .bindList("audiences", audiences.subList(from, Math.min(from + SLICE, audiences.size())))
                    .map((row, context) -> new Row(
                            row.getString(1),
                            UUID.fromString(row.getString(2)),
                            Audience.officers(officers).toString()))
                    .stream()
                    .filter(row -> !known.contains(key(row.type(), row.id())))
                    .forEach(found::add);
        }
        return List.copyOf(found);
    }

    /** How many numbers it needs. */
    int size() {
        return renamed.size() + copied.size() + withdrawn.size();
    }

    /**
     * Writes what was planned.
     *
     * @param first the first of the numbers that were taken for it
     * @param heads gets the highest number of each audience
     * @param types gets the types of the things
     */
    void write(long first, Map<Audience, Long> heads, Set<String> types) {
        long seq = first;
        PreparedBatch deletes =
                handle.prepareBatch("delete from change_feed where id = ? and type = ? and audience = ?");
        superseded.forEach(row -> deletes.add(row.id(), row.type(), row.audience()));
        PreparedBatch copies = handle.prepareBatch(
                "insert into change_feed (seq, version, changed_at, deleted, data, type, id, audience)"
                        + " select cast(? as bigint), version, changed_at, false, data, type, id, cast(? as varchar(50))"
                        + " from change_feed where id = ? and type = ? and audience = ?");
        for (Move move : copied) {
            Row row = move.from();
            copies.add(seq, move.to().toString(), row.id(), row.type(), row.audience());
            note(move.to(), row, seq++, heads, types);
        }
        PreparedBatch tombstones = handle.prepareBatch("update change_feed set seq = ?, deleted = true, data = null"
                + " where id = ? and type = ? and audience = ?");
        for (Row row : withdrawn) {
            tombstones.add(seq, row.id(), row.type(), row.audience());
            note(Audience.parse(row.audience()), row, seq++, heads, types);
        }
        PreparedBatch renames = handle.prepareBatch(
                "update change_feed set seq = ?, audience = ? where id = ? and type = ? and audience = ?");
        for (Move move : renamed) {
            Row row = move.from();
            renames.add(seq, move.to().toString(), row.id(), row.type(), row.audience());
            note(move.to(), row, seq++, heads, types);
        }
        // copies before what they are made from goes; the row that would be in the way before them
        for (PreparedBatch batch : List.of(deletes, copies, tombstones, renames)) {
            if (batch.size() > 0) {
                batch.execute();
            }
        }
    }

    private static void note(Audience audience, Row row, long seq, Map<Audience, Long> heads, Set<String> types) {
        heads.merge(audience, seq, Math::max);
        types.add(row.type());
    }
}
