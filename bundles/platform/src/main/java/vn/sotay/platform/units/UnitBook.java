package vn.sotay.platform.units;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.jdbi.v3.core.mapper.RowMapper;
import org.jdbi.v3.core.statement.PreparedBatch;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import vn.sotay.api.access.Audience;
import vn.sotay.api.access.Caller;
import vn.sotay.api.access.Permission;
import vn.sotay.api.change.ChangeType;
import vn.sotay.api.http.FieldError;
import vn.sotay.api.http.Problem;
import vn.sotay.api.store.Saved;
import vn.sotay.api.store.Store;
import vn.sotay.api.store.Transaction;
import vn.sotay.api.unit.Unit;
import vn.sotay.api.unit.UnitKind;
import vn.sotay.api.unit.Units;
import vn.sotay.platform.module.ModuleException;

/**
 * The units: read from memory, written to the database. All writes go through here, so that the memory is renewed as soon as a
 * transaction has committed. Thread-safe.
 */
@Component(service = {Units.class, UnitBook.class})
public final class UnitBook implements Units {

    /** A unit in the change feed, for all below it. */
    public static final ChangeType<Unit> TYPE = new ChangeType<>("unit", Unit.class);

    static final Permission WRITE = new Permission("units.write");

    private static final RowMapper<Saved<Unit>> ROW = (row, context) -> {
        String parent = row.getString("parent");
        return new Saved<>(
                new Unit(
                        UUID.fromString(row.getString("id")),
                        parent == null ? null : UUID.fromString(parent),
                        row.getString("kind"),
                        row.getString("code"),
                        row.getString("name"),
                        row.getString("path")),
                row.getLong("version"));
    };

    private final Store store;
    private final UnitKinds kinds;
    private volatile UnitTree tree = UnitTree.EMPTY;

    /** For the framework; {@code ready} is told the operator's line if the province's kinds are wrong. */
    @Activate
    public UnitBook(
            BundleContext context,
            @Reference Store store,
            @Reference(target = "(sotay=ready)") CompletableFuture<String> ready)
            throws ModuleException {
        this(store, kinds(context, ready));
    }

    UnitBook(Store store, UnitKinds kinds) {
        this.store = store;
        this.kinds = kinds;
        reload();
    }

    /** With the platform's own kinds, for tests. */
    public static UnitBook of(Store store) {
        try {
            return new UnitBook(store, UnitKinds.of(null, platformKinds()));
        } catch (ModuleException e) {
            throw new IllegalStateException(e);
        }
    }

    private static UnitKinds kinds(BundleContext context, CompletableFuture<String> ready) throws ModuleException {
        String config = context.getProperty("sotay.config.dir");
        try {
            return UnitKinds.of(config == null ? null : Path.of(config), platformKinds());
        } catch (ModuleException e) {
            ready.completeExceptionally(e);
            throw e;
        }
    }

