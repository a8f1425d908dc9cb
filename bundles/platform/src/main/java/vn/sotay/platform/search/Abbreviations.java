package vn.sotay.platform.search;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import vn.sotay.platform.json.Json;

/**
 * What is written short: {@code NQ} is nghị quyết. {@code sotay/abbreviations.json}, and over it {@code config/abbreviations.json}, where
 * an entry replaces that of the same letters and one without words takes it away. They are looked up when somebody searches, so that
 * another file needs no other index. Immutable.
 */
final class Abbreviations {

    private static final Logger LOG = LoggerFactory.getLogger(Abbreviations.class);
    private static final String FILE = "abbreviations.json";

    /** A short form, and its words without marks. */
    record Short(String letters, List<String> words) {}

    private final Map<String, List<Short>> byLetters = new TreeMap<>();
    private final Map<String, List<Short>> byFirstWord = new TreeMap<>();

    private Abbreviations(Map<String, List<String>> all) {
        all.forEach((letters, meanings) -> {
            for (String meaning : meanings) {
                List<String> words = Question.words(meaning).stream()
                        .map(Question.Word::folded)
                        .toList();
                if (!words.isEmpty()) {
                    Short one = new Short(Spelling.folded(letters), words);
                    byLetters
                            .computeIfAbsent(one.letters(), none -> new ArrayList<>())
                            .add(one);
                    byFirstWord
                            .computeIfAbsent(words.get(0), none -> new ArrayList<>())
                            .add(one);
                }
            }
        });
    }

    /**
     * The platform's own, and the province's over them; if its file cannot be read the log says so, and the platform's own hold.
     *
     * @param configuration the province's folder; null if there is none
     */
    static Abbreviations read(@Nullable Path configuration) {
        Map<String, List<String>> all = new LinkedHashMap<>();
        try (InputStream in = Abbreviations.class.getResourceAsStream("/sotay/" + FILE)) {
            add(all, Objects.requireNonNull(in).readAllBytes());
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
        Path file = configuration == null ? null : configuration.resolve(FILE);
        if (file != null && Files.exists(file)) {
            try {
                add(all, Files.readAllBytes(file));
            } catch (IOException e) {
                LOG.warn("{} is not taken: {}", file, e.getMessage());
            }
        }
        return new Abbreviations(all);
    }

    private static void add(Map<String, List<String>> all, byte[] file) throws IOException {
        JsonMapper mapper = Json.ownFiles();
        Map<String, List<String>> read = mapper.readValue(file, new TypeReference<Map<String, List<String>>>() {});
        read.forEach((letters, meanings) -> all.put(Spelling.folded(letters), List.copyOf(meanings)));
    }

    /** What these letters are short for; empty if for nothing. */
    List<Short> of(String letters) {
        return byLetters.getOrDefault(letters, List.of());
    }

    /** What is short for the words that begin at this one. */
    List<Short> at(List<String> words, int from) {
        return byFirstWord.getOrDefault(words.get(from), List.of()).stream()
                .filter(one -> from + one.words().size() <= words.size()
                        && words.subList(from, from + one.words().size()).equals(one.words()))
                .toList();
    }
}
