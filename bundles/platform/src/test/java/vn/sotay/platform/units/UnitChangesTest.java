package vn.sotay.platform.units;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.tuple;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import vn.sotay.api.access.Audience;
import vn.sotay.api.access.Caller;
import vn.sotay.api.access.Permission;
import vn.sotay.api.change.ChangeType;
import vn.sotay.api.http.Problem;
import vn.sotay.api.http.ProblemException;
import vn.sotay.api.member.Member;
import vn.sotay.api.member.MemberStatus;
import vn.sotay.api.unit.Unit;
import vn.sotay.platform.access.Village;
import vn.sotay.platform.files.StoredFiles;
import vn.sotay.platform.store.TestStore.Fed;
import vn.sotay.testkit.Database;

/** Units are moved, merged and split with all that hangs on them, on each database. Read {@link Village} for who they are. */
@Timeout(60)
class UnitChangesTest {

    private record Note(String text) {}

    private static final ChangeType<Note> NOTE = new ChangeType<>("note", Note.class);
    private static final Permission READ = new Permission("members.read");
    private static final OptionalLong ANY = OptionalLong.empty();
    private static final LocalDate TODAY = LocalDate.of(2026, 11, 24);

    private StoredFiles files;
    private Village village;
    private UnitChanges changes;

    private void in(Database database) {
        village = new Village(database, Clock.fixed(Instant.parse("2026-11-24T03:00:00Z"), ZoneOffset.UTC));
        files = new StoredFiles(village.store.store());
        changes = new UnitChanges(village.store.store(), village.units, village.members, files);
    }

    @AfterEach
    void close() {
        village.close();
    }

    private static Merge into(Unit successor) {
        return new Merge(successor.id(), null, null, null, null, null);
    }

    private static Merge of(Unit... units) {
        return new Merge(null, List.of(units).stream().map(Unit::id).toList(), null, null, null, null);
    }

    private static Move below(Unit parent) {
        return new Move(parent.id(), null, null, null, null);
    }

    private static Split into(UUID id, String code, UUID... members) {
        Split.Part part = new Split.Part(id, code, " Chi bộ  mới ", List.of(members), null);
        return new Split(List.of(part), null, null);
    }

    private Outcome merge(String login, Unit unit, Merge body) {
        return changes.merge(village.as(login), unit.id(), body, ANY);
    }

    private Outcome move(String login, Unit unit, Move body) {
        return changes.move(village.as(login), unit.id(), body, ANY);
    }

    private static String refused(Runnable work) {
        Problem problem =
                catchThrowableOfType(ProblemException.class, work::run).problem();
        return problem.status() + " " + problem.code()
                + String.join(
                        "",
                        problem.errors().stream()
                                .map(error -> " " + error.field() + ":" + error.rule())
                                .toList());
    }

    /** A thing as a module tells it: to a cell, its leaders and the officers above, with a file. */
    private UUID note(Unit cell, String text) {
        UUID id = Village.id(text);
        Set<Audience> readers = Set.of(
                Audience.members(cell.id()),
                Audience.leaders(cell.id()),
                Audience.officers(village.units.current(cell.id()).parent()));
        village.store.store().change(tx -> {
            tx.changed(
                    NOTE,
                    id,
                    1,
                    Map.of(
                            Audience.members(cell.id()),
                            new Note(text),
                            Audience.leaders(cell.id()),
                            new Note(text + ", for leaders"),
                            Audience.officers(village.units.get(cell.id()).parent()),
                            new Note(text + ", for officers")));
            String file = files.keep(tx, text.getBytes(StandardCharsets.UTF_8)).sha256();
            files.hold(tx, NOTE.name(), id, Set.of(file), readers);
        });
        return id;
    }

    private List<String> notes(Audience audience) {
        return village.store.feed(audience).stream()
                .filter(one -> one.type().equals("note"))
                .map(one -> one.deleted() ? "-" : one.data())
                .toList();
    }

