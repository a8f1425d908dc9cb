package vn.sotay.documents;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jdbi.v3.core.statement.Query;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import vn.sotay.api.access.Caller;
import vn.sotay.api.access.Reach;
import vn.sotay.api.http.FieldError;
import vn.sotay.api.http.Page;
import vn.sotay.api.http.Problem;
import vn.sotay.api.store.Saved;
import vn.sotay.api.store.Store;
import vn.sotay.api.text.Folding;
import vn.sotay.api.unit.Unit;
import vn.sotay.api.unit.Units;
import vn.sotay.documents.Document.State;

/** What members and editors read: each public method is one transaction, and asks what the caller may see. */
@Component(service = DocumentLists.class)
public final class DocumentLists {

    private static final int MOST_NUMBERS = 100;
    private static final int MOST_CITING = 200;

    private final Store store;
    private final Units units;

    @Activate
    public DocumentLists(@Reference Store store, @Reference Units units) {
        this.store = store;
        this.units = units;
    }

    /**
     * What is looked for; null where it does not matter.
     *
     * @param state what members read if it is null; drafts and reviews are for editors
     * @param topic compared without marks and case
     * @param inForce whether it is in force today
     * @param numbers those alone that bear one of these, in any spelling, parted by commas
     * @param forOpinions drafts alone on which members are asked today what they think
     * @param toAcknowledge those alone that ask the caller to acknowledge them, which it has not done
     */
    record Filter(
            @Nullable State state,
            @Nullable String topic,
            Document.@Nullable Level level,
            Document.@Nullable Kind kind,
            @Nullable Integer year,
            @Nullable Boolean inForce,
            boolean toAcknowledge,
            @Nullable String numbers,
            boolean forOpinions) {

        Filter(
                @Nullable State state,
                @Nullable String topic,
                Document.@Nullable Level level,
                Document.@Nullable Kind kind,
                @Nullable Integer year,
                @Nullable Boolean inForce) {
            this(state, topic, level, kind, year, inForce, false, null, false);
        }
    }

    /** Documents that the caller may read, the newest first. */
    public Page<Document> list(Caller caller, Filter filter, int limit, @Nullable List<String> after) {
        State state = filter.state() == null ? State.PUBLISHED : filter.state();
        boolean edits = state != State.PUBLISHED;
        Reach reach = edits ? caller.reach(Documents.EDIT) : visible(caller);
        if (edits && reach.isEmpty()) {
            throw Problem.forbidden();
        }
        Map<String, Object> binds = new LinkedHashMap<>(reach.binds());
        StringBuilder sql = new StringBuilder("select id from document d where deleted = false and state = :state and ")
                .append(reach.sql("unit"));
        binds.put("state", state.name());
        Set<String> keys = numberKeys(filter.numbers());
        if (filter.numbers() != null) {
            sql.append(" and number_key in (<keys>)");
        }
        if (filter.topic() != null) {
            sql.append(" and exists (select 1 from document_topic t where t.document = d.id and t.folded = :topic)");
            binds.put("topic", Folding.fold(filter.topic()));
        }
        if (filter.level() != null) {
            sql.append(" and level = :level");
            binds.put("level", filter.level().name());
        }
        if (filter.kind() != null) {
            sql.append(" and kind = :kind");
            binds.put("kind", filter.kind().name());
        }
        if (filter.year() != null) {
            sql.append(" and sort_day >= :first and sort_day <= :last");
            binds.put("first", filter.year() + "-01-01");
            binds.put("last", filter.year() + "-12-31");
        }
        if (after != null) {
            if (after.size() != 2) {
                throw Problem.invalid("after", "cursor");
            }
            sql.append(" and (sort_day < :day or (sort_day = :day and id < :id))");
            binds.put("day", after.get(0));
            binds.put("id", after.get(1));
        }
        if (filter.toAcknowledge()) {
            sql.append(" and acknowledge = true and not exists (select 1 from document_acknowledgement a"
                    + " where a.document = d.id and a.member = :self and a.edition >= d.edition)");
            binds.put("self", caller.member().map(UUID::toString).orElseThrow(Problem::forbidden));
        }
        if (filter.forOpinions()) {
            sql.append(" and opinions_until >= :today");
        }
        if (filter.inForce() != null) {
            sql.append(filter.inForce() ? " and " : " and not ").append(DocumentRows.IN_FORCE);
        }
        sql.append(" order by sort_day desc, id desc fetch first :rows rows only");
        return store.read(tx -> {
            Query query = tx.handle().createQuery(sql.toString()).bindMap(binds).bind("rows", limit + 1);
            if (filter.inForce() != null || filter.forOpinions()) {
                query.bind("today", Telling.today(tx));
            }
            if (filter.numbers() != null) {
                query.bindList("keys", List.copyOf(keys));
            }
            List<UUID> ids = query.mapTo(UUID.class).list();
            List<Document> found = DocumentRows.load(tx, ids).stream()
                    .map(Saved::value)
                    .map(one -> edits ? one : one.forReaders())
                    .toList();
            Map<UUID, String> days = DocumentRows.sortDays(tx, ids);
            return Page.of(
                    found,
                    limit,
                    one -> List.of(days.get(Telling.id(one)), Telling.id(one).toString()));
        });
    }

