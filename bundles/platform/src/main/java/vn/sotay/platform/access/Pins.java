package vn.sotay.platform.access;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import vn.sotay.api.http.FieldError;
import vn.sotay.api.member.Member;
import vn.sotay.api.text.Folding;

/**
 * What may be a password or a PIN. A PIN is digits alone: enough for who leads nobody, since guessing is slowed down; whose account reaches
 * beyond a cell takes a password. Long is what counts in one; signs and digits are not asked for.
 */
final class Pins {

    static final int SHORTEST_PASSWORD = 10;
    static final int SHORTEST_PIN = 6;

    private static final Pattern DIGITS = Pattern.compile("\\d+");
    private static final String UP = "01234567890123456789";
    private static final String DOWN = new StringBuilder(UP).reverse().toString();

    private Pins() {}

    /**
     * What is wrong with a new one.
     *
     * @param login how its owner is known
     * @param current the one before; null if there is none
     * @param member whose birthday and numbers are guessed first; null for an account of the system
     * @param pinIsEnough whether digits alone will do
     */
    static List<FieldError> check(
            String login, @Nullable String current, String wanted, @Nullable Member member, boolean pinIsEnough) {
        if (wanted.equals(current)) {
            return List.of(new FieldError("password", "password.same"));
        }
        boolean isPin = DIGITS.matcher(wanted).matches();
        if (isPin && pinIsEnough) {
            return pin(wanted, member);
        }
        List<FieldError> errors = new ArrayList<>();
        if (wanted.codePointCount(0, wanted.length()) < SHORTEST_PASSWORD) {
            errors.add(
                    pinIsEnough
                            ? new FieldError(
                                    "password",
                                    "password.short-or-pin",
                                    Map.of("min", SHORTEST_PASSWORD, "digits", SHORTEST_PIN))
                            : new FieldError("password", "password.short", Map.of("min", SHORTEST_PASSWORD)));
        } else if (isPin && !pinIsEnough) {
            errors.add(new FieldError("password", "password.digits"));
        } else if (Folding.fold(wanted).contains(login)
                || wanted.chars().distinct().count() < 4) {
            errors.add(new FieldError("password", "password.easy"));
        }
        return errors;
    }

    private static List<FieldError> pin(String pin, @Nullable Member member) {
        if (pin.length() < SHORTEST_PIN) {
            return List.of(new FieldError("password", "pin.short", Map.of("min", SHORTEST_PIN)));
        }
        boolean easy = pin.chars().distinct().count() < 3
                || UP.contains(pin)
                || DOWN.contains(pin)
                || isRepeated(pin)
                || member != null && known(member).contains(pin);
        return easy ? List.of(new FieldError("password", "pin.easy")) : List.of();
    }

    /** Such as 123123. */
    private static boolean isRepeated(String pin) {
        String half = pin.substring(0, pin.length() / 2);
        return pin.length() % 2 == 0 && pin.endsWith(half);
    }

    /** What somebody who knows the member tries first. */
    private static Set<String> known(Member member) {
        Set<String> known = new java.util.HashSet<>();
        LocalDate born = member.birthDate();
        if (born != null) {
            String day = two(born.getDayOfMonth());
            String month = two(born.getMonthValue());
            String year = Integer.toString(born.getYear());
            known.addAll(List.of(
                    day + month + year,
                    day + month + year.substring(2),
                    year + month + day,
                    year.substring(2) + month + day));
        }
        for (String number : new String[] {member.cardNumber(), member.phone()}) {
            if (number != null) {
                String digits = number.replaceAll("\\D", "");
                known.add(digits);
                known.add(digits.substring(Math.max(0, digits.length() - SHORTEST_PIN)));
            }
        }
        return known;
    }

    private static String two(int number) {
        return number < 10 ? "0" + number : Integer.toString(number);
    }
}