    private List<String> holders(UUID note) {
        return village.store.store().read(tx -> tx.handle()
                .createQuery("select audience from file_holder where holder_id = :id order by audience")
                .bind("id", note)
                .mapTo(String.class)
                .list());
    }

    private List<String> tables() {
        return village.store.store().read(tx -> List.of(
                        "unit",
                        "unit_history",
                        "unit_change",
                        "member",
                        "member_cell",
                        "mandate",
                        "change_feed",
                        "file_holder")
                .stream()
                .map(table -> table
                        + tx.handle().createQuery("select * from " + table).mapToMap().list().stream()
                                .map(row -> {
                                    // long texts: the embedded database has an object for each reading
                                    row.remove("data");
                                    row.remove("outcome");
                                    return row.toString();
                                })
                                .sorted()
                                .toList())
                .toList());
    }

    private List<String> cells(UUID member) {
        return village.store.store().read(tx -> tx.handle()
                .createQuery("select c.from_day, c.to_day, u.name from member_cell c join unit u on u.id = c.cell"
                        + " where c.member = :member order by c.from_day")
                .bind("member", member)
                .map((row, context) -> row.getString(1) + " " + row.getString(2) + " " + row.getString(3))
                .list());
    }

    private Member member(UUID id) {
        return village.store.store().read(tx -> village.members.find(tx, id)).orElseThrow();
    }

    private UUID self(String login) {
        return village.as(login).member().orElseThrow();
    }

    // ---- merging

    @ParameterizedTest
    @EnumSource
    void aMergedCellIsClosedAndItsMembersAreTheSuccessors(Database database) {
        in(database);
        UUID fisherman = self("fisherman");
        UUID secretary = self("secretary");
        Outcome outcome = merge(
                "officer2",
                village.haiNinh,
                new Merge(village.haiNam.id(), null, null, null, LocalDate.of(2026, 11, 1), null));

        assertThat(outcome.unit()).isEqualTo(village.haiNam);
        assertThat(outcome.closed()).singleElement().satisfies(closed -> {
            assertThat(closed.hasClosed()).isTrue();
            assertThat(closed.successor()).isEqualTo(village.haiNam.id());
            assertThat(closed.code()).isEqualTo(village.haiNinh.code());
        });
        assertThat(outcome.members()).isEqualTo(3);
        assertThat(outcome.mandates())
                .extracting(Outcome.Ended::role, Outcome.Ended::holder, Outcome.Ended::carried)
                .containsExactly(tuple("SECRETARY", "Trần Văn Đức", false));

        assertThat(village.units.find(village.haiNinh.id())).isEmpty();
        assertThat(village.units.current(village.haiNinh.id())).isEqualTo(village.haiNam);
        assertThat(village.units.below(village.commune.id())).containsExactly(village.haiNam);
        assertThat(member(fisherman).cell()).isEqualTo(village.haiNam.id());
        assertThat(cells(fisherman))
                .containsExactly("2010-05-19 2026-10-31 thôn Hải Ninh", "2026-11-01 null thôn Hải Nam");
        assertThat(village.store.feed(Audience.leaders(village.haiNam.id())))
                .filteredOn(one -> one.type().equals("member"))
                .hasSize(3)
                .allMatch(one -> one.version() == 2
                        && one.data().contains(village.haiNam.id().toString()));

        Caller former = village.as("secretary");
        assertThat(former.member()).contains(secretary);
        assertThat(former.cell()).contains(village.haiNam);
        assertThat(former.audiences())
                .contains(Audience.members(village.haiNam.id()))
                .doesNotContain(Audience.members(village.haiNinh.id()), Audience.leaders(village.haiNinh.id()));
        assertThat(former.reach(READ).isEmpty()).isTrue();
        assertThat(former.sees(outcome.closed().get(0))).isTrue();
        assertThat(village.as("secretary2").sees(outcome.closed().get(0))).isFalse();
    }

