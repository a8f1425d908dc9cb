package vn.sotay.platform.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import vn.sotay.api.http.Endpoints;
import vn.sotay.api.http.Reply;
import vn.sotay.api.http.Routes;

class RouteTableTest {

    private static final RouteTable TABLE = new RouteTable(Router.declared("meetings", routes -> {
        for (String get : List.of(
                "/api/meetings",
                "/api/meetings/{id}",
                "/api/meetings/next",
                "/api/meetings/{id}/items/{item}",
                "/api/meetings/next/place")) {
            routes.get(get).open().to(request -> Reply.nothing());
        }
        routes.put("/api/meetings/{id}").open().to(request -> Reply.nothing());
        routes.post("/api/meetings/{id}/close").open().to(request -> Reply.nothing());
    }));

    private static List<String> segments(String path) {
        return List.of(path.substring(1).split("/", -1));
    }

    @ParameterizedTest(name = "{0} {1}")
    @CsvSource({
        // method, path, route, variables
        "GET,    /api/meetings,                  GET /api/meetings,                     ''",
        "HEAD,   /api/meetings,                  GET /api/meetings,                     ''",
        "GET,    /api/meetings/7,                GET /api/meetings/{id},                id=7",
        "PUT,    /api/meetings/7,                PUT /api/meetings/{id},                id=7",
        "GET,    /api/meetings/next,             GET /api/meetings/next,                ''",
        "GET,    /api/meetings/next/place,       GET /api/meetings/next/place,          ''",
        "GET,    /api/meetings/next/items/3,     GET /api/meetings/{id}/items/{item},   id=next item=3",
        "POST,   /api/meetings/next/close,       POST /api/meetings/{id}/close,         id=next",
        "GET,    /api/meetings/a b/items/ệ,      GET /api/meetings/{id}/items/{item},   id=a b item=ệ",
        "PUT,    /api/meetings/next,             ,",
        "POST,   /api/meetings,                  ,",
        "GET,    /api/meetings/,                 ,",
        "GET,    /api/meetings/7/,               ,",
        "GET,    /api/meetings/7/items,          ,",
        "GET,    /api/meetings//items/3,         ,",
        "GET,    /api,                           ,",
        "GET,    /api/Meetings,                  ,",
        "get,    /api/meetings,                  ,",
    })
    void match(String method, String path, String route, String variables) {
        RouteTable.Match match = TABLE.match(method, segments(path));

        if (route == null) {
            assertThat(match).isNull();
        } else {
            assertThat(match.route()).hasToString(route);
            assertThat(match.variables()).isEqualTo(variables(variables));
        }
    }

    private static Map<String, String> variables(String words) {
        Map<String, String> variables = new java.util.HashMap<>();
        for (String word : words.split(" (?=\\w+=)")) {
            if (!word.isEmpty()) {
                variables.put(word.substring(0, word.indexOf('=')), word.substring(word.indexOf('=') + 1));
            }
        }
        return variables;
    }

    @ParameterizedTest
    @CsvSource({
        "/api/meetings,           GET HEAD OPTIONS",
        "/api/meetings/7,         GET HEAD OPTIONS PUT",
        "/api/meetings/7/close,   OPTIONS POST",
        "/api/meetings/7/open,    ''",
    })
    void methods(String path, String methods) {
        assertThat(String.join(" ", TABLE.methods(segments(path)))).isEqualTo(methods);
    }

    // ---- what is refused

    private static String refusal(Endpoints endpoints) {
        try {
            new RouteTable(Router.declared("meetings", endpoints));
            return "";
        } catch (IllegalArgumentException e) {
            return e.getMessage();
        }
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "/api/meetings,          ''",
        "/api/meetings/a.b_c-d,  ''",
        "/api/meetings/{id2},    ''",
        "/api/meetingsx,         'GET /api/meetingsx lies outside /api/meetings, which is what the module meetings owns'",
        "/api/dues,              'GET /api/dues lies outside /api/meetings, which is what the module meetings owns'",
        "/health,                'GET /health lies outside /api/meetings, which is what the module meetings owns'",
        "/api/meetings/,         GET /api/meetings/ is no template of a path",
        "/api/meetings/{},       GET /api/meetings/{} is no template of a path",
        "/api/meetings/{a/b},    GET /api/meetings/{a/b} is no template of a path",
        "/api/meetings/x{id},    GET /api/meetings/x{id} is no template of a path",
        "/api/meetings?a=b,      GET /api/meetings?a=b is no template of a path",
        "/api/../meetings,       'GET /api/../meetings lies outside /api/meetings, which is what the module meetings owns'",
    })
    void aModuleOwnsWhatLiesBelowItsId(String template, String line) {
        assertThat(refusal(routes -> routes.get(template).open().to(request -> Reply.nothing())))
                .isEqualTo(line);
    }

    @Test
    void aRouteSaysWhoMayCallItAndWhoAnswers() {
        assertThat(refusal(routes -> routes.get("/api/meetings").to(request -> Reply.nothing())))
                .isEqualTo("GET /api/meetings does not say who may call it: add needs(…), signedIn() or open()");
        assertThat(refusal(routes -> routes.get("/api/meetings").open()))
                .isEqualTo("GET /api/meetings has no handler: end it with to(…)");
    }

    @Test
    void noTwoRoutesAnswerTheSame() {
        assertThat(refusal(routes -> {
                    add(routes, "/api/meetings/{id}");
                    add(routes, "/api/meetings/{meeting}");
                }))
                .isEqualTo("two routes for GET /api/meetings/{meeting}");
        assertThatThrownBy(() -> new RouteTable(
                        List.of(new RouteSpec("a", "GET", "/api/a"), new RouteSpec("a", "GET", "/api/a"))))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static void add(Routes routes, String template) {
        routes.get(template).open().to(request -> Reply.nothing());
    }
}
