package vn.sotay.tests.probe;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.function.Function;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;
import vn.sotay.tests.probe.ApiDocument.Operation;
import vn.sotay.tests.probe.Paths.Filled;

/**
 * Makes requests that nearly are what the server describes, and a few that are nothing of the kind. The same seed makes the same
 * requests. Not thread-safe.
 */
final class Shots {

    /**
     * What is sent.
     *
     * @param language of {@code Accept-Language}, if there is one that the server must go by
     * @param isWhole whether it is well-formed HTTP, which must have an answer
     */
    record Shot(byte[] bytes, boolean isHead, @Nullable String language, boolean isWhole) {

        @Override
        public String toString() {
            String text = new String(bytes, StandardCharsets.ISO_8859_1);
            return text.length() > 1_500 ? text.substring(0, 1_500) + "… (" + bytes.length + " bytes)" : text;
        }
    }

    private static final List<String> METHODS = List.of(
            "OPTIONS",
            "HEAD",
            "PATCH",
            "TRACE",
            "CONNECT",
            "PROPFIND",
            "get",
            "X".repeat(300),
            "GET",
            "PUT",
            "POST",
            "DELETE");
    private static final List<String> PATHS = List.of(
            "/api/../api/me",
            "/api/%2e%2e/api/me",
            "/api/%2E%2E%2f%2e%2e/etc/passwd",
            "/api//me",
            "//api/me",
            "/api/me/",
            "/api/./me",
            "/api/me;x=y",
            "/api;x/me",
            "/api/members/%2F",
            "/api/members/%00",
            "/api/members/%",
            "/api/members/%zz",
            "/api/members/%u0041",
            "/api/members/%c3%28",
            "/api/members/%ed%a0%80",
            "/api/members/\\..\\x",
            "/api/members/é",
            "/api/members?",
            "/api/members?=&&=a&limit",
            "/api/members?limit=1&limit=x",
            "/api/members?q=%",
            "/api/members?q=%c3%28",
            "/api/members#x",
            "/api",
            "/api/",
            "/",
            "/s/../../config/sotay.json",
            "/s/%2e%2e/%2e%2e/config/sotay.json",
            "/m/meetings/x/../../../sotay.json",
            "/m/%00/x",
            "/favicon.ico",
            "/health/../api/me",
            "/health?x=y",
            "*",
            "api/me",
            "http://example.org/api/me",
            "http://[::1",
            "?",
            "");
    private static final List<String> TYPES = List.of(
            "application/json",
            "application/json; charset=utf-16",
            "APPLICATION/JSON;x",
            "application/jsonp",
            "text/plain",
            "multipart/form-data",
            "multipart/form-data; boundary=",
            "multipart/form-data; boundary=\"a",
            "application/x-www-form-urlencoded",
            ";;;",
            "\u00e9",
            "");

    private final Random random;
    private final ApiDocument api;
    private final Sample sample;
    private final List<String> tokens;
    private final Map<Operation, List<Filled>> targets = new LinkedHashMap<>();

    /**
     * @param tokens of those who send; one of them may be of nobody
     * @param paths the real things of each route that may be hit
     */
    Shots(long seed, ApiDocument api, Sample sample, List<String> tokens, Function<Operation, List<Filled>> paths) {
        this.random = new Random(seed);
        this.api = api;
        this.sample = sample;
        this.tokens = tokens;
        api.operations().forEach(operation -> targets.put(operation, paths.apply(operation)));
    }

    Shot next() {
        int kind = random.nextInt(100);
        return kind < 80 ? described() : kind < 88 ? path() : broken();
    }

    private boolean oneIn(int many) {
        return random.nextInt(many) == 0;
    }

    private <T> T one(List<T> all) {
        return all.get(random.nextInt(all.size()));
    }

    // ---- what is described, and something wrong with it

    private Shot described() {
        Operation operation = one(api.operations());
        Request request = new Request(oneIn(25) ? one(METHODS) : operation.method(), target(operation));
        if (operation.bodyType() != null && !oneIn(20) || oneIn(30)) {
            body(operation, request);
        }
        headers(request);
        return request.shot();
    }

