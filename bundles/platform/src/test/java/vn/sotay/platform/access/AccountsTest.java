package vn.sotay.platform.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import vn.sotay.api.access.Caller;
import vn.sotay.api.access.Mandate;
import vn.sotay.api.http.ProblemException;
import vn.sotay.api.member.Member;
import vn.sotay.testkit.Database;

class AccountsTest {

    private final Hands clock = new Hands();
    private Village village;

    @AfterEach
    void close() {
        village.close();
    }

    private Accounts open(Database database) {
        village = new Village(database, clock);
        return village.accounts;
    }

    private static Origin from(String address) {
        return new Origin(address, "Android · Chrome", null);
    }

    private static int refused(Runnable work) {
        return catchThrowableOfType(ProblemException.class, work::run).problem().status();
    }

    @ParameterizedTest
    @EnumSource
    void signsInAndOut(Database database) {
        Accounts accounts = open(database);
        SignIns.Begun begun = village.signIns.signIn(" SECRETARY", Village.PASSWORD, from("10.0.0.1"));

        assertThat(begun.token()).hasSize(43);
        assertThat(accounts.caller(begun.token()).orElseThrow().mandates())
                .extracting(Mandate::role)
                .containsExactly("MEMBER", "SECRETARY");
        String kept = village.store.store().read(tx -> tx.handle()
                .createQuery("select hash from session_token")
                .mapTo(String.class)
                .one());
        assertThat(kept).doesNotContain(begun.token()).hasSize(64);

        village.signIns.signOut(begun.caller());
        assertThat(accounts.caller(begun.token())).isEmpty();
        assertThat(accounts.caller("nobody's")).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void whoSignsOutIsForgottenAndNobodyElse(Database database) {
        Accounts accounts = open(database);
        SignIns.Begun one = village.signIns.signIn("member", Village.PASSWORD, from("10.0.0.1"));
        SignIns.Begun other = village.signIns.signIn("fisherman", Village.PASSWORD, from("10.0.0.2"));
        Caller known = accounts.caller(other.token()).orElseThrow();
        assertThat(accounts.caller(one.token())).isPresent();
        assertThat(accounts.kept()).isEqualTo(2);

        village.signIns.signOut(one.caller());
        assertThat(accounts.kept()).isOne();
        assertThat(accounts.caller(one.token())).isEmpty();
        assertThat(accounts.caller(other.token()).orElseThrow()).isSameAs(known);
    }

    @ParameterizedTest
    @EnumSource
    void keepsSoManyAndReadsTheOthersAgain(Database database) {
        open(database);
        Accounts accounts = village.accounts(16);
        List<String> tokens = IntStream.range(0, 40)
                .mapToObj(i -> village.signIns.signIn(
                        i % 2 == 0 ? "member" : "fisherman", Village.PASSWORD, from("10.0.0." + i)))
                .map(SignIns.Begun::token)
                .toList();
        for (int turn = 0; turn < 3; turn++) {
            for (String token : tokens) {
                assertThat(accounts.caller(token)).isPresent();
                assertThat(accounts.kept()).isLessThanOrEqualTo(16);
            }
            assertThat(accounts.kept()).as("not all go at once").isGreaterThan(12);
        }
        // who was let go of is known by what has changed since
        UUID member = accounts.caller(tokens.get(0)).orElseThrow().member().orElseThrow();
        village.store
                .store()
                .change(tx -> village.members.save(
                        tx,
                        moved(village.members.find(tx, member).orElseThrow(), village.haiNam.id()),
                        LocalDate.of(2026, 11, 24)));
        assertThat(accounts.caller(tokens.get(0))
                        .orElseThrow()
                        .cell()
                        .orElseThrow()
                        .id())
                .isEqualTo(village.haiNam.id());
        accounts.stop();
    }

    @ParameterizedTest
    @EnumSource
    void endsWhenItWasNotUsedForSoLong(Database database) {
        Accounts accounts = open(database);
        String token = village.signIns
                .signIn("member", Village.PASSWORD, from("10.0.0.1"))
                .token();
        clock.forward(Duration.ofDays(20));
        assertThat(accounts.caller(token)).isPresent();
        clock.forward(Duration.ofDays(29));
        assertThat(accounts.caller(token)).as("each use prolongs it").isPresent();
        accounts.forget();
        assertThat(accounts.caller(token)).as("in the database as well").isPresent();
        clock.forward(Duration.ofDays(31));
        assertThat(accounts.caller(token)).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void slowsDownWhoGuessesAndLocksNobodyOut(Database database) {
        Accounts accounts = open(database);
        village.signIns.signIn("officer", Village.PASSWORD, from("10.0.0.9"));
        for (int i = 0; i < 5; i++) {
            assertThat(refused(() -> village.signIns.signIn("officer", "wrong", from("10.0.0.1"))))
                    .isEqualTo(401);
        }
        assertThatThrownBy(() -> village.signIns.signIn("officer", Village.PASSWORD, from("10.0.0.2")))
                .as("from anywhere, even with the right password")
                .isInstanceOfSatisfying(ProblemException.class, e -> {
                    assertThat(e.problem().status()).isEqualTo(429);
                    assertThat(e.problem().values()).containsEntry("seconds", 1L);
                });
        village.signIns.signIn("officer", Village.PASSWORD, from("10.0.0.9"));

        for (int i = 0; i < 8; i++) {
            clock.forward(Duration.ofMinutes(1));
            assertThat(refused(() -> village.signIns.signIn("officer", "wrong", from("10.0.0.1"))))
                    .as("a minute is the longest")
                    .isEqualTo(401);
        }
        clock.forward(Duration.ofMinutes(1));
        assertThat(village.signIns
                        .signIn("officer", Village.PASSWORD, from("10.0.0.1"))
                        .token())
                .isNotEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void aClockThatIsSetBackLocksNobodyOut(Database database) {
        Accounts accounts = open(database);
        String before = village.signIns
                .signIn("member", Village.PASSWORD, from("10.0.0.1"))
                .token();
        for (int i = 0; i < 5; i++) {
            assertThat(refused(() -> village.signIns.signIn("officer", "wrong", from("10.0.0.1"))))
                    .isEqualTo(401);
        }
        clock.forward(Duration.ofHours(-1));

        assertThat(accounts.caller(before)).isPresent();
        assertThat(accounts.caller(village.signIns
                        .signIn("member", Village.PASSWORD, from("10.0.0.1"))
                        .token()))
                .isPresent();
        assertThatThrownBy(() -> village.signIns.signIn("officer", Village.PASSWORD, from("10.0.0.2")))
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        e -> assertThat(e.problem().values()).containsEntry("seconds", 1L));
        clock.forward(Duration.ofHours(1).plusSeconds(2));
        assertThat(accounts.caller(before)).isPresent();
        village.signIns.signIn("officer", Village.PASSWORD, from("10.0.0.2"));
    }

    @ParameterizedTest
    @EnumSource
    void slowsDownOneAddressThatTriesManyLogins(Database database) {
        Accounts accounts = open(database);
        for (int i = 0; i < 30; i++) {
            String login = "nobody" + i;
            assertThat(refused(() -> village.signIns.signIn(login, "wrong", from("10.0.0.1"))))
                    .isEqualTo(401);
        }
        assertThat(refused(() -> village.signIns.signIn("nobody", "wrong", from("10.0.0.1"))))
                .isEqualTo(429);
        assertThat(refused(() -> village.signIns.signIn("nobody", "wrong", from("10.0.0.2"))))
                .isEqualTo(401);
    }

    @ParameterizedTest
    @EnumSource
    void changesThePasswordAndEndsTheOtherSessions(Database database) {
        Accounts accounts = open(database);
        SignIns.Begun here = village.signIns.signIn("member", Village.PASSWORD, from("10.0.0.1"));
        String elsewhere = village.signIns
                .signIn("member", Village.PASSWORD, from("10.0.0.2"))
                .token();

        assertThat(refused(() -> village.signIns.changePassword(here.caller(), "wrong", "con thuyen nho", "10.0.0.1")))
                .isEqualTo(422);
        assertThat(refused(() -> village.signIns.changePassword(here.caller(), Village.PASSWORD, "ngan", "10.0.0.1")))
                .isEqualTo(422);
        village.signIns.changePassword(here.caller(), Village.PASSWORD, "con thuyền nhỏ", "10.0.0.1");

        assertThat(accounts.caller(here.token())).isPresent();
        assertThat(accounts.caller(elsewhere)).isEmpty();
        assertThat(refused(() -> village.signIns.signIn("member", Village.PASSWORD, from("10.0.0.1"))))
                .isEqualTo(401);
        village.signIns.signIn("member", "con thuyền nhỏ", from("10.0.0.1"));
    }

    @ParameterizedTest
    @EnumSource
    void holdsMandatesFromDayToDay(Database database) {
        Accounts accounts = open(database);
        LocalDate today = LocalDate.of(2026, 11, 24);
        accounts.create(
                Village.PASSWORD,
                new Accounts.NewAccount(
                        "past and future",
                        null,
                        List.of(
                                new Mandate("OFFICER", village.commune.id(), today.minusYears(1), today.minusDays(1)),
                                new Mandate("EDITOR", village.province.id(), today, today),
                                new Mandate("SECRETARY", village.haiNinh.id(), today.plusDays(1), null))));
        assertThat(accounts.as("past and future").mandates())
                .extracting(Mandate::role)
                .containsExactly("EDITOR");
        clock.forward(Duration.ofDays(1));
        assertThat(accounts.as("past and future").mandates())
                .extracting(Mandate::role)
                .containsExactly("SECRETARY");
    }

    @ParameterizedTest
    @EnumSource
    void followsItsMemberAtOnce(Database database) {
        Accounts accounts = open(database);
        String token = village.signIns
                .signIn("member", Village.PASSWORD, from("10.0.0.1"))
                .token();
        String other = village.signIns
                .signIn("fisherman", Village.PASSWORD, from("10.0.0.1"))
                .token();
        Caller before = accounts.caller(token).orElseThrow();
        Caller beside = accounts.caller(other).orElseThrow();
        village.store.store().change(tx -> {
            Member member =
                    village.members.find(tx, before.member().orElseThrow()).orElseThrow();
            village.members.save(tx, moved(member, village.cell2.id()), LocalDate.of(2026, 11, 24));
        });

        assertThat(accounts.caller(token).orElseThrow().cell()).contains(village.cell2);
        assertThat(accounts.caller(other)).as("nobody else is looked up again").containsSame(beside);
    }

    private static Member moved(Member member, UUID cell) {
        return new Member(
                member.id(),
                member.name(),
                member.birthDate(),
                member.birthYear(),
                member.gender(),
                member.cardNumber(),
                member.admittedOn(),
                member.officialOn(),
                member.status(),
                cell,
                member.phone());
    }
}
