package vn.sotay.tests;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import vn.sotay.testkit.Sotay;

/** The administrator of a new province sets up a second factor, which the page leads to, and signs in with it. */
@PageTest
class FactorPagesIT {

    @Test
    @SuppressWarnings("unchecked")
    void fromTheFirstSignInToTheNextOne() {
        try (Sotay sotay = Sotay.start(Sotay.fresh().demo("none"));
                Browser browser = Browser.of(sotay)) {
            String password = sotay.awaitOutput(
                            Pattern.compile("First sign-in: admin; password: (\\S+)"), Duration.ofSeconds(20))
                    .group(1);
            signIn(browser, password);

            // wherever one wants to go, it is here
            browser.see("#factor-start");
            browser.go("/system");
            browser.press("#factor-start");
            browser.see("#factor-secret");
            browser.picture("factor-phone");
            assertThat(browser.faults()).isEmpty();
            String secret = browser.run("return document.querySelector('#factor-secret').textContent")
                    .toString()
                    .replace(" ", "");
            browser.type("#factor-code", "12");
            browser.press("#factor-confirm");
            browser.see("#factor-code-error");
            browser.type("#factor-code", FactorsIT.code(secret, 0));
            browser.press("#factor-confirm");
            browser.see("#factor-codes");
            browser.picture("factor-codes-phone");
            assertThat(browser.faults()).isEmpty();
            List<String> codes = (List<String>) browser.run(
                    "return [...document.querySelectorAll('#factor-codes li')].map(one => one.textContent)");
            assertThat(codes).hasSize(10);
            browser.press("#factor-kept");
            browser.see("#way-system");
            browser.go("/me");
            browser.see("#factor-remove");
            assertThat(browser.faults()).isEmpty();

            browser.press("#sign-out");
            signIn(browser, password);
            browser.see("#signin-code");
            browser.focusComesTo(".*signin-code.*");
            browser.picture("signin-code-phone");
            assertThat(browser.faults()).isEmpty();
            browser.type("#signin-code", codes.get(0));
            browser.press("#signin-submit");
            browser.see("#way-system");
        }
    }

    private static void signIn(Browser browser, String password) {
        browser.open("/");
        browser.type("#signin-login", "admin");
        browser.type("#signin-password", password);
        browser.press("#signin-submit");
    }
}
