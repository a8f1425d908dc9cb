package vn.sotay.tests.safes;

import java.util.List;
import vn.sotay.api.http.Text;

/**
 * What lies in a safe.
 *
 * @param income found by the whole of it
 * @param note nobody searches for it
 */
public record Safe(
        @Text(max = 200) String income, @Text(max = 200) String note) {

    /** Those that were found. */
    public record Found(List<String> ids) {}
}
