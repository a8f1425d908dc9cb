package vn.sotay.platform.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import vn.sotay.platform.http.Pages.StaticFile;

final class ShellTest {

    private static final String INDEX = "<head>{preload}<script type=\"module\" src=\"{base}/a.js\"></script></head>";

    private static Shell shell(String script) {
        return shell(script, "");
    }

    private static Shell shell(String script, String library) {
        Map<String, byte[]> files = new HashMap<>();
        files.put("index.html", INDEX.getBytes(StandardCharsets.UTF_8));
        files.put("sw.js", "{files}".getBytes(StandardCharsets.UTF_8));
        files.put("a.js", script.getBytes(StandardCharsets.UTF_8));
        files.put("shell/later/b.js", new byte[0]);
        files.put("vendor/README.md", new byte[0]);
        files.put("vendor/lib.js", library.getBytes(StandardCharsets.UTF_8));
        files.put("texts/vi.properties", "hello=Chào {name}".getBytes(StandardCharsets.UTF_8));
        return new Shell(files);
    }

    private static String html(Shell shell) {
        return new String(shell.find("/").orElseThrow().content(), StandardCharsets.UTF_8);
    }

    private static String base(Shell shell) {
        return html(shell).replaceAll("(?s).*src=\"(/s/[0-9a-f]{16})/a.js.*", "$1");
    }

    @Test
    void filesLieBelowTheHashOfAllAndAreKeptForever() {
        Shell shell = shell("1");
        StaticFile script = shell.find(base(shell) + "/a.js").orElseThrow();

        assertThat(script.content()).asString().isEqualTo("1");
        assertThat(script.type()).startsWith("text/javascript");
        assertThat(script.forever()).isTrue();
        assertThat(base(shell("2"))).isNotEqualTo(base(shell));
        assertThat(html(shell)).contains("<link rel=\"modulepreload\" href=\"" + base(shell) + "/a.js\">");
        assertThat(html(shell))
                .as("a first visit waits for no page of an office")
                .doesNotContain("later/");
        assertThat(shell.find(base(shell) + "/shell/later/b.js")).isPresent();
        assertThat(shell.find(base(shell) + "/vendor/README.md")).isEmpty();
    }

    @Test
    void textsAreJson() {
        Shell shell = shell("1");

        assertThat(shell.find(base(shell) + "/texts/vi.json").orElseThrow().content())
                .asString(StandardCharsets.UTF_8)
                .isEqualTo("{\"hello\":\"Chào {name}\"}");
    }

    @Test
    void thePageAllowsNoInlineScript() {
        StaticFile page = shell("1").find("/").orElseThrow();

        assertThat(page.headers().get("Content-Security-Policy"))
                .contains("default-src 'none'; script-src 'self';")
                .doesNotContain("unsafe");
        assertThat(page.forever()).isFalse();
    }

    @Test
    void librariesNameOneAnotherByTheirFiles() {
        Shell shell =
                shell("1", "import{h}from\"preact\";import{useRef}from\"preact/hooks\";export{h}from\"./other.js\"");

        assertThat(shell.find(base(shell) + "/vendor/lib.js").orElseThrow().content())
                .asString()
                .isEqualTo(
                        "import{h}from\"./preact.js\";import{useRef}from\"./preact-hooks.js\";export{h}from\"./other.js\"");
        assertThatThrownBy(() -> shell("1", "import \"left-pad\""))
                .hasMessage("web/vendor/lib.js imports left-pad, which is no library that the shell has");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/me", "/meetings/0193-a/roll", "/members/", "/modest"})
    void thePathOfAPageGivesTheShell(String path) {
        assertThat(shell("1").find(path)).isPresent();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/api",
                "/api/units",
                "/s/0123456789abcdef/a.js",
                "/s/x",
                "/m/x",
                "/health",
                "/metrics",
                "/wp-login.php",
                "/.env",
                "/a.b/c"
            })
    void whatIsNoPageIsNotFound(String path) {
        assertThat(shell("1").find(path)).isEmpty();
    }
}
