package vn.sotay.documents;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jdbi.v3.core.result.RowView;
import org.jdbi.v3.core.statement.Query;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import vn.sotay.api.access.Audience;
import vn.sotay.api.access.Caller;
import vn.sotay.api.access.Permission;
import vn.sotay.api.http.Page;
import vn.sotay.api.http.Problem;
import vn.sotay.api.member.Members;
import vn.sotay.api.store.Saved;
import vn.sotay.api.store.Store;
import vn.sotay.api.store.Transaction;
import vn.sotay.api.unit.Unit;
import vn.sotay.api.unit.Units;

/** Who has read and understood a document. One transaction a method, as in {@link Documents}. */
@Component(service = Acknowledgements.class)
public final class Acknowledgements {

    /** For oneself alone: nobody acknowledges for another. */
    static final Permission ACKNOWLEDGE = new Permission("documents.acknowledge");

    /** How many have, by unit. */
    static final Permission COUNT = new Permission("documents.count");

    /** Who has not, by name: for those who lead the cell. */
    static final Permission NAMES = new Permission("documents.names");

    private final Store store;
    private final Units units;
    private final Members members;
    private final DocumentLists lists;
    private final Reminders reminders;

    @Activate
    public Acknowledgements(
            @Reference Store store,
            @Reference Units units,
            @Reference Members members,
            @Reference DocumentLists lists,
            @Reference Reminders reminders) {
        this.store = store;
        this.units = units;
        this.members = members;
        this.lists = lists;
        this.reminders = reminders;
    }

    /**
     * A member acknowledges an edition. Of one edition the first time counts. Without a network it may have been said while another edition
     * was there: it is kept for the one that was read, and the newer one asks anew.
     */
    public Saved<Acknowledgement> put(Caller caller, UUID id, UUID member, int edition) {
        if (caller.member().filter(member::equals).isEmpty() || !caller.mayForSelf(ACKNOWLEDGE, member)) {
            throw Problem.notFound();
        }
        Document document = lists.get(caller, id).value();
        if (!document.asks()) {
            throw Problem.conflict("document.not-asked");
        }
        if (edition < 1 || document.edition() == null || edition > document.edition()) {
            throw Problem.invalid("edition", "no-such-edition");
        }
        UUID cell = caller.cell().orElseThrow(Problem::notFound).id();
        return store.write(tx -> {
            Optional<Acknowledgement> before = find(tx, id, member);
            if (before.isPresent() && before.get().edition() >= edition) {
                return new Saved<>(before.get(), before.get().edition());
            }
            Acknowledgement made = new Acknowledgement(id, member, edition, tx.now());
            write(tx, made, before.isEmpty());
            if (Objects.equals(document.edition(), edition)) {
                reminders.done(tx, Reminder.ACKNOWLEDGE, id, member);
            }
            tx.changed(
                    Acknowledgement.TYPE,
                    lineId(id, member),
                    edition,
                    Map.of(Audience.member(member), made, Audience.leaders(cell), made));
            return new Saved<>(made, edition, before.isEmpty());
        });
    }

    private static void write(Transaction tx, Acknowledgement made, boolean isNew) {
        tx.handle()
                .createUpdate(
                        isNew
                                ? "insert into document_acknowledgement (document, member, edition, acknowledged_at)"
                                        + " values (:document, :member, :edition, :at)"
                                : "update document_acknowledgement set edition = :edition, acknowledged_at = :at"
                                        + " where document = :document and member = :member")
                .bindMethods(made)
                .execute();
    }

    /** Of a document: the caller's own, and those of the members of a cell that the caller leads. */
    public Page<Acknowledgement> list(Caller caller, UUID id, int limit, @Nullable List<String> after) {
        lists.get(caller, id);
        return store.read(tx -> {
            Set<UUID> shown = new HashSet<>();
            caller.member().ifPresent(shown::add);
            caller.reach(NAMES).units().stream().filter(units::isCell).forEach(cell -> members.ofCell(tx, cell.id())
                    .forEach(one -> shown.add(one.id())));
            if (shown.isEmpty()) {
                return new Page<>(List.of(), null);
            }
            // by whom, since a document of the province is acknowledged by a hundred thousand
            List<Acknowledgement> found = tx.handle()
                    .createQuery("select * from document_acknowledgement where document = :document"
                            + " and member in (<shown>) and member > :after order by member"
                            + " fetch first :rows rows only")
                    .bind("document", id)
                    .bindList("shown", shown.stream().map(UUID::toString).toList())
                    .bind("after", after == null ? "" : after.get(0))
                    .bind("rows", limit + 1)
                    .map(Acknowledgements::read)
                    .list();
            return Page.of(
                    found,
                    limit,
                    one -> List.of(Objects.requireNonNull(one.member()).toString()));
        });
    }

