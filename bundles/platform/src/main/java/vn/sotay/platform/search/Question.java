package vn.sotay.platform.search;

import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.lucene.analysis.standard.StandardTokenizer;
import org.apache.lucene.analysis.tokenattributes.CharTermAttribute;
import org.jspecify.annotations.Nullable;

/**
 * What somebody has typed, in words.
 *
 * @param words in order, {@link #MOST} at most
 * @param marked whether any of them has a mark: then it counts how words are written
 * @param open whether the last one may go on, since it is still being typed
 */
record Question(List<Word> words, boolean marked, boolean open) {

    /** More than the longest question that anybody has asked in a sentence. */
    static final int MOST = 64;

    /**
     * A word in both forms.
     *
     * @param read what it is if the keyboard was not switched to Vietnamese; null if it is not read so
     */
    record Word(String folded, String exact, @Nullable String read) {

        /** Without marks, as it is most likely meant. */
        String likely() {
            return read == null ? folded : Spelling.folded(read);
        }

        /** With marks, as it is most likely meant. */
        String likelyExact() {
            return read == null ? exact : read;
        }
    }

    static Question of(String typed) {
        List<Word> words = words(typed);
        boolean marked = words.stream()
                .anyMatch(word -> word.read() != null || !word.folded().equals(word.exact()));
        boolean open = !typed.isEmpty() && Character.isLetterOrDigit(typed.charAt(typed.length() - 1));
        return new Question(words.size() > MOST ? List.copyOf(words.subList(0, MOST)) : words, marked, open);
    }

    /** The folded forms, in order. */
    List<String> folded() {
        return words.stream().map(Word::likely).toList();
    }

    /** The words of a text, cut as those of what is indexed. */
    static List<Word> words(String text) {
        List<Word> words = new ArrayList<>();
        try (StandardTokenizer tokens = new StandardTokenizer()) {
            CharTermAttribute term = tokens.addAttribute(CharTermAttribute.class);
            tokens.setReader(new Apart(new StringReader(Spelling.composed(text))));
            tokens.reset();
            while (tokens.incrementToken()) {
                String word = term.toString();
                Optional<String> read = Telex.read(word);
                words.add(new Word(Spelling.folded(word), Spelling.exact(word), read.orElse(null)));
            }
            tokens.end();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return words;
    }
}
