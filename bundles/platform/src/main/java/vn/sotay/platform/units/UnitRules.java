package vn.sotay.platform.units;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import vn.sotay.api.http.FieldError;
import vn.sotay.api.unit.Unit;
import vn.sotay.api.unit.UnitKind;

/** What a unit must be like. Pure. */
final class UnitRules {

    private static final Pattern CODE = Pattern.compile("\\d{2}(\\.\\d{3}){0,4}");

    private UnitRules() {}

    /** Whether it is of the form 2.3.3.3.3 digits, or the beginning of one. */
    static boolean isCode(String code) {
        return CODE.matcher(code).matches();
    }

    /** What is wrong with a unit of that kind, code and name below that parent; empty if nothing is. */
    static List<FieldError> check(UnitKinds kinds, String kind, String code, @Nullable Unit parent) {
        List<FieldError> errors = new ArrayList<>();
        UnitKind known = kinds.find(kind).orElse(null);
        if (known == null) {
            String all =
                    String.join(", ", kinds.all().stream().map(UnitKind::id).toList());
            errors.add(new FieldError("kind", "unit.kind", Map.of("values", all)));
        } else if (parent == null && !known.parents().isEmpty()) {
            errors.add(new FieldError("parent", "required"));
        } else if (parent != null && !known.parents().contains(parent.kind())) {
            errors.add(new FieldError("parent", "unit.parent-kind", Map.of("kind", kind, "parent", parent.kind())));
        }
        if (!isCode(code)) {
            errors.add(new FieldError("code", "unit.code"));
        }
        return errors;
    }
}
