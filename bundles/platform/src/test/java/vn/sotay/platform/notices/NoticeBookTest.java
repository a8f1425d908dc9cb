package vn.sotay.platform.notices;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import vn.sotay.api.access.Audience;
import vn.sotay.api.http.Page;
import vn.sotay.api.notice.Notice;
import vn.sotay.api.notice.Notices;
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
}
