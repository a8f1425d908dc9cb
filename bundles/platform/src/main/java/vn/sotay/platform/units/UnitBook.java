package vn.sotay.platform.units;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
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
import vn.sotay.platform.store.Succession;

/**
 * The units: read from memory, written to the database. All writes go through here, so that the memory is renewed as soon as a
 * transaction has committed. Thread-safe.
 */
@Component(service = {Units.class, UnitBook.class})
public final class UnitBook implements Units {

    /** A unit in the change feed, for all below it. */
    public static final ChangeType<Unit> TYPE = new ChangeType<>("unit", Unit.class);

    static final Permission WRITE = new Permission("units.write");

    private static final ZoneId ZONE = ZoneId.of("Asia/Ho_Chi_Minh");

    private final Store store;
    private final UnitKinds kinds;
    private volatile UnitTree tree;

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
        this.tree = store.read(tx -> UnitRows.read(tx.handle()));
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
        return tree.find(id).map(Saved::value).filter(unit -> !unit.hasClosed());
    }

    @Override
    public Unit get(UUID id) {
        return find(id).orElseThrow(Problem::notFound);
    }

    @Override
    public Unit current(UUID id) {
        return tree.current(id).orElseThrow(Problem::notFound);
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

    UnitKinds unitKinds() {
        return kinds;
    }

    /** All living units, by code. */
    List<Unit> all() {
        return tree.all();
    }

    /**
     * A unit with its version, living or closed.
     *
     * @throws vn.sotay.api.http.ProblemException 404 if there is none that the caller may know of
     */
    Saved<Unit> get(Caller caller, UUID id) {
        return tree.find(id).filter(saved -> caller.sees(saved.value())).orElseThrow(Problem::notFound);
    }

    /**
     * What a unit was, and which it took over, newest first.
     *
     * @throws vn.sotay.api.http.ProblemException 404 if there is none that the caller may know of
     */
    List<UnitPast> history(Caller caller, UUID id) {
        Unit unit = get(caller, id).value();
        return store.read(tx -> UnitRows.history(tx.handle(), id, caller.may(WRITE, unit)));
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
        return store.write(tx -> {
            UnitTree before = UnitRows.take(tx.handle());
            Saved<Unit> there = before.find(id).orElse(null);
            return there == null
                    ? make(tx, caller, before, id, body, ifMatch)
                    : change(tx, caller, before, there, body, ifMatch);
        });
    }

    private Saved<Unit> make(
            Transaction tx, Caller caller, UnitTree before, UUID id, UnitBody body, OptionalLong ifMatch) {
        if (body.parent() == null) {
            throw Problem.invalid("parent", "required");
        }
        Unit parent = before.find(body.parent())
                .map(Saved::value)
                .filter(unit -> !unit.hasClosed())
                .filter(caller::sees)
                .orElseThrow(() -> Problem.invalid("parent", "unit.unknown"));
        caller.require(WRITE, parent);
        if (ifMatch.isPresent()) {
            throw Problem.other(412, "changed-meanwhile");
        }
        Unit unit = new Unit(
                id, parent.id(), body.kind(), body.code().strip(), name(body.name()), parent.path() + id + '/');
        check(before, unit, parent);
        insert(tx, before, List.of(unit), caller.account());
        return new Saved<>(unit, 1, true);
    }

    private Saved<Unit> change(
            Transaction tx, Caller caller, UnitTree before, Saved<Unit> there, UnitBody body, OptionalLong ifMatch) {
        Unit was = there.value();
        caller.require(WRITE, was);
        if (was.hasClosed()) {
            throw Problem.conflict("unit.closed");
        }
        Unit unit = new Unit(was.id(), body.parent(), body.kind(), body.code().strip(), name(body.name()), was.path());
        if (unit.equals(was)) {
            return there;
        }
        if (ifMatch.isPresent() && ifMatch.getAsLong() != there.version()) {
            throw Problem.changedMeanwhile(there);
        }
        if (!Objects.equals(unit.parent(), was.parent())) {
            throw Problem.conflict("unit.move");
        }
        if (!unit.kind().equals(was.kind())) {
            throw Problem.conflict("unit.kind-kept");
        }
        check(
                before,
                unit,
                unit.parent() == null
                        ? null
                        : before.find(unit.parent()).orElseThrow().value());
        Saved<Unit> changed = new Saved<>(unit, there.version() + 1);
        UnitRows.update(tx, before, List.of(changed), reason(tx, UnitRows.Cause.CHANGED, caller.account()));
        tell(tx, List.of(changed));
        publish(tx, before.with(List.of(changed)), List.of());
        return changed;
    }

    static String name(String typed) {
        return typed.strip().replaceAll("\\s+", " ");
    }

    private void check(UnitTree before, Unit unit, @Nullable Unit parent) {
        List<FieldError> errors = new ArrayList<>(UnitRules.check(kinds, unit.kind(), unit.code(), parent));
        boolean taken = before.withClosed().stream()
                .anyMatch(
                        other -> other.code().equals(unit.code()) && !other.id().equals(unit.id()));
        if (taken) {
            errors.add(new FieldError("code", "unit.code-taken"));
        }
        if (!errors.isEmpty()) {
            throw Problem.invalid(errors);
        }
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
        store.change(tx -> insert(tx, UnitRows.take(tx.handle()), units, null));
        return units;
    }

    private void insert(Transaction tx, UnitTree before, List<Unit> units, @Nullable UUID account) {
        UnitRows.insert(tx, units, reason(tx, UnitRows.Cause.MADE, account));
        List<Saved<Unit>> made =
                units.stream().map(unit -> new Saved<>(unit, 1)).toList();
        tell(tx, made);
        publish(tx, before.with(made), List.of());
    }

    private static UnitRows.Reason reason(Transaction tx, UnitRows.Cause cause, @Nullable UUID account) {
        return new UnitRows.Reason(cause, account, day(tx), null);
    }

    /** The day of a transaction in Viet Nam. */
    static LocalDate day(Transaction tx) {
        return LocalDate.ofInstant(tx.now(), ZONE);
    }

    /** Tells the feed of units: each to all below it, a closed one to those of its successor. */
    static void tell(Transaction tx, List<Saved<Unit>> changed) {
        for (Saved<Unit> saved : changed) {
            Unit unit = saved.value();
            UUID readers = unit.successor() == null ? unit.id() : unit.successor();
            tx.changed(TYPE, unit.id(), saved.version(), Audience.members(readers), unit);
        }
    }

    /** Lets the units be these as soon as the transaction has committed. */
    void publish(Transaction tx, UnitTree after, List<Succession> successions) {
        publish(tx, after, successions, () -> {});
    }

    /**
     * As {@link #publish(Transaction, UnitTree, List)}.
     *
     * @param rows writes the rows of the units, last of all
     */
    void publish(Transaction tx, UnitTree after, List<Succession> successions, Runnable rows) {
        Succession.announce(tx, successions, rows, () -> tree = after);
    }
}
