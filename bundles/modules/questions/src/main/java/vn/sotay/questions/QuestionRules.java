package vn.sotay.questions;

import java.text.Normalizer;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import vn.sotay.api.unit.Unit;
import vn.sotay.questions.Question.State;

/** The rules of questions, as pure functions: no database, no clock. Tested by the tables in {@code QuestionRulesTest}. */
final class QuestionRules {

    /** Days are those of Viet Nam. */
    static final ZoneId ZONE = ZoneId.of("Asia/Ho_Chi_Minh");

    /** Working days in which a team answers. */
    static final String DAYS = "questions.answer.working-days";

    /** Working days that the level above has for what the one below has not answered. */
    static final String DAYS_ABOVE = "questions.escalation.working-days";

    /** How many people it takes to answer: who wrote does not release where that is 2. */
    static final String PERSONS = "questions.release.persons";

    private static final Pattern NO_LETTER = Pattern.compile("[^\\p{L}\\p{N}]+");

    private QuestionRules() {}

    /** What is done with a question. */
    enum Step {
        ANSWER,
        RELEASE,
        REOPEN,
        MERGE,
        PASS
    }

    /** The state to which a step leads; null if it cannot be done in this one. */
    static @Nullable State after(State state, Step step) {
        return switch (step) {
            // one that was given is mended by another one, which is released again; the first is shown until then
            case ANSWER -> state == State.MERGED ? null : State.REVIEW;
            case RELEASE -> state == State.REVIEW ? State.ANSWERED : null;
            // the asker knows nothing of what waits: what was given can be asked about again also then
            case REOPEN -> state == State.ASKED ? null : State.ASKED;
            case MERGE -> state == State.ASKED || state == State.REVIEW ? State.MERGED : null;
            case PASS -> state == State.ASKED ? State.ASKED : null;
        };
    }

    /**
     * The unit whose team answers: that of the topic, else the nearest of the topic's kind above the asker, else the province.
     *
     * @param topic null if the asker does not know
     * @param path the units from the province down to the asker's cell
     */
    static Unit team(@Nullable Topic topic, List<Unit> path) {
        Unit province = path.get(0);
        if (topic == null) {
            return province;
        }
        return path.stream()
                .filter(unit -> unit.id().equals(topic.team()))
                .findFirst()
                .or(() -> path.stream()
                        .filter(unit -> topic.team() == null && unit.kind().equals(topic.kind()))
                        .reduce((higher, nearer) -> nearer))
                .orElse(province);
    }

    /** Whether the last day on which the answer was in time has passed. */
    static boolean isOverdue(@Nullable LocalDate due, LocalDate today) {
        return due != null && today.isAfter(due);
    }

    /**
     * Whether a document, as the library tells it, is in force no longer: it has expired, or one that replaces it has begun.
     *
     * @param document the members of its JSON
     */
    static boolean isOver(Map<String, Object> document, LocalDate today) {
        if (document.get("expires") instanceof String expires
                && !LocalDate.parse(expires).isAfter(today)) {
            return true;
        }
        return document.get("replacedBy") instanceof List<?> all
                && all.stream().anyMatch(one -> one instanceof Map<?, ?> next && hasBegun(next, today));
    }

    /** One without a day has always begun. */
    private static boolean hasBegun(Map<?, ?> successor, LocalDate today) {
        return !(successor.get("from") instanceof String day)
                || !LocalDate.parse(day).isAfter(today);
    }

    /** Half of them are not more than this, the lower one of two in the middle; null of none. */
    static @Nullable Integer median(Collection<Integer> days) {
        List<Integer> sorted = days.stream().sorted().toList();
        return sorted.isEmpty() ? null : sorted.get((sorted.size() - 1) / 2);
    }

    /**
     * Whether a text that is to be published names somebody, or the cell: as written or without marks and case, as whole words.
     *
     * @param names of the asker and its cell
     */
    static boolean namesAnyOf(String text, String... names) {
        String words = words(text);
        return Stream.of(names).map(QuestionRules::words).anyMatch(name -> !name.isBlank() && words.contains(name));
    }

    /** With a blank around each word. Marks count: "Hai" is a number, "Hải" may be a name. */
    private static String words(String text) {
        String composed = Normalizer.normalize(text, Normalizer.Form.NFC).toLowerCase(Locale.ROOT);
        return ' ' + NO_LETTER.matcher(composed).replaceAll(" ").strip() + ' ';
    }

    /** The paragraphs of a text without blanks around them and without empty lines in a row. */
    static String tidy(String text) {
        List<String> lines = new ArrayList<>();
        for (String line : text.strip().split("\n")) {
            if (!line.isBlank() || !lines.get(lines.size() - 1).isEmpty()) {
                lines.add(line.strip());
            }
        }
        return String.join("\n", lines);
    }
}