    @ParameterizedTest
    @EnumSource
    void whatWasTheClosedCellsIsTheSuccessors(Database database) {
        in(database);
        UUID old = note(village.haiNinh, "cũ");
        note(village.haiNam, "mới");
        UUID both = Village.id("cả hai");
        village.store
                .store()
                .change(tx -> tx.changed(
                        NOTE,
                        both,
                        1,
                        Map.of(
                                Audience.members(village.haiNinh.id()),
                                new Note("to the one"),
                                Audience.members(village.haiNam.id()),
                                new Note("to the other"))));
        merge("officer2", village.haiNinh, into(village.haiNam));

        assertThat(notes(Audience.members(village.haiNinh.id()))).isEmpty();
        assertThat(notes(Audience.members(village.haiNam.id())))
                .as("those who had the successor's read what is new to them after it")
                .containsExactly("{\"text\":\"mới\"}", "{\"text\":\"to the other\"}", "{\"text\":\"cũ\"}");
        assertThat(notes(Audience.leaders(village.haiNam.id())))
                .containsExactly("{\"text\":\"mới, for leaders\"}", "{\"text\":\"cũ, for leaders\"}");
        assertThat(notes(Audience.officers(village.commune.id()))).hasSize(2);
        assertThat(holders(old))
                .containsExactlyInAnyOrder(
                        "members:" + village.haiNam.id(),
                        "leaders:" + village.haiNam.id(),
                        "officers:" + village.commune.id());
        assertThat(village.store.feed(Audience.members(village.haiNam.id())))
                .as("its new members learn what the old cell was called")
                .filteredOn(one -> one.id().equals(village.haiNinh.id().toString()))
                .extracting(Fed::deleted, Fed::version)
                .containsExactly(tuple(false, 2L));
    }

    @ParameterizedTest
    @EnumSource
    void officersOfAnotherCommuneGetWhatThoseOfTheFirstHad(Database database) {
        in(database);
        UUID old = note(village.cell2, "cũ");
        merge("officer", village.cell2, into(village.haiNam));

        assertThat(notes(Audience.officers(village.commune2.id()))).containsExactly("-");
        assertThat(notes(Audience.officers(village.commune.id()))).containsExactly("{\"text\":\"cũ, for officers\"}");
        assertThat(holders(old))
                .containsExactlyInAnyOrder(
                        "members:" + village.haiNam.id(),
                        "leaders:" + village.haiNam.id(),
                        "officers:" + village.commune.id());
    }

    @ParameterizedTest
    @EnumSource
    void manyAtOnceIntoOne(Database database) {
        in(database);
        Outcome outcome = merge("officer", village.haiNam, of(village.haiNinh, village.cell2));
        assertThat(outcome.unit()).isEqualTo(village.haiNam);
        assertThat(outcome.closed()).hasSize(2);
        assertThat(outcome.members()).isEqualTo(5);
        assertThat(village.units.below(village.commune2.id())).isEmpty();
        assertThat(village.as("member2").cell()).contains(village.haiNam);
    }

    @ParameterizedTest
    @EnumSource
    void aCommitteeIsMergedWithAllBelowIt(Database database) {
        in(database);
        note(village.haiNinh, "cũ");
        Outcome outcome = merge(
                "officer",
                village.commune,
                new Merge(
                        village.commune2.id(),
                        null,
                        List.of(new Move.NewCode(village.haiNinh.id(), "38.169.001.000.002")),
                        List.of(),
                        null,
                        null));

        assertThat(outcome.members()).isZero();
        assertThat(outcome.moved())
                .extracting(Unit::code)
                .containsExactlyInAnyOrder("38.169.001.000.002", village.haiNam.code());
        assertThat(village.units.below(village.commune2.id())).hasSize(3);
        assertThat(village.as("officer2").audiences()).doesNotContain(Audience.officers(village.commune.id()));
        assertThat(village.as("officer2").reach(READ).isEmpty()).isTrue();
        assertThat(notes(Audience.officers(village.commune.id()))).isEmpty();
        assertThat(notes(Audience.officers(village.commune2.id()))).containsExactly("{\"text\":\"cũ, for officers\"}");
        assertThat(village.as("member").audiences())
                .contains(Audience.members(village.commune2.id()))
                .doesNotContain(Audience.members(village.commune.id()));
    }

