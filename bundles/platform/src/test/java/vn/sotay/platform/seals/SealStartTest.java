package vn.sotay.platform.seals;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import vn.sotay.api.access.Audience;
import vn.sotay.api.member.Member;
import vn.sotay.api.member.MemberStatus;
import vn.sotay.platform.access.Village;
import vn.sotay.platform.members.SealedMembers;
import vn.sotay.platform.store.KeyRows;
import vn.sotay.platform.store.SealedFeed;
import vn.sotay.platform.store.TestStore.Fed;
import vn.sotay.testkit.Database;

/** What the version before has written plainly is sealed after the start, on each database. */
@Timeout(60)
class SealStartTest {

    private static final LocalDate DAY = LocalDate.of(2020, 1, 2);
    private static final int MEMBERS = 450;

    private Village village;

    @AfterEach
    void close() {
        village.close();
    }

    private static String phone(int number) {
        return "09" + (71_000_000 + number);
    }

    private static Member member(int number, Village village) {
        return new Member(
                Village.id("sealed " + number),
                "Nguyễn Văn An",
                null,
                null,
                null,
                null,
                DAY,
                DAY.plusYears(1),
                MemberStatus.OFFICIAL,
                village.haiNinh.id(),
                phone(number));
    }

    private void fill(Database database) {
        village = new Village(database, Clock.systemUTC());
        List<Member> members = new ArrayList<>();
        for (int number = 0; number < MEMBERS; number++) {
            members.add(member(number, village));
        }
        village.store.store().change(tx -> village.members.add(tx, members, each -> DAY));
    }

    /** As the version before has left it. */
    private void unseal() {
        Map<String, String> phones = new TreeMap<>();
        for (int number = 0; number < MEMBERS; number++) {
            phones.put(Village.id("sealed " + number).toString(), phone(number));
        }
        village.store.store().change(tx -> {
            phones.forEach((id, phone) -> tx.handle()
                    .execute(
                            "update member set phone = ?, phone_sealed = null, phone_hash = null where id = ?",
                            phone,
                            id));
            village.store.feed(tx, Audience.leaders(village.haiNinh.id())).forEach(fed -> open(tx, fed));
            phones.keySet().forEach(id -> village.store
                    .feed(tx, Audience.member(UUID.fromString(id)))
                    .forEach(fed -> open(tx, fed)));
        });
    }

    private static void open(vn.sotay.api.store.Transaction tx, Fed fed) {
        tx.handle()
                .execute(
                        "update change_feed set data = ? where id = ? and type = ? and deleted = false",
                        fed.data(),
                        fed.id(),
                        fed.type());
    }

    private SealStart start() {
        return new SealStart(
                village.store.engine(),
                village.store.store(),
                village.store.keys(),
                List.of(
                        new SealedMembers(village.store.engine(), village.store.keys()),
                        new SealedFeed(village.store.engine())),
                new SealedFeed(village.store.engine()));
    }

    /** Everything in which a phone might stand, as a dump shows it. */
    private List<String> raw() {
        return village.store.store().read(tx -> {
            List<String> raw = new ArrayList<>();
            for (String query : List.of("select data from change_feed", "select phone from member")) {
                raw.addAll(tx.handle()
                        .createQuery(query)
                        .map((row, context) -> String.valueOf(row.getString(1)))
                        .list());
            }
            return raw;
        });
    }

    private List<Fed> fed() {
        return village.store.feed(Audience.leaders(village.haiNinh.id()));
    }

    @ParameterizedTest
    @EnumSource(Database.class)
    void newRowsAreSealedAtOnce(Database database) {
        fill(database);

        assertThat(raw()).noneMatch(text -> text.contains("0971")).hasSizeGreaterThan(2 * MEMBERS);
        assertThat(fed()).anyMatch(fed -> fed.data().contains("\"phone\":\"" + phone(7) + '"'));
    }

    @ParameterizedTest
    @EnumSource(Database.class)
    void oldRowsAreSealedAndNobodyIsToldAnew(Database database) {
        fill(database);
        List<Fed> before = fed();
        unseal();
        assertThat(raw()).anyMatch(text -> text.contains("0971"));

        start().seal();

        assertThat(raw()).noneMatch(text -> text.contains("0971"));
        assertThat(fed()).isEqualTo(before);
        village.store.store().change(tx -> {
            assertThat(SealedMembers.hasPlain(tx)).isFalse();
            assertThat(KeyRows.isFinished(tx, 1)).isTrue();
            assertThat(village.members.withPhone(tx, "+84 97 100 0007"))
                    .singleElement()
                    .satisfies(found -> assertThat(found.value()).isEqualTo(member(7, village)));
            assertThat(village.members.withPhone(tx, "0971000450")).isEmpty();
        });
    }

    /** It was sealed by hand of the pass, and the same again is still the same. */
    @ParameterizedTest
    @EnumSource(Database.class)
    void whatIsReadBeforeItIsSealedIsTheSame(Database database) {
        fill(database);
        List<Fed> before = fed();
        unseal();
        village.store.store().change(tx -> {
            assertThat(village.members
                            .get(tx, member(3, village).id())
                            .orElseThrow()
                            .value())
                    .isEqualTo(member(3, village));
            village.members.save(tx, member(3, village), DAY);
        });
        assertThat(fed()).isEqualTo(before);
    }

    /** The version before came back for a while, and changed a phone. */
    @ParameterizedTest
    @EnumSource(Database.class)
    void aPhoneThatTheVersionBeforeHasWrittenCounts(Database database) {
        fill(database);
        start().seal();
        String id = member(5, village).id().toString();
        village.store.store().change(tx -> tx.handle()
                .execute("update member set phone = '0971999999' where id = ?", id));
        assertThat(phoneOf(id)).isEqualTo("0971999999");

        start().seal();

        assertThat(phoneOf(id)).isEqualTo("0971999999");
        assertThat(raw()).noneMatch(text -> text.contains("0971"));
    }

    private String phoneOf(String id) {
        return village.store.store().read(tx -> village.members
                .get(tx, UUID.fromString(id))
                .orElseThrow()
                .value()
                .phone());
    }
}
