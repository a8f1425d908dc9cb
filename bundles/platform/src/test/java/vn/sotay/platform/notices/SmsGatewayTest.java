package vn.sotay.platform.notices;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import vn.sotay.api.notice.Urgency;

class SmsGatewayTest {

    @ParameterizedTest
    @CsvSource({"Họp chi bộ, Hop chi bo", "Đồng chí, Dong chi", "thứ Bảy 28/11, thu Bay 28/11"})
    void marksAreTakenOff(String text, String plain) {
        assertThat(SmsGateway.plain(text)).isEqualTo(plain);
    }

    @Test
    void aValueCannotBreakOutOfItsPlace() {
        Map<String, String> values = Map.of("text", "a\"}\\ b&c=d\n{number}", "number", "0905", "secret", "s");

        assertThat(SmsGateway.filled("{\"t\": \"{text}\"}", values, SmsGateway::jsonSafe))
                .isEqualTo("{\"t\": \"a\\\"}\\\\ b&c=d\\n{number}\"}");
        assertThat(SmsGateway.filled("t={text}", values, SmsGateway::urlSafe))
                .isEqualTo("t=a%22%7D%5C+b%26c%3Dd%0A%7Bnumber%7D");
    }

    /** Settings as the operator writes them; the others are as they are by default. */
    private static SmsConfig config(Map<String, Object> settings) {
        return (SmsConfig) Proxy.newProxyInstance(
                SmsConfig.class.getClassLoader(),
                new Class<?>[] {SmsConfig.class},
                (proxy, method, none) -> settings.getOrDefault(method.getName(), method.getDefaultValue()));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            url     | gateway.vn/sms      | sms.url must begin with
            url     | ftp://gateway.vn    | sms.url must begin with
            method  | PATCH               | sms.method must be
            accepted| (                   | sms.accepted is no regular expression
            headers | Bearer abc          | line 1 has no name and colon
            headers | Host: x             | cannot have a header "Host"
            """)
    void whatIsWrongWithTheSettingsIsSaidAtOnce(String name, String value, String said) {
        Map<String, Object> settings = new HashMap<>(Map.of("url", "https://gateway.vn/sms"));
        settings.put(name, name.equals("headers") ? new String[] {value} : value);
        assertThatThrownBy(() -> new SmsGateway(config(settings)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(said);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            200 | {"code": 100} | 0905 | taken
            200 | {"code": 103} | 0905 | not now
            500 | {"code": 100} | 0905 | not now
            404 | {"code": 100} | 0905 | not now
            405 | {"code": 100} | 0905 | not now
            415 | {"code": 100} | 0905 | not now
            422 | {"code": 100} | 0905 | never
            200 | {"code": 100} | ''   | never
            """)
    void whatTheGatewaySays(int status, String reply, String number, String then) throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        Map<String, String> got = new HashMap<>();
        server.createContext("/", exchange -> {
            List.of("First", "Second")
                    .forEach(name -> got.put(name, exchange.getRequestHeaders().getFirst(name)));
            // as long as it likes: the beginning is read
            byte[] body = (reply + " ".repeat(1_000_000)).getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(status, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.start();
        try {
            SmsGateway gateway = new SmsGateway(config(Map.of(
                    "url",
                    "http://127.0.0.1:" + server.getAddress().getPort(),
                    "headers",
                    new String[] {"First: one\n\nSecond:{key}"},
                    "accepted",
                    "\"code\": *100\\b")));
            Outgoing message = new Outgoing(
                    "k",
                    UUID.randomUUID(),
                    number,
                    "Họp",
                    "Mai",
                    "/notices",
                    UUID.randomUUID(),
                    Urgency.NORMAL,
                    new Locale("vi"));
            switch (then) {
                case "taken" -> {
                    gateway.send(message);
                    assertThat(got).containsEntry("First", "one").containsEntry("Second", "k");
                }
                case "never" ->
                    assertThatThrownBy(() -> gateway.send(message)).isInstanceOf(Gateway.RefusedException.class);
                default ->
                    assertThatThrownBy(() -> gateway.send(message))
                            .isInstanceOf(IOException.class)
                            .isNotInstanceOf(Gateway.RefusedException.class);
            }
        } finally {
            server.stop(0);
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            bien@example.vn                  | true
            ten.ho+so@mail.example.vn        | true
            khong phai                       | false
            <bien@example.vn>                | false
            Nhom: a@example.vn, b@example.vn;| false
            a@example.vn,b@example.vn        | false
            bien(x)@example.vn               | false
            "a b"@example.vn                 | false
            """, quoteCharacter = '`')
    void anAddressOfMailIsOneMailbox(String text, boolean is) {
        assertThat(MailGateway.isAddress(text)).isEqualTo(is);
    }
}
