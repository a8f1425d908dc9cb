package vn.sotay.platform.roster;

import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import vn.sotay.api.job.Finding;
import vn.sotay.api.text.Folding;

/**
 * The rows of one file that were taken so far, to find who stands in it twice. It keeps a name and a birthday of each, so a file of
 * 200,000 rows takes some 60 MB while it is read.
 */
final class SeenRows {

    private record Seen(
            int line,
            String name,
            @Nullable Object birth,
            @Nullable String card) {}

    private final Map<String, Seen> byCard = new HashMap<>();
    private final Map<String, Seen> byPerson = new HashMap<>();

    /**
     * Compares a row with those before it.
     *
     * @param refused whether it must not be taken
     */
    record Duplicate(boolean refused, Finding finding) {}

    /** The row before this one that seems to be of the same person, or has its card; null if there is none. */
    @Nullable Duplicate find(int line, Entry entry) {
        String card = entry.cardNumber();
        Seen sameCard = card == null ? null : byCard.get(card);
        if (sameCard != null) {
            return new Duplicate(true, sameCard(line, entry, sameCard));
        }
        String person = person(entry);
        Seen samePerson = person == null ? null : byPerson.get(person);
        if (samePerson == null) {
            return null;
        }
        boolean nothingTellsThemApart = card == null && samePerson.card() == null;
        return nothingTellsThemApart
                ? new Duplicate(true, samePerson(line, entry, samePerson))
                : new Duplicate(
                        false,
                        new Finding(line, Field.NAME.word(), "roster.two-people", Map.of("line", samePerson.line())));
    }

    private static Finding sameCard(int line, Entry entry, Seen seen) {
        if (!Names.alike(entry.name(), seen.name())) {
            return new Finding(line, Field.CARD.word(), "roster.card-of-line", Map.of("line", seen.line()));
        }
        if (!isSameBirth(birth(entry), seen.birth())) {
            return new Finding(line, Field.CARD.word(), "roster.card-of-line-born", Map.of("line", seen.line()));
        }
        return samePerson(line, entry, seen);
    }

    private static Finding samePerson(int line, Entry entry, Seen seen) {
        String rule = entry.name().equals(seen.name()) ? "roster.same-person" : "roster.same-person-spelling";
        return new Finding(line, Field.NAME.word(), rule, Map.of("line", seen.line()));
    }

    /** Remembers a row that is taken. */
    void add(int line, Entry entry) {
        Seen seen = new Seen(line, entry.name(), birth(entry), entry.cardNumber());
        if (entry.cardNumber() != null) {
            byCard.putIfAbsent(entry.cardNumber(), seen);
        }
        String person = person(entry);
        if (person != null) {
            byPerson.putIfAbsent(person, seen);
        }
    }

    private static @Nullable Object birth(Entry entry) {
        return entry.birthDate() != null ? entry.birthDate() : entry.birthYear();
    }

    /** A year is no contradiction to a day within it, and nothing is none to anything. */
    static boolean isSameBirth(@Nullable Object one, @Nullable Object other) {
        if (one == null || other == null) {
            return true;
        }
        return one.getClass() == other.getClass() ? one.equals(other) : Objects.equals(year(one), year(other));
    }

    private static Object year(Object birth) {
        return birth instanceof java.time.LocalDate day ? (Object) day.getYear() : birth;
    }

    private static @Nullable String person(Entry entry) {
        return entry.birthDate() == null ? null : Folding.fold(entry.name()) + '|' + entry.birthDate();
    }
}
