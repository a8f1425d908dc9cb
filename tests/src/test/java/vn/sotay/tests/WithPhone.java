package vn.sotay.tests;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import vn.sotay.testkit.Client;
import vn.sotay.testkit.Sotay;

/** A phone, and a server of its own that it may lose: what tests of the handbook without a network begin with. */
abstract class WithPhone {

    static final String MEETING = "Sinh hoạt thường kỳ tháng";

    static Sotay sotay;
    static Browser phone;

    @BeforeAll
    static void open() {
        // what a browser keeps belongs to host and port
        sotay = Sotay.start(Sotay.prepared().with("--port", String.valueOf(Faults.freePort())));
        phone = Browser.of(sotay);
    }

    @AfterAll
    static void close() {
        if (phone != null) {
            phone.close();
        }
        if (sotay != null) {
            sotay.close();
        }
    }

    @BeforeEach
    void serve() {
        if (phone.ahead(Duration.ZERO)) {
            phone.restart();
        }
        if (!ProcessHandle.of(sotay.pid()).map(ProcessHandle::isAlive).orElse(false)) {
            sotay.startAgain();
        }
        phone.offline(false);
    }

    /** A server that is gone is told of in the console, each time it was asked. */
    @AfterEach
    void forgetTheConsole() {
        phone.console();
    }

    /** Signs in on a phone of one's own, and waits until it could go without a network. */
    static void begin(String login) {
        phone.size(Browser.PHONE);
        phone.signIn(login, true);
        phone.until("the pages are kept", () -> (Boolean) phone.run("""
                return navigator.serviceWorker.ready
                    .then(() => caches.open('sotay-modules')).then(cache => cache.keys()).then(keys => keys.length > 3);
                """));
    }

    /** The demo's meeting that is to come. */
    static String coming(String login) {
        for (JsonNode one :
                sotay.as(login).get("/api/meetings").expect(200).json().path("items")) {
            if (!one.path("state").asText().equals("CLOSED")) {
                return one.path("id").asText();
            }
        }
        throw new AssertionError("there is no meeting to come");
    }

    /** The path of a meeting of which the members have just been told. */
    static String notified(String title) {
        Client secretary = sotay.as("secretary");
        String cell = secretary.get("/api/me").json().at("/member/cell/id").asText();
        String meeting = "/api/meetings/" + UUID.randomUUID();
        Map<String, Object> plan = Map.of(
                "cell",
                cell,
                "kind",
                "THEMATIC",
                "startsAt",
                Instant.now().plus(Duration.ofDays(20)).toString(),
                "place",
                "Nhà văn hóa",
                "title",
                title,
                "items",
                List.of(Map.of("id", UUID.randomUUID(), "title", "Giữ gìn vùng biển")));
        secretary.put(meeting, plan).expect(201);
        secretary.post(meeting + "/notify").expect(200);
        return meeting;
    }

    /** How much lies in the outbox, also of what a page says by itself. */
    static long keptToSend() {
        return (Long) phone.run("""
                return indexedDB.databases().then(all => new Promise(done => {
                    const asked = indexedDB.open(all.find(one => one.name.startsWith('sotay-')).name);
                    asked.onsuccess = () => {
                        const counted = asked.result.transaction('outbox').objectStore('outbox').count();
                        counted.onsuccess = () => {
                            asked.result.close();
                            done(counted.result);
                        };
                    };
                }));
                """);
    }

    /** Opens a page after the server has gone and the browser was closed. */
    static void openAtSea(String path) {
        sotay.kill();
        phone.restart();
        phone.open(path);
    }

    /** The network is there again, and the browser says so at once. */
    static void backOnTheNetwork() {
        phone.offline(false);
        phone.run("dispatchEvent(new Event('online'))");
    }
}
