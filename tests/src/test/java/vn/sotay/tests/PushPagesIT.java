package vn.sotay.tests;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import vn.sotay.testkit.Client;
import vn.sotay.testkit.Sotay;

/**
 * To be told on a phone: asked for by one touch, shown by the worker of a closed handbook, and opened by another touch. The push service is
 * ours, since a browser under test reaches none; what comes there is handed to the worker as the browser would.
 */
@PageTest
class PushPagesIT {

    private static final Duration SOON = Duration.ofMinutes(2);

    private static HttpServer service;
    private static Sotay sotay;
    private static Browser phone;

    @BeforeAll
    static void open() throws IOException {
        service = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        service.setExecutor(Executors.newCachedThreadPool());
        service.start();
        Path config = Sotay.temporary();
        Files.createDirectories(config);
        Files.writeString(
                config.resolve("sotay.json"), """
                {"push": {"contact": "mailto:sotay@example.vn", "services": "http://127.0.0.1:%d"}}
                """.formatted(service.getAddress().getPort()));
        // what a browser keeps belongs to host and port
        sotay = Sotay.start(
                Sotay.prepared().with("--config", config.toString(), "--port", String.valueOf(Faults.freePort())));
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
        service.stop(0);
    }

    /** A browser whose push service is ours. */
    private static void subscribeTo(PushReceiver receiver) {
        phone.run(
                """
                const [endpoint, p256dh, auth] = arguments;
                const bytes = text => Uint8Array.from(atob(text.replace(/-/g, '+').replace(/_/g, '/')), letter => letter.charCodeAt(0)).buffer;
                const there = {
                    endpoint,
                    getKey: name => bytes(name === 'auth' ? auth : p256dh),
                    unsubscribe: async () => { window.subscribed = null; return true; },
                };
                window.subscribed = null;
                PushManager.prototype.getSubscription = async () => window.subscribed;
                PushManager.prototype.subscribe = async function (options) {
                    window.subscribed = {...there, options: {applicationServerKey: options.applicationServerKey.buffer}};
                    return window.subscribed;
                };
                """,
                receiver.subscription().get("endpoint"),
                receiver.subscription().get("p256dh"),
                receiver.subscription().get("auth"));
    }

    private static PushReceiver receiver(Client who) {
        PushReceiver receiver = new PushReceiver(
                "http://127.0.0.1:" + service.getAddress().getPort(),
                who.get("/api/me/push").expect(200).json().path("key").asText(),
                0);
        service.createContext(receiver.path(), receiver::take);
        return receiver;
    }

    private static String meeting() {
        Client secretary = sotay.as("secretary");
        String id = UUID.randomUUID().toString();
        secretary
                .put(
                        "/api/meetings/" + id,
                        Map.of(
                                "cell",
                                secretary
                                        .get("/api/me")
                                        .json()
                                        .at("/member/cell/id")
                                        .asText(),
                                "kind",
                                "ORDINARY",
                                "startsAt",
                                Instant.now().plus(Duration.ofHours(20)).toString(),
                                "place",
                                "Nhà văn hoá",
                                "title",
                                "Họp chuẩn bị đại hội",
                                "items",
                                List.of()))
                .expect(201);
        secretary.post("/api/meetings/" + id + "/notify").expect(200);
        return id;
    }