    private String target(Operation operation) {
        List<Filled> real = targets.get(operation);
        StringBuilder target = new StringBuilder();
        if (!real.isEmpty() && !oneIn(3)) {
            target.append(one(real).path());
        } else {
            for (String segment : operation.template().substring(1).split("/")) {
                target.append('/').append(segment.startsWith("{") ? variable() : segment);
            }
        }
        char separator = '?';
        for (Map.Entry<String, JsonNode> query : operation.queries().entrySet()) {
            if (oneIn(3)) {
                target.append(separator).append(query.getKey()).append('=').append(queryValue(query));
                separator = '&';
            }
        }
        if (oneIn(40)) {
            target.append(separator).append(encoded(Odd.text(random))).append("=1");
        }
        return target.toString();
    }

    private String variable() {
        return oneIn(2) ? UUID.randomUUID().toString() : encoded(Odd.text(random));
    }

    private String queryValue(Map.Entry<String, JsonNode> query) {
        if (query.getKey().equals("wait")) {
            // to wait is what it is for, and no hang
            return one(List.of("0", "1", "-1", "x", "99999999999", ""));
        }
        if (query.getKey().equals("after") && oneIn(2)) {
            String cursor = Odd.text(random) + '\u001f' + Odd.text(random);
            return Base64.getUrlEncoder().encodeToString(cursor.getBytes(StandardCharsets.UTF_8));
        }
        if (query.getValue().has("enum") && oneIn(2)) {
            return one(List.copyOf(List.of(query.getValue().path("enum").get(0).asText(), "x")));
        }
        return oneIn(4) ? one(List.of("1", "500", "2026-11-24", "a", "Nguy%E1%BB%85n")) : encoded(Odd.text(random));
    }

    private static String encoded(String text) {
        // a lone surrogate has no UTF-8: what a careless client makes of it
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("%3F%3F", "%ED%A0%80");
    }

    private void body(Operation operation, Request request) {
        String type = operation.bodyType() == null ? "application/json" : operation.bodyType();
        if (type.equals("application/json") && operation.bodyType() != null) {
            request.body = json(sample.body(operation));
        } else if (type.startsWith("multipart/")) {
            type += "; boundary=b";
            request.body = form();
        } else {
            request.body = one(List.of("x", "", Odd.text(random))).getBytes(StandardCharsets.UTF_8);
        }
        request.header("Content-Type", oneIn(12) ? one(TYPES) : type);
    }

    private byte[] json(JsonNode whole) {
        String text = whole.toString();
        return switch (random.nextInt(12)) {
            case 0 -> text.getBytes(StandardCharsets.UTF_8);
            case 1 -> Odd.json(random).getBytes(StandardCharsets.UTF_8);
            case 2 -> text.substring(0, random.nextInt(text.length())).getBytes(StandardCharsets.UTF_8);
            case 3 -> (text + one(List.of("1", "}", ",", "\0", text))).getBytes(StandardCharsets.UTF_8);
            case 4 -> (one(List.of("\ufeff", "// a\n", "\0", "/**/")) + text).getBytes(StandardCharsets.UTF_8);
            case 5 ->
                text.getBytes(
                        one(List.of(StandardCharsets.UTF_16, StandardCharsets.UTF_16LE, StandardCharsets.ISO_8859_1)));
            case 6 -> spoilt(text.getBytes(StandardCharsets.UTF_8));
            case 7 ->
                (text.substring(0, text.length() - 1) + (whole.isEmpty() ? "" : ",") + Odd.quoted(Odd.text(random))
                                + ":" + Odd.json(random) + "}")
                        .getBytes(StandardCharsets.UTF_8);
            case 8 -> twice(whole, text).getBytes(StandardCharsets.UTF_8);
            default -> oneField(whole).getBytes(StandardCharsets.UTF_8);
        };
    }

    private byte[] spoilt(byte[] bytes) {
        byte[] spoilt = bytes.clone();
        for (int i = 0; i < 3; i++) {
            spoilt[random.nextInt(spoilt.length)] = (byte) random.nextInt(256);
        }
        return spoilt;
    }

