package vn.sotay.platform.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.swagger.v3.parser.OpenAPIV3Parser;
import io.swagger.v3.parser.core.models.ParseOptions;
import io.swagger.v3.parser.core.models.SwaggerParseResult;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import vn.sotay.api.http.Endpoints;
import vn.sotay.api.http.Reply;
import vn.sotay.api.member.Member;
import vn.sotay.platform.json.Json;

/** The description of the API: valid, of the routes that are there now, with the limits that hold. */
final class OpenApiTest {

    @TempDir
    Path data;

    private TestServer server;
    private final Endpoints meetings = routes -> {
        routes.put("/api/meetings/{id}")
                .needs(TestServer.GRANTED)
                .says("Makes or changes one")
                .takes(Sample.class)
                .gives(Sample.class)
                .to(request -> Reply.nothing());
        routes.get("/api/meetings")
                .signedIn()
                .query("cell", UUID.class, "of this cell")
                .query("stance", Sample.Stance.class, "with this stance")
                .givesPage(Member.class)
                .to(request -> Reply.nothing());
        routes.post("/api/meetings/import").open().takesForm(1000).to(request -> Reply.nothing());
        routes.put("/api/meetings/{id}/file").signedIn().takesBytes(1000).to(request -> Reply.nothing());
        routes.get("/api/meetings/{id}/file").signedIn().givesBytes().to(request -> Reply.nothing());
        routes.delete("/api/meetings/{id}").signedIn().to(request -> Reply.nothing());
    };

    @BeforeEach
    void open() throws IOException {
        server = new TestServer(data, Map.of()).open();
        server.add("meetings", meetings);
    }

    @AfterEach
    void close() {
        server.close();
    }

    @Test
    void isValid() {
        ParseOptions options = new ParseOptions();
        options.setResolve(true);

        SwaggerParseResult parsed = new OpenAPIV3Parser()
                .readContents(server.get("/api/openapi.json").body(), null, options);

        assertThat(parsed.getMessages()).isEmpty();
        assertThat(parsed.getOpenAPI().getOpenapi()).isEqualTo("3.1.0");
        assertThat(parsed.getOpenAPI().getPaths())
                .containsKeys("/api/meetings", "/api/meetings/{id}", "/api/openapi.json", "/api/docs");
    }

    @Test
    void saysWhatHolds() throws IOException {
        JsonNode all = described();
        JsonNode sample = all.at("/components/schemas/meetings.Sample");

        assertThat(sample.at("/required").toString())
                .isEqualTo("[\"title\",\"stance\",\"cell\",\"day\",\"at\",\"count\",\"amount\",\"open\",\"items\"]");
        assertThat(sample.at("/properties/title").toString())
                .isEqualTo("{\"type\":\"string\",\"minLength\":1,\"maxLength\":20}");
        assertThat(sample.at("/properties/stance/enum").toString()).isEqualTo("[\"AGREE\",\"OTHER\"]");
        assertThat(sample.at("/properties/count").toString())
                .isEqualTo("{\"type\":\"integer\",\"format\":\"int32\",\"minimum\":1,\"maximum\":10}");
        assertThat(sample.at("/properties/items").toString())
                .isEqualTo(
                        "{\"type\":\"array\",\"items\":{\"$ref\":\"#/components/schemas/meetings.Item\"},\"maxItems\":3}");
        assertThat(sample.at("/properties/note/type").toString()).isEqualTo("[\"string\",\"null\"]");
        assertThat(sample.at("/properties/one").toString())
                .isEqualTo("{\"anyOf\":[{\"$ref\":\"#/components/schemas/meetings.Item\"},{\"type\":\"null\"}]}");
        assertThat(all.at("/components/schemas/Member/properties/id/format").asText())
                .isEqualTo("uuid");
        JsonNode put = all.at("/paths").get("/api/meetings/{id}").get("put");
        assertThat(put.at("/security").toString()).isEqualTo("[{\"bearer\":[]},{\"cookie\":[]}]");
        assertThat(put.at("/description").asText()).contains("sample.read");
        assertThat(put.at("/responses").fieldNames())
                .toIterable()
                .contains("200", "201", "401", "403", "404", "412", "422", "503");
        assertThat(all.at("/paths")
                        .get("/api/meetings")
                        .at("/get/parameters/1/schema/enum")
                        .toString())
                .isEqualTo("[\"AGREE\",\"OTHER\"]");
    }

    @Test
    void followsTheModules() throws IOException {
        HttpResponse<String> before = server.get("/api/openapi.json");
        String tag = before.headers().firstValue("ETag").orElseThrow();

        assertThat(server.get("/api/openapi.json", "If-None-Match", tag).statusCode())
                .isEqualTo(304);
        server.remove(meetings);

        HttpResponse<String> after = server.get("/api/openapi.json", "If-None-Match", tag);
        assertThat(after.statusCode()).isEqualTo(200);
        assertThat(Json.mapper().readTree(after.body()).at("/paths").fieldNames())
                .toIterable()
                .containsExactly("/api/docs", "/api/docs/{file}", "/api/openapi.json");
    }

    @Test
    void isShownByAPageOfOurOwn() {
        HttpResponse<String> page = server.anonymous("GET", "/api/docs", "");

        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(page.headers().firstValue("Content-Security-Policy").orElseThrow())
                .contains("script-src 'self';", "default-src 'none'");
        assertThat(page.body()).doesNotContain("//");
        for (String file : new String[] {"docs.js", "swagger-ui-bundle.js", "swagger-ui.css"}) {
            assertThat(page.body()).contains("/api/docs/" + file);
            assertThat(server.anonymous("GET", "/api/docs/" + file, "").statusCode())
                    .isEqualTo(200);
        }
        assertThat(server.anonymous("GET", "/api/docs/docs.html", "").statusCode())
                .isEqualTo(404);
    }

    private JsonNode described() throws IOException {
        return Json.mapper().readTree(server.get("/api/openapi.json").body());
    }
}