    private static Set<String> numberKeys(@Nullable String numbers) {
        Set<String> keys = Stream.of((numbers == null ? "" : numbers).split(","))
                .map(DocumentRules::numberKey)
                .filter(key -> !key.isEmpty())
                .collect(Collectors.toSet());
        if (numbers != null && keys.isEmpty()) {
            throw Problem.invalid("numbers", "required");
        }
        if (keys.size() > MOST_NUMBERS) {
            throw Problem.invalid(List.of(new FieldError("numbers", "too-many", Map.of("max", MOST_NUMBERS))));
        }
        return keys;
    }

    /** Documents in whose text the number of this one is named, the newest first: its editor sees what to mend. */
    public Page<Document> citing(Caller caller, UUID id) {
        return store.read(tx -> {
            Document cited =
                    DocumentRows.find(tx, id).orElseThrow(Problem::notFound).value();
            caller.require(Documents.EDIT, units.current(cited.unit()));
            String key = DocumentRules.numberKey(cited.number());
            if (key.isEmpty()) {
                return new Page<>(List.of(), null);
            }
            Reach visible = visible(caller);
            return new Page<>(
                    DocumentRows.load(tx, CitationRows.naming(tx, key, id, MOST_CITING)).stream()
                            .map(Saved::value)
                            .filter(one -> caller.may(Documents.EDIT, units.current(one.unit()))
                                    || one.state() == State.PUBLISHED && visible.covers(units.current(one.unit())))
                            .map(Document::forReaders)
                            .toList(),
                    null);
        });
    }

    /** A document; drafts are for editors alone. */
    public Saved<Document> get(Caller caller, UUID id) {
        return store.read(tx -> {
            Saved<Document> document = DocumentRows.find(tx, id).orElseThrow(Problem::notFound);
            Unit unit = units.current(document.value().unit());
            if (caller.may(Documents.EDIT, unit)) {
                return document;
            }
            if (document.value().state() != State.PUBLISHED || !visible(caller).covers(unit)) {
                throw Problem.notFound();
            }
            return new Saved<>(document.value().forReaders(), document.version());
        });
    }

    /** How a document was each time it was published, the newest first. For its editors. */
    public Page<Edition> editions(Caller caller, UUID id) {
        return store.read(tx -> {
            Document document =
                    DocumentRows.find(tx, id).orElseThrow(Problem::notFound).value();
            caller.require(Documents.EDIT, units.current(document.unit()));
            return new Page<>(EditionRows.of(tx, document), null);
        });
    }

    /** The units whose documents the caller reads: the own cell's, all above it, and those the caller works for. */
    Reach visible(Caller caller) {
        Reach working = caller.reach(Documents.READ);
        Set<Unit> own = new LinkedHashSet<>(working.units());
        caller.cell().ifPresent(cell -> own.addAll(units.path(cell.id())));
        // what is for everybody is for an account without a cell as well
        List<Unit> held = new ArrayList<>(working.units());
        held.addAll(working.trees());
        held.forEach(unit -> own.addAll(units.path(unit.id())));
        return new Reach(List.copyOf(own), working.trees());
    }
}
