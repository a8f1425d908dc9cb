package vn.sotay.platform.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import vn.sotay.api.access.Caller;
import vn.sotay.api.access.Mandate;
import vn.sotay.api.http.ProblemException;
import vn.sotay.testkit.Database;

class LoginCardsTest {

    private static final Origin PHONE = new Origin("10.0.0.1", "Android · Chrome", null);
    private static final String PIN = "730291";

    private final Hands clock = new Hands();
    private Village village;
    private Caller secretary;
    private UUID lan;

    @AfterEach
    void close() {
        village.close();
    }

    private void open(Database database) {
        village = new Village(database, clock);
        secretary = village.as("secretary");
        lan = village.member("Võ Thị Lan", village.haiNinh);
    }

    private LoginCards.Issued issue(UUID member) {
        clock.forward(Duration.ofSeconds(1));
        return village.cards.issue(secretary, List.of(member), null).get(0);
    }

    private static String refused(Runnable work) {
        return catchThrowableOfType(ProblemException.class, work::run).getMessage();
    }

    @ParameterizedTest
    @EnumSource
    void opensOnceAndMakesTheAccount(Database database) {
        open(database);
        LoginCards.Issued card = issue(lan);

        LoginCards.Opened opened = village.cards.open(card.code().toLowerCase(java.util.Locale.ROOT), "10.0.0.1");
        assertThat(opened.name()).isEqualTo("Võ Thị Lan");
        assertThat(opened.cell()).isEqualTo("thôn Hải Ninh");
        assertThat(opened.account()).isFalse();
        assertThat(refused(() -> village.cards.redeem(card.code(), "123456", PHONE)))
                .as("a weak PIN leaves the card as it was")
                .isEqualTo("422 invalid");
        SignIns.Begun begun = village.cards.redeem(card.code(), PIN, PHONE);

        assertThat(begun.caller().member()).contains(lan);
        assertThat(begun.caller().cell()).contains(village.haiNinh);
        assertThat(refused(() -> village.cards.open(card.code(), "10.0.0.1"))).isEqualTo("410 card.used");
        assertThat(refused(() -> village.cards.redeem(card.code(), PIN, PHONE))).isEqualTo("410 card.used");
        assertThat(standing(lan).account()).isTrue();
        assertThat(standing(lan).card()).isEqualTo(CardState.USED);
    }

    private LoginCards.Standing standing(UUID member) {
        return village.cards.standings(secretary, village.haiNinh.id()).stream()
                .filter(one -> one.member().equals(member))
                .findFirst()
                .orElseThrow();
    }

    @ParameterizedTest
    @EnumSource
    void aForgottenPinIsReplacedAndEveryoneElseIsSignedOut(Database database) {
        open(database);
        SignIns.Begun before = village.cards.redeem(issue(lan).code(), PIN, PHONE);
        SignIns.Begun after = village.cards.redeem(issue(lan).code(), "481920", PHONE);

        assertThat(village.accounts.caller(before.token())).isEmpty();
        assertThat(after.caller().account()).isEqualTo(before.caller().account());
    }

    @ParameterizedTest
    @EnumSource
    void cannotBeOpenedAfterItsTimeOrWhenTakenBackOrReplaced(Database database) {
        open(database);
        LoginCards.Issued replaced = issue(lan);
        LoginCards.Issued revoked = issue(lan);
        assertThat(refused(() -> village.cards.open(replaced.code(), "10.0.0.1")))
                .isEqualTo("410 card.revoked");
        assertThat(standing(lan).card()).isEqualTo(CardState.OPEN);
        village.cards.revoke(secretary, revoked.id());
        assertThat(refused(() -> village.cards.open(revoked.code(), "10.0.0.1")))
                .isEqualTo("410 card.revoked");
        LoginCards.Issued late = issue(lan);
        clock.forward(Duration.ofHours(24));
        assertThat(refused(() -> village.cards.redeem(late.code(), PIN, PHONE))).isEqualTo("410 card.expired");
        assertThat(standing(lan).card()).isEqualTo(CardState.EXPIRED);
        assertThat(refused(() -> village.cards.open("ZZZZZZZZ", "10.0.0.1"))).isEqualTo("404 card.unknown");
    }

    @ParameterizedTest
    @EnumSource
    void areIssuedToThoseOneIsResponsibleForAlone(Database database) {
        open(database);
        UUID stranger = village.as("member2").member().orElseThrow();
        assertThat(refused(() -> issue(stranger))).isEqualTo("404 not-found");
        assertThat(refused(() -> issue(UUID.randomUUID()))).isEqualTo("404 not-found");
        assertThat(refused(() -> issue(secretary.member().orElseThrow()))).isEqualTo("403 card.own");
        assertThat(refused(() -> village.cards.issue(village.as("member"), List.of(lan), null)))
                .isEqualTo("403 forbidden");
        assertThat(refused(() -> village.cards.standings(secretary, village.cell2.id())))
                .isEqualTo("404 not-found");
        assertThat(village.cards.issue(village.as("officer2"), List.of(lan), 720))
                .hasSize(1);
        assertThat(refused(() -> village.cards.issue(village.as("officer2"), List.of(stranger), null)))
                .isEqualTo("404 not-found");
    }

