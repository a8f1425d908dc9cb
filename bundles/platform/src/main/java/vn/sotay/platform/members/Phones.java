package vn.sotay.platform.members;

import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;
import vn.sotay.platform.keys.FieldKeys;

/** Phone numbers as they are kept: sealed, with a keyed hash that a member is found by. Thread-safe. */
public final class Phones {

    /** National form: what {@link #number} gives. */
    static final Pattern FORM = Pattern.compile("0\\d{9,10}");

    private static final String FIELD = "member.phone";
    private static final Pattern BETWEEN_DIGITS = Pattern.compile("[\\s.()-]");

    private final FieldKeys keys;

    public Phones(FieldKeys keys) {
        this.keys = keys;
    }

    /** The whole number that was typed, in national form, however its digits were parted; empty if it is none. */
    public static Optional<String> number(String typed) {
        return Optional.of(digits(typed)).filter(digits -> FORM.matcher(digits).matches());
    }

    /** What was typed without what parts digits, and with the 0 of the national form. */
    static String digits(String typed) {
        String digits = BETWEEN_DIGITS.matcher(typed).replaceAll("");
        return digits.startsWith("+84") ? '0' + digits.substring(3) : digits;
    }

    /** The hashes in {@code member.phone_hash} of those who have this number, in national form: one for each key. */
    public List<String> hashes(String number) {
        return keys.finds(FIELD, number);
    }

    /** The hash that is kept with a number. */
    String hash(String number) {
        return keys.find(FIELD, number);
    }

    String seal(UUID member, String number) {
        return keys.seal(FIELD, member.toString(), number);
    }

    String open(String member, String sealed) {
        return keys.open(FIELD, member, sealed);
    }

    /** What is begun with by what the newest key has sealed. */
    String newestMark() {
        return keys.newestMark();
    }
}