    private static byte[] platformKinds() {
        try (InputStream in = UnitBook.class.getResourceAsStream("/sotay/" + UnitKinds.FILE)) {
            return Objects.requireNonNull(in).readAllBytes();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    // ---- reading

    @Override
    public Optional<Unit> find(UUID id) {
        return tree.find(id).map(Saved::value);
    }

    @Override
    public Unit get(UUID id) {
        return find(id).orElseThrow(Problem::notFound);
    }

    @Override
    public Optional<Unit> byCode(String code) {
        return tree.byCode(code);
    }

    @Override
    public List<Unit> path(UUID id) {
        return tree.path(id);
    }

    @Override
    public List<Unit> below(UUID parent) {
        return tree.below(parent);
    }

    @Override
    public boolean isCell(Unit unit) {
        return kinds.isLeaf(unit.kind());
    }

    @Override
    public List<UnitKind> kinds() {
        return kinds.all();
    }

    /** The province; empty before the first start has made it. */
    public Optional<Unit> root() {
        return tree.root();
    }

    /** All units, by code. */
    List<Unit> all() {
        return tree.all();
    }

    /**
     * A unit with its version.
     *
     * @throws vn.sotay.api.http.ProblemException 404 if there is none that the caller may know of
     */
    Saved<Unit> get(Caller caller, UUID id) {
        return tree.find(id).filter(saved -> caller.sees(saved.value())).orElseThrow(Problem::notFound);
    }

    // ---- writing

    /**
     * Makes a unit or changes its name or code. The same again changes nothing.
     *
     * @throws vn.sotay.api.http.ProblemException 404, 403, 409 if it is to stand below another or to be of another kind, 412, 422
     */
    Saved<Unit> put(Caller caller, UUID id, UnitBody body, OptionalLong ifMatch) {
        if (body.id() != null && !body.id().equals(id)) {
            throw Problem.invalid("id", "unchangeable");
        }
        Saved<Unit> saved = store.write(tx -> {
            Saved<Unit> before = lock(tx, id).orElse(null);
            return before == null ? make(tx, caller, id, body, ifMatch) : change(tx, caller, before, body, ifMatch);
        });
        if (!tree.find(id).equals(Optional.of(new Saved<>(saved.value(), saved.version())))) {
            reload();
        }
        return saved;
    }

    private Saved<Unit> make(Transaction tx, Caller caller, UUID id, UnitBody body, OptionalLong ifMatch) {
        if (body.parent() == null) {
            throw Problem.invalid("parent", "required");
        }
        Unit parent =
                find(body.parent()).filter(caller::sees).orElseThrow(() -> Problem.invalid("parent", "unit.unknown"));
        caller.require(WRITE, parent);
        if (ifMatch.isPresent()) {
            throw Problem.other(412, "changed-meanwhile");
        }
        Unit unit = new Unit(id, parent.id(), body.kind(), body.code().strip(), name(body), parent.path() + id + '/');
        check(tx, unit, parent);
        insert(tx, List.of(unit));
        return new Saved<>(unit, 1, true);
    }

    private Saved<Unit> change(Transaction tx, Caller caller, Saved<Unit> before, UnitBody body, OptionalLong ifMatch) {
        Unit was = before.value();
        caller.require(WRITE, was);
        Unit unit = new Unit(was.id(), body.parent(), body.kind(), body.code().strip(), name(body), was.path());
        if (unit.equals(was)) {
            return before;
        }
        if (ifMatch.isPresent() && ifMatch.getAsLong() != before.version()) {
            throw Problem.changedMeanwhile(before);
        }
        if (!Objects.equals(unit.parent(), was.parent())) {
            throw Problem.conflict("unit.move");
        }
        if (!unit.kind().equals(was.kind())) {
            throw Problem.conflict("unit.kind-kept");
        }
        check(tx, unit, was.parent() == null ? null : get(was.parent()));
        long version = before.version() + 1;
        tx.handle()
                .createUpdate("update unit set code = :code, name = :name, version = :version, changed_at = :now"
                        + " where id = :id")
                .bindMethods(unit)
                .bind("version", version)
                .bind("now", tx.now())
                .execute();
        tx.handle().execute("update unit_history set to_at = ? where unit = ? and to_at is null", tx.now(), unit.id());
        history(tx, List.of(unit), version);
        tx.changed(TYPE, unit.id(), version, Audience.members(unit.id()), unit);
        return new Saved<>(unit, version);
    }

    private static String name(UnitBody body) {
        return body.name().strip().replaceAll("\\s+", " ");
    }

    private void check(Transaction tx, Unit unit, @Nullable Unit parent) {
        List<FieldError> errors = new ArrayList<>(UnitRules.check(kinds, unit.kind(), unit.code(), parent));
        boolean taken = tx.handle()
                .createQuery("select id from unit where code = :code and id <> :id")
                .bind("code", unit.code())
                .bind("id", unit.id())
                .mapTo(String.class)
                .findFirst()
                .isPresent();
        if (taken) {
            errors.add(new FieldError("code", "unit.code-taken"));
        }
        if (!errors.isEmpty()) {
            throw Problem.invalid(errors);
        }
    }

    private static Optional<Saved<Unit>> lock(Transaction tx, UUID id) {
        return tx.handle()
                .createQuery("select * from unit where id = :id for update")
                .bind("id", id)
                .map(ROW)
                .findFirst();
    }

    /** Makes the root when a province begins; the administrator gives it its name. */
    public Unit begin(UUID id, String code, String name) {
        return add(List.of(new Unit(id, null, kinds.root().id(), code, name, "/" + id + '/')))
                .get(0);
    }

    /**
     * Makes many units at once, those above before those below, without asking anyone: for the beginning of a province.
     *
     * @param units whose paths are right
     */
    public List<Unit> add(List<Unit> units) {
        store.change(tx -> insert(tx, units));
        reload();
        return units;
    }

    private static void insert(Transaction tx, List<Unit> units) {
        PreparedBatch rows = tx.handle()
                .prepareBatch("insert into unit (id, parent, kind, code, name, path, version, changed_at)"
                        + " values (?, ?, ?, ?, ?, ?, 1, ?)");
        Instant now = tx.now();
        for (Unit unit : units) {
            rows.add(unit.id(), unit.parent(), unit.kind(), unit.code(), unit.name(), unit.path(), now);
        }
        rows.execute();
        history(tx, units, 1);
        units.forEach(unit -> tx.changed(TYPE, unit.id(), 1, Audience.members(unit.id()), unit));
    }

    private static void history(Transaction tx, List<Unit> units, long version) {
        PreparedBatch rows = tx.handle()
                .prepareBatch("insert into unit_history (unit, version, from_at, parent, kind, code, name)"
                        + " values (?, ?, ?, ?, ?, ?, ?)");
        Instant now = tx.now();
        for (Unit unit : units) {
            rows.add(unit.id(), version, now, unit.parent(), unit.kind(), unit.code(), unit.name());
        }
        rows.execute();
    }

    /** One at a time, so that an older reading never replaces a newer one. */
    private synchronized void reload() {
        tree = new UnitTree(store.read(tx -> tx.handle()
                .createQuery("select id, parent, kind, code, name, path, version from unit")
                .map(ROW)
                .list()));
    }
}
