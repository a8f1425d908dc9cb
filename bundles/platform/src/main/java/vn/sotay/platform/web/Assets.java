package vn.sotay.platform.web;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.Properties;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;
import vn.sotay.platform.http.Pages.StaticFile;
import vn.sotay.platform.json.Json;

/** Files of pages: their types, the hash of a whole folder, texts as JSON. */
final class Assets {

    private static final Map<String, String> TYPES = Map.of(
            "css", "text/css; charset=utf-8",
            "html", "text/html; charset=utf-8",
            "js", "text/javascript; charset=utf-8",
            "json", "application/json",
            "png", "image/png",
            "svg", "image/svg+xml",
            "webmanifest", "application/manifest+json",
            "woff2", "font/woff2");
    private static final ObjectMapper JSON = Json.own();
    private static final int HASH_DIGITS = 16;

    private Assets() {}

    /** Whether files of this name are sent at all: a folder may hold others, such as a licence. */
    static boolean isServed(String name) {
        return TYPES.containsKey(extension(name));
    }

    /** The file as it is sent; its path bears the hash of its folder, so it is kept forever. */
    static StaticFile file(String name, byte[] content, String hash) {
        return file(name, content, hash, Map.of());
    }

    static StaticFile file(String name, byte[] content, String hash, Map<String, String> headers) {
        return new StaticFile(content, TYPES.getOrDefault(extension(name), ""), hash, true, headers);
    }

    /** A file whose path stays the same: browsers ask for it each time. */
    static StaticFile changing(String name, byte[] content, Map<String, String> headers) {
        SortedMap<String, byte[]> alone = new TreeMap<>(Map.of("", content));
        return new StaticFile(content, TYPES.getOrDefault(extension(name), ""), hash(alone), false, headers);
    }

    /** One hash for all files: they name one another by relative paths, so they change together. */
    static String hash(SortedMap<String, byte[]> files) {
        MessageDigest digest = sha256();
        files.forEach((name, content) -> {
            digest.update(name.getBytes(StandardCharsets.UTF_8));
            digest.update(ByteBuffer.allocate(Long.BYTES).putLong(0, content.length));
            digest.update(content);
        });
        return HexFormat.of().formatHex(digest.digest()).substring(0, HASH_DIGITS);
    }

    static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    /** A properties file in UTF-8 as a JSON object with sorted names. */
    static byte[] json(byte[] properties, Predicate<String> wanted) {
        Properties read = new Properties();
        Map<String, String> texts = new TreeMap<>();
        try {
            read.load(new StringReader(new String(properties, StandardCharsets.UTF_8)));
            read.forEach((key, text) -> {
                if (wanted.test((String) key)) {
                    texts.put((String) key, (String) text);
                }
            });
            return JSON.writeValueAsBytes(texts);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String extension(String name) {
        return name.substring(name.lastIndexOf('.') + 1);
    }
}
