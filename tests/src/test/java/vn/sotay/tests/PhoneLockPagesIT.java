package vn.sotay.tests;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import vn.sotay.testkit.Sotay;

/** What a phone keeps opens by its owner's PIN alone, and goes when it should. */
@PageTest
class PhoneLockPagesIT extends WithPhone {

    /** A browser may throw away what it keeps when it runs out of space, or finds it damaged: the PIN brings it back. */
    @Test
    void whatTheBrowserHasThrownAwayComesBackByThePin() {
        begin("fisherman");
        phone.read("Đã cập nhật");
        phone.open("/health");
        phone.run("""
                return indexedDB.databases().then(all => Promise.all(all.map(one => new Promise((done, fail) => {
                    const deleted = indexedDB.deleteDatabase(one.name);
                    deleted.onsuccess = done;
                    deleted.onerror = fail;
                }))));
                """);
        phone.open("/");
        phone.read("Máy này đã mất phần sổ tay đã giữ");
        phone.picture("kept-gone-today-phone");
        assertThat(phone.faults()).isEmpty();

        phone.press("#gone-way");
        phone.press("#kept-again");
        phone.read("Nhập mã PIN");
        phone.type("#again-password", "sai");
        phone.press("#kept-again");
        phone.read("Mã PIN không đúng");
        phone.picture("kept-gone-me-phone");
        assertThat(phone.faults()).isEmpty();
        phone.type("#again-password", Sotay.PASSWORD);
        phone.press("#kept-again");
        phone.read("Những trang bạn đã xem được giữ trên máy này");
        phone.read("Đã cập nhật");
        assertThat(phone.text()).doesNotContain("Máy này đã mất");
        phone.restart();
        phone.offline(true);
        phone.open("/");
        phone.read("Đang xem bản lấy");
        phone.offline(false);
    }

    /** A browser that ends suddenly may have kept everything but the name of its owner, which it writes down last. */
    @Test
    void whoseNameWasForgottenFindsAllByTheSamePin() {
        begin("fisherman");
        phone.read("Đã cập nhật");
        phone.offline(true);
        phone.press("#way-meetings");
        phone.pressWords(MEETING);
        phone.press("#opinion-1");
        phone.press("[id^='opinion-'][id$='-stance-OTHER']");
        phone.type("[id^='opinion-'][id$='-text']", "Viết trước khi máy tắt nguồn");
        phone.pressWords("Gửi ý kiến");
        phone.read("1 mục chờ gửi");
        phone.run("localStorage.removeItem('sotay.owner')");
        phone.endSession();
        phone.restart();
        phone.offline(false);

        phone.open("/");
        phone.read("Chào Cao Thanh Nguyên");
        phone.type("#pin-password", Sotay.PASSWORD);
        phone.press("#pin-submit");
        phone.see("#way-me");
        phone.read("Đã cập nhật");
        phone.until("nothing waits any more", () -> keptToSend() == 0);
        // nor would it if all had been thrown away: it has arrived
        phone.press("#way-meetings");
        phone.pressWords(MEETING);
        phone.read("Viết trước khi máy tắt nguồn");
    }

    @Test
    void aDeviceThatIsNotOnesOwnKeepsNothing() {
        phone.signIn("fisherman");
        phone.press("#way-meetings");
        phone.press("#way-me");
        phone.read("Máy này không giữ gì");

        assertThat(isKept()).isFalse();
    }

    @Test
    void lockedItNeedsThePinAndNoNetwork() {
        begin("fisherman");
        phone.press("#way-me");
        phone.picture("kept-phone");
        phone.press("#lock-now");
        phone.read("Sổ tay đã khóa");
        phone.picture("unlock-phone");
        assertThat(phone.faults()).isEmpty();
        sotay.kill();
        phone.open("/");
        phone.read("Sổ tay đã khóa");
        phone.type("#unlock-password", "không phải");
        phone.press("#unlock-submit");
        phone.read("Còn 9 lần thử");
        phone.picture("unlock-wrong-phone");
        assertThat(phone.faults()).isEmpty();
        phone.type("#unlock-password", Sotay.PASSWORD);
        phone.press("#unlock-submit");
        phone.read("Ngoại tuyến");
        phone.see("#way-meetings");

        sotay.startAgain();
    }

