package vn.sotay.news;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import vn.sotay.api.access.Audience;
import vn.sotay.api.http.FieldError;
import vn.sotay.api.unit.Unit;
import vn.sotay.news.News.Ask;
import vn.sotay.news.News.Picture;
import vn.sotay.news.News.State;
import vn.sotay.news.News.Target;
import vn.sotay.news.NewsRules.Step;

/** The rules of news, by tables. */
class NewsRulesTest {

    private static final UUID UNIT = new UUID(0, 1);
    private static final Picture PICTURE = new Picture("a".repeat(64), "Tàu", 1, 1, 1L);

    static News news(
            Target.To to,
            @Nullable String text,
            List<Picture> pictures,
            @Nullable Ask asks,
            @Nullable Instant publishAt,
            @Nullable Instant expiresAt) {
        return new News(
                null,
                UNIT,
                new Target(UNIT, to),
                "Tin",
                "Tóm tắt",
                text,
                pictures,
                null,
                asks,
                publishAt,
                expiresAt,
                null,
                null,
                null,
                null,
                null,
                null);
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "DRAFT, SUBMIT, REVIEW",
                "DRAFT, APPROVE, -",
                "DRAFT, RETURN, -",
                "DRAFT, WITHDRAW, -",
                "REVIEW, SUBMIT, -",
                "REVIEW, APPROVE, PUBLISHED",
                "REVIEW, RETURN, DRAFT",
                "REVIEW, WITHDRAW, -",
                "APPROVED, RETURN, DRAFT",
                "APPROVED, APPROVE, -",
                "APPROVED, WITHDRAW, -",
                "PUBLISHED, WITHDRAW, DRAFT",
                "PUBLISHED, RETURN, -",
                "PUBLISHED, SUBMIT, -",
                "EXPIRED, WITHDRAW, DRAFT",
                "EXPIRED, APPROVE, -"
            })
    void goesFromStateToState(State state, Step step, @Nullable State after) {
        assertThat(NewsRules.after(state, step)).isEqualTo(after);
    }

    static Stream<Arguments> faults() {
        Instant one = Instant.parse("2026-12-01T00:00:00Z");
        Instant later = one.plusSeconds(1);
        List<Picture> none = List.of();
        return Stream.of(
                Arguments.of(news(Target.To.MEMBERS, "x", none, null, one, later), ""),
                Arguments.of(news(Target.To.MEMBERS, null, none, null, null, null), "text required"),
                Arguments.of(news(Target.To.MEMBERS, "[x](javascript:1)", none, null, null, null), "text link-unsafe"),
                Arguments.of(news(Target.To.MEMBERS, ">".repeat(100) + "x", none, null, null, null), "text too-deep"),
                Arguments.of(news(Target.To.MEMBERS, "x", none, null, one, one), "expiresAt before-publishing"),
                Arguments.of(news(Target.To.MEMBERS, "x", none, Ask.ACKNOWLEDGED, null, null), ""),
                Arguments.of(news(Target.To.LEADERS, "x", none, Ask.OPENED, null, null), "asks members-alone"),
                Arguments.of(news(Target.To.OFFICERS, "x", none, Ask.ACKNOWLEDGED, null, null), "asks members-alone"),
                Arguments.of(
                        news(Target.To.MEMBERS, "x", List.of(PICTURE, PICTURE), null, null, null),
                        "pictures[1].file picture-twice"));
    }

    @ParameterizedTest
    @MethodSource("faults")
    void breaksARule(News news, String fault) {
        List<FieldError> errors = NewsRules.check(news);
        assertThat(errors.stream().map(one -> one.field() + ' ' + one.rule()))
                .containsExactlyElementsOf(fault.isEmpty() ? List.of() : List.of(fault));
    }

    @Test
    void isOverAfterTheMonthsOfTheRuleUnlessItSaysOtherwise() {
        Instant now = Instant.parse("2026-11-30T20:00:00Z");
        assertThat(NewsRules.expires(news(Target.To.MEMBERS, "x", List.of(), null, null, null), now, 3))
                .isEqualTo("2027-03-01T17:00:00Z");
        Instant own = now.plusSeconds(60);
        assertThat(NewsRules.expires(news(Target.To.MEMBERS, "x", List.of(), null, null, own), now, 3))
                .isEqualTo(own);
    }

    @Test
    void isToldToWhomItIsFor() {
        Unit province = new Unit(UNIT, null, "PROVINCE", "38", "Tỉnh", "/" + UNIT + '/');
        UUID id = new UUID(0, 2);
        Unit commune = new Unit(id, UNIT, "COMMUNE", "38.1", "Xã", province.path() + id + '/');
        assertThat(NewsRules.readers(Target.To.MEMBERS, province)).containsExactly(Audience.EVERYONE);
        assertThat(NewsRules.readers(Target.To.MEMBERS, commune))
                .containsExactlyInAnyOrder(Audience.members(id), Audience.officers(id));
        assertThat(NewsRules.readers(Target.To.LEADERS, commune)).containsExactly(Audience.allLeaders(id));
        assertThat(NewsRules.readers(Target.To.OFFICERS, commune)).containsExactly(Audience.allOfficers(id));
    }

    @Test
    void isTakenBackFromWhomItWasToldBeforeUnitsWereMergedAndAfter() {
        UUID before = new UUID(0, 2);
        UUID today = new UUID(0, 3);
        assertThat(NewsRules.sinceMerged(Set.of(Audience.members(today), Audience.officers(today)), before))
                .containsExactlyInAnyOrder(
                        Audience.members(today),
                        Audience.officers(today),
                        Audience.members(before),
                        Audience.officers(before));
        assertThat(NewsRules.sinceMerged(Set.of(Audience.EVERYONE), UNIT)).containsExactly(Audience.EVERYONE);
    }

    @Test
    void picturesOfAnEditionAreReadAsTheyWereWritten() {
        List<Picture> pictures = List.of(new Picture("b".repeat(64), "Hai chiếc  tàu", 3, 4, 5L), PICTURE);
        assertThat(PictureLines.read(PictureLines.write(pictures))).isEqualTo(pictures);
        assertThat(PictureLines.read(PictureLines.write(List.of()))).isEmpty();
    }
}