    @ParameterizedTest
    @EnumSource
    void mandatesGoOnWhereTheRequestSaysSo(Database database) {
        in(database);
        Outcome planned =
                merge("officer2", village.haiNinh, new Merge(village.haiNam.id(), null, null, null, null, true));
        UUID mandate = planned.mandates().get(0).id();
        assertThat(refused(() -> merge(
                        "officer2",
                        village.haiNinh,
                        new Merge(village.haiNam.id(), null, null, List.of(UUID.randomUUID()), null, null))))
                .isEqualTo("422 invalid carry[0]:unit.no-mandate");
        merge("officer2", village.haiNinh, new Merge(village.haiNam.id(), null, null, List.of(mandate), null, null));

        assertThat(village.as("secretary").mandates())
                .extracting(held -> held.role() + " " + held.unit().equals(village.haiNam.id()) + " " + held.from())
                .containsExactly("MEMBER true " + TODAY, "SECRETARY true " + TODAY);
        assertThat(village.as("secretary").reach(READ).units()).containsExactly(village.haiNam);
    }

    @ParameterizedTest
    @EnumSource
    void aDryRunChangesNothing(Database database) {
        in(database);
        note(village.haiNinh, "cũ");
        List<String> before = tables();
        Outcome planned =
                merge("officer2", village.haiNinh, new Merge(village.haiNam.id(), null, null, null, null, true));
        assertThat(planned.dryRun()).isTrue();
        assertThat(tables()).isEqualTo(before);
        assertThat(village.units.find(village.haiNinh.id())).contains(village.haiNinh);

        Outcome done = merge("officer2", village.haiNinh, into(village.haiNam));
        assertThat(planned)
                .isEqualTo(new Outcome(
                        true,
                        done.from(),
                        done.unit(),
                        done.made(),
                        done.closed(),
                        done.moved(),
                        done.members(),
                        done.mandates()));
    }

    @ParameterizedTest
    @EnumSource
    void theSameAgainIsAnsweredTheSame(Database database) {
        in(database);
        UUID part = UUID.randomUUID();
        UUID fisherman = self("fisherman");
        Outcome merged = merge("officer", village.haiNam, of(village.cell2));
        Outcome moved = move("officer", village.haiNinh, below(village.commune2));
        Split request = into(part, "38.169.001.000.009", fisherman);
        Outcome split = changes.split(village.as("officer"), village.haiNinh.id(), request, ANY);
        List<String> before = tables();

        assertThat(merge("officer", village.haiNam, of(village.cell2))).isEqualTo(merged);
        assertThat(move("officer", village.haiNinh, below(village.commune2))).isEqualTo(moved);
        assertThat(changes.split(village.as("officer"), village.haiNinh.id(), request, OptionalLong.of(77)))
                .isEqualTo(split);
        assertThat(merge("officer", village.cell2, into(village.haiNam)).closed())
                .as("asked otherwise, there is nothing left to do")
                .isEmpty();
        assertThat(tables()).isEqualTo(before);
        assertThat(refused(() -> changes.split(
                        village.as("officer"),
                        village.haiNinh.id(),
                        into(part, "38.169.001.000.009", self("member")),
                        ANY)))
                .isEqualTo("422 invalid units[0].id:unit.exists");
    }

