package vn.sotay.platform.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import vn.sotay.api.access.Caller;
import vn.sotay.api.access.Mandate;
import vn.sotay.api.http.FieldError;
import vn.sotay.api.http.ProblemException;
import vn.sotay.api.unit.Unit;
import vn.sotay.platform.access.MandateBook.Wanted;
import vn.sotay.testkit.Database;

class MandateBookTest {

    private static final LocalDate TODAY = LocalDate.of(2026, 11, 24);

    private final Hands clock = new Hands();
    private Village village;
    private UUID lan;

    @AfterEach
    void close() {
        village.close();
    }

    private void open(Database database) {
        village = new Village(database, clock);
        lan = village.member("Võ Thị Lan", village.haiNinh);
    }

    private UUID give(String as, Wanted wanted) {
        UUID id = UUID.randomUUID();
        village.mandates.put(village.as(as), id, wanted);
        return id;
    }

    private static Wanted of(Unit unit, Role role, UUID member, @Nullable LocalDate to) {
        return new Wanted(unit.id(), role, member, null, null, to);
    }

    private static Wanted by(Unit unit, Role role, String holder) {
        return new Wanted(unit.id(), role, null, holder, null, null);
    }

    /** The problem's code; of 422 the rule. */
    private static String refused(Runnable work) {
        ProblemException refused = catchThrowableOfType(ProblemException.class, work::run);
        List<FieldError> errors = refused.problem().errors();
        return errors.isEmpty() ? refused.getMessage() : errors.get(0).rule();
    }

    @ParameterizedTest
    @EnumSource
    void countsForRunningSessionsAtOnceAndEndsByItself(Database database) {
        open(database);
        String token = village.signIns
                .signIn("member", Village.PASSWORD, new Origin("10.0.0.1", "", null))
                .token();
        UUID member = village.as("member").member().orElseThrow();
        Caller before = village.accounts.caller(token).orElseThrow();
        assertThat(before.may(MandateBook.READ, village.haiNinh)).isFalse();

        UUID id = give("secretary", of(village.haiNinh, Role.SECRETARY, member, TODAY.plusDays(10)));
        assertThat(village.accounts.caller(token).orElseThrow().mandates())
                .extracting(Mandate::role)
                .contains("SECRETARY");
        assertThat(village.mandates.at(village.as("secretary"), village.haiNinh.id()))
                .extracting(MandateBook.Shown::name)
                .contains("Nguyễn Thị Hoà");
        clock.forward(Duration.ofDays(11));
        assertThat(village.accounts.caller(token).orElseThrow().mandates())
                .extracting(Mandate::role)
                .containsExactly("MEMBER");
        assertThat(id).isNotNull();
    }

    @ParameterizedTest
    @EnumSource
    void isEndedAtOnceByWhoMayGiveIt(Database database) {
        open(database);
        UUID member = village.as("member").member().orElseThrow();
        UUID id = give("officer2", of(village.haiNinh, Role.DEPUTY, member, null));
        assertThat(village.as("member").may(MandateBook.READ, village.haiNinh)).isTrue();

        assertThat(refused(() -> village.mandates.end(village.as("fisherman"), id)))
                .isEqualTo("404 not-found");
        assertThat(refused(() -> village.mandates.end(village.as("secretary2"), id)))
                .isEqualTo("404 not-found");
        assertThat(refused(() -> village.mandates.end(village.as("secretary"), id)))
                .isEqualTo("403 forbidden");
        village.mandates.end(village.as("officer2"), id);
        assertThat(village.as("member").may(MandateBook.READ, village.haiNinh)).isFalse();
    }

    @ParameterizedTest
    @EnumSource
    void aSecretaryNamesHelpersAndSomebodyToActForATime(Database database) {
        open(database);
        Unit cell = village.haiNinh;
        assertThat(village.mandates.givable(village.as("secretary"), cell.id()))
                .containsExactly(Role.SECRETARY, Role.HELPER);
        give("secretary", of(cell, Role.HELPER, lan, null));
        assertThat(refused(() -> give("secretary", of(cell, Role.SECRETARY, lan, null))))
                .isEqualTo("mandate.delegated");
        assertThat(refused(() -> give("secretary", of(cell, Role.SECRETARY, lan, TODAY.plusDays(93)))))
                .isEqualTo("mandate.delegated");
        UUID acting = give("secretary", of(cell, Role.SECRETARY, lan, TODAY.plusDays(92)));
        assertThat(refused(() -> give("secretary", of(cell, Role.DEPUTY, lan, null))))
                .isEqualTo("403 forbidden");
        assertThat(refused(() -> give("secretary", of(village.cell2, Role.HELPER, lan, null))))
                .isEqualTo("404 not-found");
        assertThat(refused(() -> give(
                        "secretary",
                        of(cell, Role.HELPER, village.as("member2").member().orElseThrow(), null))))
                .as("nobody learns who is elsewhere")
                .isEqualTo("mandate.nobody");
        village.mandates.end(village.as("secretary"), acting);
    }

