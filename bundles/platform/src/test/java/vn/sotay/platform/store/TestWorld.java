package vn.sotay.platform.store;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import vn.sotay.api.access.Audience;
import vn.sotay.api.access.Caller;
import vn.sotay.api.file.FileInfo;
import vn.sotay.api.file.Files;
import vn.sotay.api.http.Problem;
import vn.sotay.api.store.Transaction;
import vn.sotay.api.unit.Unit;
import vn.sotay.api.unit.UnitKind;
import vn.sotay.api.unit.Units;
import vn.sotay.testkit.Client;
import vn.sotay.testkit.Database;

/**
 * What a module stands on, for the tests of its rules and its SQL: a real database, and units and files in memory. A module's own world
 * extends it with its units and people.
 */
public abstract class TestWorld implements Units, Files, AutoCloseable {

    private final Map<UUID, Unit> unitsById = new LinkedHashMap<>();
    private final Map<UUID, UUID> successors = new HashMap<>();
    private final Map<String, FileInfo> filesByHash = new ConcurrentHashMap<>();
    private final Map<String, byte[]> contents = new ConcurrentHashMap<>();

    /** Ten in the morning of Tuesday, 24 November 2026, in Viet Nam; tests move it. */
    public volatile Instant now = Instant.parse("2026-11-24T03:00:00Z");

    /** The files that a thing holds, as it last said. */
    public final Map<UUID, Set<String>> heldFiles = new ConcurrentHashMap<>();

    /** Who may read them. */
    public final Map<UUID, Set<Audience>> heldFor = new ConcurrentHashMap<>();

    private TestStore database;

    /** A database with the tables of a module and the units that were made before. */
    protected TestStore open(Database kind, String module) {
        database = TestStore.open(kind, new WorldClock()).migrate(module, Path.of("src/main/resources/sotay/db"));
        // what a reach joins; the rest of the platform's table does not matter here
        database.store().change(tx -> unitsById.values().forEach(unit -> tx.handle()
                .createUpdate("insert into unit (id, parent, kind, code, name, path, version, changed_at)"
                        + " values (:id, :parent, :kind, :code, :name, :path, 1, 0)")
                .bindMethods(unit)
                .execute()));
        return database;
    }

    protected Unit unit(Unit above, String kind, String code) {
        UUID id = UUID.randomUUID();
        String path = (above == null ? "/" : above.path()) + id + '/';
        Unit unit = new Unit(id, above == null ? null : above.id(), kind, code, code, path);
        unitsById.put(id, unit);
        return unit;
    }

    /** A file whose bytes have arrived. */
    public String file(String content) {
        return keep(null, content.getBytes(StandardCharsets.UTF_8)).sha256();
    }

    public void pass(Duration time) {
        now = now.plus(time);
    }

    /** Closes a unit, as the platform does. */
    protected void merge(Unit closed, Unit successor) {
        successors.put(closed.id(), successor.id());
        database.store().change(tx -> tx.handle()
                .execute(
                        "update unit set parent = ?, path = ?, closed_at = 1 where id = ?",
                        successor.id(),
                        successor.path() + closed.id() + '/',
                        closed.id()));
    }

    @Override
    public void close() {
        database.close();
    }

    // ---- units

    @Override
    public Optional<Unit> find(UUID id) {
        return Optional.ofNullable(unitsById.get(id)).filter(unit -> !successors.containsKey(id));
    }

    @Override
    public Unit get(UUID id) {
        return find(id).orElseThrow(Problem::notFound);
    }

    @Override
    public Unit current(UUID id) {
        return Optional.ofNullable(unitsById.get(successors.getOrDefault(id, id)))
                .orElseThrow(Problem::notFound);
    }

    @Override
    public Optional<Unit> byCode(String code) {
        return unitsById.values().stream()
                .filter(one -> one.code().equals(code))
                .findFirst();
    }

    @Override
    public List<Unit> path(UUID id) {
        Unit unit = get(id);
        return unitsById.values().stream().filter(unit::isWithin).toList();
    }

    @Override
    public List<Unit> below(UUID parent) {
        return unitsById.values().stream()
                .filter(one -> parent.equals(one.parent()))
                .toList();
    }

    @Override
    public boolean isCell(Unit unit) {
        return unit.kind().equals("CELL");
    }

    @Override
    public List<UnitKind> kinds() {
        return List.of();
    }

    // ---- files

    @Override
    public Optional<FileInfo> find(Transaction tx, String sha256, Caller caller) {
        return Optional.ofNullable(filesByHash.get(sha256));
    }

    @Override
    public FileInfo keep(Transaction tx, byte[] content) {
        FileInfo info = new FileInfo(Client.sha256(content), content.length, "text/plain");
        filesByHash.put(info.sha256(), info);
        contents.put(info.sha256(), content);
        return info;
    }

    @Override
    public InputStream open(FileInfo file) {
        return new ByteArrayInputStream(contents.get(file.sha256()));
    }

    @Override
    public void hold(Transaction tx, String holder, UUID id, Set<String> sha256s, Set<Audience> audiences) {
        heldFiles.put(id, Set.copyOf(sha256s));
        heldFor.put(id, Set.copyOf(audiences));
    }

    private final class WorldClock extends Clock {

        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    }
}