    @ParameterizedTest
    @EnumSource
    void whatIsWrongLeavesAllAsItWas(Database database) {
        in(database);
        note(village.haiNinh, "cũ");
        List<String> before = tables();
        UUID nobody = UUID.randomUUID();

        assertThat(refused(() -> merge("officer", village.haiNam, of()))).isEqualTo("422 invalid units:required");
        assertThat(refused(() -> merge("officer", village.haiNam, of(village.haiNinh, village.commune2))))
                .isEqualTo("422 invalid units[1]:unit.merge-kind");
        assertThat(refused(() -> merge("officer", village.haiNam, of(village.haiNinh, village.haiNam))))
                .isEqualTo("422 invalid units[1]:unit.itself");
        assertThat(refused(() -> merge("officer", village.haiNam, of(village.haiNinh, village.haiNinh))))
                .isEqualTo("422 invalid units[1]:unit.twice");
        assertThat(refused(() -> merge(
                        "officer",
                        village.haiNam,
                        new Merge(null, List.of(village.haiNinh.id(), nobody), null, null, null, null))))
                .isEqualTo("422 invalid units[1]:unit.unknown");
        assertThat(refused(() -> merge(
                        "officer",
                        village.haiNam,
                        new Merge(null, List.of(village.haiNinh.id()), null, null, TODAY.plusDays(1), null))))
                .isEqualTo("422 invalid from:unit.from-future");
        assertThat(refused(() -> merge(
                        "officer",
                        village.haiNam,
                        new Merge(null, List.of(village.haiNinh.id()), null, null, TODAY.minusYears(2), null))))
                .isEqualTo("422 invalid from:unit.from-past");
        assertThat(refused(() -> changes.merge(
                        village.as("officer"), village.haiNam.id(), of(village.haiNinh), OptionalLong.of(9))))
                .isEqualTo("412 changed-meanwhile");
        assertThat(refused(() -> move("officer", village.province, below(village.commune))))
                .isEqualTo("409 unit.root");
        assertThat(refused(() -> move(
                        "officer",
                        village.commune,
                        new Move(
                                village.province.id(),
                                "38.777",
                                List.of(new Move.NewCode(village.haiNinh.id(), village.cell2.code())),
                                null,
                                null))))
                .isEqualTo("422 invalid codes[0].code:unit.code-taken");
        assertThat(refused(() -> move(
                        "officer",
                        village.commune,
                        new Move(
                                village.province.id(),
                                null,
                                List.of(new Move.NewCode(village.cell2.id(), "38.777.001.000.001")),
                                null,
                                null))))
                .isEqualTo("422 invalid codes[0].unit:unit.not-below");
        assertThat(refused(() -> changes.split(
                        village.as("officer"),
                        village.haiNinh.id(),
                        into(nobody, "38.168.053.000.009", self("member"), self("member2")),
                        ANY)))
                .isEqualTo("422 invalid units[0].members[1]:unit.not-a-member");
        assertThat(refused(() -> changes.split(
                        village.as("officer"), village.commune.id(), into(nobody, "38.177", self("member")), ANY)))
                .isEqualTo("422 invalid units[0].members[0]:unit.members-of-cells");
        assertThat(tables()).isEqualTo(before);
    }

    @ParameterizedTest
    @EnumSource
    void whoMayNotOnBothSidesIsRefused(Database database) {
        in(database);
        List<String> before = tables();
        assertThat(refused(() -> merge("officer2", village.cell2, into(village.haiNam))))
                .as("not even to be known of")
                .isEqualTo("404 not-found");
        assertThat(refused(() -> merge("officer2", village.haiNam, of(village.cell2))))
                .isEqualTo("422 invalid units[0]:unit.unknown");
        assertThat(refused(() -> merge("officer2", village.haiNinh, into(village.cell2))))
                .isEqualTo("422 invalid into:unit.unknown");
        assertThat(refused(() -> move("officer2", village.haiNinh, below(village.commune2))))
                .isEqualTo("422 invalid parent:unit.unknown");
        assertThat(refused(() -> move("officer2", village.commune, below(village.province))))
                .as("where it stands is not for its own officer to decide")
                .isEqualTo("403 forbidden");
        assertThat(refused(() -> changes.split(
                        village.as("officer2"), village.commune.id(), into(UUID.randomUUID(), "38.177"), ANY)))
                .isEqualTo("403 forbidden");
        assertThat(refused(() -> merge("secretary", village.haiNinh, into(village.haiNam))))
                .isEqualTo("403 forbidden");
        assertThat(refused(() -> merge("secretary2", village.haiNinh, into(village.haiNam))))
                .isEqualTo("404 not-found");
        assertThat(tables()).isEqualTo(before);
    }

