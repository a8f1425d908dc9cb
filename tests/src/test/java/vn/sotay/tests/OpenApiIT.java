package vn.sotay.tests;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.swagger.v3.parser.OpenAPIV3Parser;
import io.swagger.v3.parser.core.models.ParseOptions;
import io.swagger.v3.parser.core.models.SwaggerParseResult;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.By;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.support.ui.ExpectedConditions;
import org.openqa.selenium.support.ui.WebDriverWait;
import vn.sotay.testkit.Client;
import vn.sotay.testkit.Response;
import vn.sotay.testkit.Sotay;

/** {@code /api/openapi.json} describes what is there now, and {@code /api/docs} shows it. */
class OpenApiIT {

    private static final String ID = "0193c1f0-0000-7000-8000-000000000001";

    private final Sotay sotay = Sotay.shared();
    private final Client anonymous = sotay.anonymous();

    private JsonNode described() {
        return anonymous.get("/api/openapi.json").expect(200).json();
    }

    @Test
    void isValid() {
        ParseOptions options = new ParseOptions();
        options.setResolve(true);
        options.setResolveFully(true);

        SwaggerParseResult parsed = new OpenAPIV3Parser()
                .readContents(anonymous.get("/api/openapi.json").expect(200).text(), null, options);

        assertThat(parsed.getMessages()).isEmpty();
        assertThat(parsed.getOpenAPI().getOpenapi()).startsWith("3.1");
        assertThat(parsed.getOpenAPI().getPaths().values())
                .flatExtracting(path -> path.readOperations())
                .allSatisfy(operation -> {
                    assertThat(operation.getSummary()).isNotBlank();
                    assertThat(operation.getResponses()).isNotEmpty();
                });
    }

    @Test
    void hasTheRoutesThatClientsRelyOn() {
        Map<String, String> relied = Map.ofEntries(
                Map.entry("/api/session", "delete post"),
                Map.entry("/api/me", "get"),
                Map.entry("/api/units", "get"),
                Map.entry("/api/units/{id}", "get put"),
                Map.entry("/api/units/{id}/path", "get"),
                Map.entry("/api/members", "get"),
                Map.entry("/api/members/{id}", "get put"),
                Map.entry("/api/members/import", "post"),
                Map.entry("/api/members/export", "get"),
                Map.entry("/api/jobs/{id}", "get"),
                Map.entry("/api/modules", "get put"),
                Map.entry("/api/changes", "get"),
                Map.entry("/api/files/{sha256}", "get put"),
                Map.entry("/api/meetings", "get"),
                Map.entry("/api/meetings/{id}", "delete get put"),
                Map.entry("/api/meetings/{id}/close", "post"),
                Map.entry("/api/meetings/{id}/minutes", "get put"),
                Map.entry("/health", "get"));
        JsonNode paths = described().path("paths");

        relied.forEach((path, methods) ->
                assertThat(methods(paths.path(path))).as(path).containsAll(List.of(methods.split(" "))));
    }

    @Test
    void saysNoMoreAndNoLessThanTheServerAnswers() {
        described().path("paths").properties().forEach(path -> {
            Response options = anonymous.send("OPTIONS", path.getKey().replaceAll("\\{[^}]*}", ID));
            TreeSet<String> allowed = new TreeSet<>(List.of(
                    options.expect(204).header("Allow").toLowerCase(Locale.ROOT).split(", ")));
            allowed.removeAll(List.of("head", "options"));

            assertThat(methods(path.getValue())).as(path.getKey()).isEqualTo(allowed);
        });
    }

    @Test
    void saysWhichRoutesWantASignIn() {
        described().path("paths").properties().forEach(path -> {
            for (String method : methods(path.getValue())) {
                boolean wants = !path.getValue().path(method).path("security").isEmpty();
                String address = path.getKey().replaceAll("\\{[^}]*}", ID);

                int status =
                        anonymous.send(method.toUpperCase(Locale.ROOT), address).status();

                assertThat(status == 401)
                        .as(method + ' ' + path.getKey() + " gave " + status)
                        .isEqualTo(wants);
            }
        });
    }

    private static TreeSet<String> methods(JsonNode path) {
        TreeSet<String> methods = new TreeSet<>();
        path.fieldNames().forEachRemaining(methods::add);
        methods.retainAll(List.of("get", "put", "post", "delete"));
        return methods;
    }

    @Test
    void leavesOutAModuleThatStands() {
        Client admin = sotay.as("admin");
        Response before = anonymous.get("/api/openapi.json").expect(200);
        admin.post("/api/modules/meetings/stop").expect(200);
        try {
            Response stopped = anonymous
                    .header("If-None-Match", before.header("ETag"))
                    .get("/api/openapi.json")
                    .expect(200);

            assertThat(stopped.json().path("paths").fieldNames())
                    .toIterable()
                    .contains("/api/members")
                    .noneMatch(path -> path.startsWith("/api/meetings"));
            assertThat(stopped.text()).doesNotContain("meetings.Meeting");
        } finally {
            admin.post("/api/modules/meetings/start").expect(200);
        }
        assertThat(anonymous.get("/api/openapi.json").expect(200).text()).isEqualTo(before.text());
    }

    @Test
    void isShownByAPageThatAsksNobodyElse() {
        ChromeDriver browser = new ChromeDriver(new ChromeOptions()
                .addArguments("--headless=new", "--no-sandbox", "--disable-dev-shm-usage", "--window-size=1200,900"));
        try {
            browser.get(sotay.url().resolve("/api/docs").toString());
            WebDriverWait wait = new WebDriverWait(browser, Duration.ofSeconds(60));
            wait.until(ExpectedConditions.elementToBeClickable(By.id("operations-tag-meetings")))
                    .click();
            wait.until(ExpectedConditions.numberOfElementsToBeMoreThan(By.cssSelector(".opblock"), 10));

            @SuppressWarnings("unchecked")
            List<String> asked = (List<String>)
                    browser.executeScript("return performance.getEntriesByType('resource').map(one => one.name)");
            assertThat(asked)
                    .isNotEmpty()
                    .allMatch(url -> url.startsWith(sotay.url().toString()) || url.startsWith("data:"));
            assertThat(browser.manage().logs().get("browser"))
                    .as("what the page's policy has blocked")
                    .noneMatch(line -> line.getMessage().contains("Content Security Policy"));
        } finally {
            browser.quit();
        }
    }
}
