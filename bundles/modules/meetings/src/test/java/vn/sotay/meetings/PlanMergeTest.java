package vn.sotay.meetings;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Two plans of one meeting. */
class PlanMergeTest {

    private static final UUID CELL = UUID.randomUUID();
    private static final Instant SATURDAY = Instant.parse("2026-11-28T12:00:00Z");

    private static UUID id(String letter) {
        return UUID.nameUUIDFromBytes(letter.getBytes(StandardCharsets.UTF_8));
    }

    /** Items as {@code a b=title c=title:1:2}: a letter, its title where that is not the letter, and its documents. */
    private static List<AgendaItem> items(String words) {
        return words == null
                ? List.of()
                : Arrays.stream(words.split(" ")).map(PlanMergeTest::item).toList();
    }

    private static AgendaItem item(String word) {
        String[] parts = word.split(":");
        String[] named = parts[0].split("=");
        List<Document> papers = Arrays.stream(parts)
                .skip(1)
                .map(file -> new Document(file, file, null, null, null, null, null))
                .toList();
        return new AgendaItem(id(named[0]), named[named.length - 1], papers);
    }

    private static String words(List<AgendaItem> items) {
        return items.stream()
                .map(item -> letter(item)
                        + (item.title().equals(letter(item)) ? "" : "=" + item.title())
                        + item.papers().stream().map(one -> ":" + one.file()).collect(Collectors.joining()))
                .collect(Collectors.joining(" "));
    }

    private static String letter(AgendaItem item) {
        return List.of("a", "b", "c", "d", "e").stream()
                .filter(letter -> id(letter).equals(item.id()))
                .findFirst()
                .orElseThrow();
    }

    private static Meeting plan(String place, List<AgendaItem> items) {
        return Meeting.planned(CELL, Meeting.Kind.ORDINARY, SATURDAY, place, "Tháng 12", items);
    }

    private static Meeting.Plan base(Meeting plan) {
        return new Meeting.Plan(plan.kind(), plan.startsAt(), plan.place(), plan.title(), plan.items());
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        // case,                                      base,     there,      sent,       result,       lost
        "nothing,                                     a b,      a b,        a b,        a b,          ",
        "one alone,                                   a b,      a b,        a b=x,      a b=x,        ",
        "the other alone,                             a b,      a b=y,      a b,        a b=y,        ",
        "each an item of its own,                     a b,      a=y b,      a b=x,      a=y b=x,      ",
        "both the same item,                          a b,      a=y b,      a=x b,      a=x b,        a y",
        "both add,                                    a,        a b,        a c,        a b c,        ",
        "both add in between,                         a b,      a c b,      a d b,      a c d b,      ",
        "one takes out,                               a b c,    a b c,      a c,        a c,          ",
        "the other takes out,                         a b c,    a c,        a b c,      a c,          ",
        "taken out here and changed there,            a b c,    a b=y c,    a c,        a b=y c,      ",
        "taken out there and changed here,            a b c,    a c,        a b=x c,    a b=x c,      ",
        "both take out,                               a b c,    a c,        a c,        a c,          ",
        "one puts in another order,                   a b c,    a b c,      c a b,      c a b,        ",
        "the other puts in another order,             a b c,    c a b,      a b c,      c a b,        ",
        "order and addition,                          a b c,    a b d c,    c b a,      c b d a,      ",
        "each a document,                             a:1,      a:1:2,      a:1:3,      a:1:3:2,      ",
        "a document taken out,                        a:1:2,    a:2,        a:1:2:3,    a:2:3,        ",
        "taken out by both sides,                     a:1:2,    a:2,        a:1,        a,            ",
        "the first item by both,                      ,         a=y,        a=x,        a=x,          a y",
    })
    void itemsArePutTogether(String name, String base, String there, String sent, String result, String lost) {
        Meeting now = plan("Nhà văn hóa", items(there));
        Meeting comes = plan("Nhà văn hóa", items(sent));

        PlanMerge.Result merged = PlanMerge.of(base(plan("Nhà văn hóa", items(base))), now, comes);

        assertThat(words(merged.plan().items())).isEqualTo(result);
        assertThat(merged.lost())
                .isEqualTo(lost == null ? Map.of() : Map.of("items." + id(lost.split(" ")[0]), lost.split(" ")[1]));
        assertThat(PlanMerge.of(base(plan("Nhà văn hóa", items(base))), merged.plan(), comes)
                        .plan())
                .as("sent again")
                .isEqualTo(merged.plan());
    }

    @Test
    void fieldsArePutTogether() {
        Meeting base = plan("Nhà văn hóa", List.of());
        Meeting there = Meeting.planned(
                CELL, Meeting.Kind.THEMATIC, SATURDAY.plusSeconds(60), "Trường học", "Tháng 12", List.of());
        Meeting sent = Meeting.planned(
                CELL, Meeting.Kind.ORDINARY, SATURDAY.plusSeconds(90), "Bến cá", "Chuyên đề", List.of());

        PlanMerge.Result merged = PlanMerge.of(base(base), there, sent);

        assertThat(merged.plan())
                .isEqualTo(Meeting.planned(
                        CELL, Meeting.Kind.THEMATIC, SATURDAY.plusSeconds(90), "Bến cá", "Chuyên đề", List.of()));
        assertThat(merged.lost()).isEqualTo(Map.of("startsAt", "2026-11-28T12:01:00Z", "place", "Trường học"));
        assertThat(merged.chosen()).containsExactly("title");
    }
}