    private String twice(JsonNode whole, String text) {
        if (whole.isEmpty()) {
            return text + text;
        }
        String name = whole.fieldNames().next();
        return text.substring(0, text.length() - 1) + ',' + Odd.quoted(name) + ':' + whole.path(name) + '}';
    }

    /** The object with another value for one of its fields, also deep within. */
    private String oneField(JsonNode whole) {
        List<String> names = new ArrayList<>();
        whole.fieldNames().forEachRemaining(names::add);
        if (names.isEmpty()) {
            return Odd.json(random);
        }
        String chosen = one(names);
        StringBuilder text = new StringBuilder("{");
        for (String name : names) {
            JsonNode value = whole.path(name);
            boolean isDeep = value.isArray() && !value.isEmpty() && value.get(0).isObject() && oneIn(2);
            text.append(text.length() > 1 ? "," : "").append(Odd.quoted(name)).append(':');
            text.append(!name.equals(chosen) ? value : isDeep ? '[' + oneField(value.get(0)) + ']' : Odd.json(random));
        }
        return text.append('}').toString();
    }

    private byte[] form() {
        StringBuilder form = new StringBuilder();
        for (String name : List.of("unit", "file", "file2")) {
            if (!oneIn(5)) {
                form.append("--b\r\nContent-Disposition: form-data; name=\"")
                        .append(name)
                        .append('"');
                form.append(
                        name.equals("unit")
                                ? ""
                                : "; filename=\"" + one(List.of("a.csv", "a.xlsx", "é\\..\\..", "\0", "")) + '"');
                form.append("\r\n\r\n");
                form.append(name.equals("unit") && !oneIn(3) ? "38.168.053.000.001" : roster())
                        .append("\r\n");
            }
        }
        return (form + (oneIn(6) ? "" : "--b--\r\n")).getBytes(StandardCharsets.UTF_8);
    }

    private String roster() {
        String row = Odd.text(random) + ',' + Odd.text(random) + ",Nam\n";
        return one(List.of(
                "Họ và tên,Ngày sinh,Giới tính\n" + row.repeat(2),
                "Họ và tên\n\"" + row,
                "PK\u0003\u0004" + Odd.text(random),
                "\0".repeat(1_000),
                ",".repeat(5_000) + "\n",
                Odd.text(random)));
    }

    // ---- headers

    private void headers(Request request) {
        // who signs out has no further part in this
        String token = request.method.equals("DELETE") && request.target.startsWith("/api/session") ? "x" : one(tokens);
        if (oneIn(30)) {
            request.header(
                    "Authorization",
                    one(List.of(
                            "Bearer",
                            "Bearer ",
                            "Basic YTpi",
                            "Bearer \u00e9",
                            "bearer " + token,
                            "Bearer " + "x".repeat(5_000))));
        } else if (oneIn(8)) {
            request.header(
                    "Cookie",
                    one(List.of(
                            "sotay=" + token,
                            "sotay=\"" + token,
                            "=;;;=",
                            "sotay=\u00e9",
                            "a=b; sotay=",
                            "$Version=1; sotay=x")));
            request.header("Origin", one(List.of("", "null", "x", "http://", "http://example.org", ":")));
        } else if (!token.isEmpty()) {
            request.header("Authorization", "Bearer " + token);
        }
        String language = one(List.of("vi", "en", "ko", "", "x"));
        if (language.equals("x")) {
            request.header(
                    "Accept-Language",
                    one(List.of("*", "en;q=abc", "zz-ZZ", "ko-KR,en;q=0.5", "en,".repeat(2_000), "\u00e9", ";")));
        } else if (!language.isEmpty()) {
            request.header("Accept-Language", language);
        }
        request.language = language.equals("x") ? null : language.isEmpty() ? "vi" : language;
        odd(
                request,
                "If-Match",
                List.of("*", "\"1\"", "W/\"1\"", "\"99999999999999999999\"", "1", "\"", "\"a\", \"1\""));
        odd(request, "If-None-Match", List.of("*", "\"1\"", "W/\"", ",,,", "\"1--gzip\"", ""));
        odd(
                request,
                "Range",
                List.of(
                        "bytes=0-",
                        "bytes=-1",
                        "bytes=9-1",
                        "bytes=0-0,2-3",
                        "bytes=99999999999999999999-",
                        "lines=1",
                        "bytes="));
        odd(request, "Accept-Encoding", List.of("gzip", "br", "gzip;q=0", "gzip;q=x", "identity;q=0, *;q=0", "\u00e9"));
        odd(request, "Accept", List.of("text/html", "*/*;q=x", "\u00e9", ""));
        odd(request, "Content-Encoding", List.of("gzip", "br", "identity", "gzip, gzip", "x"));
        odd(request, "Sec-Fetch-Site", List.of("cross-site", "same-origin", "\u00e9"));
        odd(request, "Expect", List.of("100-continue", "x"));
        odd(request, "X-Forwarded-For", List.of("1.2.3.4", "\u00e9", "x".repeat(3_000)));
        odd(request, "If-Modified-Since", List.of("x", "Thu, 01 Jan 1970 00:00:00 GMT"));
        odd(
                request,
                "Sotay-Device",
                List.of("x", "", "\u00e9", new UUID(random.nextLong(), random.nextLong()).toString()));
        odd(request, "Sotay-Sequence", List.of("1", "0", "-1", "", "x", "99999999999999999999", "1, 2"));
        odd(request, "X-HTTP-Method-Override", List.of("DELETE"));
        odd(request, "Upgrade", List.of("h2c", "websocket"));
    }

