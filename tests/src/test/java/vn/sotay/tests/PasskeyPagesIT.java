package vn.sotay.tests;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import vn.sotay.testkit.Sotay;

/**
 * In a real browser, with a phone's own way to look at its owner put in its place by the browser: a passkey is made, signs in by itself and
 * after the password, satisfies the role, and is taken away.
 */
@PageTest
class PasskeyPagesIT {

    @Test
    @SuppressWarnings("unchecked")
    void ofTheAdministratorOfANewProvince() {
        try (Sotay sotay = Sotay.start(Sotay.fresh().demo("none"));
                Browser browser = Browser.of(sotay)) {
            String password = sotay.awaitOutput(
                            Pattern.compile("First sign-in: admin; password: (\\S+)"), Duration.ofSeconds(20))
                    .group(1);
            browser.fingerprint();
            byPassword(browser, "admin", password);
            browser.see("#passkey-add");
            browser.go("/system");
            browser.see("#passkey-add");
            browser.picture("passkey-required-phone");
            assertThat(browser.faults()).isEmpty();

            browser.press("#passkey-add");
            browser.type("#passkey-proof-password", "khong-phai-the");
            browser.press("#passkey-proof-submit");
            browser.see("#passkey-proof-password-error");
            browser.type("#passkey-proof-password", password);
            browser.press("#passkey-proof-submit");
            browser.see("#factor-codes");
            browser.picture("passkey-codes-phone");
            assertThat(browser.faults()).isEmpty();
            List<String> codes = (List<String>) browser.run(
                    "return [...document.querySelectorAll('#factor-codes li')].map(one => one.textContent)");
            browser.press("#factor-kept");
            browser.see("#way-system");

            // by it alone
            browser.go("/me");
            browser.press("#sign-out");
            browser.see("#signin-by-passkey");
            browser.picture("passkey-sign-in-phone");
            assertThat(browser.faults()).isEmpty();
            browser.press("#signin-by-passkey");
            browser.see("#way-system");
            browser.go("/me");
            browser.see(".passkey-remove");
            browser.picture("passkey-me-phone");
            browser.size(Browser.DESK);
            browser.picture("passkey-me-desk");
            assertThat(browser.faults()).isEmpty();
            browser.size(Browser.PHONE);

            // after the password
            browser.press("#sign-out");
            byPassword(browser, "admin", password);
            browser.see("#signin-passkey");
            browser.focusComesTo("signin-passkey");
            browser.picture("passkey-second-step-phone");
            assertThat(browser.faults()).isEmpty();
            browser.press("#signin-passkey");
            browser.see("#way-system");

            // on a device without it
            browser.go("/me");
            browser.press("#sign-out");
            browser.noFingerprint();
            browser.see("#signin-by-passkey");
            byPassword(browser, "admin", password);
            browser.press("#signin-recovery");
            browser.type("#signin-code", codes.get(0));
            browser.press("#signin-submit");
            browser.see("#way-system");

            // and away with it, by another code
            browser.go("/me");
            browser.press(".passkey-remove");
            browser.picture("passkey-remove-phone");
            assertThat(browser.faults()).isEmpty();
            browser.press("#passkey-removal-other");
            browser.type("#passkey-removal-code", codes.get(1));
            browser.press("#passkey-removal-submit");
            browser.until("the role asks for another one", () -> !browser.has(".passkey-remove"));
            browser.see("#passkey-add");
            assertThat(browser.console().stream()
                            .filter(line -> !line.contains("/api/"))
                            .toList())
                    .isEmpty();
        }
    }

    /** Who says no to the question is told what that means, and can go on. */
    @Test
    void whoDoesNotConfirm() {
        try (Browser browser = Browser.of(Sotay.shared())) {
            browser.open("/");
            browser.fingerprint();
            browser.refuseFingerprint();
            browser.press("#signin-by-passkey");
            browser.see(".notice.error");
            browser.picture("passkey-stopped-phone");
            assertThat(browser.faults()).isEmpty();
            browser.signIn("secretary");
            browser.see("#way-me");
        }
    }

    private static void byPassword(Browser browser, String login, String password) {
        browser.open("/");
        browser.type("#signin-login", login);
        browser.type("#signin-password", password);
        browser.press("#signin-submit");
    }
}
