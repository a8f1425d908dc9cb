package vn.sotay.dues.payment;

import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import vn.sotay.platform.rules.ShippedRules;

/** Numbers of the rules as they are shipped: a test that uses them fails when one is changed. */
final class Packs {

    private Packs() {}

    static int number(LocalDate day, String key) throws Exception {
        return ShippedRules.of(Path.of("../../../config/rules"), Path.of("src/main/resources/sotay/rules"))
                .find(day, List.of(), key)
                .orElseThrow()
                .integer();
    }
}
