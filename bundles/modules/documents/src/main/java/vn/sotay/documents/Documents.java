package vn.sotay.documents;

import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jdbi.v3.core.statement.Query;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import vn.sotay.api.access.Audience;
import vn.sotay.api.access.Caller;
import vn.sotay.api.access.Permission;
import vn.sotay.api.access.Reach;
import vn.sotay.api.file.FileInfo;
import vn.sotay.api.file.Files;
import vn.sotay.api.http.FieldError;
import vn.sotay.api.http.Page;
import vn.sotay.api.http.Problem;
import vn.sotay.api.rule.Rules;
import vn.sotay.api.store.AuditKind;
import vn.sotay.api.store.Saved;
import vn.sotay.api.store.Store;
import vn.sotay.api.store.Transaction;
import vn.sotay.api.text.Folding;
import vn.sotay.api.unit.Unit;
import vn.sotay.api.unit.Units;
import vn.sotay.documents.Document.Paper;
import vn.sotay.documents.Document.Relation;
import vn.sotay.documents.Document.State;
import vn.sotay.documents.Document.Words;
import vn.sotay.documents.DocumentRules.Step;
import vn.sotay.documents.text.Extract;
import vn.sotay.documents.text.Reading;

/**
 * What editors do with a document, and what members read. Each public method is one transaction that asks whether the caller may, does it by
 * SQL, and tells the change feed. The rules are pure functions in {@link DocumentRules}, to be read next.
 *
 * <p>A draft is for the editors of its unit alone. What is published does not change: to mend it, it is withdrawn, and published again by four eyes.
 */
@Component(service = Documents.class)
public final class Documents {

    /** What is published for one's own units, and those one works for. */
    static final Permission READ = new Permission("documents.read");

    /** Drafts, and all that an editor does. */
    static final Permission EDIT = new Permission("documents.edit");

    private static final int MOST_NUMBERS = 100;
    private static final int MOST_CITING = 200;

    private volatile Runnable approved = () -> {};
    private final Store store;
    private final Units units;
    private final Rules rules;
    private final Files files;
    private final DocumentTexts texts;

    @Activate
    public Documents(
            @Reference Store store,
            @Reference Units units,
            @Reference Rules rules,
            @Reference Files files,
            @Reference DocumentTexts texts) {
        this.store = store;
        this.units = units;
        this.rules = rules;
        this.files = files;
        this.texts = texts;
    }

    // ---- reading

