package vn.sotay.platform.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import vn.sotay.api.access.Mandate;
import vn.sotay.platform.access.Accounts;
import vn.sotay.platform.access.TestAccess;
import vn.sotay.platform.members.MemberBook;
import vn.sotay.platform.store.TestStore;
import vn.sotay.platform.units.UnitBook;
import vn.sotay.testkit.Database;

class DemoProvinceTest {

    private static final Clock CLOCK = Clock.fixed(Instant.parse("2026-11-24T01:00:00Z"), ZoneOffset.UTC);

    private static Accounts accounts(TestStore store) {
        return TestAccess.accounts(store.store(), UnitBook.of(store.store()), CLOCK);
    }

    private static DemoProvince start(String size, TestStore store) {
        UnitBook units = UnitBook.of(store.store());
        return new DemoProvince(
                size,
                store.store(),
                units,
                new MemberBook(store.store(), units, store.keys()),
                TestAccess.accounts(store.store(), units, CLOCK),
                CLOCK,
                Map.of("SOTAY_DEMO_PASSWORD", "mat khau thu", "SOTAY_ADMIN_PASSWORD", "mat khau thu"));
    }

    private static int count(TestStore store, String table) {
        return store.store().read(tx -> tx.handle()
                .createQuery("select count(*) from " + table)
                .mapTo(Integer.class)
                .one());
    }

    @ParameterizedTest
    @EnumSource
    void makesASmallProvinceWhereThereIsNone(Database database) {
        try (TestStore store = TestStore.open(database, CLOCK)) {
            List<String> shown = new ArrayList<>();
            DemoProvince demo = start("", store);
            demo.bind(
                    "meetings",
                    with -> shown.add("meetings for "
                            + with.as("secretary").cell().orElseThrow().name()));
            demo.bind("broken", with -> {
                throw new IllegalStateException("on purpose");
            });
            demo.fill();

            assertThat(count(store, "unit")).isEqualTo(64);
            assertThat(count(store, "member")).isEqualTo(1_500);
            assertThat(shown).containsExactly("meetings for thôn Hải Ninh");
            assertThat(accounts(store).as("fisherman").cell().orElseThrow().code())
                    .isEqualTo("38.168.053.000.001");
            assertThat(accounts(store).as("member2").cell().orElseThrow().code())
                    .isEqualTo("38.001.001.000.009");
            assertThat(accounts(store).as("officer2").mandates())
                    .extracting(Mandate::role)
                    .containsExactly("OFFICER");

            DemoProvince again = start("full", store);
            again.bind("meetings", with -> shown.add("twice"));
            again.fill();
            assertThat(count(store, "member")).isEqualTo(1_500);
            assertThat(shown).hasSize(1);
        }
    }

    @ParameterizedTest
    @EnumSource
    void finishesWhatWasCutOff(Database database) {
        try (TestStore store = TestStore.open(database, CLOCK)) {
            DemoProvince cut = start("small", store);
            cut.stop();
            cut.fill();
            assertThat(count(store, "member")).isZero();
            start("", store).fill();
            assertThat(count(store, "member")).isEqualTo(1_500);
            assertThat(count(store, "account")).isEqualTo(11);
        }
    }

    @ParameterizedTest
    @EnumSource
    void appointsAnAdministratorWithoutADemo(Database database) {
        try (TestStore store = TestStore.open(database, CLOCK)) {
            DemoProvince none = start("none", store);
            none.bind("meetings", with -> {
                throw new AssertionError("this is no demo");
            });
            none.fill();
            assertThat(count(store, "unit")).isEqualTo(1);
            assertThat(accounts(store).as("admin").mandates())
                    .extracting(Mandate::role)
                    .containsExactly("ADMINISTRATOR");
        }
    }
}
