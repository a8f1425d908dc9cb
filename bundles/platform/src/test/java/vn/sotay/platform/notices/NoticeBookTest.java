package vn.sotay.platform.notices;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import vn.sotay.api.access.Audience;
import vn.sotay.api.http.Page;
import vn.sotay.api.member.Born;
import vn.sotay.api.member.Member;
import vn.sotay.api.notice.Notice;
import vn.sotay.api.notice.Notices;
import vn.sotay.api.notice.Urgency;
import vn.sotay.platform.access.Hands;
import vn.sotay.platform.access.Village;
import vn.sotay.testkit.Database;

class NoticeBookTest {

    private final Hands clock = new Hands();
    private Village village;
    private NoticeBook book;
    private Notices meetings;

    @AfterEach
    void close() {
        village.close();
    }

    private void open(Database database) {
        village = new Village(database, clock);
        book = new NoticeBook(
                village.store.store(),
                village.members,
                (module, language, key, values) -> key.startsWith("notice.known.") ? "…" : key,
                village.store.keys());
        meetings = new ModuleNotices(book, "meetings");
    }

    private UUID send(Audience audience, String about) {
        clock.forward(Duration.ofSeconds(1));
        Notice notice =
                Notice.of(UUID.randomUUID(), audience, "known", "/meetings/1").with("day", "2026-11-30");
        Notice sent = about == null ? notice : notice.about(about);
        village.store.store().change(tx -> meetings.send(tx, sent));
        return sent.id();
    }

    private List<UUID> of(String login) {
        return book.list(village.as(login), null, 50).items().stream()
                .map(NoticeBook.Listed::id)
                .toList();
    }

    @ParameterizedTest
    @EnumSource(Database.class)
    void eachReadsWhatIsForThem(Database database) {
        open(database);
        UUID cell = send(Audience.members(village.haiNinh.id()), null);
        UUID commune = send(Audience.members(village.commune.id()), null);
        UUID leaders = send(Audience.leaders(village.haiNinh.id()), null);
        UUID allLeaders = send(Audience.allLeaders(village.commune.id()), null);
        UUID everyone = send(Audience.EVERYONE, null);
        UUID one = send(Audience.member(village.as("fisherman").member().orElseThrow()), null);

        assertThat(of("secretary")).containsExactly(everyone, allLeaders, leaders, commune, cell);
        assertThat(of("fisherman")).containsExactly(one, everyone, commune, cell);
        assertThat(of("member2")).containsExactly(everyone);
    }

    @ParameterizedTest
    @EnumSource(Database.class)
    void whatIsAboutTheSameTakesTheOthersPlaceAndIsNewAgain(Database database) {
        open(database);
        Audience cell = Audience.members(village.haiNinh.id());
        UUID first = send(cell, "meeting:1");
        UUID other = send(cell, "meeting:2");
        book.see(village.as("member"), clock.instant());
        UUID second = send(cell, "meeting:1");

        assertThat(of("member")).containsExactly(second, other).doesNotContain(first);
        assertThat(book.list(village.as("member"), null, 50).items())
                .extracting(NoticeBook.Listed::seen)
                .containsExactly(false, true);
    }

    @ParameterizedTest
    @EnumSource(Database.class)
    void isSentOnceAndTakenBackByItsModuleAlone(Database database) {
        open(database);
        Notice notice = Notice.of(UUID.randomUUID(), Audience.EVERYONE, "known", "/meetings");
        village.store.store().change(tx -> meetings.send(tx, notice));
        village.store.store().change(tx -> meetings.send(tx, notice));
        village.store.store().change(tx -> new ModuleNotices(book, "dues").withdraw(tx, notice.id()));
        assertThat(of("member")).containsExactly(notice.id());

        village.store.store().change(tx -> meetings.withdraw(tx, notice.id()));
        assertThat(of("member")).isEmpty();
        assertThat(village.store.feed(Audience.EVERYONE))
                .filteredOn(fed -> fed.type().equals("notice"))
                .allMatch(fed -> fed.deleted());
    }