    /** The members of a cell who were asked and have not, by name. */
    public Page<Missing> missing(Caller caller, UUID id, UUID cell) {
        Document document = asked(caller, id);
        Unit unit = units.get(cell);
        caller.require(NAMES, unit);
        if (!units.isCell(unit) || !unit.isWithin(units.current(document.unit()))) {
            throw Problem.notFound();
        }
        return store.read(tx -> {
            Set<UUID> have = have(tx, document);
            List<Missing> missing = members.ofCell(tx, unit.id()).stream()
                    .filter(one -> !have.contains(one.id()))
                    .map(one -> new Missing(one.id(), one.name()))
                    .toList();
            return new Page<>(missing, null);
        });
    }

    /** How many of a unit have. */
    public Share share(Caller caller, UUID id, UUID of) {
        Document document = asked(caller, id);
        Unit unit = units.get(of);
        caller.require(COUNT, unit);
        Unit audience = units.current(document.unit());
        if (!unit.isWithin(audience) && !audience.isWithin(unit)) {
            throw Problem.notFound();
        }
        // a commune's document concerns its members alone, whoever looks
        Unit counted = unit.isWithin(audience) ? unit : audience;
        List<Unit> below = units.below(counted.id());
        return store.read(tx -> {
            Set<UUID> have = have(tx, document);
            Tally all = new Tally();
            Map<UUID, Tally> byCell = new HashMap<>();
            members.forEachBelow(tx, counted, (member, cell) -> {
                all.add(have.contains(member));
                byCell.computeIfAbsent(cell, none -> new Tally()).add(have.contains(member));
            });
            Map<UUID, Tally> byPart = new HashMap<>();
            byCell.forEach((cell, tally) -> {
                Unit at = units.current(cell);
                below.stream().filter(at::isWithin).findFirst().ifPresent(part -> byPart.computeIfAbsent(
                                part.id(), none -> new Tally())
                        .add(tally));
            });
            return new Share(
                    counted.id(),
                    all.members,
                    all.have,
                    below.stream()
                            .map(part -> {
                                Tally tally = byPart.getOrDefault(part.id(), new Tally());
                                return new Share.Part(part.id(), part.name(), tally.members, tally.have);
                            })
                            .toList());
        });
    }

    private static final class Tally {

        private int members;
        private int have;

        void add(boolean has) {
            members++;
            have += has ? 1 : 0;
        }

        void add(Tally other) {
            members += other.members;
            have += other.have;
        }
    }

    private Document asked(Caller caller, UUID id) {
        Document document = lists.get(caller, id).value();
        if (!document.asks() || document.state() != Document.State.PUBLISHED) {
            throw Problem.conflict("document.not-asked");
        }
        return document;
    }

    /** Who has acknowledged the edition that is published. */
    private static Set<UUID> have(Transaction tx, Document document) {
        return new HashSet<>(
                of(tx, Objects.requireNonNull(document.id()), Objects.requireNonNull(document.edition()), null));
    }

    /**
     * Who has acknowledged an edition, or a later one.
     *
     * @param members of these alone; null for all
     */
    static List<UUID> of(Transaction tx, UUID document, int edition, @Nullable Collection<UUID> members) {
        Query query = tx.handle()
                .createQuery(
                        "select member from document_acknowledgement where document = :document and edition >= :edition"
                                + (members == null ? "" : " and member in (<members>)"))
                .bind("document", document)
                .bind("edition", edition);
        if (members != null) {
            query.bindList("members", members.stream().map(UUID::toString).toList());
        }
        return query.mapTo(UUID.class).list();
    }

    private static Optional<Acknowledgement> find(Transaction tx, UUID document, UUID member) {
        return tx.handle()
                .createQuery("select * from document_acknowledgement where document = :document and member = :member")
                .bind("document", document)
                .bind("member", member)
                .map(Acknowledgements::read)
                .findFirst();
    }

    private static Acknowledgement read(RowView row) {
        return new Acknowledgement(
                row.getColumn("document", UUID.class),
                row.getColumn("member", UUID.class),
                row.getColumn("edition", Integer.class),
                row.getColumn("acknowledged_at", Instant.class));
    }

    /** The id in the change feed of what a member says of a document: the same on each node. */
    private static UUID lineId(UUID document, UUID member) {
        return UUID.nameUUIDFromBytes((document + "/" + member).getBytes(StandardCharsets.UTF_8));
    }
}