    @Test
    void afterTenWrongPinsNothingIsLeftAndNobodyIsSignedIn() {
        begin("member");
        phone.press("#way-me");
        phone.press("#lock-now");
        for (int i = 9; i > 0; i--) {
            phone.type("#unlock-password", "sai" + i);
            phone.press("#unlock-submit");
            phone.read("Còn " + i + " lần thử");
        }
        phone.type("#unlock-password", "sai");
        phone.press("#unlock-submit");
        phone.read("Đã xóa những gì giữ trên máy này");
        phone.picture("wiped-phone");
        assertThat(phone.faults()).isEmpty();
        assertThat(isKept()).isFalse();

        phone.open("/");
        phone.see("#signin-login");
    }

    @Test
    void whoHasForgottenThePinIsSignedOut() {
        begin("member");
        phone.press("#way-me");
        phone.press("#lock-now");
        phone.press("#unlock-leave");
        phone.read("Chào");
        phone.type("#pin-password", Sotay.PASSWORD);
        phone.press("#pin-submit");
        phone.see("#way-me");

        assertThat(isKept()).isTrue();
    }

    @Test
    void aPhoneThatWasLetGoForgetsWhenItHearsOfIt() {
        begin("member");
        for (JsonNode session :
                sotay.as("member").get("/api/me/sessions").expect(200).json().path("items")) {
            if (session.path("bound").asBoolean()) {
                // with it go the other sessions of the same device
                assertThat(sotay.as("member")
                                .delete("/api/me/sessions/" + session.path("id").asText())
                                .status())
                        .isIn(204, 404);
            }
        }
        phone.open("/");
        phone.see("#signin-login");

        phone.until("forgotten", () -> !isKept());
    }

    @Test
    void signingOutLeavesNothing() {
        begin("member");
        assertThat(isKept()).isTrue();
        phone.press("#way-me");
        phone.press("#sign-out");
        phone.read("Chào");

        assertThat(isKept()).isFalse();
    }

    @Test
    void aPinThatWasChangedOpensItToo() {
        begin("member2");
        phone.press("#way-me");
        phone.press("#password-open");
        phone.type("#password-current", Sotay.PASSWORD);
        phone.type("#password-password", "mat-khau-khac-2026");
        phone.press("#password-change");
        phone.read("Đã đổi");
        phone.press("#lock-now");
        phone.type("#unlock-password", "mat-khau-khac-2026");
        phone.press("#unlock-submit");
        phone.see("#way-meetings");
    }

    @Test
    void nobodyReadsInTheBrowsersFilesWhatItKeeps() {
        begin("secretary");
        phone.press("#way-members");
        phone.press("#way-meetings");
        phone.pressWords(MEETING);
        phone.restart();

        String name = sotay.as("secretary")
                .get("/api/members?limit=500")
                .expect(200)
                .json()
                .at("/items/7/name")
                .asText();
        assertThat(filesWith("sotay-")).isNotEmpty();
        assertThat(filesWith(name)).isEmpty();
        phone.open("/members");
        phone.read(name);
    }

    /** Files of the browser that hold these words, in either of the encodings in which a browser keeps text. */
    private static List<Path> filesWith(String words) {
        try (Stream<Path> files = Files.walk(phone.profile())) {
            return files.filter(Files::isRegularFile)
                    .filter(file -> {
                        try {
                            byte[] bytes = Files.readAllBytes(file);
                            String content = new String(bytes, StandardCharsets.ISO_8859_1);
                            return Stream.of(StandardCharsets.UTF_8, StandardCharsets.UTF_16LE)
                                    .map(charset -> new String(words.getBytes(charset), StandardCharsets.ISO_8859_1))
                                    .anyMatch(content::contains);
                        } catch (IOException e) {
                            throw new UncheckedIOException(e);
                        }
                    })
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean isKept() {
        return (Boolean)
                phone.run("return indexedDB.databases().then(all => all.some(one => one.name.startsWith('sotay-')))");
    }
}
