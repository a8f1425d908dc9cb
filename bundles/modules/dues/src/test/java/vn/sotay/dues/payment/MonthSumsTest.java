package vn.sotay.dues.payment;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import vn.sotay.api.rule.Rule;
import vn.sotay.api.rule.Rules;
import vn.sotay.api.unit.Unit;
import vn.sotay.dues.remittance.Reports;
import vn.sotay.testkit.Database;

/** The sums of a month stay right whoever changes the same member at once: by two books, and while the month is assessed. */
class MonthSumsTest {

    private static final int ROUNDS = 15;
    private static final String MONTH = "2026-11";

    /** To add up asks for no rule. */
    private static final class NoRules implements Rules {

        @Override
        public Rule on(LocalDate day, Unit unit, String key) {
            return find(day, unit, key).orElseThrow();
        }

        @Override
        public List<Rule> anywhere(LocalDate day, String key) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Optional<Rule> find(LocalDate day, Unit unit, String key) {
            return Optional.empty();
        }
    }

    @ParameterizedTest
    @EnumSource(Database.class)
    void twoBooksTakeForOneMemberAtOnce(Database database) throws Exception {
        ExecutorService three = Executors.newFixedThreadPool(3);
        try (Hamlet hamlet = new Hamlet(database)) {
            UUID member = hamlet.member(hamlet.cell, "Đảng viên");
            UUID phone = UUID.randomUUID();
            hamlet.books.open(
                    hamlet.deputy, phone, new Book(null, hamlet.cell.id(), null, null, null, null, null, null));
            hamlet.assess(member, MONTH, 1);
            Payment cash = Payment.of(member, 10, hamlet.today(), Payment.Channel.CASH, null, null, null);
            for (int round = 1; round <= ROUNDS; round++) {
                int number = round;
                CyclicBarrier together = new CyclicBarrier(3);
                List<Future<?>> done = new ArrayList<>();
                done.add(three.submit(() -> {
                    together.await();
                    return hamlet.payments.put(hamlet.secretary, UUID.randomUUID(), cash);
                }));
                done.add(three.submit(() -> {
                    together.await();
                    return hamlet.payments.put(hamlet.deputy, UUID.randomUUID(), cash.numbered(phone, number));
                }));
                done.add(three.submit(() -> {
                    together.await();
                    hamlet.assess(member, MONTH, 20L * number + 5);
                    return number;
                }));
                for (Future<?> one : done) {
                    one.get(1, TimeUnit.MINUTES);
                }
            }
            Reports reports = new Reports(hamlet.database.store(), hamlet, hamlet, new NoRules());

            assertThat(reports.rollUp(hamlet.officer, hamlet.commune.id()).faults())
                    .isEmpty();
            assertThat(hamlet.balance(member).open()).isEqualTo(5);
            assertThat(hamlet.numbers().values())
                    .allSatisfy(numbers -> assertThat(numbers).hasSize(ROUNDS));
        } finally {
            three.shutdown();
        }
    }
}