    @ParameterizedTest
    @EnumSource(Database.class)
    void whatIsSettledIsTakenBackFromThoseWhomItIsSettledFor(Database database) {
        open(database);
        Audience member = Audience.member(village.as("member").member().orElseThrow());
        Audience fisherman = Audience.member(village.as("fisherman").member().orElseThrow());
        UUID paid = out(member.id(), Urgency.NORMAL, "dues:2026-10");
        UUID open = out(member.id(), Urgency.NORMAL, "dues:2026-11");
        UUID nothing = out(member.id(), Urgency.NORMAL, null);
        UUID others = out(fisherman.id(), Urgency.NORMAL, "dues:2026-10");
        List<String> asked = new ArrayList<>();
        village.store.store().change(tx -> new ModuleNotices(book, "dues")
                .withdraw(tx, List.of(member), (one, what) -> {
                    throw new AssertionError("another module's");
                }));

        village.store
                .store()
                .change(tx -> meetings.withdraw(tx, List.of(member), (one, what) -> {
                    asked.add(one + " " + what);
                    return what.equals("dues:2026-10");
                }));

        assertThat(asked).containsExactlyInAnyOrder(member + " dues:2026-10", member + " dues:2026-11");
        assertThat(of("member")).containsExactly(nothing, open).doesNotContain(paid);
        assertThat(of("fisherman")).containsExactly(others);
        assertThat(take(null)).as("nor does it go out").containsExactlyInAnyOrder(open, nothing, others);
        village.store.store().change(tx -> meetings.withdraw(tx, List.of(), (one, what) -> true));
        village.store
                .store()
                .change(tx -> meetings.withdraw(tx, List.of(member), (one, what) -> {
                    assertThat(what).as("what is gone is not asked of").isEqualTo("dues:2026-11");
                    return false;
                }));
    }

    @ParameterizedTest
    @EnumSource(Database.class)
    void howFarOneHasLookedNeverGoesBack(Database database) {
        open(database);
        send(Audience.EVERYONE, null);
        Instant first = clock.instant();
        send(Audience.EVERYONE, null);
        book.see(village.as("member"), first.plusSeconds(1_000_000));
        book.see(village.as("member"), first);

        assertThat(book.list(village.as("member"), null, 50).items()).allMatch(NoticeBook.Listed::seen);
        assertThat(book.list(village.as("fisherman"), null, 50).items()).noneMatch(NoticeBook.Listed::seen);
    }

    @ParameterizedTest
    @EnumSource(Database.class)
    void pagesFollowOneAnother(Database database) {
        open(database);
        List<UUID> sent =
                List.of(send(Audience.EVERYONE, null), send(Audience.EVERYONE, null), send(Audience.EVERYONE, null));
        Page<NoticeBook.Listed> first = book.list(village.as("member"), null, 2);
        Page<NoticeBook.Listed> second = book.list(village.as("member"), Page.values(first.next()), 2);

        assertThat(first.items()).extracting(NoticeBook.Listed::id).containsExactly(sent.get(2), sent.get(1));
        assertThat(second.items()).extracting(NoticeBook.Listed::id).containsExactly(sent.get(0));
        assertThat(second.next()).isNull();
    }

    @ParameterizedTest
    @EnumSource(Database.class)
    void textsThatTheModuleLacksAreRefused(Database database) {
        open(database);
        Notice notice = Notice.of(UUID.randomUUID(), Audience.EVERYONE, "unknown", "/meetings");
        assertThatThrownBy(() -> village.store.store().change(tx -> meetings.send(tx, notice)))
                .hasMessageContaining("notice.unknown.title");
    }

    @ParameterizedTest
    @EnumSource(Database.class)
    void whatAMemberAloneWasToldOfItGoesWhenTheCellIsToldOtherwise(Database database) {
        open(database);
        UUID reminder = send(Audience.member(village.as("fisherman").member().orElseThrow()), "meeting:1");
        UUID other = send(Audience.member(village.as("member2").member().orElseThrow()), "meeting:1");
        UUID moved = send(Audience.members(village.haiNinh.id()), "meeting:1");

        assertThat(of("fisherman")).containsExactly(moved).doesNotContain(reminder);
        assertThat(of("member2")).containsExactly(other);
    }

