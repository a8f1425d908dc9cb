package vn.sotay.meetings;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
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
import vn.sotay.api.member.Member;
import vn.sotay.api.member.MemberStatus;
import vn.sotay.api.member.Members;
import vn.sotay.api.rule.Rule;
import vn.sotay.api.rule.Rules;
import vn.sotay.api.store.Seals;
import vn.sotay.api.store.Transaction;
import vn.sotay.api.unit.Unit;
import vn.sotay.api.unit.UnitKind;
import vn.sotay.api.unit.Units;
import vn.sotay.platform.store.TestStore;
import vn.sotay.testkit.Client;
import vn.sotay.testkit.Database;

/**
 * A small world for the tests of this module: a real database, and units, members, rules and files in memory. The cell has a secretary, a
 * member, a fisherman and a newcomer on probation; another cell has a secretary of its own.
 */
final class Village implements Units, Members, Rules, Files, AutoCloseable {

    private final Map<UUID, Unit> unitsById = new LinkedHashMap<>();
    private final Map<UUID, UUID> successors = new HashMap<>();
    private final Map<UUID, Member> membersById = new LinkedHashMap<>();
    private final Map<String, FileInfo> filesByHash = new HashMap<>();

    final Unit province = unit(null, "PROVINCE", "38");
    final Unit commune = unit(province, "COMMUNE", "38.168");
    final Unit cell = unit(commune, "CELL", "38.168.053.000.001");
    final Unit otherCell = unit(commune, "CELL", "38.168.053.000.002");

    final Person secretary = Person.secretary(member(cell, "Nguyễn Thị An", MemberStatus.OFFICIAL), cell);
    final Person member = Person.member(member(cell, "Trần Văn Bình", MemberStatus.OFFICIAL), cell);
    final Person fisherman = Person.member(member(cell, "Phạm Văn Hải", MemberStatus.EXEMPT), cell);
    final Person newcomer = Person.member(member(cell, "Lê Thị Mới", MemberStatus.PROBATIONARY), cell);
    final Person secretary2 = Person.secretary(member(otherCell, "Võ Văn Xa", MemberStatus.OFFICIAL), otherCell);
    final Person officer = Person.officer(commune);

    /** Ten in the morning of Tuesday, 24 November 2026, in Viet Nam; tests move it. */
    volatile Instant now = Instant.parse("2026-11-24T03:00:00Z");

    /** Who may read the files of a meeting, as it last said. */
    final Map<UUID, Set<String>> heldFiles = new ConcurrentHashMap<>();

    final Map<UUID, Set<Audience>> heldFor = new ConcurrentHashMap<>();
    final TestStore database;
    final Meetings meetings;
    final Answers answers;
    final Opinions opinions;
    final Roll roll;
    final Reads reads;
    final Messages messages;
    final Conflicts conflicts;

    Village(Database kind) {
        database = TestStore.open(kind, new TestClock()).migrate("meetings", Path.of("src/main/resources/sotay/db"));
        // what a reach joins; the rest of the platform's table does not matter here
        database.store().change(tx -> unitsById.values().forEach(unit -> tx.handle()
                .createUpdate("insert into unit (id, parent, kind, code, name, path, version, changed_at)"
                        + " values (:id, :parent, :kind, :code, :name, :path, 1, 0)")
                .bindMethods(unit)
                .execute()));
        meetings = new Meetings(database.store(), this, this, this);
        Seals seals = database.seals("meetings", Path.of("src/main/resources/sotay/module.json"));
        answers = new Answers(database.store(), meetings, this, seals);
        opinions = new Opinions(database.store(), meetings, this);
        roll = new Roll(database.store(), meetings, this, this, seals);
        reads = new Reads(database.store(), meetings, this);
        messages = new Messages(database.store(), meetings, this, seals);
        conflicts = new Conflicts(database.store(), meetings);
    }

    private Unit unit(Unit above, String kind, String code) {
        UUID id = UUID.randomUUID();
        String path = (above == null ? "/" : above.path()) + id + '/';
        Unit unit = new Unit(id, above == null ? null : above.id(), kind, code, code, path);
        unitsById.put(id, unit);
        return unit;
    }

    private UUID member(Unit in, String name, MemberStatus status) {
        UUID id = UUID.randomUUID();
        membersById.put(id, new Member(id, name, null, 1980, null, null, null, null, status, in.id(), null));
        return id;
    }

    /** The id of somebody who is a member. */
    static UUID id(Person person) {
        return person.member().orElseThrow();
    }

    /** A file whose bytes have arrived. */
    String file(String content) {
        byte[] bytes = content.getBytes(StandardCharsets.UTF_8);
        return keep(null, bytes).sha256();
    }

    void pass(Duration time) {
        now = now.plus(time);
    }

    @Override
    public void close() {
        database.close();
    }

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
        return unitsById.get(successors.getOrDefault(id, id));
    }

    /** Closes a cell, and lets its members belong to another one, as the platform does. */
    void merge(Unit closed, Unit successor) {
        successors.put(closed.id(), successor.id());
        membersById.replaceAll((id, one) -> one.cell().equals(closed.id())
                ? new Member(id, one.name(), null, 1980, null, null, null, null, one.status(), successor.id(), null)
                : one);
        database.store().change(tx -> tx.handle()
                .execute(
                        "update unit set parent = ?, path = ?, closed_at = 1 where id = ?",
                        successor.id(),
                        successor.path() + closed.id() + '/',
                        closed.id()));
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

    @Override
    public Optional<Member> find(Transaction tx, UUID id) {
        return Optional.ofNullable(membersById.get(id));
    }

    @Override
    public List<Member> ofCell(Transaction tx, UUID cellId) {
        return membersById.values().stream()
                .filter(one -> one.cell().equals(cellId))
                .toList();
    }

    @Override
    public Rule on(LocalDate day, Unit unit, String key) {
        String value =
                switch (key) {
                    case MeetingRules.RESOLUTION -> "> 1/2";
                    case MeetingRules.ADMISSION -> ">= 2/3";
                    case MeetingRules.LEAST_OFFICIAL -> "3";
                    case MeetingRules.MINUTES -> "90";
                    default -> "2";
                };
        return new Rule(key, value, "test", "rule " + key);
    }

    @Override
    public Optional<FileInfo> find(Transaction tx, String sha256, Caller caller) {
        return Optional.ofNullable(filesByHash.get(sha256));
    }

    @Override
    public FileInfo keep(Transaction tx, byte[] content) {
        FileInfo info = new FileInfo(Client.sha256(content), content.length, "text/plain");
        filesByHash.put(info.sha256(), info);
        return info;
    }

    @Override
    public void hold(Transaction tx, String holder, UUID id, Set<String> sha256s, Set<Audience> audiences) {
        heldFiles.put(id, sha256s);
        heldFor.put(id, audiences);
    }

    private final class TestClock extends Clock {

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
