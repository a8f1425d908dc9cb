package vn.sotay.documents;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import vn.sotay.api.http.Problem;
import vn.sotay.documents.Document.State;
import vn.sotay.documents.Paragraphs.Paragraph;

/** The rules of opinions on drafts, as pure functions. Tested by the tables in {@code OpinionRulesTest}. */
final class OpinionRules {

    /** How many days longer than members a cell has, to sum up and send. */
    static final String CELL_DAYS = "documents.opinions.cell-days";

    /** Of fewer members than that it is not told what they say: it would tell who. */
    static final String FEWEST = "documents.opinions.fewest";

    private OpinionRules() {}

    /**
     * Passes if opinions on it are taken today.
     *
     * @param more days after the last one on which they still are
     */
    static void requireOpen(Document document, LocalDate today, int more) {
        LocalDate until = document.opinionsUntil();
        if (until == null || document.state() != State.PUBLISHED) {
            throw Problem.conflict("document.no-opinions");
        }
        if (today.isAfter(until.plusDays(more))) {
            throw Problem.conflict("document.opinions-over");
        }
    }

    /** A paragraph of an edition. */
    record Place(int edition, String anchor) {}

    /**
     * A paragraph in the report: what two editions say alike is one.
     *
     * @param edition the newest in which it stands like that
     * @param text null for the draft as a whole
     * @param current whether it stands in the newest edition
     */
    record Line(String anchor, int edition, @Nullable String text, boolean current) {}

    /**
     * Where what was said of any edition stands now. A paragraph that only moved keeps its opinions. Of one whose words were changed what was
     * said of the words before is told beside it, and does not count for the new ones.
     *
     * @param editions the paragraphs of each edition, those that are known
     * @param newest the newest edition
     * @return by place; the lines in the order in which they are read: the whole, the paragraphs of the newest edition, each followed by what
     *     stood there before, and what is gone
     */
    static Map<Place, Line> lines(Map<Integer, List<Paragraph>> editions, int newest) {
        Map<Place, Line> lines = new HashMap<>();
        Map<String, Line> byText = new HashMap<>();
        List<Integer> numbers = new ArrayList<>(editions.keySet());
        numbers.sort(Comparator.reverseOrder());
        for (int edition : numbers) {
            lines.put(new Place(edition, Opinion.WHOLE), new Line(Opinion.WHOLE, newest, null, true));
            Map<String, Line> there = new HashMap<>();
            for (Paragraph one : Objects.requireNonNull(editions.get(edition))) {
                Line line = byText.get(key(one));
                if (line == null) {
                    line = byText.get(one.text());
                }
                if (line == null) {
                    line = new Line(one.anchor(), edition, one.text(), edition == newest);
                }
                there.putIfAbsent(one.text(), line);
                there.put(key(one), line);
                lines.put(new Place(edition, one.anchor()), line);
            }
            there.forEach(byText::putIfAbsent);
        }
        return lines;
    }

    /** Two paragraphs of one edition may say the same: each is itself by its anchor. */
    private static String key(Paragraph one) {
        return one.anchor() + '\u0000' + one.text();
    }

    /** The lines in the order in which they are read. */
    static List<Line> inOrder(Set<Line> lines, List<Paragraph> newest) {
        Map<String, Integer> positions = new HashMap<>();
        for (Paragraph one : newest) {
            positions.put(one.anchor(), positions.size());
        }
        return lines.stream()
                .sorted(Comparator.comparing((Line one) -> one.text() != null)
                        .thenComparing(one -> positions.getOrDefault(one.anchor(), Integer.MAX_VALUE))
                        .thenComparing(one -> !one.current())
                        .thenComparing(Line::edition, Comparator.reverseOrder())
                        .thenComparing(Line::anchor))
                .toList();
    }

    /**
     * The units of which it is not told what members say. Those with few members; and so many more that nobody finds it by taking the
     * others from the sum.
     *
     * @param members how many members each has; those without any do not matter
     */
    static Set<UUID> withheld(Map<UUID, Integer> members, int fewest) {
        List<UUID> sorted = members.entrySet().stream()
                .filter(one -> one.getValue() > 0)
                .sorted(Map.Entry.<UUID, Integer>comparingByValue().thenComparing(Map.Entry.comparingByKey()))
                .map(Map.Entry::getKey)
                .toList();
        Set<UUID> withheld = new HashSet<>();
        int sum = 0;
        for (UUID unit : sorted) {
            int count = Objects.requireNonNull(members.get(unit));
            if (count >= fewest && (sum == 0 || sum >= fewest)) {
                break;
            }
            withheld.add(unit);
            sum += count;
        }
        return withheld;
    }
}
