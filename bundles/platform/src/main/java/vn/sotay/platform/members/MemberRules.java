package vn.sotay.platform.members;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import vn.sotay.api.http.FieldError;
import vn.sotay.api.member.Member;
import vn.sotay.api.member.MemberStatus;

/** What a member's record must be like. Pure. */
public final class MemberRules {

    private static final int EARLIEST_BIRTH = 1900;
    private static final Pattern CARD_WITHOUT_POINT = Pattern.compile("(\\d{2})[., ]?(\\d{6})");
    private static final Pattern CARD_BEGINNING = Pattern.compile("(\\d{2})[., ]?(\\d{1,6})");

    private MemberRules() {}

    /** The same record in the form that is kept: blanks squeezed, year of birth filled in, card and phone as they are shown. */
    static Member kept(Member member) {
        LocalDate born = member.birthDate();
        Integer year = member.birthYear();
        return new Member(
                member.id(),
                member.name().strip().replaceAll("\\s+", " "),
                born,
                year == null && born != null ? Integer.valueOf(born.getYear()) : year,
                member.gender(),
                card(member.cardNumber()),
                member.admittedOn(),
                member.officialOn(),
                member.status(),
                member.cell(),
                phone(member.phone()));
    }

    /** {@code 34.123456}, however its digits were typed. */
    public static @Nullable String card(@Nullable String typed) {
        if (typed == null) {
            return null;
        }
        var form = CARD_WITHOUT_POINT.matcher(typed.strip());
        return form.matches() ? form.group(1) + '.' + form.group(2) : typed.strip();
    }

    /** The beginning of a card number in the form that is kept, so that its point need not be typed. */
    static String cardBeginning(String typed) {
        var form = CARD_BEGINNING.matcher(typed);
        return form.matches() ? form.group(1) + '.' + form.group(2) : typed;
    }

    private static @Nullable String phone(@Nullable String typed) {
        return typed == null ? null : Phones.digits(typed);
    }

    /** What is wrong with the record by itself; empty if nothing is. */
    static List<FieldError> check(Member member, LocalDate today) {
        List<FieldError> errors = new ArrayList<>();
        if (member.name().chars().noneMatch(Character::isLetter)) {
            errors.add(new FieldError("name", "member.no-name"));
        }
        checkBirth(member, today, errors);
        checkDay("admittedOn", member.admittedOn(), today, errors);
        checkDay("officialOn", member.officialOn(), today, errors);
        checkOrder(member, errors);
        if (member.status() == MemberStatus.PROBATIONARY && member.officialOn() != null) {
            errors.add(new FieldError("status", "member.probationary-official"));
        }
        if (member.phone() != null && !Phones.FORM.matcher(member.phone()).matches()) {
            errors.add(new FieldError("phone", "member.phone"));
        }
        return errors;
    }

    private static void checkBirth(Member member, LocalDate today, List<FieldError> errors) {
        LocalDate born = member.birthDate();
        Integer year = member.birthYear();
        if (born != null && year != null && born.getYear() != year) {
            errors.add(new FieldError("birthYear", "member.birth-year", Map.of("year", born.getYear())));
        } else if (born != null && born.isAfter(today) || year != null && year > today.getYear()) {
            errors.add(new FieldError(born == null ? "birthYear" : "birthDate", "member.day-in-future"));
        } else if (born != null && born.getYear() < EARLIEST_BIRTH) {
            errors.add(new FieldError("birthDate", "member.born-too-early", Map.of("min", EARLIEST_BIRTH)));
        }
    }

    private static void checkDay(String field, @Nullable LocalDate day, LocalDate today, List<FieldError> errors) {
        if (day != null && day.isAfter(today)) {
            errors.add(new FieldError(field, "member.day-in-future"));
        }
    }

    private static void checkOrder(Member member, List<FieldError> errors) {
        LocalDate admitted = member.admittedOn();
        LocalDate official = member.officialOn();
        if (admitted != null && isBornAfter(member, admitted)) {
            errors.add(new FieldError("admittedOn", "member.before-birth"));
        }
        if (official != null && isBornAfter(member, official)) {
            errors.add(new FieldError("officialOn", "member.before-birth"));
        } else if (official != null && admitted != null && official.isBefore(admitted)) {
            errors.add(new FieldError("officialOn", "member.official-before-admitted"));
        }
    }

    private static boolean isBornAfter(Member member, LocalDate day) {
        LocalDate born = member.birthDate();
        Integer year = member.birthYear();
        return born != null ? born.isAfter(day) : year != null && year > day.getYear();
    }
}
