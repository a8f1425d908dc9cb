package vn.sotay.questions;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jdbi.v3.core.result.RowView;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import vn.sotay.api.access.Audience;
import vn.sotay.api.access.Caller;
import vn.sotay.api.access.Reach;
import vn.sotay.api.http.Page;
import vn.sotay.api.http.Problem;
import vn.sotay.api.store.AuditKind;
import vn.sotay.api.store.Saved;
import vn.sotay.api.store.Store;
import vn.sotay.api.store.Transaction;
import vn.sotay.api.unit.Unit;
import vn.sotay.api.unit.UnitKind;
import vn.sotay.api.unit.Units;

/** What questions may be about. Those of the whole province are the province's team's to change, those of a unit that unit's. */
@Component(service = Topics.class)
public final class Topics {

    private final Store store;
    private final Units units;

    @Activate
    public Topics(@Reference Store store, @Reference Units units) {
        this.store = store;
        this.units = units;
    }

    /** All that hold for a unit that the caller belongs to or works for, those that are not chosen any more included. */
    public Page<Topic> list(Caller caller) {
        Set<UUID> own = new LinkedHashSet<>();
        caller.cell().ifPresent(cell -> units.path(cell.id()).forEach(unit -> own.add(unit.id())));
        Reach reach = caller.reach(Questions.READ);
        reach.units().forEach(held -> units.path(held.id()).forEach(unit -> own.add(unit.id())));
        reach.trees().forEach(held -> units.path(held.id()).forEach(unit -> own.add(unit.id())));
        return store.read(tx -> new Page<>(
                tx
                        .handle()
                        .createQuery("select * from question_topic order by position, id")
                        .map(Topics::topic)
                        .list()
                        .stream()
                        .map(Saved::value)
                        .filter(one -> one.unit() == null
                                || own.contains(one.unit())
                                || reach.covers(units.current(one.unit())))
                        .toList(),
                null));
    }

    /** Writes a topic. The unit never changes. */
    public Saved<Topic> put(Caller caller, UUID id, Topic body, OptionalLong ifMatch) {
        return store.write(tx -> {
            tx.handle().execute("update question_topic set version = version where id = ?", id);
            Saved<Topic> before = find(tx, id).orElse(null);
            if (before != null) {
                requireRouting(caller, before.value().unit());
                if (!Objects.equals(before.value().unit(), body.unit())) {
                    throw Problem.invalid("unit", "unchangeable");
                }
                if (before.value().equals(plain(id, body))) {
                    return before;
                }
            } else {
                requireRouting(caller, body.unit());
            }
            if (ifMatch.isPresent() && (before == null || ifMatch.getAsLong() != before.version())) {
                throw before == null ? Problem.other(412, "changed-meanwhile") : Problem.changedMeanwhile(before);
            }
            check(body);
            write(tx, plain(id, body), before == null);
            tx.audited(AuditKind.WRITE, Topic.TYPE.name(), id, null, null);
            return tell(tx, id, before == null);
        });
    }

    private static Topic plain(UUID id, Topic body) {
        return new Topic(
                id, body.unit(), body.name().strip(), body.kind(), body.team(), body.active(), body.position());
    }

    private void requireRouting(Caller caller, @Nullable UUID unit) {
        Unit at = unit == null ? root(caller) : units.current(unit);
        caller.require(Answers.ROUTE, at);
    }

    /** The province, as whoever asks belongs to it. */
    private Unit root(Caller caller) {
        Reach reach = caller.reach(Answers.ROUTE);
        return reach.units().stream()
                .map(unit -> units.path(unit.id()).get(0))
                .findFirst()
                .orElseThrow(Problem::forbidden);
    }

    private void check(Topic body) {
        if (body.kind() != null && units.kinds().stream().map(UnitKind::id).noneMatch(body.kind()::equals)) {
            throw Problem.invalid("kind", "no-such-kind");
        }
        if (body.team() != null
                && units.find(body.team()).filter(one -> !units.isCell(one)).isEmpty()) {
            throw Problem.invalid("team", "no-such-team");
        }
    }

    private static void write(Transaction tx, Topic topic, boolean isNew) {
        tx.handle()
                .createUpdate(
                        isNew
                                ? "insert into question_topic (id, unit, name, kind, team, active, position, version)"
                                        + " values (:id, :unit, :name, :kind, :team, :active, :position, 1)"
                                : "update question_topic set name = :name, kind = :kind, team = :team, active = :active,"
                                        + " position = :position, version = version + 1 where id = :id")
                .bindMethods(topic)
                .execute();
    }

    /** Tells those that came with the module and were not told yet. */
    void tellNew() {
        store.change(tx -> tx.handle()
                .createQuery("select id from question_topic where version = 0 order by id")
                .mapTo(UUID.class)
                .list()
                .forEach(id -> {
                    if (tx.handle().execute("update question_topic set version = 1 where id = ? and version = 0", id)
                            > 0) {
                        tell(tx, id, false);
                    }
                }));
    }

    private Saved<Topic> tell(Transaction tx, UUID id, boolean made) {
        Saved<Topic> topic = find(tx, id).orElseThrow();
        UUID unit = topic.value().unit();
        Set<Audience> readers = unit == null ? Set.of(Audience.EVERYONE) : Entries.readers(units.current(unit));
        tx.changed(
                Topic.TYPE,
                id,
                topic.version(),
                readers.stream().collect(Collectors.toMap(one -> one, one -> topic.value())));
        return new Saved<>(topic.value(), topic.version(), made);
    }

    static Optional<Saved<Topic>> find(Transaction tx, UUID id) {
        return tx.handle()
                .createQuery("select * from question_topic where id = :id")
                .bind("id", id)
                .map(Topics::topic)
                .findFirst();
    }

    /** Whether somebody below may choose it. */
    static boolean isFor(Topic topic, List<Unit> path) {
        return topic.unit() == null || path.stream().anyMatch(unit -> unit.id().equals(topic.unit()));
    }

    private static Saved<Topic> topic(RowView row) {
        return new Saved<>(
                new Topic(
                        row.getColumn("id", UUID.class),
                        row.getColumn("unit", UUID.class),
                        row.getColumn("name", String.class),
                        row.getColumn("kind", String.class),
                        row.getColumn("team", UUID.class),
                        row.getColumn("active", Boolean.class),
                        row.getColumn("position", Integer.class)),
                row.getColumn("version", Long.class));
    }
}
