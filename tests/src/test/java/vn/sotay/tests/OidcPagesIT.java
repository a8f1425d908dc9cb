package vn.sotay.tests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import vn.sotay.testkit.Sotay;

/** The whole way by a real browser to a real identity provider and back; it needs Node, and gets the provider by npm and its lock file. */
@PageTest
class OidcPagesIT {

    private static final Path SOURCE = Path.of("src", "test", "provider");
    private static final Path INSTALLED = Path.of("target", "provider");
    private static final String SECRET = "bi-mat-cua-so-tay";

    /** Whether there is a Node that the provider runs with. */
    private static boolean hasNode() throws InterruptedException {
        try {
            Process node = new ProcessBuilder("node", "-p", "parseInt(process.versions.node) >= 20").start();
            String answer = node.inputReader().readLine();
            return node.waitFor() == 0 && "true".equals(answer);
        } catch (IOException e) {
            return false;
        }
    }

    private static void install() throws IOException, InterruptedException {
        Files.createDirectories(INSTALLED);
        for (String file : List.of("package.json", "package-lock.json", "provider.mjs")) {
            Files.copy(SOURCE.resolve(file), INSTALLED.resolve(file), StandardCopyOption.REPLACE_EXISTING);
        }
        Path lock = INSTALLED.resolve("node_modules/.package-lock.json");
        if (Files.exists(lock)
                && Files.getLastModifiedTime(lock)
                                .compareTo(Files.getLastModifiedTime(SOURCE.resolve("package-lock.json")))
                        > 0) {
            return;
        }
        Process npm = new ProcessBuilder("npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund")
                .directory(INSTALLED.toFile())
                .redirectErrorStream(true)
                .redirectOutput(INSTALLED.resolve("npm.log").toFile())
                .start();
        assertThat(npm.waitFor(3, TimeUnit.MINUTES) && npm.exitValue() == 0)
                .as(Files.readString(INSTALLED.resolve("npm.log")))
                .isTrue();
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    private static Process start(int port, Sotay sotay) throws IOException {
        Process provider = new ProcessBuilder(
                        "node",
                        "provider.mjs",
                        String.valueOf(port),
                        SECRET,
                        sotay.url().resolve("/provider").toString())
                .directory(INSTALLED.toFile())
                .redirectError(INSTALLED.resolve("provider.log").toFile())
                .start();
        BufferedReader output = provider.inputReader();
        for (String line = output.readLine(); !"ready".equals(line); line = output.readLine()) {
            if (line == null) {
                throw new AssertionError(Files.readString(INSTALLED.resolve("provider.log")));
            }
        }
        return provider;
    }

    private static void atProvider(Browser browser, String name) {
        browser.press("#signin-provider");
        browser.see("input[name=login]");
        browser.type("input[name=login]", name);
        browser.type("input[name=password]", "bat-ky");
        browser.press("button[type=submit]");
        browser.pressWords("Continue");
    }

    @Test
    void toTheProviderAndBack() throws IOException, InterruptedException {
        assumeTrue(hasNode(), "there is no Node of version 20 or later on this machine");
        install();
        int port = freePort();
        Path config = Sotay.temporary();
        Files.writeString(config.resolve("sotay.json"), """
                {"oidc": {"issuer": "http://localhost:%d", "clientId": "sotay", "clientSecret": "%s",
                          "claim": "preferred_username"}}
                """.formatted(port, SECRET));
        try (Sotay sotay = Sotay.start(Sotay.prepared().with("--config", config.toString()));
                Browser browser = Browser.of(sotay)) {
            browser.open("/");
            browser.see("#signin-provider");
            browser.picture("provider-sign-in-phone");
            assertThat(browser.faults()).isEmpty();

            // it does not run yet, and the others do
            browser.press("#signin-provider");
            browser.see(".notice.error");
            browser.picture("provider-away-phone");
            assertThat(browser.faults()).isEmpty();
            browser.signIn("member");
            browser.go("/me");
            browser.press("#sign-out");

            Process provider = start(port, sotay);
            try {
                browser.open("/");
                atProvider(browser, "secretary");
                browser.see("#way-me");
                assertThat(browser.path()).isEqualTo("/");
                assertThat(browser.run("return location.search")).isEqualTo("");
                browser.go("/me");
                browser.press("#sign-out");
                browser.see("#signin-login");

                // there the same person is still signed in; here nobody is before the button is pressed
                browser.press("#signin-provider");
                browser.see("#way-me");

                // who has a second factor is asked for it here
                String secret = sotay.as("member")
                        .post("/api/me/factors/totp")
                        .expect(201)
                        .json()
                        .path("secret")
                        .asText();
                sotay.as("member")
                        .put("/api/me/factors/totp", Map.of("code", FactorsIT.code(secret, 0)))
                        .expect(200);
                browser.forgetAll();
                browser.forgetAt("http://localhost:" + port + "/");
                browser.open("/");
                atProvider(browser, "member");
                browser.see("#provider-code");
                browser.focusComesTo("provider-code");
                browser.picture("provider-code-phone");
                assertThat(browser.faults()).isEmpty();
                browser.type("#provider-code", "000000");
                browser.press("#provider-submit");
                browser.see(".notice.error");
                browser.type("#provider-code", FactorsIT.code(secret, 1));
                browser.press("#provider-submit");
                browser.see("#way-me");

                // somebody of whom the handbook knows nothing
                browser.forgetAll();
                browser.forgetAt("http://localhost:" + port + "/");
                browser.open("/");
                atProvider(browser, "nguoi-la");
                browser.see("#provider-back");
                browser.picture("provider-unknown-phone");
                assertThat(browser.faults()).isEmpty();
                browser.size(Browser.DESK);
                browser.picture("provider-unknown-desk");
                assertThat(browser.faults()).isEmpty();
                browser.size(Browser.PHONE);
                browser.press("#provider-back");
                browser.see("#signin-login");

                // who says no there
                browser.open("/provider?error=access_denied&state=x");
                browser.read("Chưa đăng nhập được");
                browser.picture("provider-denied-phone");
                assertThat(browser.faults()).isEmpty();
                assertThat(browser.run("return location.search")).isEqualTo("");
            } finally {
                provider.destroy();
                provider.waitFor();
            }
        }
    }
}
