package vn.sotay.news;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import vn.sotay.api.access.Audience;
import vn.sotay.api.http.FieldError;
import vn.sotay.api.member.Born;
import vn.sotay.api.unit.Unit;
import vn.sotay.news.News.State;
import vn.sotay.news.News.Target;
import vn.sotay.news.text.NewsText;

/** The rules of news, as pure functions: no database, no clock. Tested by the tables in {@code NewsRulesTest}. */
final class NewsRules {

    /** Days are those of Viet Nam. */
    static final ZoneId ZONE = ZoneId.of("Asia/Ho_Chi_Minh");

    /** How many people it takes to publish: who wrote it last does not approve it where that is 2. */
    static final String PERSONS = "news.publishing.persons";

    /** How many months news stays visible that does not say itself when it expires. */
    static final String MONTHS = "news.months";

    private NewsRules() {}

    /** What an editor does with a piece of news. */
    enum Step {
        SUBMIT,
        RETURN,
        APPROVE,
        WITHDRAW
    }

    /** The state to which a step leads, where nothing is put off; null if it cannot be done in this one. */
    static @Nullable State after(State state, Step step) {
        return switch (step) {
            case SUBMIT -> state == State.DRAFT ? State.REVIEW : null;
            case RETURN -> state == State.REVIEW || state == State.APPROVED ? State.DRAFT : null;
            case APPROVE -> state == State.REVIEW ? State.PUBLISHED : null;
            case WITHDRAW -> state == State.PUBLISHED || state == State.EXPIRED ? State.DRAFT : null;
        };
    }

    /** Whether a step has been done already, by whomever. */
    static boolean isDone(State state, Step step) {
        return step == Step.SUBMIT && state == State.REVIEW
                || step == Step.APPROVE && (state == State.PUBLISHED || state == State.APPROVED);
    }

    /** Whether it may be written: what somebody has approved is not changed behind their back. */
    static boolean isOpen(State state) {
        return state == State.DRAFT || state == State.REVIEW;
    }

    /** What of a piece of news breaks a rule. */
    static List<FieldError> check(News news) {
        List<FieldError> errors = new ArrayList<>();
        if (news.text() == null) {
            errors.add(new FieldError("text", "required"));
        } else {
            NewsText.read(news.text()).faults().forEach(rule -> errors.add(new FieldError("text", rule)));
        }
        if (news.publishAt() != null
                && news.expiresAt() != null
                && !news.expiresAt().isAfter(news.publishAt())) {
            errors.add(new FieldError("expiresAt", "before-publishing"));
        }
        // who leads or works somewhere changes by the day, and is no list of people to be counted
        if (news.asks() != null && news.target().to() != Target.To.MEMBERS) {
            errors.add(new FieldError("asks", "members-alone"));
        }
        checkAges(news.target(), errors);
        Set<String> files = new HashSet<>();
        for (int i = 0; i < news.pictures().size(); i++) {
            if (!files.add(news.pictures().get(i).file())) {
                errors.add(new FieldError("pictures[" + i + "].file", "picture-twice"));
            }
        }
        return errors;
    }

    private static void checkAges(Target target, List<FieldError> errors) {
        News.Ages ages = target.ages();
        if (ages == null) {
            return;
        }
        if (target.to() != Target.To.MEMBERS) {
            errors.add(new FieldError("target.ages", "ages-members-alone"));
        }
        if (ages.from() == null && ages.to() == null) {
            errors.add(new FieldError("target.ages", "ages-missing"));
        }
        if (ages.from() != null && ages.to() != null && ages.from() > ages.to()) {
            errors.add(new FieldError("target.ages.to", "ages-turned"));
        }
    }

    /**
     * When those are born who are of an age on a day. Who is born on 29 February is a year older on 1 March in other years.
     *
     * @return null for all
     */
    static @Nullable Born born(News.@Nullable Ages ages, LocalDate day) {
        return ages == null
                ? null
                : new Born(
                        ages.to() == null
                                ? null
                                : day.minusYears(ages.to() + 1L).plusDays(1),
                        ages.from() == null ? null : day.minusYears(ages.from()));
    }

    /** From when on a piece of news that is published now is visible no longer. */
    static Instant expires(News news, Instant now, int months) {
        return news.expiresAt() != null
                ? news.expiresAt()
                : LocalDate.ofInstant(now, ZONE)
                        .plusMonths(months)
                        .plusDays(1)
                        .atStartOfDay(ZONE)
                        .toInstant();
    }

    /**
     * The same readers, and those by the unit as it was when it was written: whichever it was told to before or after units were merged.
     *
     * @param readers by the unit as it is today
     */
    static Set<Audience> sinceMerged(Set<Audience> readers, UUID unit) {
        Set<Audience> all = new LinkedHashSet<>(readers);
        readers.stream().filter(one -> one.id() != null).forEach(one -> all.add(new Audience(one.kind(), unit)));
        return all;
    }

    /**
     * Who is told of it. What is for all members of the province is for everybody: an officer without a cell reads it, too.
     *
     * @param unit of the target, as it is today
     */
    static Set<Audience> readers(Target.To to, Unit unit) {
        return switch (to) {
            case MEMBERS ->
                unit.parent() == null
                        ? Set.of(Audience.EVERYONE)
                        : Set.of(Audience.members(unit.id()), Audience.officers(unit.id()));
            case LEADERS -> Set.of(Audience.allLeaders(unit.id()));
            case OFFICERS -> Set.of(Audience.allOfficers(unit.id()));
        };
    }
}