    private void odd(Request request, String name, List<String> values) {
        if (oneIn(25)) {
            request.header(name, one(values));
            if (name.equals("Expect") || name.equals("Upgrade")) {
                request.language = null;
            }
        }
    }

    // ---- paths, and what is no HTTP

    private Shot path() {
        Request request = new Request(oneIn(5) ? one(METHODS) : "GET", one(PATHS));
        headers(request);
        request.isWhole = false;
        return request.shot();
    }

    private Shot broken() {
        String token = one(tokens);
        String head = "Host: localhost\r\nAuthorization: Bearer " + token + "\r\n";
        String put = "PUT /api/meetings/" + UUID.randomUUID() + " HTTP/1.1\r\n" + head
                + "Content-Type: application/json\r\n";
        String get = "GET /api/me HTTP/1.1\r\n" + head;
        byte[] zipped = zipped();
        return raw(
                switch (random.nextInt(26)) {
                    case 0 -> bytes(put + "Content-Length: 10\r\n\r\n{}");
                    case 1 -> bytes(put + "Content-Length: 2\r\n\r\n{}{}{}");
                    case 2 -> bytes(put + "Content-Length: -1\r\n\r\n{}");
                    case 3 -> bytes(put + "Content-Length: 99999999999999999999\r\n\r\n{}");
                    case 4 -> bytes(put + "Content-Length: 2\r\nContent-Length: 3\r\n\r\n{}");
                    case 5 ->
                        bytes(put + "Content-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n0\r\n\r\n");
                    case 6 -> bytes(put + "Transfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n0\r\n\r\n");
                    case 7 -> bytes(put + "Transfer-Encoding: chunked\r\n\r\nzz\r\n{}\r\n0\r\n\r\n");
                    case 8 -> bytes(put + "Transfer-Encoding: chunked\r\n\r\n2\r\n{}");
                    case 9 -> bytes(put + "Transfer-Encoding: chunked\r\n\r\n7fffffffffffffff\r\n{}");
                    case 10 -> bytes(put + "Transfer-Encoding: gzip, chunked\r\n\r\n2\r\n{}\r\n0\r\n\r\n");
                    case 11 -> bytes(put + "Transfer-Encoding: x\r\n\r\n{}");
                    case 12 ->
                        joined(
                                put + "Content-Encoding: gzip\r\nContent-Length: " + zipped.length / 2 + "\r\n\r\n",
                                Arrays.copyOf(zipped, zipped.length / 2));
                    case 13 ->
                        joined(put + "Content-Encoding: gzip\r\nContent-Length: " + zipped.length + "\r\n\r\n", zipped);
                    case 14 -> bytes(put + "Content-Encoding: gzip\r\nContent-Length: 5\r\n\r\n{\"a\":");
                    case 15 -> bytes(get + "\r\n" + get + "\r\n" + get + "\r\n");
                    case 16 -> bytes(get.replace("1.1", "1.0") + "\r\n");
                    case 17 -> bytes("GET /api/me\r\n");
                    case 18 -> bytes("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n");
                    case 19 ->
                        bytes(get.replace("HTTP/1.1", one(List.of("HTTP/3.0", "HTTP/1.9", "HTTP/x", "FTP/1.1")))
                                + "\r\n");
                    case 20 ->
                        bytes(get.replace(
                                        "Host: localhost\r\n",
                                        one(List.of(
                                                "",
                                                "Host:\r\n",
                                                "Host: a b\r\n",
                                                "Host: a\r\nHost: b\r\n",
                                                "Host: localhost:99999\r\n",
                                                "Host: \u00e9\r\n")))
                                + "\r\n");
                    case 21 ->
                        bytes(get
                                + one(List.of(
                                        "X\r\n",
                                        ": x\r\n",
                                        "A b: c\r\n",
                                        "A: b\r\n c\r\n",
                                        "A\0: b\r\n",
                                        "A: \0\r\n",
                                        "é: x\r\n",
                                        "A : b\r\n"))
                                + "\r\n");
                    case 22 -> bytes(get.replace("\r\n", one(List.of("\n", "\r", "\r\r\n"))) + "\n\n");
                    case 23 -> bytes(get + "X: " + "x".repeat(one(List.of(8_000, 17_000, 100_000))) + "\r\n\r\n");
                    case 24 ->
                        bytes("GET /api/members?q=" + "x".repeat(one(List.of(2_000, 7_000, 17_000, 100_000)))
                                + " HTTP/1.1\r\n" + head + "\r\n");
                    default -> noise();
                });
    }

