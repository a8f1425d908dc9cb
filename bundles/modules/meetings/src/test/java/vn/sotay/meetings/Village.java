package vn.sotay.meetings;

import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BiPredicate;
import vn.sotay.api.access.Audience;
import vn.sotay.api.member.Member;
import vn.sotay.api.member.MemberStatus;
import vn.sotay.api.member.Members;
import vn.sotay.api.notice.Notice;
import vn.sotay.api.notice.Notices;
import vn.sotay.api.rule.Rule;
import vn.sotay.api.rule.Rules;
import vn.sotay.api.store.Seals;
import vn.sotay.api.store.Transaction;
import vn.sotay.api.unit.Unit;
import vn.sotay.platform.store.TestStore;
import vn.sotay.platform.store.TestWorld;
import vn.sotay.testkit.Database;

/**
 * A small world for the tests of this module: a real database, and units, members, rules and files in memory. The cell has a secretary, a
 * member, a fisherman and a newcomer on probation; another cell has a secretary of its own.
 */
final class Village extends TestWorld implements Members, Rules {

    private final Map<UUID, Member> membersById = new LinkedHashMap<>();

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

    /** What members were told, the newest last. */
    final List<Notice> told = new CopyOnWriteArrayList<>();

    private final Notices notices = new Notices() {
        @Override
        public void send(Transaction tx, Notice notice) {
            told.add(notice);
        }

        @Override
        public void withdraw(Transaction tx, UUID notice) {
            told.removeIf(one -> one.id().equals(notice));
        }

        @Override
        public void withdraw(Transaction tx, Collection<Audience> audiences, BiPredicate<Audience, String> settled) {
            told.removeIf(one -> audiences.contains(one.audience())
                    && one.about() != null
                    && settled.test(one.audience(), one.about()));
        }
    };

    final TestStore database;
    final Meetings meetings;
    final Answers answers;
    final Opinions opinions;
    final Roll roll;
    final Reads reads;
    final Messages messages;
    final Conflicts conflicts;

    Village(Database kind) {
        database = open(kind, "meetings");
        meetings = new Meetings(database.store(), this, this, this, this, notices);
        Seals seals = database.seals("meetings", Path.of("src/main/resources/sotay/module.json"));
        answers = new Answers(database.store(), meetings, this, seals, notices);
        opinions = new Opinions(database.store(), meetings, this);
        roll = new Roll(database.store(), meetings, this, this, seals);
        reads = new Reads(database.store(), meetings, this, notices);
        messages = new Messages(database.store(), meetings, this, seals);
        conflicts = new Conflicts(database.store(), meetings);
    }

    Reminders reminders() {
        return new Reminders(database.store(), meetings, this, this, notices);
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

    /** Closes a cell, and lets its members belong to another one, as the platform does. */
    @Override
    protected void merge(Unit closed, Unit successor) {
        membersById.replaceAll((id, one) -> one.cell().equals(closed.id())
                ? new Member(id, one.name(), null, 1980, null, null, null, null, one.status(), successor.id(), null)
                : one);
        super.merge(closed, successor);
    }

    @Override
    public Optional<Member> find(Transaction tx, UUID id) {
        return Optional.ofNullable(membersById.get(id));
    }

    @Override
    public void forEachBelow(Transaction tx, Unit unit, java.util.function.BiConsumer<UUID, UUID> each) {
        throw new UnsupportedOperationException("meetings count by cell");
    }

    @Override
    public List<Member> ofCell(Transaction tx, UUID cellId) {
        return membersById.values().stream()
                .filter(one -> one.cell().equals(cellId))
                .toList();
    }

    @Override
    public List<Rule> anywhere(LocalDate day, String key) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Optional<Rule> find(LocalDate day, Unit unit, String key) {
        return Optional.of(on(day, unit, key));
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
}
