package vn.sotay.questions;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import vn.sotay.api.unit.Unit;
import vn.sotay.questions.Question.State;
import vn.sotay.questions.QuestionRules.Step;

class QuestionRulesTest {

    private static final Unit PROVINCE = unit(null, "PROVINCE", "38");
    private static final Unit COMMUNE = unit(PROVINCE, "COMMUNE", "38.168");
    private static final Unit BRANCH = unit(COMMUNE, "BRANCH", "38.168.053");
    private static final Unit CELL = unit(BRANCH, "CELL", "38.168.053.000.001");
    private static final Unit OTHER = unit(PROVINCE, "COMMUNE", "38.001");
    private static final List<Unit> PATH = List.of(PROVINCE, COMMUNE, BRANCH, CELL);

    private static Unit unit(@Nullable Unit above, String kind, String code) {
        UUID id = UUID.randomUUID();
        String path = (above == null ? "/" : above.path()) + id + '/';
        return new Unit(id, above == null ? null : above.id(), kind, code, code, path);
    }

    @ParameterizedTest(name = "{1} of {0}: {2}")
    @CsvSource(
            nullValues = "-",
            value = {
                "ASKED,    ANSWER,  REVIEW",
                "REVIEW,   ANSWER,  REVIEW",
                "ANSWERED, ANSWER,  REVIEW",
                "MERGED,   ANSWER,  -",
                "ASKED,    RELEASE, -",
                "REVIEW,   RELEASE, ANSWERED",
                "ANSWERED, RELEASE, -",
                "MERGED,   RELEASE, -",
                "ASKED,    REOPEN,  -",
                "REVIEW,   REOPEN,  ASKED",
                "ANSWERED, REOPEN,  ASKED",
                "MERGED,   REOPEN,  ASKED",
                "ASKED,    MERGE,   MERGED",
                "REVIEW,   MERGE,   MERGED",
                "ANSWERED, MERGE,   -",
                "MERGED,   MERGE,   -",
                "ASKED,    PASS,    ASKED",
                "REVIEW,   PASS,    -",
                "ANSWERED, PASS,    -",
                "MERGED,   PASS,    -",
            })
    void stepsLeadFromStateToState(State state, Step step, @Nullable State after) {
        assertThat(QuestionRules.after(state, step)).isEqualTo(after);
    }

    private static Topic topic(@Nullable String kind, @Nullable Unit team) {
        return new Topic(UUID.randomUUID(), null, "Đảng phí", kind, team == null ? null : team.id(), true, 1);
    }

    @Test
    void theTeamIsThatOfTheTopicOrOfItsLevelOrOfTheProvince() {
        assertThat(QuestionRules.team(null, PATH)).isEqualTo(PROVINCE);
        assertThat(QuestionRules.team(topic(null, null), PATH)).isEqualTo(PROVINCE);
        assertThat(QuestionRules.team(topic("COMMUNE", null), PATH)).isEqualTo(COMMUNE);
        assertThat(QuestionRules.team(topic("BRANCH", null), PATH)).isEqualTo(BRANCH);
        assertThat(QuestionRules.team(topic("DISTRICT", null), PATH)).isEqualTo(PROVINCE);
        assertThat(QuestionRules.team(topic("COMMUNE", BRANCH), PATH)).isEqualTo(BRANCH);
        // a team elsewhere in the tree does not answer, and nobody else is meant
        assertThat(QuestionRules.team(topic("COMMUNE", OTHER), PATH)).isEqualTo(PROVINCE);
    }

    @ParameterizedTest(name = "due on {0}, today {1}: {2}")
    @CsvSource(
            nullValues = "-",
            value = {
                "2026-02-13, 2026-02-13, false",
                "2026-02-13, 2026-02-14, true",
                "2026-02-23, 2026-02-20, false",
                "-,          2026-02-20, false",
            })
    void itIsOverdueOnTheDayAfter(@Nullable LocalDate due, LocalDate today, boolean overdue) {
        assertThat(QuestionRules.isOverdue(due, today)).isEqualTo(overdue);
    }

    @ParameterizedTest(name = "expires {0}, replaced from {1}: {2}")
    @CsvSource(
            nullValues = "-",
            value = {
                "-,          -,          false",
                "2026-11-28, -,          true",
                "2026-11-29, -,          false",
                "-,          2026-11-28, true",
                "-,          2026-11-29, false",
                "-,          always,     true",
                "2026-12-31, 2026-11-01, true",
            })
    void aDocumentEndsWhenItExpiresOrWhatReplacesItHasBegun(
            @Nullable String expires, @Nullable String from, boolean over) {
        Map<String, Object> document = new HashMap<>();
        document.put("expires", expires);
        if (from != null) {
            Map<String, Object> next = new HashMap<>(Map.of("document", "x"));
            if (!from.equals("always")) {
                next.put("from", from);
            }
            document.put("replacedBy", List.of(next));
        }
        assertThat(QuestionRules.isOver(document, LocalDate.of(2026, 11, 28))).isEqualTo(over);
    }

    @ParameterizedTest(name = "of {0}: {1}")
    @CsvSource(
            nullValues = "-",
            value = {"'',-", "3,3", "'1,9',1", "'5,1,9',5", "'4,2,8,6',4", "'0,0,0,30',0"})
    void halfOfTheAnswersTookNoLonger(String days, @Nullable Integer median) {
        List<Integer> all = Stream.of(days.split(","))
                .filter(one -> !one.isEmpty())
                .map(Integer::valueOf)
                .toList();
        assertThat(QuestionRules.median(all)).isEqualTo(median);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Đồng chí Trần Văn Bình hỏi về đảng phí",
                "TRẦN VĂN BÌNH hỏi",
                "Chi bộ thôn Hải Ninh họp ở đâu?",
                "(Trần  Văn\nBình)",
                "Trâ\u0300n Văn Bi\u0300nh",
            })
    void aNameIsFound(String text) {
        assertThat(QuestionRules.namesAnyOf(text, "Trần Văn Bình", "thôn Hải Ninh"))
                .isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"Đảng viên đi biển đóng đảng phí thế nào?", "Trần Văn Bình An", "Bình Trần", "thôn Hai Ninh"})
    void whatIsNoNameIsLetPass(String text) {
        boolean longer = text.equals("Trần Văn Bình An");
        // a longer name with these words in it is refused all the same: who publishes writes without names
        assertThat(QuestionRules.namesAnyOf(text, "Trần Văn Bình", "thôn Hải Ninh"))
                .isEqualTo(longer);
        assertThat(QuestionRules.namesAnyOf(text, "")).isFalse();
    }

    @ParameterizedTest(name = "of {1} times {0}: {2} signs")
    @CsvSource({"'một hai ', 10, 79", "'một hai ', 40, 201", "dài, 100, 202", "😀, 150, 202", "a😀, 100, 201"})
    void whatIsFoundHasATitleOfItsFirstWords(String words, int times, int length) {
        assertThat(EntrySearch.title(words.repeat(times).strip())).hasSize(length);
    }

    @Test
    void paragraphsAreTidied() {
        assertThat(QuestionRules.tidy("  Một \n\n\n  Hai  \n")).isEqualTo("Một\n\nHai");
        assertThat(Arrays.stream(State.values())).hasSize(4);
    }
}