    @ParameterizedTest
    @EnumSource
    void aClosedUnitIsNotWorkedWith(Database database) {
        in(database);
        merge("officer2", village.haiNinh, into(village.haiNam));
        UnitBody body = new UnitBody(
                null, village.commune.id(), "CELL", village.haiNinh.code(), "thôn Hải Ninh mới", null, null, null);

        assertThat(refused(() -> village.units.put(village.as("officer"), village.haiNinh.id(), body, ANY)))
                .isEqualTo("409 unit.closed");
        assertThat(refused(() -> village.units.put(village.as("officer"), UUID.randomUUID(), body, ANY)))
                .as("its code is not given again")
                .isEqualTo("422 invalid code:unit.code-taken");
        assertThat(refused(() -> move("officer", village.haiNinh, below(village.commune2))))
                .isEqualTo("409 unit.closed");
        assertThat(refused(() -> merge("officer", village.haiNinh, of(village.haiNam))))
                .isEqualTo("409 unit.closed");
        assertThat(refused(() -> merge("officer", village.cell2, of(village.haiNinh))))
                .isEqualTo("422 invalid units[0]:unit.closed");
        assertThat(refused(() -> merge("officer", village.cell2, into(village.haiNinh))))
                .isEqualTo("422 invalid into:unit.closed");
    }

    // ---- moving and splitting

    @ParameterizedTest
    @EnumSource
    void aUnitMovesWithAllBelowIt(Database database) {
        in(database);
        UUID old = note(village.haiNinh, "cũ");
        Unit base = village.units
                .put(
                        village.as("officer"),
                        UUID.randomUUID(),
                        new UnitBody(
                                null,
                                village.commune2.id(),
                                "GRASSROOTS",
                                "38.169.002",
                                "đảng bộ cơ sở",
                                null,
                                null,
                                null),
                        ANY)
                .value();
        move("officer", village.haiNinh, below(base));
        assertThat(notes(Audience.officers(village.commune.id()))).containsExactly("-");
        assertThat(notes(Audience.officers(base.id()))).containsExactly("{\"text\":\"cũ, for officers\"}");
        assertThat(notes(Audience.officers(village.commune2.id()))).hasSize(1);
        assertThat(holders(old)).hasSize(4);

        Outcome back = move(
                "officer",
                base,
                new Move(
                        village.commune.id(),
                        village.haiNinh.code(),
                        List.of(new Move.NewCode(village.haiNinh.id(), "38.169.002")),
                        null,
                        null));
        assertThat(back.moved()).hasSize(2);
        assertThat(village.units.get(base.id()).code()).isEqualTo(village.haiNinh.code());
        assertThat(village.units.get(village.haiNinh.id()).code()).isEqualTo("38.169.002");
        assertThat(notes(Audience.officers(village.commune.id()))).containsExactly("{\"text\":\"cũ, for officers\"}");
        assertThat(notes(Audience.officers(village.commune2.id()))).containsExactly("-");
        assertThat(village.as("member").audiences())
                .contains(Audience.members(base.id()), Audience.members(village.commune.id()));
        assertThat(village.store.store().read(tx -> UnitRows.read(tx.handle())).withClosed())
                .as("memory and rows are the same")
                .containsExactlyInAnyOrderElementsOf(village.units.all());
    }

