package vn.sotay.platform.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import vn.sotay.api.access.Audience;
import vn.sotay.api.change.ChangeType;
import vn.sotay.api.store.Store;
import vn.sotay.testkit.Database;

/** Transactions on both databases: what is bound and read, what runs again, what is refused. */
class EngineStoreTest {

    private enum Colour {
        RED
    }

    private static TestStore open(Database database) {
        TestStore opened = TestStore.open(database);
        opened.store().change(tx -> tx.handle()
                .execute("create table thing (id varchar(36) not null primary key, made_at bigint, held_on varchar(10),"
                        + " colour varchar(10), amount integer)"));
        return opened;
    }

    @ParameterizedTest
    @EnumSource
    void bindsAndReadsTheTypesOfTheDialect(Database database) {
        UUID id = UUID.randomUUID();
        try (TestStore opened = open(database)) {
            Store store = opened.store();
            Instant at = store.write(tx -> {
                tx.handle()
                        .createUpdate(
                                "insert into thing (id, made_at, held_on, colour) values (:id, :at, :day, :colour)")
                        .bind("id", id)
                        .bind("at", tx.now())
                        .bind("day", LocalDate.of(2026, 11, 24))
                        .bind("colour", Colour.RED)
                        .execute();
                return tx.now();
            });
            store.change(tx -> tx.handle()
                    .createUpdate("insert into thing (id, made_at, held_on, colour, amount)"
                            + " values (:id, :none, :none, :none, :none)")
                    .bind("id", UUID.randomUUID())
                    .bind("none", (Object) null)
                    .execute());
            Map<String, Object> row = store.read(tx -> tx.handle()
                    .createQuery("select made_at, held_on, colour, id from thing where id = :id and colour = 'RED'")
                    .bind("id", id)
                    .map((found, context) -> Map.<String, Object>of(
                            "id",
                                    context.findColumnMapperFor(UUID.class)
                                            .orElseThrow()
                                            .map(found, "id", context),
                            "at",
                                    context.findColumnMapperFor(Instant.class)
                                            .orElseThrow()
                                            .map(found, "made_at", context),
                            "day",
                                    context.findColumnMapperFor(LocalDate.class)
                                            .orElseThrow()
                                            .map(found, "held_on", context),
                            "colour",
                                    context.findColumnMapperFor(Colour.class)
                                            .orElseThrow()
                                            .map(found, "colour", context)))
                    .one());
            assertThat(row)
                    .isEqualTo(Map.of("id", id, "at", at, "day", LocalDate.of(2026, 11, 24), "colour", Colour.RED));
            assertThat(store.<List<Instant>, RuntimeException>read(tx -> tx.handle()
                            .createQuery("select made_at from thing where amount is null and colour is null")
                            .mapTo(Instant.class)
                            .list()))
                    .containsExactly((Instant) null);
        }
    }

    @ParameterizedTest
    @EnumSource
    void runsADeadlockedUnitOfWorkAgain(Database database) throws Exception {
        try (TestStore opened = open(database)) {
            Store store = opened.store();
            List<UUID> ids = List.of(UUID.randomUUID(), UUID.randomUUID());
            for (UUID id : ids) {
                store.change(tx -> tx.handle().execute("insert into thing (id, amount) values (?, 0)", id));
            }
            CyclicBarrier bothHoldOne = new CyclicBarrier(2);
            AtomicInteger runs = new AtomicInteger();
            List<CompletableFuture<Void>> writers = new ArrayList<>();
            for (int i = 0; i < 2; i++) {
                UUID first = ids.get(i);
                UUID second = ids.get(1 - i);
                writers.add(CompletableFuture.runAsync(() -> store.change(tx -> {
                    String add = "update thing set amount = amount + 1 where id = ?";
                    tx.handle().execute(add, first);
                    if (runs.incrementAndGet() <= 2) {
                        await(bothHoldOne);
                    }
                    tx.handle().execute(add, second);
                })));
            }
            CompletableFuture.allOf(writers.toArray(CompletableFuture[]::new)).join();
            assertThat(runs.get()).isGreaterThan(2);
            assertThat(amounts(store)).containsExactly(2, 2);
        }
    }