    @ParameterizedTest
    @EnumSource(Database.class)
    void whoBelongsToTwoAudiencesOfOneTellingReadsItOnce(Database database) {
        open(database);
        UUID id = UUID.randomUUID();
        Audience members = Audience.members(village.haiNinh.id());
        Audience leaders = Audience.leaders(village.haiNinh.id());
        village.store.store().change(tx -> List.of(members, leaders)
                .forEach(one -> meetings.send(
                        tx,
                        Notice.of(UUID.nameUUIDFromBytes((id + one.toString()).getBytes()), one, "known", "/meetings")
                                .about("news:1"))));
        UUID again = send(leaders, "news:2");

        assertThat(of("secretary")).hasSize(2).startsWith(again);
        assertThat(of("member")).hasSize(1);
        assertThat(book.list(village.as("secretary"), null, 1).next()).isNotNull();
    }

    private UUID bornIn(String login, String name, LocalDate day, Integer year) {
        UUID id = village.as(login).member().orElseThrow();
        village.store.store().change(tx -> {
            Member was = village.members.find(tx, id).orElseThrow();
            assertThat(was.name()).isEqualTo(name);
            Member born = new Member(
                    id,
                    name,
                    day,
                    year,
                    was.gender(),
                    was.cardNumber(),
                    was.admittedOn(),
                    was.officialOn(),
                    was.status(),
                    was.cell(),
                    was.phone());
            village.members.save(tx, born, LocalDate.of(2026, 1, 1));
        });
        return id;
    }

    private Set<UUID> recipients(Audience audience, Born born) {
        return village.store
                .store()
                .read(tx -> rows().recipients(tx.handle(), audience, born, LocalDate.of(2026, 11, 1), null, 50).stream()
                        .map(DeliveryRows.Recipient::member)
                        .collect(Collectors.toSet()));
    }

    private int people(Audience audience, Born born) {
        return village.store.store().read(tx -> rows().reached(
                        tx.handle(),
                        UUID.randomUUID(),
                        audience,
                        born,
                        LocalDate.of(2026, 11, 1),
                        Instant.EPOCH,
                        true,
                        village.haiNinh)
                .people());
    }

    private Set<UUID> below(Born born) {
        return village.store.store().read(tx -> {
            Set<UUID> found = new HashSet<>();
            village.members.forEachBelow(tx, village.haiNinh, born, (member, cell) -> found.add(member));
            return found;
        });
    }

    @ParameterizedTest
    @EnumSource(Database.class)
    void whoIsBornInTheseDaysIsTold(Database database) {
        open(database);
        Audience cell = Audience.members(village.haiNinh.id());
        UUID young = bornIn("member", "Nguyễn Thị Hoà", LocalDate.of(2001, 5, 20), null);
        UUID middle = bornIn("fisherman", "Đỗ Văn Biển", null, 1990);
        UUID unknown = bornIn("secretary", "Trần Văn Đức", null, null);

        assertThat(recipients(cell, null)).containsExactlyInAnyOrder(young, middle, unknown);
        Object[][] cases = {
            {"2001-05-20", null, "member", "secretary"},
            {"2001-05-21", null, "secretary"},
            {null, "2001-05-20", "member", "fisherman", "secretary"},
            {null, "2001-05-19", "fisherman", "secretary"},
            {"1990-12-31", "2001-01-01", "fisherman", "secretary"},
            {"1991-01-01", "2001-05-19", "secretary"},
            {"1980-01-01", "1990-01-01", "fisherman", "secretary"},
            {"1980-01-01", "1989-12-31", "secretary"},
        };
        for (Object[] one : cases) {
            Born born = new Born(
                    one[0] == null ? null : LocalDate.parse((String) one[0]),
                    one[1] == null ? null : LocalDate.parse((String) one[1]));
            Set<Object> logins = Arrays.stream(one).skip(2).collect(Collectors.toSet());
            UUID id = UUID.randomUUID();
            village.store
                    .store()
                    .change(tx -> meetings.send(
                            tx, Notice.of(id, cell, "known", "/meetings/1").born(born)));

            for (String login : List.of("member", "fisherman", "secretary")) {
                assertThat(of(login).contains(id)).as(login + " of " + born).isEqualTo(logins.contains(login));
            }
            Set<UUID> members = logins.stream()
                    .map(login -> village.as((String) login).member().orElseThrow())
                    .collect(Collectors.toSet());
            assertThat(recipients(cell, born)).as("told of " + born).isEqualTo(members);
            assertThat(people(cell, born)).as("counted of " + born).isEqualTo(members.size());
            assertThat(below(born)).as("gone through of " + born).isEqualTo(members);
        }
    }