    @ParameterizedTest
    @EnumSource
    void aCellIsSplit(Database database) {
        in(database);
        UUID part = UUID.randomUUID();
        UUID fisherman = self("fisherman");
        UUID left = Village.id("Đã Đi");
        village.member("Đã Đi", village.haiNinh);
        village.store
                .store()
                .change(tx -> village.members.save(
                        tx,
                        new Member(
                                left,
                                "Đã Đi",
                                null,
                                1980,
                                null,
                                null,
                                null,
                                null,
                                MemberStatus.LEFT,
                                village.haiNinh.id(),
                                null),
                        TODAY));
        assertThat(refused(() -> changes.split(
                        village.as("officer2"),
                        village.haiNinh.id(),
                        into(part, "38.168.053.000.009", fisherman, left),
                        ANY)))
                .isEqualTo("422 invalid units[0].members[1]:unit.not-a-member");

        Outcome outcome = changes.split(
                village.as("officer2"), village.haiNinh.id(), into(part, "38.168.053.000.009", fisherman), ANY);
        Unit made = village.units.get(part);
        assertThat(outcome.made()).containsExactly(made);
        assertThat(made.name()).isEqualTo("Chi bộ mới");
        assertThat(made.kind()).isEqualTo("CELL");
        assertThat(made.parent()).isEqualTo(village.commune.id());
        assertThat(outcome.members()).isEqualTo(1);
        assertThat(village.as("fisherman").cell()).contains(made);
        assertThat(village.as("secretary").mandates()).hasSize(2);
        assertThat(village.units.history(village.as("officer2"), part))
                .extracting(UnitPast::cause, UnitPast::origin, UnitPast::by)
                .containsExactly(tuple(UnitRows.Cause.SPLIT, village.haiNinh.id(), "officer2"));
    }

    @ParameterizedTest
    @EnumSource
    void aCommitteeIsSplit(Database database) {
        in(database);
        UUID part = UUID.randomUUID();
        note(village.haiNam, "cũ");
        Split.Part half = new Split.Part(part, "38.170", "xã Hải", null, List.of(village.haiNam.id()));
        Outcome outcome =
                changes.split(village.as("officer"), village.commune.id(), new Split(List.of(half), null, null), ANY);

        assertThat(outcome.moved()).extracting(Unit::id).containsExactly(village.haiNam.id());
        assertThat(village.units.below(part)).hasSize(1);
        assertThat(village.units.get(village.haiNam.id()).path()).contains(part.toString());
        assertThat(notes(Audience.officers(part))).hasSize(1);
        assertThat(village.as("officer2").sees(village.units.get(village.haiNam.id())))
                .isFalse();
    }

    @ParameterizedTest
    @EnumSource
    void historyTellsWhatWasAndWho(Database database) {
        in(database);
        merge("officer2", village.haiNinh, into(village.haiNam));
        move("officer", village.haiNam, below(village.commune2));

        assertThat(village.units.history(village.as("officer"), village.haiNam.id()))
                .extracting(UnitPast::unit, UnitPast::cause, UnitPast::parent, UnitPast::by)
                .containsExactlyInAnyOrder(
                        tuple(village.haiNam.id(), UnitRows.Cause.MOVED, village.commune2.id(), "officer"),
                        tuple(village.haiNinh.id(), UnitRows.Cause.MERGED, village.haiNam.id(), "officer2"),
                        tuple(village.haiNam.id(), UnitRows.Cause.MADE, village.commune.id(), null));
        assertThat(village.units.history(village.as("member"), village.haiNinh.id()))
                .as("a former member reads it, but not who did it")
                .hasSize(2)
                .allMatch(past -> past.by() == null);
        assertThat(refused(() -> village.units.history(village.as("officer2"), village.haiNinh.id())))
                .isEqualTo("404 not-found");
    }

    // ---- who writes meanwhile