    private static void await(CyclicBarrier barrier) {
        try {
            barrier.await();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    @ParameterizedTest
    @EnumSource
    void keepsEveryIncrementOfAnUpsertByManyWriters(Database database) {
        try (TestStore opened = open(database)) {
            Store store = opened.store();
            UUID id = UUID.randomUUID();
            List<CompletableFuture<Void>> writers = new ArrayList<>();
            for (int writer = 0; writer < 8; writer++) {
                writers.add(CompletableFuture.runAsync(() -> {
                    for (int i = 0; i < 25; i++) {
                        store.change(tx -> {
                            if (tx.handle().execute("update thing set amount = amount + 1 where id = ?", id) == 0) {
                                tx.handle().execute("insert into thing (id, amount) values (?, 1)", id);
                            }
                        });
                    }
                }));
            }
            CompletableFuture.allOf(writers.toArray(CompletableFuture[]::new)).join();
            assertThat(amounts(store)).containsExactly(200);
        }
    }

    @ParameterizedTest
    @EnumSource
    void leavesNothingOfAUnitOfWorkThatThrows(Database database) {
        try (TestStore opened = open(database)) {
            Store store = opened.store();
            assertThatThrownBy(() -> store.change(tx -> {
                        tx.handle().execute("insert into thing (id, amount) values ('a', 1)");
                        throw new IllegalArgumentException("no");
                    }))
                    .hasMessage("no");
            assertThat(amounts(store)).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource
    void givesUpAfterFiveTries(Database database) {
        try (TestStore opened = open(database)) {
            Store store = opened.store();
            AtomicInteger runs = new AtomicInteger();
            store.change(tx -> tx.handle().execute("insert into thing (id) values ('a')"));
            assertThatThrownBy(() -> store.change(tx -> {
                        runs.incrementAndGet();
                        tx.handle().execute("insert into thing (id) values ('a')");
                    }))
                    .isInstanceOf(RuntimeException.class);
            assertThat(runs.get()).isEqualTo(5);
        }
    }

    @ParameterizedTest
    @EnumSource
    void refusesAUnitOfWorkInsideAnother(Database database) {
        try (TestStore opened = open(database)) {
            Store store = opened.store();
            assertThatThrownBy(() -> store.change(tx -> amounts(store)))
                    .hasMessageContaining("hand the transaction on");
            assertThat(amounts(store)).isEmpty();
        }
    }

    private static List<Integer> amounts(Store store) {
        return store.read(tx -> tx.handle()
                .createQuery("select amount from thing order by id")
                .mapTo(Integer.class)
                .list());
    }

    /** Who is woken asks at once, and must not be answered from what was remembered before. */
    @ParameterizedTest
    @EnumSource
    void cachesAreRenewedBeforeAnybodyIsWoken(Database database) {
        try (TestStore opened = TestStore.open(database)) {
            List<String> order = new ArrayList<>();
            ChangeLog log = opened.engine().changes();
            long before = log.watermark();
            log.onAdvance(() -> order.add("woken"));
            opened.engine().listen(new CommitListener() {
                @Override
                public void committed(Set<String> types, Set<Audience> audiences) {
                    assertThat(log.watermark()).isEqualTo(before);
                    assertThat(log.head(Audience.EVERYONE)).isIn(null, before);
                    order.add("renewed");
                }

                @Override
                public void told(Set<String> types) {
                    assertThat(log.watermark()).isEqualTo(before + 1);
                    order.add("told of " + types);
                }
            });
            opened.store()
                    .change(tx -> tx.changed(
                            new ChangeType<>("thing", String.class),
                            UUID.randomUUID(),
                            1,
                            Map.of(Audience.EVERYONE, "new")));
            assertThat(order).containsExactly("renewed", "woken", "told of [thing]");
        }
    }
}
