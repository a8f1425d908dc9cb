package vn.sotay.dues;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import vn.sotay.api.rule.Rule;

/** What is owed, and what may be granted. Pure functions over the rules in force; the numbers are in {@code sotay/rules}. */
final class DuesRules {

    static final ZoneId ZONE = ZoneId.of("Asia/Ho_Chi_Minh");
    static final YearMonth FIRST = YearMonth.of(2026, 2);
    static final YearMonth LAST = YearMonth.of(2099, 12);

    static final String MONTHS_BEFORE = "dues.wage.months-before";
    static final String PENSIONER_PAY = "dues.rate.pensioner-pay";
    static final String STUDENT = "dues.amount.student";
    static final String ABROAD_LEAST = "dues.amount.abroad-least";
    static final String ABROAD_MOST = "dues.amount.abroad-most";
    static final String PARTY_AGE = "dues.exempt.party-age";
    static final String REGION = "minimum-wage.region";
    static final String WAGE = "minimum-wage.monthly.";
    static final String ROUNDING_UNIT = "dues.rounding.unit";
    static final String ROUNDING_MODE = "dues.rounding.mode";
    static final String EXEMPTION_MONTHS = "dues.exemption.months";
    static final String EXEMPTION_PERCENTS = "dues.exemption.percents";
    static final String DECIDED_BY = "dues.exemption.decided-by";
    static final String ALERT = "dues.arrears.alert";
    static final String CONSIDER = "dues.arrears.consider";
    static final String BASE_TO_LEADERS = "dues.base.leaders";

    private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);

    /** The rules at one unit. */
    @FunctionalInterface
    interface Book {
        Optional<Rule> find(LocalDate day, String key);

        default Rule on(LocalDate day, String key) {
            return find(day, key).orElseThrow(() -> new MissingRuleException(key));
        }
    }

    /** How far somebody is behind. Nothing follows of itself: it is told to the secretary alone. */
    enum Arrears {
        NONE,
        /** The secretary is told. */
        ALERT,
        /** For the cell to consider. */
        CONSIDER
    }

    private DuesRules() {}

    /**
     * What is owed for a month, by the rules in force on its first day.
     *
     * @throws MissingRuleException if a rule that is needed is not in force
     */
    static Due due(Basis basis, YearMonth period, Book book) {
        return new Reckoning(period.atDay(1), book).due(basis);
    }

    /** One member and month, and the rules that were used. */
    private static final class Reckoning {

        private final LocalDate day;
        private final Book book;
        private final List<Rule> used = new ArrayList<>();

        Reckoning(LocalDate day, Book book) {
            this.day = day;
            this.book = book;
        }

        private Rule rule(String key) {
            Rule rule = book.on(day, key);
            used.add(rule);
            return rule;
        }

        Due due(Basis basis) {
            if (isOfPartyAge(basis.admittedOn(), day, book)) {
                rule(PARTY_AGE);
                long full = basis.duesClass() == DuesClass.UNDECLARED ? 0 : full(basis);
                return new Due(full, 100, 0, List.copyOf(used));
            }
            long full = full(basis);
            long amount = rounded(BigDecimal.valueOf(full)
                    .multiply(BigDecimal.valueOf(100L - basis.relief()))
                    .divide(HUNDRED));
            return new Due(full, basis.relief(), amount, List.copyOf(used));
        }

        private long full(Basis basis) {
            return switch (basis.duesClass()) {
                case UNDECLARED -> throw new IllegalArgumentException("nothing is declared");
                case STUDENT -> rule(STUDENT).integer();
                case ABROAD ->
                    Math.max(
                            rule(ABROAD_LEAST).integer(),
                            Math.min(rule(ABROAD_MOST).integer(), base(basis)));
                case UNINSURED, UNINSURED_RETIRED -> rounded(share(basis.duesClass(), minimumWage()));
                case PENSIONER -> rounded(share(basis.duesClass(), base(basis)).add(ofPay(basis.pay())));
                default -> rounded(share(basis.duesClass(), base(basis)));
            };
        }

        private long minimumWage() {
            return rule(WAGE + rule(REGION).value()).integer();
        }

        private static long base(Basis basis) {
            return Objects.requireNonNull(basis.base(), "the class needs a base");
        }

        private BigDecimal share(DuesClass duesClass, long of) {
            return percent(rule(Objects.requireNonNull(duesClass.rateKey())), of);
        }

        private BigDecimal ofPay(@Nullable Long pay) {
            return pay == null || pay == 0 ? BigDecimal.ZERO : percent(rule(PENSIONER_PAY), pay);
        }

        private static BigDecimal percent(Rule rate, long of) {
            return rate.decimal().multiply(BigDecimal.valueOf(of)).divide(HUNDRED);
        }

        private long rounded(BigDecimal amount) {
            BigDecimal unit = book.on(day, ROUNDING_UNIT).decimal();
            RoundingMode mode = RoundingMode.valueOf(book.on(day, ROUNDING_MODE).value());
            return amount.divide(unit, 0, mode).multiply(unit).longValueExact();
        }
    }

    /** Whether a member has been in the Party for so long on that day that nothing is owed. */
    static boolean isOfPartyAge(@Nullable LocalDate admittedOn, LocalDate day, Book book) {
        return admittedOn != null
                && book.find(day, PARTY_AGE)
                        .filter(rule -> !admittedOn.plusYears(rule.integer()).isAfter(day))
                        .isPresent();
    }

    /** The month whose wage counts for a month. */
    static YearMonth wageMonth(YearMonth period, Book book) {
        return period.minusMonths(book.on(period.atDay(1), MONTHS_BEFORE).integer());
    }

    /** The last month of an exemption of so many months. */
    static YearMonth lastMonth(YearMonth from, int months) {
        return from.plusMonths(months - 1L);
    }

    /** Months that one grant may have at most. */
    static int mostMonths(YearMonth from, Book book) {
        return book.on(from.atDay(1), EXEMPTION_MONTHS).integer();
    }

    /** What may be taken off, in percent. */
    static List<Integer> percents(YearMonth from, Book book) {
        return Arrays.stream(book.on(from.atDay(1), EXEMPTION_PERCENTS).value().split(" "))
                .map(Integer::valueOf)
                .toList();
    }

    /** Whether the cell decides itself about exemptions, and not the unit above it. */
    static boolean cellDecides(YearMonth from, Book book) {
        return book.on(from.atDay(1), DECIDED_BY).value().equals("SELF");
    }

    /** Whether leaders of the cell see what somebody earns. */
    static boolean leadersSeeBase(LocalDate day, Book book) {
        return book.on(day, BASE_TO_LEADERS).value().equals("yes");
    }

    /**
     * What is to be told of somebody who has not paid.
     *
     * @param open months of the year that have ended, are owed and not paid; those that may be paid late are none
     */
    static Arrears arrears(int open, LocalDate day, Book book) {
        return open >= book.on(day, CONSIDER).integer()
                ? Arrears.CONSIDER
                : open >= book.on(day, ALERT).integer() ? Arrears.ALERT : Arrears.NONE;
    }

    /** A month as it is written, {@code 2026-09}; empty if it is none, or out of bounds. */
    static Optional<YearMonth> month(String text) {
        try {
            YearMonth month = YearMonth.parse(text);
            return month.isBefore(FIRST) || month.isAfter(LAST) ? Optional.empty() : Optional.of(month);
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }
}