    private byte[] noise() {
        byte[] noise = new byte[1 + random.nextInt(300)];
        random.nextBytes(noise);
        return oneIn(2) ? noise : joined("\r\n\r\n\u0016\u0003\u0001", noise);
    }

    private static byte[] zipped() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (GZIPOutputStream zip = new GZIPOutputStream(out)) {
            // two megabytes of a text that never ends: more than a body may have
            zip.write(("{\"title\":\"" + "x".repeat(2_000_000)).getBytes(StandardCharsets.US_ASCII));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }

    private Shot raw(byte[] bytes) {
        return new Shot(bytes, false, null, false);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] joined(String head, byte[] body) {
        return HexFormat.of()
                .parseHex(HexFormat.of().formatHex(bytes(head)) + HexFormat.of().formatHex(body));
    }

    /** One request while it is being made. */
    private final class Request {

        private final String method;
        private final String target;
        private final StringBuilder headers = new StringBuilder();
        private byte[] body = new byte[0];
        private @Nullable String language;
        private boolean isWhole;

        Request(String method, String target) {
            this.method = method;
            this.target = target;
            this.isWhole = !METHODS.contains(method)
                    || List.of("GET", "PUT", "POST", "DELETE").contains(method);
        }

        void header(String name, String value) {
            headers.append(name).append(": ").append(value).append("\r\n");
        }

        Shot shot() {
            String head = method + ' ' + target + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n" + headers;
            boolean isChunked = body.length > 0 && oneIn(6);
            byte[] bytes = isChunked
                    ? joined(head + "Transfer-Encoding: chunked\r\n\r\n", chunked())
                    : joined(
                            head + (body.length > 0 || oneIn(2) ? "Content-Length: " + body.length + "\r\n" : "")
                                    + "\r\n",
                            body);
            // what the parser itself refuses has no headers yet, and so no language
            boolean isParsed = target.length() + headers.length() < 10_000 && !target.contains("%00");
            return new Shot(bytes, method.equals("HEAD"), isParsed && isWhole ? language : null, isWhole);
        }

        private byte[] chunked() {
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            for (int at = 0; at < body.length; ) {
                int size = Math.min(body.length - at, 1 + random.nextInt(body.length));
                out.writeBytes(bytes(Integer.toHexString(size) + "\r\n"));
                out.write(body, at, size);
                out.writeBytes(bytes("\r\n"));
                at += size;
            }
            out.writeBytes(bytes("0\r\n\r\n"));
            return out.toByteArray();
        }
    }
}
