package vn.sotay.tests;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.Signature;
import java.security.interfaces.RSAPublicKey;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** An identity provider of the test: honest until it is told to lie. It lets everybody in as whom the test says. */
final class FakeProvider implements AutoCloseable {

    static final String CLIENT = "sotay";
    static final String SECRET = "bí mật + của: sotay";

    private static final ObjectMapper JSON = new ObjectMapper();

    /** How a token is signed. */
    enum Signing {
        RIGHT,
        OTHER_KEY,
        UNKNOWN_KEY,
        NONE,
        /** By what both sides know, as if that were a signature. */
        SECRET,
        LEFT_OUT
    }

    /** Who has signed in there, and what will be said of it. */
    private record Approved(Map<String, String> asked, Map<String, Object> claims, Map<String, Object> person) {}

    private final HttpServer server;
    private final int port;
    private final Map<String, Approved> codes = new ConcurrentHashMap<>();
    private final Map<String, Approved> tokens = new ConcurrentHashMap<>();
    private final KeyPair otherKey = key();
    private volatile KeyPair key = key();
    private volatile String keyId = "one";
    volatile Signing signing = Signing.RIGHT;
    volatile UnaryOperator<Map<String, Object>> claims = UnaryOperator.identity();
    volatile UnaryOperator<Map<String, Object>> description = UnaryOperator.identity();
    /** Status by which everything is answered; 0 for what is right, -1 for nothing at all. */
    volatile int answer;

    private FakeProvider(HttpServer server) {
        this.server = server;
        this.port = server.getAddress().getPort();
    }