    // ---- how it goes out

    private DeliveryRows rows() {
        return new DeliveryRows(new PreferenceRows(village.store.keys()), village.units);
    }

    private UUID out(UUID member, Urgency urgency) {
        return out(member, urgency, null);
    }

    private UUID out(UUID member, Urgency urgency, String about) {
        clock.forward(Duration.ofSeconds(1));
        Notice plain = Notice.of(UUID.randomUUID(), Audience.member(member), "known", "/meetings")
                .urgency(urgency);
        Notice notice = about == null ? plain : plain.about(about);
        village.store.store().change(tx -> {
            meetings.send(tx, notice);
            rows().spread(tx, notice.id(), List.of(new DeliveryRows.Way(member, Channel.SMS, tx.now())), null);
        });
        return notice.id();
    }

    private List<UUID> take(Instant later) {
        List<DeliveryRows.Batch> taken =
                village.store.store().write(tx -> rows().take(tx, Channel.SMS, 16, member -> later));
        return taken.stream()
                .flatMap(batch -> batch.lines().stream())
                .map(DeliveryRows.Line::notice)
                .toList();
    }

    @ParameterizedTest
    @EnumSource(Database.class)
    void whatIsTriedAgainIsLookedAtAgain(Database database) {
        open(database);
        UUID member = village.as("member").member().orElseThrow();
        UUID first = out(member, Urgency.NORMAL);
        assertThat(take(null)).containsExactly(first);
        UUID[] key = new UUID[1];
        village.store.store().change(tx -> {
            DeliveryRows.Batch batch =
                    rows().take(tx, Channel.SMS, 16, one -> null).get(0);
            key[0] = batch.id();
            rows().again(tx, batch, 1, tx.now());
        });
        Instant morning = clock.instant().plus(Duration.ofHours(8));
        assertThat(take(morning)).as("it is night now").isEmpty();
        clock.forward(Duration.ofHours(9));
        DeliveryRows.Batch again = village.store
                .store()
                .write(tx -> rows().take(tx, Channel.SMS, 16, one -> null))
                .get(0);
        assertThat(again.id()).as("it keeps its key").isEqualTo(key[0]);
        assertThat(again.lines()).extracting(DeliveryRows.Line::attempts).containsExactly(1);

        village.store.store().change(tx -> rows().again(tx, again, 2, tx.now()));
        book.see(village.as("member"), clock.instant());
        assertThat(take(null)).as("it was seen meanwhile").isEmpty();
    }

    @ParameterizedTest
    @EnumSource(Database.class)
    void whatIsUrgentPassesTheNightUnlessItIsNotSoAnyMore(Database database) {
        open(database);
        UUID member = village.as("member").member().orElseThrow();
        Instant morning = clock.instant().plus(Duration.ofHours(8));
        UUID normal = out(member, Urgency.NORMAL);
        UUID withdrawn = out(member, Urgency.URGENT);
        village.store.store().change(tx -> meetings.withdraw(tx, withdrawn));
        assertThat(take(morning)).isEmpty();
        UUID urgent = out(member, Urgency.URGENT);
        assertThat(take(morning)).containsExactly(urgent);
        clock.forward(Duration.ofHours(9));
        village.store.store().change(tx -> {
            rows().take(tx, Channel.SMS, 16, one -> null).forEach(batch -> rows().sent(tx, batch));
        });
        assertThat(take(null)).containsExactly(normal);
    }

