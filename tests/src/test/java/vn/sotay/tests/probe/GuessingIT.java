package vn.sotay.tests.probe;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import vn.sotay.testkit.Response;
import vn.sotay.testkit.Sotay;

/**
 * Many guess passwords, of one account and of many, from one address and from a new one each time: how many passwords are looked at, and how
 * long the owner is kept out. Figures are in {@code docs/access.md}; those are of {@code -Dsotay.long=true}, with 100,000 guesses each.
 */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class GuessingIT {

    private static final boolean LONG = Boolean.getBoolean("sotay.long");
    private static final int GUESSES = LONG ? 100_000 : 1_500;
    private static final int ACCOUNTS = LONG ? 100 : 10;
    private static final int AT_ONCE = 16;
    private static final String OWNERS_HOME = "203.0.113.7";

    /** Five are free, then the pauses are 1, 2, 4, 8, 16, 32 s, and then a minute each. */
    private static final int FREE_AND_DOUBLING = 5 + 6;
    /** Thirty are free for an address. */
    private static final int FREE_OF_ADDRESS = 30 + 6;

    @TempDir
    static Path config;

    private static Sotay sotay;

    @BeforeAll
    static void start() throws IOException {
        Files.writeString(config.resolve("sotay.json"), "{\"http\": {\"proxies\": \"127.0.0.0/8, ::1\"}}");
        sotay = Sotay.start(Sotay.prepared().with("--config", config.toString()));
        // as on any day before: the owner's phone is known
        signIn("fisherman", Sotay.PASSWORD, OWNERS_HOME).expect(201);
    }

    @AfterAll
    static void stop() {
        sotay.close();
    }

    private static Response signIn(String login, String password, String from) {
        return sotay.anonymous()
                .header("X-Forwarded-For", from)
                .post("/api/session", Map.of("login", login, "password", password));
    }

    private static String anyAddress(int number) {
        return "2001:db8:" + Integer.toHexString(number >> 16) + ':' + Integer.toHexString(number & 0xffff) + "::1";
    }

    /** How many were looked at (401), and in how many seconds. */
    private record Outcome(int evaluated, double seconds) {

        int pausesOfAMinute() {
            return (int) (seconds / 60) + 1;
        }
    }

    private static Outcome guess(String what, IntFunction<String> login, IntFunction<String> address) {
        AtomicInteger next = new AtomicInteger();
        AtomicInteger evaluated = new AtomicInteger();
        long start = System.nanoTime();
        ExecutorService guessers = Executors.newFixedThreadPool(AT_ONCE);
        List<Future<?>> all = new ArrayList<>();
        IntStream.range(0, AT_ONCE)
                .forEach(each -> all.add(guessers.submit(() -> {
                    for (int i = next.getAndIncrement(); i < GUESSES; i = next.getAndIncrement()) {
                        int status = signIn(login.apply(i), "doan-mat-khau-" + i, address.apply(i))
                                .status();
                        if (status == 401) {
                            evaluated.incrementAndGet();
                        } else if (status != 429) {
                            throw new AssertionError("answered " + status);
                        }
                    }
                })));
        for (Future<?> one : all) {
            try {
                one.get();
            } catch (ExecutionException e) {
                throw new AssertionError(what, e.getCause());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new AssertionError("interrupted", e);
            }
        }
        guessers.shutdown();
        Outcome outcome = new Outcome(evaluated.get(), (System.nanoTime() - start) / 1e9);
        System.out.printf(
                "GuessingIT: %s: %d guesses in %.0f s, %d passwords looked at%n",
                what, GUESSES, outcome.seconds(), outcome.evaluated());
        return outcome;
    }

    // ---- one account

    @Test
    @Order(1)
    void oneAccountFromOneAddress() {
        Outcome outcome = guess("one account, one address", i -> "fisherman", i -> "198.51.100.1");

        assertThat(outcome.evaluated()).isBetween(5, FREE_AND_DOUBLING + outcome.pausesOfAMinute());
        assertOwnerComesIn();
    }

    @Test
    @Order(2)
    void oneAccountFromAnAddressEachTime() {
        Outcome outcome = guess("one account, another address each time", i -> "fisherman", GuessingIT::anyAddress);

        // the pauses go on where they were
        assertThat(outcome.evaluated()).isBetween(0, FREE_AND_DOUBLING + outcome.pausesOfAMinute());
        assertOwnerComesIn();
    }

    private static void assertOwnerComesIn() {
        long start = System.nanoTime();
        signIn("fisherman", Sotay.PASSWORD, OWNERS_HOME).expect(201);
        System.out.printf(
                "GuessingIT: the owner at a known address comes in after %.1f s%n", (System.nanoTime() - start) / 1e9);
    }

    @Test
    @Order(3)
    void theOwnerAtANewAddressWaitsAMinuteAtMostWhenItIsOver() throws InterruptedException {
        Response told = signIn("fisherman", Sotay.PASSWORD, "203.0.113.99");
        int seconds =
                told.status() == 201 ? 0 : Integer.parseInt(told.expect(429).header("Retry-After"));
        System.out.println("GuessingIT: the owner at a new address is told to wait " + seconds + " s");

        assertThat(seconds).isBetween(0, 60);
        if (LONG && seconds > 0) {
            // as a client does that is told Retry-After: there is nothing to be asked meanwhile, each try would count
            Thread.sleep(Duration.ofSeconds(seconds).toMillis());
            signIn("fisherman", Sotay.PASSWORD, "203.0.113.99").expect(201);
        }
    }

    // ---- many accounts

    @Test
    @Order(4)
    void manyAccountsFromOneAddress() {
        Outcome outcome = guess("many accounts, one address", i -> "account-" + i % ACCOUNTS, i -> "198.51.100.2");

        assertThat(outcome.evaluated()).isBetween(30, FREE_OF_ADDRESS + outcome.pausesOfAMinute());
    }

    @Test
    @Order(5)
    void manyAccountsFromAnAddressEachTime() {
        Outcome outcome = guess(
                "many accounts, another address each time",
                i -> "victim-" + i % ACCOUNTS,
                i -> anyAddress(i + 1_000_000));

        assertThat(outcome.evaluated())
                .isBetween(5 * ACCOUNTS, (FREE_AND_DOUBLING + outcome.pausesOfAMinute()) * ACCOUNTS);
        assertOwnerComesIn();
        signIn("member", Sotay.PASSWORD, "203.0.113.100").expect(201);
    }
}