    @ParameterizedTest
    @EnumSource
    void whoAddressesACellWhileItIsMergedDoesItAgain(Database database) throws Exception {
        in(database);
        CountDownLatch addressed = new CountDownLatch(1);
        CountDownLatch merged = new CountDownLatch(1);
        AtomicInteger tries = new AtomicInteger();
        CompletableFuture<Void> writer =
                CompletableFuture.runAsync(() -> village.store.store().change(tx -> {
                    Unit cell = village.units.current(village.haiNinh.id());
                    tx.changed(NOTE, Village.id("muộn"), 1, Audience.members(cell.id()), new Note("muộn"));
                    tries.incrementAndGet();
                    addressed.countDown();
                    await(merged);
                }));
        await(addressed);
        merge("officer2", village.haiNinh, into(village.haiNam));
        merged.countDown();
        writer.get(20, TimeUnit.SECONDS);

        assertThat(tries).hasValue(2);
        assertThat(notes(Audience.members(village.haiNinh.id()))).isEmpty();
        assertThat(notes(Audience.members(village.haiNam.id()))).containsExactly("{\"text\":\"muộn\"}");
    }

    @ParameterizedTest
    @EnumSource
    void nobodyIsLeftBehindWhoIsAddedWhileTheCellIsMerged(Database database) throws Exception {
        in(database);
        CountDownLatch checked = new CountDownLatch(1);
        CountDownLatch merged = new CountDownLatch(1);
        Member late = new Member(
                Village.id("Muộn"),
                "Muộn",
                null,
                1980,
                null,
                null,
                null,
                null,
                MemberStatus.OFFICIAL,
                village.haiNinh.id(),
                null);
        CompletableFuture<Void> writer =
                CompletableFuture.runAsync(() -> village.store.store().change(tx -> {
                    if (village.units.find(late.cell()).isEmpty()) {
                        throw Problem.invalid("cell", "unit.unknown");
                    }
                    checked.countDown();
                    await(merged);
                    village.members.save(tx, late, TODAY);
                }));
        await(checked);
        merge("officer2", village.haiNinh, into(village.haiNam));
        merged.countDown();

        assertThat(catchThrowableOfType(
                        java.util.concurrent.ExecutionException.class, () -> writer.get(20, TimeUnit.SECONDS)))
                .hasRootCauseInstanceOf(ProblemException.class);
        boolean isThere = village.store
                .store()
                .read(tx -> village.members.find(tx, late.id()).isPresent());
        assertThat(isThere).isFalse();
    }

    @ParameterizedTest
    @EnumSource
    void whoIsBeingAddedGoesAlong(Database database) throws Exception {
        in(database);
        CountDownLatch added = new CountDownLatch(1);
        CountDownLatch merging = new CountDownLatch(1);
        Member late = new Member(
                Village.id("Muộn"),
                "Muộn",
                null,
                1980,
                null,
                null,
                null,
                null,
                MemberStatus.OFFICIAL,
                village.haiNinh.id(),
                null);
        CompletableFuture<Void> writer =
                CompletableFuture.runAsync(() -> village.store.store().change(tx -> {
                    Member member = new Member(
                            late.id(),
                            late.name(),
                            null,
                            1980,
                            null,
                            null,
                            null,
                            null,
                            late.status(),
                            village.units.current(late.cell()).id(),
                            null);
                    village.members.save(tx, member, TODAY);
                    added.countDown();
                    await(merging);
                }));
        await(added);
        Caller officer = village.as("officer2");
        CompletableFuture<Outcome> merge = CompletableFuture.supplyAsync(() -> {
            merging.countDown();
            return changes.merge(officer, village.haiNinh.id(), into(village.haiNam), ANY);
        });
        writer.get(20, TimeUnit.SECONDS);
        merge.get(20, TimeUnit.SECONDS);

        assertThat(member(late.id()).cell()).isEqualTo(village.haiNam.id());
        assertThat(village.store.feed(Audience.leaders(village.haiNam.id())))
                .filteredOn(one -> one.id().equals(late.id().toString()))
                .extracting(Fed::deleted)
                .containsExactly(false);
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(20, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