    @ParameterizedTest
    @EnumSource(Database.class)
    void whatIsStoppedIsSpreadNoFurtherAndWhoIsToBeCalledStays(Database database) {
        open(database);
        UUID member = village.as("member").member().orElseThrow();
        UUID fisherman = village.as("fisherman").member().orElseThrow();
        UUID id = send(Audience.members(village.haiNinh.id()), null);
        village.store.store().change(tx -> {
            assertThat(rows().begin(tx, id)).isTrue();
            rows().spread(
                            tx,
                            id,
                            List.of(
                                    new DeliveryRows.Way(member, Channel.SMS, tx.now()),
                                    new DeliveryRows.Way(fisherman, Channel.CALL, tx.now())),
                            member.toString());
            assertThat(rows().stop(tx, id)).isEqualTo(1);
            assertThat(rows().begin(tx, id)).isFalse();
        });
        assertThat(take(null)).isEmpty();
        assertThat((List<?>) village.store.store().read(tx -> rows().toCall(
                                tx.handle(), village.haiNinh.id(), Instant.EPOCH, 10)))
                .hasSize(1);
        int gone = village.store.store().write(tx -> rows().forget(tx, id, 1));
        int more = village.store.store().write(tx -> rows().forget(tx, id, 1));
        int none = village.store.store().write(tx -> rows().forget(tx, id, 1));
        assertThat(List.of(gone, more, none)).containsExactly(1, 1, 0);
    }

    @ParameterizedTest
    @EnumSource(Database.class)
    void whatIsUrgentIsSpreadFirst(Database database) {
        open(database);
        send(Audience.EVERYONE, null);
        clock.forward(Duration.ofSeconds(1));
        Notice urgent = Notice.of(UUID.randomUUID(), Audience.EVERYONE, "known", "/meetings")
                .urgency(Urgency.URGENT);
        village.store.store().change(tx -> meetings.send(tx, urgent));
        UUID next = village.store
                .store()
                .read(tx -> rows().toSpread(tx.handle()).orElseThrow().notice());
        assertThat(next).isEqualTo(urgent.id());
    }

    @ParameterizedTest
    @EnumSource(Database.class)
    void whoHoldsAMandateWithALastDayIsToldUntilThen(Database database) {
        open(database);
        LocalDate last = LocalDate.of(2026, 12, 31);
        village.store.store().change(tx -> tx.handle().execute("update mandate set to_day = ?", last));
        assertThat(leaders(Audience.leaders(village.haiNinh.id()), last)).isEqualTo(1);
        assertThat(leaders(Audience.allLeaders(village.commune.id()), last)).isEqualTo(1);
        assertThat(leaders(Audience.leaders(village.haiNinh.id()), last.plusDays(1)))
                .isZero();
        assertThat(leaders(Audience.leaders(village.haiNinh.id()), LocalDate.of(2025, 6, 30)))
                .isZero();
    }

    private int leaders(Audience audience, LocalDate day) {
        List<?> found = village.store.store().read(tx -> rows().recipients(tx.handle(), audience, null, day, null, 10));
        return found.size();
    }

    @ParameterizedTest
    @EnumSource(Database.class)
    void whoIsToldAsAMemberIsNotToldAsALeaderToo(Database database) {
        open(database);
        UUID secretary = village.as("secretary").member().orElseThrow();
        Notice members = Notice.of(UUID.randomUUID(), Audience.members(village.haiNinh.id()), "known", "/news/1")
                .about("news:1");
        Notice leaders = Notice.of(UUID.randomUUID(), Audience.leaders(village.haiNinh.id()), "known", "/news/1")
                .about("news:1");
        village.store.store().change(tx -> {
            meetings.send(tx, members);
            meetings.send(tx, leaders);
            rows().spread(tx, members.id(), List.of(new DeliveryRows.Way(secretary, Channel.SMS, tx.now())), null);
            List<DeliveryRows.Recipient> some =
                    rows().recipients(tx.handle(), leaders.audience(), null, Times.day(tx.now()), null, 10);
            assertThat(rows().toldAlready(tx.handle(), leaders.id(), some)).containsExactly(secretary);
            assertThat(rows().toldAlready(tx.handle(), members.id(), some)).isEmpty();
        });
    }
}
