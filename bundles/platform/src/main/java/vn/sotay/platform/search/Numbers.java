package vn.sotay.platform.search;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Numbers of documents in any spelling: {@code 01-QĐ/TW}, {@code 01 qd tw}, {@code quy định số 1}. A number is kept as pairs of its parts
 * that stand beside each other, its figure also behind the letters of its kind, and as a whole.
 */
final class Numbers {

    private static final String NUMBER_WORD = "so";

    private Numbers() {}

    /** What a document that bears this number is found by. */
    static Set<String> of(String number) {
        List<String> parts =
                parts(Question.words(number).stream().map(Question.Word::folded).toList());
        Set<String> terms = new LinkedHashSet<>();
        for (int i = 0; i + 1 < parts.size(); i++) {
            terms.add(parts.get(i) + ' ' + parts.get(i + 1));
        }
        parts.stream()
                .filter(part -> !startsWithDigit(part))
                .findFirst()
                .ifPresent(kind -> terms.add(kind + ' ' + parts.get(0)));
        terms.add(String.join(" ", parts));
        return terms;
    }

    /** What to look for among numbers: pairs and longer runs of which a part is a figure. */
    static Set<String> asked(Question question, Abbreviations abbreviations) {
        List<String> words = question.folded();
        List<String> brief = new ArrayList<>();
        for (int i = 0; i < words.size(); i++) {
            Optional<Abbreviations.Short> longest = abbreviations.at(words, i).stream()
                    .max(Comparator.comparingInt(one -> one.words().size()));
            brief.add(longest.map(Abbreviations.Short::letters).orElse(words.get(i)));
            i += longest.map(one -> one.words().size() - 1).orElse(0);
        }
        List<String> parts = parts(brief);
        Set<String> terms = new LinkedHashSet<>();
        for (int from = 0; from < parts.size(); from++) {
            StringBuilder run = new StringBuilder(parts.get(from));
            boolean figure = startsWithDigit(parts.get(from));
            for (int next = from + 1; next < Math.min(parts.size(), from + 4); next++) {
                run.append(' ').append(parts.get(next));
                figure |= startsWithDigit(parts.get(next));
                if (figure) {
                    terms.add(run.toString());
                }
            }
        }
        return terms;
    }

    /** Without the word số before a figure. */
    private static List<String> parts(List<String> words) {
        List<String> parts = new ArrayList<>();
        for (int i = 0; i < words.size(); i++) {
            boolean isSaid =
                    words.get(i).equals(NUMBER_WORD) && i + 1 < words.size() && startsWithDigit(words.get(i + 1));
            if (!isSaid) {
                parts.add(words.get(i));
            }
        }
        return parts;
    }

    private static boolean startsWithDigit(String part) {
        return !part.isEmpty() && Character.isDigit(part.charAt(0));
    }
}
