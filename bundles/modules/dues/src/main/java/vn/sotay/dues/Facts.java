package vn.sotay.dues;

import java.time.YearMonth;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import vn.sotay.api.member.Member;

/**
 * What a member has declared and was granted. Pure.
 *
 * @param declared the newest month first, without what was taken back
 */
record Facts(Member member, List<Declaration> declared, List<Exemption> granted) {

    Facts {
        declared = List.copyOf(declared);
        granted = List.copyOf(granted);
    }

    /** In force in a month: the one with the latest first month, of two the one that came later. */
    @Nullable Declaration in(YearMonth month) {
        return declared.stream()
                .filter(one -> one.from().compareTo(month.toString()) <= 0)
                .findFirst()
                .orElse(null);
    }

    @Nullable Exemption granted(Exemption.Kind kind, YearMonth month) {
        String period = month.toString();
        return granted.stream()
                .filter(one -> one.kind() == kind
                        && one.from().compareTo(period) <= 0
                        && Objects.requireNonNull(one.to()).compareTo(period) >= 0)
                .max(Comparator.comparingInt(Exemption::percentOff))
                .orElse(null);
    }

    /** What is owed for a month, by what is known today; null if it cannot be reckoned. */
    @Nullable Due due(YearMonth period, DuesRules.Book book) {
        Declaration now = in(period);
        if (now == null && !DuesRules.isOfPartyAge(member.admittedOn(), period.atDay(1), book)) {
            return null;
        }
        Exemption relief = granted(Exemption.Kind.RELIEF, period);
        try {
            Declaration of = now;
            if (now != null && now.duesClass() == DuesClass.INSURED) {
                // who was not insured in the month before has no wage of it: the first one counts
                Declaration before = in(DuesRules.wageMonth(period, book));
                of = before != null && before.duesClass() == DuesClass.INSURED ? before : now;
            }
            return DuesRules.due(
                    new Basis(
                            now == null ? DuesClass.UNDECLARED : now.duesClass(),
                            of == null ? null : of.base(),
                            of == null ? null : of.pay(),
                            member.admittedOn(),
                            relief == null ? 0 : relief.percentOff()),
                    period,
                    book);
        } catch (MissingRuleException e) {
            return null;
        }
    }
}