    @ParameterizedTest
    @EnumSource
    void nobodyOpensAnAccountThatReachesFurther(Database database) {
        open(database);
        LocalDate today = LocalDate.of(2026, 11, 24);
        UUID officer = village.member("Bùi Thị Cấp Trên", village.haiNinh);
        village.accounts.create(
                Village.PASSWORD,
                new Accounts.NewAccount(
                        "above",
                        officer,
                        List.of(new Mandate("OFFICER", village.commune.id(), today.plusDays(1), null))));
        UUID deputy = village.member("Bùi Văn Phó", village.haiNinh);
        village.accounts.create(
                Village.PASSWORD,
                new Accounts.NewAccount(
                        "deputy", deputy, List.of(new Mandate("DEPUTY", village.haiNinh.id(), today, null))));

        assertThat(refused(() -> issue(officer))).isEqualTo("403 card.higher");
        assertThat(issue(deputy).code()).hasSize(8);
        assertThat(refused(() -> village.cards.issue(
                        village.as("deputy"), List.of(secretary.member().orElseThrow()), null)))
                .as("whoever opened it would be the secretary")
                .isEqualTo("403 card.higher");
        assertThat(village.cards.issue(village.as("officer"), List.of(officer), null))
                .hasSize(1);
    }

    @ParameterizedTest
    @EnumSource
    void aBoundDeviceAsksForThePinAloneUntilItIsLost(Database database) {
        open(database);
        SignIns signIns = village.signIns;
        SignIns.Begun first = village.cards.redeem(issue(lan).code(), PIN, PHONE);
        String device = signIns.bind(first.caller(), null);
        Origin bound = new Origin("10.0.0.1", "Android · Chrome", device);

        assertThat(signIns.owner(device).orElseThrow().name()).isEqualTo("Võ Thị Lan");
        assertThat(signIns.owner("another")).isEmpty();
        SignIns.Begun again = signIns.signIn("", PIN, bound);
        assertThat(again.caller().member()).contains(lan);
        assertThat(refused(() -> signIns.signIn("", "000000", bound))).isEqualTo("401 wrong-pin");
        assertThat(refused(() -> signIns.signIn("", PIN, PHONE))).isEqualTo("401 wrong-pin");

        SignIns.Begun other = signIns.signIn("member", Village.PASSWORD, PHONE);
        List<SignIns.Listed> sessions = signIns.sessions(first.caller().account(), other.caller());
        assertThat(sessions).hasSize(2).allMatch(one -> one.bound() && !one.current());
        signIns.revoke(first.caller().account(), sessions.get(0).id());

        assertThat(village.accounts.caller(first.token()))
                .as("all of the lost device's")
                .isEmpty();
        assertThat(village.accounts.caller(again.token())).isEmpty();
        assertThat(village.accounts.caller(other.token())).isPresent();
        assertThat(signIns.owner(device)).isEmpty();
        assertThat(refused(() -> signIns.signIn("", PIN, bound))).isEqualTo("401 wrong-pin");
    }

    @ParameterizedTest
    @EnumSource
    void strangersDoNotSlowDownABoundDevice(Database database) {
        open(database);
        SignIns signIns = village.signIns;
        String device =
                signIns.bind(signIns.signIn("member", Village.PASSWORD, PHONE).caller(), null);
        for (int i = 0; i < 5; i++) {
            assertThat(refused(() -> signIns.signIn("member", "sai", new Origin("10.0.0.7", "", null))))
                    .isEqualTo("401 wrong-password");
        }
        assertThat(refused(() -> signIns.signIn("member", Village.PASSWORD, new Origin("10.0.0.7", "", null))))
                .isEqualTo("429 too-many-tries");

        assertThat(signIns.signIn("", Village.PASSWORD, new Origin("10.0.0.7", "", device))
                        .token())
                .isNotEmpty();
        assertThat(signIns.signIn("member", Village.PASSWORD, new Origin("10.0.0.7", "", device))
                        .token())
                .isNotEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void aLostPhoneIsSignedOutByTheSecretary(Database database) {
        open(database);
        SignIns.Begun begun = village.signIns.signIn("fisherman", Village.PASSWORD, PHONE);
        UUID fisherman = begun.caller().member().orElseThrow();
        SignedIn asks = (SignedIn) secretary;
        UUID session = village.cards.sessions(asks, fisherman).get(0).id();

        assertThat(refused(() -> village.cards.sessions((SignedIn) village.as("secretary2"), fisherman)))
                .isEqualTo("404 not-found");
        assertThat(refused(() -> village.cards.revokeSession(asks, lan, session)))
                .isEqualTo("404 not-found");
        assertThat(refused(() -> village.cards.revokeSession(asks, fisherman, UUID.randomUUID())))
                .isEqualTo("404 not-found");
        village.cards.revokeSession(asks, fisherman, session);
        assertThat(village.accounts.caller(begun.token())).isEmpty();
    }
}
