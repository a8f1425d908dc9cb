package vn.sotay.dues.payment;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import vn.sotay.api.http.FieldError;

/** The months that a body names, {@code 2026-11}, once each. Pure. */
public final class Periods {

    private static final Pattern MONTH = Pattern.compile("20\\d{2}-(0[1-9]|1[0-2])");

    private Periods() {}

    /** What is wrong with the field {@code periods}; empty if nothing is. */
    public static List<FieldError> errors(@Nullable List<String> periods) {
        List<FieldError> errors = new ArrayList<>();
        Set<String> seen = new HashSet<>();
        for (int i = 0; periods != null && i < periods.size(); i++) {
            if (!MONTH.matcher(periods.get(i)).matches()) {
                errors.add(new FieldError("periods[" + i + "]", "period"));
            } else if (!seen.add(periods.get(i))) {
                errors.add(new FieldError("periods[" + i + "]", "duplicate"));
            }
        }
        if (periods != null && periods.isEmpty()) {
            errors.add(new FieldError("periods", "required"));
        }
        return errors;
    }
}
