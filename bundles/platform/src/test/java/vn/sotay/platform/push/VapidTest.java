package vn.sotay.platform.push;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.Signature;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class VapidTest {

    private static final URI ENDPOINT = URI.create("https://fcm.googleapis.com/fcm/send/abc");
    private static final Instant NOW = Instant.parse("2026-11-28T03:00:00Z");

    @TempDir
    Path folder;

    private static String word(String authorization) {
        return authorization.substring("vapid t=".length(), authorization.indexOf(", k="));
    }

    private static String claims(String word) {
        return new String(Base64.getUrlDecoder().decode(word.split("\\.")[1]), StandardCharsets.UTF_8);
    }

    @Test
    void theWordIsSignedForOneServiceAndForHours() throws Exception {
        VapidKeys keys = VapidKeys.random();
        String authorization = new Vapid(keys, "mailto:sotay@example.vn").authorization(ENDPOINT, NOW);
        String[] parts = word(authorization).split("\\.");
        assertThat(claims(word(authorization)))
                .isEqualTo("{\"aud\":\"https://fcm.googleapis.com\",\"exp\":%d,\"sub\":\"mailto:sotay@example.vn\"}"
                        .formatted(NOW.plus(Duration.ofHours(12)).getEpochSecond()));
        Signature signature = Signature.getInstance("SHA256withECDSAinP1363Format");
        signature.initVerify(keys.publicKey());
        signature.update((parts[0] + '.' + parts[1]).getBytes(StandardCharsets.US_ASCII));
        assertThat(signature.verify(Base64.getUrlDecoder().decode(parts[2]))).isTrue();
        assertThat(authorization).endsWith(", k=" + keys.text());
        assertThat(Base64.getUrlDecoder().decode(keys.text())).hasSize(P256.POINT);
    }

    @Test
    void itIsSignedAnewBeforeItEndsAndForEachService() {
        Vapid vapid = new Vapid(VapidKeys.random(), "mailto:sotay@example.vn");
        String first = vapid.authorization(ENDPOINT, NOW);
        assertThat(vapid.authorization(URI.create("https://fcm.googleapis.com/other"), NOW.plusSeconds(3600)))
                .isEqualTo(first);
        assertThat(vapid.authorization(ENDPOINT, NOW.plus(Duration.ofHours(11))))
                .isNotEqualTo(first);
        assertThat(claims(word(vapid.authorization(URI.create("https://web.push.apple.com:8443/x"), NOW))))
                .contains("\"https://web.push.apple.com:8443\"");
    }

    @Test
    void theKeysAreMadeOnceAndAreTheirOwnersAlone() throws IOException {
        Path file = folder.resolve("keys/push");
        VapidKeys made = VapidKeys.in(file);
        assertThat(VapidKeys.in(file).text()).isEqualTo(made.text());
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        assertThat(made.toString())
                .doesNotContain(Files.readAllLines(file).get(2).split(" ")[1]);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "# nothing\n", "abc def\n", "PAIR\nPAIR\n", "MIXED\n"})
    void whatIsNoPairIsToldWithoutShowingIt(String text) throws IOException {
        String pair = lastLine(folder.resolve("one"));
        String mixed =
                pair.split(" ")[0] + ' ' + lastLine(folder.resolve("two")).split(" ")[1];
        Path file = folder.resolve("push");
        Files.writeString(file, text.replace("PAIR", pair).replace("MIXED", mixed));
        assertThatThrownBy(() -> VapidKeys.in(file))
                .isInstanceOf(IOException.class)
                .hasMessageContaining(file.toString())
                .hasMessageNotContaining(pair.split(" ")[1]);
    }

    private static String lastLine(Path file) throws IOException {
        VapidKeys.in(file);
        return Files.readAllLines(file).get(2);
    }

    @ParameterizedTest
    @CsvSource({
        "https://fcm.googleapis.com/fcm/send/a, true",
        "https://FCM.googleapis.com:443/a, true",
        "https://updates.push.services.mozilla.com/wpush/v2/a, true",
        "https://web.push.apple.com/a, true",
        "https://hk2p.notify.windows.com/w/?token=a, true",
        "http://127.0.0.1:8123/push/a, true",
        "http://127.0.0.1:8124/push/a, false",
        "http://fcm.googleapis.com/a, false",
        "https://fcm.googleapis.com:8443/a, false",
        "https://fcm.googleapis.com.example.vn/a, false",
        "https://evilnotify.windows.com/a, false",
        "https://fcm.googleapis.com@10.0.0.1/a, false",
        "https://u:p@fcm.googleapis.com/a, false",
        "https://10.0.0.1/a, false",
        "https://localhost/a, false",
        "https://[::1]/a, false",
        "file:///etc/passwd, false",
        "/a, false",
        "khong phai, false"
    })
    void nobodyIsAskedButPushServices(String endpoint, boolean allowed) {
        PushServices services = new PushServices(PushServices.USUAL + ", http://127.0.0.1:8123");
        assertThat(services.allowed(endpoint).isPresent()).isEqualTo(allowed);
    }
}