    /**
     * What is looked for; null where it does not matter.
     *
     * @param state what members read if it is null; drafts and reviews are for editors
     * @param topic compared without marks and case
     * @param inForce whether it is in force today
     * @param numbers those alone that bear one of these, in any spelling, parted by commas
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
            @Nullable String numbers) {

        Filter(
                @Nullable State state,
                @Nullable String topic,
                Document.@Nullable Level level,
                Document.@Nullable Kind kind,
                @Nullable Integer year,
                @Nullable Boolean inForce) {
            this(state, topic, level, kind, year, inForce, false, null);
        }
    }

    /** Documents that the caller may read, the newest first. */
    public Page<Document> list(Caller caller, Filter filter, int limit, @Nullable List<String> after) {
        State state = filter.state() == null ? State.PUBLISHED : filter.state();
        boolean edits = state != State.PUBLISHED;
        Reach reach = edits ? caller.reach(EDIT) : visible(caller);
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
        if (filter.inForce() != null) {
            sql.append(filter.inForce() ? " and " : " and not ").append(DocumentRows.IN_FORCE);
        }
        sql.append(" order by sort_day desc, id desc fetch first :rows rows only");
        return store.read(tx -> {
            Query query = tx.handle().createQuery(sql.toString()).bindMap(binds).bind("rows", limit + 1);
            if (filter.inForce() != null) {
                query.bind("today", today(tx));
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
            return Page.of(found, limit, one -> List.of(days.get(id(one)), id(one).toString()));
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
            caller.require(EDIT, units.current(cited.unit()));
            String key = DocumentRules.numberKey(cited.number());
            if (key.isEmpty()) {
                return new Page<>(List.of(), null);
            }
            Reach visible = visible(caller);
            return new Page<>(
                    DocumentRows.load(tx, CitationRows.naming(tx, key, id, MOST_CITING)).stream()
                            .map(Saved::value)
                            .filter(one -> caller.may(EDIT, units.current(one.unit()))
                                    || one.state() == State.PUBLISHED && visible.covers(units.current(one.unit())))
                            .map(Document::forReaders)
                            .toList(),
                    null);
        });
    }

    /** Keeps of the files from before that was known which numbers their texts name. */
    void readCitations() {
        for (Paper paper : store.read(CitationRows::unknown)) {
            Set<String> keys = Citations.of(texts.text(paper));
            store.change(tx -> CitationRows.write(tx, paper.file(), keys));
        }
    }

    /** A document; drafts are for editors alone. */
    public Saved<Document> get(Caller caller, UUID id) {
        return store.read(tx -> {
            Saved<Document> document = DocumentRows.find(tx, id).orElseThrow(Problem::notFound);
            Unit unit = units.current(document.value().unit());
            if (caller.may(EDIT, unit)) {
                return document;
            }
            if (document.value().state() != State.PUBLISHED || !visible(caller).covers(unit)) {
                throw Problem.notFound();
            }
            return new Saved<>(document.value().forReaders(), document.version());
        });
    }

    /** The units whose documents the caller reads: the own cell's, all above it, and those the caller works for. */
    private Reach visible(Caller caller) {
        Reach working = caller.reach(READ);
        Set<Unit> own = new LinkedHashSet<>(working.units());
        caller.cell().ifPresent(cell -> own.addAll(units.path(cell.id())));
        // what is for everybody is for an account without a cell as well
        List<Unit> held = new ArrayList<>(working.units());
        held.addAll(working.trees());
        held.forEach(unit -> own.addAll(units.path(unit.id())));
        return new Reach(List.copyOf(own), working.trees());
    }

    // ---- editing

    /** Writes a draft, or a document that waits to be approved. The same again changes nothing. */
    public Saved<Document> put(Caller caller, UUID id, Document body, OptionalLong ifMatch) {
        check(id, DocumentRules.check(id, body));
        Map<String, DocumentTexts.Looked> looked = look(caller, id, body);
        Saved<Document> saved = store.write(tx -> {
            Optional<Saved<Document>> there = take(tx, id);
            if (there.isEmpty() && DocumentRows.wasDeleted(tx, id)) {
                throw Problem.other(410, "document.deleted");
            }
            Unit unit = units.current(body.unit());
            if (there.isPresent()) {
                Saved<Document> before = there.get();
                caller.require(EDIT, units.current(before.value().unit()));
                if (before.value().plan().equals(body.plan())) {
                    return before;
                }
                if (!before.value().unit().equals(body.unit())) {
                    throw Problem.invalid("unit", "unchangeable");
                }
                expect(ifMatch, before);
                requireNotApproved(before.value());
            } else {
                caller.require(EDIT, unit);
                expect(ifMatch, null);
            }
            requireNoSecond(tx, id, body);
            List<Paper> papers = papers(tx, caller, id, body, looked);
            List<Relation> relations = relations(tx, caller, body);
            DocumentRows.write(tx, id, body, caller.account(), today(tx), there.isEmpty());
            DocumentRows.writeParts(tx, id, body.topics(), relations, papers);
            CitationRows.forget(tx, filesOf(there));
            tx.audited(AuditKind.WRITE, Document.TYPE.name(), id, null, null);
            return tell(tx, id, there.isEmpty());
        });
        // what takes longer than anybody waits for is told when it is there
        looked.forEach((file, one) -> one.later(extract -> settle(file, extract)));
        return saved;
    }

    /** Refuses what breaks a rule; that something bore a stamp of secrecy is kept on the trail, and no word of it. */
    private void check(UUID id, List<FieldError> errors) {
        if (errors.stream().anyMatch(error -> error.rule().equals("secret"))) {
            store.change(tx ->
                    tx.audited(AuditKind.WRITE, Document.TYPE.name(), id, null, "refused: bears a stamp of secrecy"));
        }
        if (!errors.isEmpty()) {
            throw Problem.invalid(errors);
        }
    }

    /** What somebody has approved is not changed behind their back. */
    private static void requireNotApproved(Document document) {
        if (document.state() == State.PUBLISHED) {
            throw Problem.conflict("document.published");
        }
        if (document.state() == State.APPROVED) {
            throw Problem.conflict("document.approved");
        }
    }

    /** Two documents of one issuer do not have one number: the second is a mistake, or another version of the first. */
    private static void requireNoSecond(Transaction tx, UUID id, Document body) {
        String key = DocumentRules.numberKey(body.number());
        if (!key.isEmpty() && DocumentRows.isTaken(tx, id, key, body.issuer())) {
            throw Problem.invalid("number", "taken");
        }
    }

    /**
     * Looks for the texts of the files that are new, before the transaction, and refuses files that cannot be published.
     *
     * @return what was found, by the files' hashes
     */
    private Map<String, DocumentTexts.Looked> look(Caller caller, UUID id, Document body) {
        Map<Integer, FileInfo> there = new LinkedHashMap<>();
        Set<String> known = store.read(tx -> {
            for (int i = 0; i < body.files().size(); i++) {
                int number = i;
                files.find(tx, body.files().get(i).file(), caller).ifPresent(file -> there.put(number, file));
            }
            return DocumentRows.words(tx, id).keySet();
        });
        List<FieldError> errors = new ArrayList<>();
        Map<String, DocumentTexts.Looked> looked = new LinkedHashMap<>();
        there.forEach((i, file) -> {
            String name = body.files().get(i).name();
            String rule = DocumentRules.nameRule(name, file.type());
            if (rule != null) {
                errors.add(new FieldError("files[" + i + "].file", rule));
            } else if (!known.contains(file.sha256())) {
                looked.computeIfAbsent(file.sha256(), none -> texts.look(file, name));
            }
        });
        DocumentTexts.await(looked.values());
        there.forEach((i, file) -> Optional.ofNullable(looked.get(file.sha256()))
                .map(one -> one.extract().reading().rule())
                .ifPresent(rule -> errors.add(new FieldError("files[" + i + "].file", rule))));
        check(id, errors);
        return looked;
    }

    /** Writes down what was found of a file, wherever it is waited for, and tells it. */
    void settle(String file, Extract extract) {
        store.change(tx -> {
            for (UUID id : DocumentRows.waiting(tx, file)) {
                if (extract.reading() == Reading.SECRET) {
                    tx.audited(AuditKind.WRITE, Document.TYPE.name(), id, null, "a file bears a stamp of secrecy");
                }
                Optional<Saved<Document>> document = take(tx, id);
                if (document.isEmpty()) {
                    continue;
                }
                Paper paper = document.get().value().files().stream()
                        .filter(one -> one.file().equals(file))
                        .findFirst()
                        .orElseThrow();
                DocumentRows.writeWords(tx, id, file, texts.keep(tx, paper, extract));
                if (document.get().value().state() == State.PUBLISHED) {
                    tx.handle().execute("update document set version = version + 1 where id = ?", id);
                    tell(tx, id, false);
                } else {
                    // an editor who writes at this moment has not read another text than this one
                    hold(tx, DocumentRows.find(tx, id).orElseThrow().value(), Set.of());
                }
            }
        });
    }

    /** Nothing is published before somebody has looked into it: what came with a folder has not been yet. */
    private void lookAgain(Caller caller, UUID id) {
        List<Paper> unread = store.read(tx -> DocumentRows.find(tx, id)
                .map(Saved::value)
                .filter(one -> caller.may(EDIT, units.current(one.unit())))
                .map(Document::files)
                .orElse(List.of())
                .stream()
                .filter(one -> one.text() == null)
                .toList());
        Map<Paper, DocumentTexts.Looked> looked = new LinkedHashMap<>();
        unread.forEach(one -> looked.put(one, texts.look(one)));
        DocumentTexts.await(looked.values());
        looked.forEach((paper, one) -> settle(paper.file(), one.extract()));
        looked.forEach((paper, one) -> one.later(extract -> settle(paper.file(), extract)));
    }

    /** The files of whose text nobody knows yet. */
    List<Paper> unread() {
        return store.read(DocumentRows::unread);
    }

    private List<Paper> papers(
            Transaction tx, Caller caller, UUID id, Document body, Map<String, DocumentTexts.Looked> looked) {
        Map<String, Words> known = DocumentRows.words(tx, id);
        List<Paper> papers = new ArrayList<>();
        for (int i = 0; i < body.files().size(); i++) {
            Paper paper = body.files().get(i);
            String field = "files[" + i + "].file";
            FileInfo file =
                    files.find(tx, paper.file(), caller).orElseThrow(() -> Problem.invalid(field, "file-missing"));
            Paper bare = new Paper(paper.file(), paper.name(), file.type(), file.size());
            DocumentTexts.Looked found = looked.get(paper.file());
            Words words = found == null ? known.get(paper.file()) : texts.keep(tx, bare, found.extract());
            papers.add(new Paper(paper.file(), paper.name(), file.type(), file.size(), words));
        }
        return papers;
    }

    /** Relations with the numbers of what is in the library. */
    private List<Relation> relations(Transaction tx, Caller caller, Document body) {
        List<Relation> relations = new ArrayList<>();
        for (int i = 0; i < body.relations().size(); i++) {
            Relation relation = body.relations().get(i);
            String field = "relations[" + i + "].document";
            UUID other = relation.document();
            if (other == null) {
                relations.add(relation);
                continue;
            }
            Document found = DocumentRows.find(tx, other)
                    .map(Saved::value)
                    .filter(one -> caller.may(EDIT, units.current(one.unit()))
                            || one.state() == State.PUBLISHED && visible(caller).covers(units.current(one.unit())))
                    .orElseThrow(() -> Problem.invalid(field, "no-such-document"));
            relations.add(new Relation(relation.kind(), other, found.number()));
        }
        return relations;
    }

    /** Takes a document a step further, or back. */
    public Saved<Document> step(Caller caller, UUID id, Step step, OptionalLong ifMatch) {
        if (step == Step.SUBMIT || step == Step.APPROVE) {
            lookAgain(caller, id);
        }
        Saved<Document> stepped = store.write(tx -> {
            Saved<Document> before = take(tx, id).orElseThrow(Problem::notFound);
            Unit unit = units.current(before.value().unit());
            caller.require(EDIT, unit);
            State state = Objects.requireNonNull(before.value().state());
            State after = DocumentRules.after(state, step);
            if (after == null) {
                // it was done already, or by somebody else
                if (isDone(state, step)) {
                    return before;
                }
                throw Problem.conflict("document.not-now");
            }
            expect(ifMatch, before);
            if (step == Step.SUBMIT && before.value().files().isEmpty()) {
                throw Problem.conflict("document.no-file");
            }
            if (step == Step.SUBMIT || step == Step.APPROVE) {
                requirePublishable(before.value());
            }
            if (step == Step.APPROVE
                    && rules.on(today(tx), unit, DocumentRules.PERSONS).integer() > 1
                    && caller.account().equals(before.value().changedBy())) {
                throw Problem.conflict("document.four-eyes");
            }
            // what is to become visible later waits approved
            Instant publishAt = before.value().publishAt();
            boolean waits = after == State.PUBLISHED && publishAt != null && publishAt.isAfter(tx.now());
            State to = waits ? State.APPROVED : after;
            become(tx, before.value(), to, step.name());
            Saved<Document> saved = tell(tx, id, false);
            if (state == State.PUBLISHED || to == State.PUBLISHED) {
                tellReplaced(tx, saved.value());
            }
            return saved;
        });
        if (stepped.value().state() == State.APPROVED) {
            approved.run();
        }
        return stepped;
    }

    // ---- folders

    /**
     * Makes a document of an import, in the transaction of its slice: it waits to be approved.
     *
     * @param body checked, with files that are there
     */
    void add(Transaction tx, UUID account, UUID id, Document body) {
        DocumentRows.write(tx, id, body, account, today(tx), true);
        DocumentRows.writeParts(tx, id, body.topics(), body.relations(), body.files());
        tx.audited(AuditKind.WRITE, Document.TYPE.name(), id, null, null);
        become(tx, DocumentRows.find(tx, id).orElseThrow().value(), State.REVIEW, Step.SUBMIT.name());
        // published it is by who approves it, when its files have been looked into
        tell(tx, id, true);
    }

    private void become(Transaction tx, Document document, State state, String how) {
        UUID id = id(document);
        int edition = document.edition() == null ? 0 : document.edition();
        tx.handle()
                .createUpdate("update document set state = :state, published_at = :at, edition = :edition,"
                        + " version = version + 1 where id = :id")
                .bind("state", state.name())
                .bind("at", state == State.PUBLISHED ? tx.now() : null)
                .bind("edition", state == State.PUBLISHED ? Integer.valueOf(edition + 1) : document.edition())
                .bind("id", id)
                .execute();
        tx.audited(AuditKind.WRITE, Document.TYPE.name(), id, null, how);
        if (state == State.PUBLISHED) {
            keepEdition(tx, DocumentRows.find(tx, id).orElseThrow().value());
        }
    }

    /** What was published once is kept, with its files, for editors to compare. */
    private void keepEdition(Transaction tx, Document published) {
        EditionRows.insert(tx, published);
        files.hold(
                tx,
                EditionRows.HOLDER,
                EditionRows.holder(id(published), Objects.requireNonNull(published.edition())),
                hashes(published),
                Set.of(Audience.EDITORS));
    }

    /** How a document was each time it was published, the newest first. For its editors. */
    public Page<Edition> editions(Caller caller, UUID id) {
        return store.read(tx -> {
            Document document =
                    DocumentRows.find(tx, id).orElseThrow(Problem::notFound).value();
            caller.require(EDIT, units.current(document.unit()));
            return new Page<>(EditionRows.of(tx, document), null);
        });
    }

    /** Called after a document was approved for a time that is to come; one at most. */
    void whenApproved(Runnable listener) {
        approved = listener;
    }

    /**
     * Publishes what was approved for a time that has come.
     *
     * @return when the next one is due; null if none waits
     */
    @Nullable Instant publishDue() {
        List<UUID> due = store.read(tx -> tx.handle()
                .createQuery("select id from document where state = 'APPROVED' and publish_at <= :now"
                        + " and deleted = false order by publish_at, id fetch first 100 rows only")
                .bind("now", tx.now())
                .mapTo(UUID.class)
                .list());
        for (UUID id : due) {
            store.change(tx -> {
                Saved<Document> there = take(tx, id).orElse(null);
                // another node may have done it, or an editor has taken it back
                if (there != null && there.value().state() == State.APPROVED) {
                    become(tx, there.value(), State.PUBLISHED, "PUBLISH");
                    tellReplaced(tx, tell(tx, id, false).value());
                }
            });
        }
        return store.read(tx -> tx.handle()
                        .createQuery(
                                "select min(publish_at) from document where state = 'APPROVED' and deleted = false")
                        .mapTo(Long.class)
                        .findFirst())
                .map(Instant::ofEpochMilli)
                .orElse(null);
    }

    /**
     * Deletes a document that an import has made.
     *
     * @return false if somebody has changed or published it since: it stays
     */
    boolean takeBack(Transaction tx, UUID account, UUID id) {
        Saved<Document> there = take(tx, id).orElse(null);
        if (there == null) {
            return true;
        }
        // written and submitted, and nothing since; what was published with it is others' already
        if (there.value().state() != State.REVIEW
                || there.version() != 2
                || !account.equals(there.value().changedBy())) {
            return false;
        }
        remove(tx, there);
        return true;
    }

    /** A file may have been found to be unfit after its document was written. */
    private static void requirePublishable(Document document) {
        List<FieldError> errors = new ArrayList<>();
        for (int i = 0; i < document.files().size(); i++) {
            Words words = document.files().get(i).text();
            if (words != null && words.reading() == Reading.WAITS) {
                throw Problem.conflict("document.file-waits");
            }
            String rule = words == null ? null : words.reading().rule();
            if (rule != null) {
                errors.add(new FieldError("files[" + i + "].file", rule));
            }
        }
        if (!errors.isEmpty()) {
            throw Problem.invalid(errors);
        }
    }

    private static boolean isDone(State state, Step step) {
        return step == Step.SUBMIT && state == State.REVIEW
                || step == Step.APPROVE && (state == State.PUBLISHED || state == State.APPROVED);
    }

    /** Those that this one replaces are told with a banner, or without it again. */
    private void tellReplaced(Transaction tx, Document document) {
        document.relations().stream()
                .filter(one -> one.kind() == Relation.Kind.REPLACES)
                .map(Relation::document)
                .filter(Objects::nonNull)
                .distinct()
                .sorted()
                .forEach(other -> {
                    if (take(tx, other).isPresent()) {
                        tx.handle().execute("update document set version = version + 1 where id = ?", other);
                        tell(tx, other, false);
                    }
                });
    }

    /** Deletes a draft. Its id is not used again. */
    public void delete(Caller caller, UUID id, OptionalLong ifMatch) {
        store.change(tx -> {
            Optional<Saved<Document>> there = take(tx, id);
            if (there.isEmpty()) {
                if (!DocumentRows.wasDeleted(tx, id)) {
                    throw Problem.notFound();
                }
                return;
            }
            Saved<Document> before = there.get();
            caller.require(EDIT, units.current(before.value().unit()));
            expect(ifMatch, before);
            requireNotApproved(before.value());
            remove(tx, before);
        });
    }

    private static List<String> filesOf(Optional<Saved<Document>> document) {
        return document.map(one ->
                        one.value().files().stream().map(Paper::file).sorted().toList())
                .orElse(List.of());
    }

    private void remove(Transaction tx, Saved<Document> document) {
        UUID id = id(document.value());
        DocumentRows.writeParts(tx, id, List.of(), List.of(), List.of());
        CitationRows.forget(tx, filesOf(Optional.of(document)));
        EditionRows.of(tx, document.value())
                .forEach(one ->
                        files.hold(tx, EditionRows.HOLDER, EditionRows.holder(id, one.edition()), Set.of(), Set.of()));
        EditionRows.delete(tx, id);
        tx.handle().execute("update document set deleted = true, version = version + 1 where id = ?", id);
        tx.audited(AuditKind.WRITE, Document.TYPE.name(), id, null, "DELETE");
        tx.removed(Document.TYPE, id, document.version() + 1);
        files.hold(tx, Document.TYPE.name(), id, Set.of(), Set.of());
    }

    // ---- what all of these share

    /** Locks the document for this transaction and returns it; empty if there is none. */
    private static Optional<Saved<Document>> take(Transaction tx, UUID id) {
        tx.handle().execute("update document set version = version where id = ?", id);
        return DocumentRows.find(tx, id);
    }

    /** Reads the document as it is now, and tells it to those who may read it, with its files. */
    private Saved<Document> tell(Transaction tx, UUID id, boolean made) {
        Saved<Document> document = DocumentRows.find(tx, id).orElseThrow();
        Document value = document.value();
        Set<Audience> readers = value.state() == State.PUBLISHED ? readers(units.current(value.unit())) : Set.of();
        // drafts are asked for, and told to nobody
        tx.changed(
                Document.TYPE,
                id,
                document.version(),
                readers.stream().collect(Collectors.toMap(one -> one, one -> value.forReaders())));
        hold(tx, value, readers);
        return new Saved<>(value, document.version(), made);
    }

    /** Its files, and the texts of these, are for its readers and for editors. */
    private void hold(Transaction tx, Document value, Set<Audience> readers) {
        Set<Audience> holders = new LinkedHashSet<>(readers);
        holders.add(Audience.EDITORS);
        files.hold(tx, Document.TYPE.name(), id(value), hashes(value), holders);
    }

    /** Its files, and the files with the texts of these. */
    private static Set<String> hashes(Document document) {
        return document.files().stream()
                .flatMap(paper -> Stream.of(
                        paper.file(), paper.text() == null ? null : paper.text().file()))
                .filter(Objects::nonNull)
                .collect(Collectors.toSet());
    }

    private Set<Audience> readers(Unit unit) {
        return unit.parent() == null
                ? Set.of(Audience.EVERYONE)
                : Set.of(Audience.members(unit.id()), Audience.officers(unit.id()));
    }

    /** Passes if the caller replaces what it has read, or does not care. */
    private static void expect(OptionalLong ifMatch, @Nullable Saved<?> current) {
        if (ifMatch.isPresent() && current == null) {
            throw Problem.other(412, "changed-meanwhile");
        }
        if (current != null && ifMatch.orElse(current.version()) != current.version()) {
            throw Problem.changedMeanwhile(current);
        }
    }

    private static UUID id(Document document) {
        return Objects.requireNonNull(document.id());
    }

    private static LocalDate today(Transaction tx) {
        return LocalDate.ofInstant(tx.now(), DocumentRules.ZONE);
    }
}
