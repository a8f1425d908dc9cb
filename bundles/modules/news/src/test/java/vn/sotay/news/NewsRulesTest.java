package vn.sotay.news;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
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
import vn.sotay.api.member.Born;
import vn.sotay.api.unit.Unit;
import vn.sotay.news.News.Ages;
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
        return news(new Target(UNIT, to, null), text, pictures, asks, publishAt, expiresAt);
    }

    static News ages(Target.To to, @Nullable Integer from, @Nullable Integer until) {
        return news(new Target(UNIT, to, new Ages(from, until)), "x", List.of(), null, null, null);
    }

    private static News news(
            Target target,
            @Nullable String text,
            List<Picture> pictures,
            @Nullable Ask asks,
            @Nullable Instant publishAt,
            @Nullable Instant expiresAt) {
        return new News(
                null, UNIT, target, "Tin", "Tóm tắt", text, pictures, null, asks, publishAt, expiresAt, null, null,
                null, null, null, null, null);
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
                        "pictures[1].file picture-twice"),
                Arguments.of(ages(Target.To.MEMBERS, 18, 35), ""),
                Arguments.of(ages(Target.To.MEMBERS, 35, 35), ""),
                Arguments.of(ages(Target.To.MEMBERS, 60, null), ""),
                Arguments.of(ages(Target.To.MEMBERS, null, 35), ""),
                Arguments.of(ages(Target.To.MEMBERS, null, null), "target.ages ages-missing"),
                Arguments.of(ages(Target.To.MEMBERS, 36, 35), "target.ages.to ages-turned"),
                Arguments.of(ages(Target.To.LEADERS, 18, 35), "target.ages ages-members-alone"),
                Arguments.of(ages(Target.To.OFFICERS, null, 35), "target.ages ages-members-alone"));
    }

    @ParameterizedTest
    @MethodSource("faults")
    void breaksARule(News news, String fault) {
        List<FieldError> errors = NewsRules.check(news);
        assertThat(errors.stream().map(one -> one.field() + ' ' + one.rule()))
                .containsExactlyElementsOf(fault.isEmpty() ? List.of() : List.of(fault));
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "18, 35, 2026-11-29, 1990-11-30, 2008-11-29",
                "35, 35, 2026-11-29, 1990-11-30, 1991-11-29",
                "60, -, 2026-11-29, -, 1966-11-29",
                "-, 35, 2026-11-29, 1990-11-30, -",
                "18, 21, 2026-02-28, 2004-02-29, 2008-02-28",
                "22, 30, 2026-03-01, 1995-03-02, 2004-03-01",
                "18, 35, 2028-02-29, 1992-03-01, 2010-02-28",
                "20, 23, 2028-02-29, 2004-03-01, 2008-02-29",
                "18, 35, 2027-01-01, 1991-01-02, 2009-01-01",
                "18, 35, 2026-12-31, 1991-01-01, 2008-12-31",
            })
    void agesAreDaysOfBirth(
            @Nullable Integer from,
            @Nullable Integer to,
            LocalDate day,
            @Nullable LocalDate bornFrom,
            @Nullable LocalDate bornTo) {
        assertThat(NewsRules.born(new Ages(from, to), day)).isEqualTo(new Born(bornFrom, bornTo));
    }

    /** On each day of leap years and others, of each who may be at the bounds. */
    @Test
    void whoIsOfAnAgeIsBornThenAndNobodyElse() {
        for (LocalDate day = LocalDate.of(2027, 2, 1); day.isBefore(LocalDate.of(2028, 4, 1)); day = day.plusDays(1)) {
            Born born = NewsRules.born(new Ages(18, 21), day);
            for (int years = 17; years <= 23; years++) {
                LocalDate around = day.minusYears(years);
                for (LocalDate birth = around.minusDays(3);
                        birth.isBefore(around.plusDays(4));
                        birth = birth.plusDays(1)) {
                    long age = ChronoUnit.YEARS.between(birth, day);
                    assertThat(born.meets(new Born(birth, birth)))
                            .as(birth + " on " + day)
                            .isEqualTo(age >= 18 && age <= 21);
                }
            }
        }
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
