package vn.sotay.api.access;

import java.util.regex.Pattern;

/**
 * Something one may do, named {@code module.verb}: {@code meetings.write}. Which roles have it, and how far, stands in the
 * module's {@code module.json} and may be changed by the province's {@code roles.json}.
 */
public record Permission(String name) {

    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9-]*(\\.[a-z][a-z0-9-]*)+");

    /** @throws IllegalArgumentException if the name is not of the form {@code module.verb} */
    public Permission {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException("a permission is named module.verb, not " + name);
        }
    }
}