    @Test
    void oneTouchAndAMeetingIsToldOnThePhoneAndOpenedFromThere() {
        Client member = sotay.as("member");
        // at night too, since this is tried at any hour
        member.put(
                        "/api/me/notices/preference",
                        Map.of("channels", List.of(), "daily", false, "quietFrom", "00:00", "quietTo", "00:00"))
                .expect(204);
        PushReceiver receiver = receiver(member);
        phone.size(Browser.PHONE);
        phone.permitNotifications("denied");
        phone.signIn("member");
        phone.open("/me/notices");
        phone.see("#push-refused");
        phone.picture("push-refused-phone");
        assertThat(phone.faults()).isEmpty();

        phone.permitNotifications("granted");
        phone.open("/me/notices");
        subscribeTo(receiver);
        phone.see("#push-start");
        phone.picture("push-off-phone");
        phone.press("#push-start");
        phone.see("#push-on");
        phone.picture("push-on-phone");
        assertThat(phone.faults()).isEmpty();
        phone.size(Browser.DESK);
        phone.picture("push-on-desk");
        assertThat(phone.faults()).isEmpty();
        phone.size(Browser.PHONE);

        String meeting = meeting();
        Faults.await("it is told", SOON, () -> !receiver.come().isEmpty(), () -> receiver.faults() + sotay.output());
        JsonNode content = receiver.come().get(0).content();
        phone.deliver(content.toString());
        phone.until("it is shown", () -> shown().size() == 1);
        assertThat(shown().get(0)).contains("Họp chuẩn bị đại hội").contains("/meetings/" + meeting);
        // sent twice under one key, and shown once
        phone.deliver(content.toString());
        phone.deliver("{\"key\":\"k\",\"topic\":\"other\",\"title\":\"Khác\",\"text\":\"Khác\",\"path\":\"/notices\"}");
        phone.until("the other is shown", () -> shown().size() == 2);

        phone.run(
                "navigator.serviceWorker.dispatchEvent(new MessageEvent('message', {data: {open: arguments[0]}}))",
                "/meetings/" + meeting);
        phone.until("the page is open", () -> phone.path().equals("/meetings/" + meeting));
        assertThat(touched("/meetings/" + meeting, true))
                .containsExactly("close", "focus", "tell /meetings/" + meeting);
        assertThat(touched("/meetings/" + meeting, false)).containsExactly("close", "open /meetings/" + meeting);

        PushReceiver other = receiver(member);
        assertThat(moved(other, false))
                .as("the browser has made another itself")
                .isEmpty();
        PushReceiver last = receiver(member);
        assertThat(moved(last, true)).containsExactly("subscribe");
        String next = meeting();
        Faults.await(
                "it is told at the new address",
                SOON,
                () -> !last.come().isEmpty(),
                () -> last.faults() + sotay.output());
        assertThat(last.come().get(0).content().toString()).contains(next);
        assertThat(receiver.come()).hasSize(1);
        assertThat(other.come()).isEmpty();
        assertThat(member.get("/api/me/push").expect(200).json().path("devices").asInt())
                .isEqualTo(1);

        phone.go("/me/notices");
        phone.press("#push-stop");
        phone.see("#push-start");
        assertThat(moved(receiver(member), true))
                .as("who has stopped it is asked nothing")
                .isEmpty();
        assertThat(member.get("/api/me/push").expect(200).json().path("devices").asInt())
                .isZero();
        phone.endSession();
        assertThat(moved(receiver(member), true)).as("nobody is signed in").isEmpty();
        assertThat(member.get("/api/me/push").expect(200).json().path("devices").asInt())
                .isZero();
    }

    /**
     * What the worker does when the browser changes its address.
     *
     * @param to leads to the new one
     * @param asks whether the worker has to subscribe anew
     */
    @SuppressWarnings("unchecked")
    private static List<String> moved(PushReceiver to, boolean asks) {
        return (List<String>) phone.run(
                """
                const [endpoint, p256dh, auth, asks] = arguments;
                const bytes = text => Uint8Array.from(atob(text.replace(/-/g, '+').replace(/_/g, '/')), letter => letter.charCodeAt(0)).buffer;
                const done = [];
                const handlers = {};
                const waits = [];
                const addEventListener = (name, handler) => (handlers[name] = handler);
                const made = {endpoint, getKey: name => bytes(name === 'auth' ? auth : p256dh)};
                const subscribe = async ({userVisibleOnly, applicationServerKey}) => {
                    done.push(userVisibleOnly && applicationServerKey.length === 65 ? 'subscribe' : 'by no key');
                    return made;
                };
                const registration = {pushManager: {subscribe}};
                """ + sotay.anonymous().get("/sw.js").expect(200).text() + """

                handlers.pushsubscriptionchange({newSubscription: asks ? null : made, waitUntil: what => waits.push(what)});
                return Promise.all(waits).then(() => done);
                """,
                to.subscription().get("endpoint"),
                to.subscription().get("p256dh"),
                to.subscription().get("auth"),
                asks);
    }

    @SuppressWarnings("unchecked")
    private static List<String> shown() {
        return (List<String>) phone.run("""
                return navigator.serviceWorker.ready.then(worker => worker.getNotifications())
                    .then(all => all.map(one => [one.title, one.body, one.data.path].join(' ')));
                """);
    }

    /** What the worker does when its notification is touched: a browser under test has no hand for that. */
    @SuppressWarnings("unchecked")
    private static List<String> touched(String path, boolean isOpen) {
        return (List<String>)
                phone.run("""
                const [path, isOpen] = arguments;
                const done = [];
                const handlers = {};
                const waits = [];
                const addEventListener = (name, handler) => (handlers[name] = handler);
                const page = {focus: async () => done.push('focus'), postMessage: ({open}) => done.push(`tell ${open}`)};
                const clients = {matchAll: async () => (isOpen ? [page] : []), openWindow: async to => done.push(`open ${to}`)};
                """ + sotay.anonymous().get("/sw.js").expect(200).text() + """

                handlers.notificationclick({
                    notification: {close: () => done.push('close'), data: {path}},
                    waitUntil: what => waits.push(what),
                });
                return Promise.all(waits).then(() => done);
                """, path, isOpen);
    }
}