    @ParameterizedTest
    @EnumSource
    void anOfficerNamesThoseBelowAndNoPeer(Database database) {
        open(database);
        assertThat(village.mandates.givable(village.as("officer2"), village.commune.id()))
                .doesNotContain(Role.OFFICER, Role.EDITOR, Role.ADMINISTRATOR);
        assertThat(village.mandates.givable(village.as("officer"), village.commune.id()))
                .contains(Role.OFFICER)
                .doesNotContain(Role.EDITOR, Role.ADMINISTRATOR);
        assertThat(refused(() -> give("officer2", by(village.commune, Role.OFFICER, "member"))))
                .isEqualTo("403 forbidden");
        give("officer", by(village.commune, Role.OFFICER, "member"));
        assertThat(refused(() -> give("officer", by(village.province, Role.ADMINISTRATOR, "member"))))
                .isEqualTo("403 forbidden");
        assertThat(refused(() -> give("officer", by(village.commune, Role.OFFICER, "nobody"))))
                .isEqualTo("mandate.nobody");
    }

    @ParameterizedTest
    @EnumSource
    void anAdministratorNamesAnyoneButItselfAndIsNeverTheLast(Database database) {
        open(database);
        UUID own = village.store
                .store()
                .read(tx -> Mandates.at(tx.handle(), List.of(village.province.id()), TODAY).stream()
                        .filter(held -> held.holder().equals("admin"))
                        .findFirst()
                        .orElseThrow()
                        .id());
        assertThat(refused(() -> give("admin", by(village.commune, Role.OFFICER, "admin"))))
                .isEqualTo("403 mandate.own");
        assertThat(refused(() -> give("admin", by(village.commune, Role.EDITOR, "editor"))))
                .isEqualTo("mandate.of-province");
        assertThat(refused(() -> village.mandates.end(village.as("admin"), own)))
                .isEqualTo("409 mandate.last");
        give("admin", by(village.province, Role.ADMINISTRATOR, "editor"));
        village.mandates.end(village.as("admin"), own);
        assertThat(village.as("admin").mandates()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void whoActsForASecretaryNamesNobodyAndLeavesTheSecretaryInOffice(Database database) {
        open(database);
        Unit cell = village.haiNinh;
        UUID member = village.as("member").member().orElseThrow();
        UUID secretary = village.as("secretary").member().orElseThrow();
        UUID own = village.store.store().read(tx -> Mandates.at(tx.handle(), List.of(cell.id()), TODAY).stream()
                .filter(held -> secretary.equals(held.member()))
                .findFirst()
                .orElseThrow()
                .id());
        village.mandates.put(village.as("officer"), own, of(cell, Role.SECRETARY, secretary, TODAY.plusYears(2)));
        UUID acting = give("secretary", of(cell, Role.SECRETARY, member, TODAY.plusDays(30)));

        assertThat(village.mandates.givable(village.as("member"), cell.id())).containsExactly(Role.HELPER);
        assertThat(refused(() -> give("member", of(cell, Role.SECRETARY, lan, TODAY.plusDays(5)))))
                .isEqualTo("403 forbidden");
        assertThat(refused(() -> village.mandates.put(
                        village.as("member"), own, of(cell, Role.SECRETARY, secretary, TODAY.plusDays(1)))))
                .isEqualTo("403 forbidden");
        assertThat(refused(() -> village.mandates.end(village.as("member"), own)))
                .isEqualTo("403 forbidden");

        UUID other = give("officer", of(cell, Role.SECRETARY, lan, null));
        assertThat(refused(() -> village.mandates.put(
                        village.as("secretary"), other, of(cell, Role.SECRETARY, lan, TODAY.plusDays(1)))))
                .as("a secretary ends only what a secretary could give")
                .isEqualTo("403 forbidden");
        assertThat(refused(() -> village.mandates.end(village.as("secretary"), other)))
                .isEqualTo("403 forbidden");
        village.mandates.put(village.as("secretary"), acting, of(cell, Role.SECRETARY, member, TODAY.plusDays(10)));
        village.mandates.end(village.as("secretary"), acting);
    }

    @ParameterizedTest
    @EnumSource
    void isRefusedInWords(Database database) {
        open(database);
        UUID member2 = village.as("member2").member().orElseThrow();
        Unit cell = village.haiNinh;
        assertThat(refused(() -> give("officer", of(cell, Role.MEMBER, lan, null))))
                .isEqualTo("mandate.member");
        assertThat(refused(() -> give("officer", of(cell, Role.DEPUTY, lan, TODAY.minusDays(1)))))
                .isEqualTo("mandate.ends-before");
        assertThat(refused(() -> give("officer", of(cell, Role.DEPUTY, member2, null))))
                .isEqualTo("mandate.not-of-unit");
        assertThat(refused(() -> give("officer", new Wanted(cell.id(), Role.DEPUTY, null, null, null, null))))
                .isEqualTo("mandate.holder");
        UUID id = give("officer", of(cell, Role.DEPUTY, lan, null));
        assertThat(refused(() -> give("officer", of(cell, Role.DEPUTY, lan, null))))
                .isEqualTo("409 mandate.held");
        assertThat(refused(() -> village.mandates.put(village.as("officer"), id, of(cell, Role.HELPER, lan, null))))
                .isEqualTo("409 mandate.another");
        assertThat(village.mandates
                        .put(village.as("officer"), id, of(cell, Role.DEPUTY, lan, TODAY.plusDays(5)))
                        .value()
                        .to())
                .isEqualTo(TODAY.plusDays(5));
    }
}
