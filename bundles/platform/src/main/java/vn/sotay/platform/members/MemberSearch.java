package vn.sotay.platform.members;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;
import org.jspecify.annotations.Nullable;
import vn.sotay.api.access.Audience;
import vn.sotay.api.access.Reach;
import vn.sotay.api.member.Member;
import vn.sotay.api.member.MemberStatus;
import vn.sotay.api.store.Saved;
import vn.sotay.api.text.Folding;
import vn.sotay.api.unit.Unit;
import vn.sotay.platform.members.MemberRows.Begin;

/**
 * Finds members by what was typed, within what the caller may see, sorted by given name. Words are looked up by the range of their
 * beginning, since that alone is answered from the index by both databases.
 *
 * @param reach where the caller may read members; null for all of {@code unit}
 * @param self the caller, who always finds itself; null if it is no member
 * @param unit within this unit, which is not the whole province; null for everywhere
 * @param isCell whether {@code unit} has no units below it
 * @param typed words of a name in any order, with or without marks, the beginning of a card number, or a whole phone number
 * @param status of this status; null for all active ones
 * @param counts to choose the way by, no more: who has a new word is not in them; null if they are not known yet
 */
record MemberSearch(
        @Nullable Reach reach,
        @Nullable UUID self,
        @Nullable Unit unit,
        boolean isCell,
        String typed,
        @Nullable MemberStatus status,
        WordCounts.@Nullable Counts counts) {

    /** With so many hits or fewer all of them are read and sorted. */
    private static final int FEW = 1_200;

    /** Of so many words that begin as was typed each is asked for by itself. */
    private static final int MOST_WORDS = 16;

    /** Follows each character that a word may have. */
    static final String LAST = "\uffff";

    /**
     * To whose changes the result is bound: nobody else's change the list of all members of a cell, since they all go to its leaders.
     * Empty if it depends on more.
     */
    Set<Audience> audiences() {
        return reach == null && isCell && unit != null && typed.isBlank()
                ? Set.of(Audience.leaders(unit.id()))
                : Set.of();
    }

    /** The page after these values of the cursor, with one more than the limit. */
    List<Member> page(MemberRows rows, Handle handle, @Nullable List<String> after, int most) {
        List<String> conditions = new ArrayList<>();
        Map<String, Object> binds = new LinkedHashMap<>();
        Begin begin = match(rows, handle, conditions, binds);
        within(begin, conditions, binds);
        visible(conditions, binds);
        if (status == null) {
            conditions.add("m.status not in ('LEFT', 'DECEASED')");
        } else {
            conditions.add("m.status = :status");
            binds.put("status", status);
        }
        if (after != null) {
            conditions.add(begin.byName() + " >= :afterName and (" + begin.byName() + " > :afterName or " + begin.byId()
                    + " > :afterId)");
            binds.put("afterName", after.get(0));
            binds.put("afterId", after.get(1));
        }
        String all = String.join(" and ", conditions);
        return begin == Begin.WORD
                ? ofEach(rows, handle, MemberRows.words(handle, String.valueOf(binds.get("word"))), all, binds, most)
                : members(rows, MemberRows.query(handle, begin, all, most).bindMap(binds));
    }

    /** The first of those who have one of these words. */
    private static List<Member> ofEach(
            MemberRows rows, Handle handle, List<String> words, String condition, Map<String, Object> binds, int most) {
        Map<UUID, Member> found = new HashMap<>();
        for (String word : words) {
            binds.put("word", word);
            members(rows, MemberRows.query(handle, Begin.WORD, condition, most).bindMap(binds))
                    .forEach(member -> found.put(member.id(), member));
        }
        return found.values().stream()
                .sorted(Comparator.comparing((Member member) -> Folding.byGivenName(member.name()))
                        .thenComparing(member -> member.id().toString()))
                .limit(most)
                .toList();
    }

    private static List<Member> members(MemberRows rows, Query query) {
        return query.map(rows.row).stream().map(Saved::value).toList();
    }

    private void within(Begin begin, List<String> conditions, Map<String, Object> binds) {
        if (unit == null) {
            return;
        }
        if (isCell) {
            conditions.add("m.cell = :within");
            binds.put("within", unit.id());
            return;
        }
        conditions.add(
                begin == Begin.UNITS
                        ? "u.path >= :within and u.path < :withinEnd and m.cell = u.id"
                        : "m.cell in (select id from unit where path >= :within and path < :withinEnd)");
        binds.put("within", unit.path());
        binds.put("withinEnd", unit.path().substring(0, unit.path().length() - 1) + '0');
    }

    private void visible(List<String> conditions, Map<String, Object> binds) {
        if (reach == null || reach.trees().stream().anyMatch(tree -> tree.parent() == null)) {
            return;
        }
        String within = reach.sql("m.cell");
        binds.putAll(reach.binds());
        if (self == null) {
            conditions.add(within);
        } else {
            conditions.add("(m.id = :self or " + within + ')');
            binds.put("self", self);
        }
    }

    /** Adds what was typed, and says where to begin: with what leaves the fewest to look at. */
    private Begin match(MemberRows rows, Handle handle, List<String> conditions, Map<String, Object> binds) {
        Begin begin = isCell ? Begin.CELL : unit == null ? Begin.NAMES : Begin.UNITS;
        String folded = Folding.fold(typed).strip();
        if (folded.isEmpty()) {
            return begin;
        }
        String phone = Phones.number(typed).orElse(null);
        if (phone != null) {
            List<String> hashes = rows.phones().hashes(phone);
            for (int i = 0; i < hashes.size(); i++) {
                binds.put("phone" + i, hashes.get(i));
            }
            conditions.add(binds.keySet().stream()
                    .filter(name -> name.startsWith("phone"))
                    .collect(Collectors.joining(", :", "m.phone_hash in (:", ")")));
            return isCell ? begin : Begin.PHONES;
        }
        if (folded.chars().anyMatch(Character::isDigit)) {
            String card = MemberRules.cardBeginning(folded);
            conditions.add("m.card >= :card and m.card < :cardEnd");
            binds.put("card", card);
            binds.put("cardEnd", card + LAST);
            return isCell ? begin : Begin.CARDS;
        }
        List<String> words = List.of(folded.split(" ")).stream()
                .distinct()
                .sorted(Comparator.comparing(String::length).reversed())
                .limit(6)
                .toList();
        String first = isCell ? null : first(handle, words);
        if (first != null) {
            begin = isOneByOne(first) ? Begin.WORD : Begin.WORDS;
        }
        for (int i = 0; i < words.size(); i++) {
            if (words.get(i).equals(first)) {
                binds.put("word", first);
                if (begin == Begin.WORDS) {
                    binds.put("wordEnd", first + LAST);
                }
            } else {
                conditions.add(MemberRows.hasWord("word" + i, "wordEnd" + i));
                binds.put("word" + i, words.get(i));
                binds.put("wordEnd" + i, words.get(i) + LAST);
            }
        }
        return begin;
    }

    /** The word to begin with; null if it is better to look at one name after the other until there are enough. */
    private @Nullable String first(Handle handle, List<String> words) {
        if (counts == null) {
            return words.stream()
                    .filter(word -> hasFew(handle, word))
                    .findFirst()
                    .orElse(null);
        }
        String rarest =
                words.stream().min(Comparator.comparing(counts::members)).orElseThrow();
        return isOneByOne(rarest) || counts.members(rarest) <= FEW ? rarest : null;
    }

    /** Whether each word that begins so can be asked for by itself; in a unit those who have one may be anywhere. */
    private boolean isOneByOne(String word) {
        return counts != null && unit == null && counts.beginningWith(word).size() <= MOST_WORDS;
    }

    /** Counted in the database: to fetch the rows takes three times as long. */
    private static boolean hasFew(Handle handle, String word) {
        return handle.createQuery("select count(*) from (select member from member_word where word >= :word"
                                + " and word < :wordEnd fetch first " + FEW + " rows only) hit")
                        .bind("word", word)
                        .bind("wordEnd", word + LAST)
                        .mapTo(Integer.class)
                        .one()
                < FEW;
    }
}