    static FakeProvider start() {
        try {
            HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            FakeProvider provider = new FakeProvider(server);
            server.createContext("/", provider::handle);
            server.setExecutor(Executors.newCachedThreadPool(task -> {
                Thread thread = new Thread(task);
                thread.setDaemon(true);
                return thread;
            }));
            server.start();
            return provider;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static KeyPair key() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(2048);
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    String issuer() {
        return "http://localhost:" + port;
    }

    void honest() {
        signing = Signing.RIGHT;
        claims = UnaryOperator.identity();
        description = UnaryOperator.identity();
        answer = 0;
    }

    /** Signs by another key from now on, and shows that one alone. */
    void rotate() {
        key = key();
        keyId = UUID.randomUUID().toString();
    }

    /** Somebody signs in where the browser was sent; what the browser brings back. */
    Map<String, String> approve(String way, Map<String, Object> token, Map<String, Object> person) {
        URI address = URI.create(way);
        if (!way.startsWith(issuer() + "/authorize?")) {
            throw new AssertionError("sent elsewhere: " + way);
        }
        Map<String, String> asked = form(address.getRawQuery());
        for (String name : List.of("state", "nonce", "code_challenge", "redirect_uri")) {
            if (asked.getOrDefault(name, "").isEmpty()) {
                throw new AssertionError("no " + name + ": " + asked);
            }
        }
        if (!asked.get("code_challenge_method").equals("S256")
                || !asked.get("response_type").equals("code")) {
            throw new AssertionError("not the code flow with PKCE: " + asked);
        }
        String code = UUID.randomUUID().toString();
        codes.put(code, new Approved(asked, token, person));
        Map<String, String> back = new TreeMap<>(Map.of("state", asked.get("state"), "code", code));
        back.put("redirect", asked.get("redirect_uri"));
        return back;
    }

    private void handle(HttpExchange exchange) throws IOException {
        try {
            if (answer < 0) {
                return;
            }
            if (answer > 0) {
                exchange.getResponseHeaders().add("Location", issuer() + "/elsewhere");
                exchange.sendResponseHeaders(answer, -1);
                exchange.close();
                return;
            }
            String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            Object reply =
                    switch (exchange.getRequestURI().getPath()) {
                        case "/.well-known/openid-configuration" -> description.apply(described());
                        case "/jwks" -> Map.of("keys", List.of(shown()));
                        case "/token" -> token(exchange, form(body));
                        case "/me" -> person(exchange);
                        default -> null;
                    };
            byte[] bytes = JSON.writeValueAsBytes(reply == null ? Map.of("error", "invalid_grant") : reply);
            exchange.getResponseHeaders().add("Content-Type", "application/json");
            exchange.sendResponseHeaders(reply == null ? 400 : 200, bytes.length);
            exchange.getResponseBody().write(bytes);
            exchange.close();
        } catch (GeneralSecurityException | RuntimeException e) {
            exchange.sendResponseHeaders(500, -1);
            exchange.close();
        }
    }

    private Map<String, Object> described() {
        return new LinkedHashMap<>(Map.of(
                "issuer", issuer(),
                "authorization_endpoint", issuer() + "/authorize",
                "token_endpoint", issuer() + "/token",
                "userinfo_endpoint", issuer() + "/me",
                "jwks_uri", issuer() + "/jwks"));
    }

    private Map<String, Object> shown() {
        RSAPublicKey shown = (RSAPublicKey) key.getPublic();
        return Map.of(
                "kty",
                "RSA",
                "use",
                "sig",
                "alg",
                "RS256",
                "kid",
                keyId,
                "n",
                number(shown.getModulus()),
                "e",
                number(shown.getPublicExponent()));
    }

    private Object token(HttpExchange exchange, Map<String, String> body) throws GeneralSecurityException, IOException {
        Approved approved = codes.remove(body.getOrDefault("code", ""));
        String pair = encoded(CLIENT) + ':' + encoded(SECRET);
        String basic = "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
        if (approved == null
                || !basic.equals(exchange.getRequestHeaders().getFirst("Authorization"))
                || !"authorization_code".equals(body.get("grant_type"))
                || !approved.asked().get("redirect_uri").equals(body.get("redirect_uri"))
                || !approved.asked()
                        .get("code_challenge")
                        .equals(base64(MessageDigest.getInstance("SHA-256")
                                .digest(body.get("code_verifier").getBytes(StandardCharsets.US_ASCII))))) {
            return null;
        }
        long now = Instant.now().getEpochSecond();
        Map<String, Object> said = new LinkedHashMap<>(
                Map.of("iss", issuer(), "aud", CLIENT, "sub", "người 1", "iat", now, "exp", now + 60));
        said.put("nonce", approved.asked().get("nonce"));
        said.putAll(approved.claims());
        said = claims.apply(said);
        String access = UUID.randomUUID().toString();
        tokens.put(access, approved);
        Map<String, Object> reply = new LinkedHashMap<>(Map.of("access_token", access, "token_type", "Bearer"));
        if (signing != Signing.LEFT_OUT) {
            reply.put("id_token", signed(said));
        }
        return reply;
    }

    private Object person(HttpExchange exchange) {
        Approved approved = tokens.get(
                exchange.getRequestHeaders().getFirst("Authorization").substring("Bearer ".length()));
        return approved == null ? null : approved.person();
    }

    private String signed(Map<String, Object> said) throws GeneralSecurityException, IOException {
        Signing how = signing;
        String algorithm =
                switch (how) {
                    case NONE -> "none";
                    case SECRET -> "HS256";
                    default -> "RS256";
                };
        Map<String, Object> head = new LinkedHashMap<>(Map.of("alg", algorithm));
        if (how != Signing.NONE) {
            head.put("kid", how == Signing.UNKNOWN_KEY ? "nobody's" : keyId);
        }
        String text = base64(JSON.writeValueAsBytes(head)) + '.' + base64(JSON.writeValueAsBytes(said));
        byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
        switch (how) {
            case NONE -> {
                return text + '.';
            }
            case SECRET -> {
                Mac mac = Mac.getInstance("HmacSHA256");
                mac.init(new SecretKeySpec(SECRET.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
                return text + '.' + base64(mac.doFinal(bytes));
            }
            default -> {
                Signature signature = Signature.getInstance("SHA256withRSA");
                signature.initSign(how == Signing.RIGHT ? key.getPrivate() : otherKey.getPrivate());
                signature.update(bytes);
                return text + '.' + base64(signature.sign());
            }
        }
    }

    private static String number(BigInteger value) {
        byte[] bytes = value.toByteArray();
        return base64(bytes[0] == 0 ? Arrays.copyOfRange(bytes, 1, bytes.length) : bytes);
    }

    private static String base64(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    private static String encoded(String text) {
        return java.net.URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private static Map<String, String> form(String text) {
        return Arrays.stream(text.split("&"))
                .map(pair -> pair.split("=", 2))
                .collect(Collectors.toMap(pair -> pair[0], pair -> URLDecoder.decode(pair[1], StandardCharsets.UTF_8)));
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
