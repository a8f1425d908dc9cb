package vn.sotay.documents;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.LocalDate;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import vn.sotay.api.http.ProblemException;
import vn.sotay.documents.Document.State;
import vn.sotay.documents.OpinionRules.Line;
import vn.sotay.documents.OpinionRules.Place;
import vn.sotay.documents.Paragraphs.Paragraph;

class OpinionRulesTest {

    private static Document draft(State state, LocalDate until) {
        return Document.of(new UUID(0, 2), "Dự thảo", Document.Kind.RESOLUTION, "Đảng ủy xã", Document.Level.COMMUNE)
                .id(new UUID(0, 1))
                .state(state)
                .edition(1)
                .opinionsUntil(until)
                .build();
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "PUBLISHED, 2026-12-10, 2026-12-01, 0, -",
                "PUBLISHED, 2026-12-10, 2026-12-10, 0, -",
                "PUBLISHED, 2026-12-10, 2026-12-11, 0, document.opinions-over",
                "PUBLISHED, 2026-12-10, 2026-12-13, 3, -",
                "PUBLISHED, 2026-12-10, 2026-12-14, 3, document.opinions-over",
                "REVIEW,    2026-12-10, 2026-12-01, 0, document.no-opinions",
                "PUBLISHED, -,          2026-12-01, 0, document.no-opinions",
            })
    void untilTheEndOfTheDay(State state, LocalDate until, LocalDate today, int more, String problem) {
        if (problem == null) {
            OpinionRules.requireOpen(draft(state, until), today, more);
        } else {
            assertThatThrownBy(() -> OpinionRules.requireOpen(draft(state, until), today, more))
                    .isInstanceOfSatisfying(
                            ProblemException.class,
                            e -> assertThat(e.problem().code()).isEqualTo(problem));
        }
    }

    private static List<Paragraph> edition(String... paragraphs) {
        return Stream.of(paragraphs)
                .map(one -> new Paragraph(one.split("=")[0], one.split("=")[1]))
                .toList();
    }

    private static String line(Map<Place, Line> lines, int edition, String anchor) {
        Line line = lines.get(new Place(edition, anchor));
        return line.anchor() + ' ' + line.edition() + (line.current() ? " now" : " then");
    }

    @Test
    void whatWasSaidStaysWithItsParagraph() {
        List<Paragraph> newest =
                edition("dieu-1=Mục tiêu", "dieu-2=Mới", "dieu-3=Nhà văn hóa", "dieu-4=Đường dài 3 km");
        Map<Place, Line> lines = OpinionRules.lines(
                Map.of(
                        1,
                        edition("dieu-1=Mục tiêu", "dieu-2=Nhà văn hóa", "dieu-3=Đường dài 2 km", "dieu-9=Bỏ"),
                        2,
                        newest),
                2);

        assertThat(line(lines, 1, "all")).isEqualTo("all 2 now");
        assertThat(line(lines, 1, "dieu-1")).isEqualTo("dieu-1 2 now");
        assertThat(line(lines, 1, "dieu-2")).as("it only moved").isEqualTo("dieu-3 2 now");
        assertThat(line(lines, 1, "dieu-3")).as("other words").isEqualTo("dieu-3 1 then");
        assertThat(line(lines, 1, "dieu-9")).isEqualTo("dieu-9 1 then");
        assertThat(line(lines, 2, "dieu-4")).isEqualTo("dieu-4 2 now");
        assertThat(OpinionRules.inOrder(new HashSet<>(lines.values()), newest))
                .extracting(one -> one.anchor() + ' ' + one.edition())
                .containsExactly("all 2", "dieu-1 2", "dieu-2 2", "dieu-3 2", "dieu-3 1", "dieu-4 2", "dieu-9 1");
    }

    @Test
    void twoParagraphsThatSayTheSameStayTwo() {
        List<Paragraph> both = edition("p-1=Như trên", "p-1-2=Như trên");
        Map<Place, Line> lines = OpinionRules.lines(Map.of(1, both, 2, both), 2);

        assertThat(line(lines, 1, "p-1")).isEqualTo("p-1 2 now");
        assertThat(line(lines, 1, "p-1-2")).isEqualTo("p-1-2 2 now");
    }

    /** @param members of the units 1, 2, 3 … */
    @ParameterizedTest
    @CsvSource(
            nullValues = "''",
            value = {
                "'20 30 40',  ''",
                "'3 30 40',   '1 2'",
                "'3 2 40',    '1 2'",
                "'3 1 6 40',  '1 2 3'",
                "'4',         1",
                "'5 6',       ''",
                "'0 30 40',   ''",
                "'4 5 5',     '1 2'",
            })
    void fewAreNotToldApart(String members, String withheld) {
        Map<UUID, Integer> counts = new HashMap<>();
        for (String one : members.split(" ")) {
            counts.put(new UUID(0, counts.size() + 1), Integer.valueOf(one));
        }

        String found = OpinionRules.withheld(counts, 5).stream()
                .map(UUID::getLeastSignificantBits)
                .sorted()
                .map(String::valueOf)
                .collect(Collectors.joining(" "));

        assertThat(found).isEqualTo(withheld == null ? "" : withheld);
    }
}
