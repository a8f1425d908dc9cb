package vn.sotay.platform.http;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import vn.sotay.api.http.Range;
import vn.sotay.api.http.Text;

/** A body with a component of each kind. */
record Sample(
        @Text(max = 20) String title,
        Stance stance,
        UUID cell,
        LocalDate day,
        Instant at,
        @Range(min = 1, max = 10) int count,
        long amount,
        boolean open,
        @Range(max = 3) List<Item> items,
        @Nullable @Text(max = 500, min = 0, lines = true) String note,
        @Nullable Stance second,
        @Nullable Item one) {

    enum Stance {
        AGREE,
        OTHER
    }

    record Item(UUID id, @Text(max = 5, pattern = "[a-z]+") String name) {}

    static final String ID = "0193c1f0-0000-7000-8000-000000000001";

    /** JSON of one that is right. */
    static String json() {
        return """
                {"title":"Họp","stance":"AGREE","cell":"%1$s","day":"2026-11-24","at":"2026-11-24T05:00:00Z","count":3,\
                "amount":5000000000,"open":true,"items":[{"id":"%1$s","name":"abc"}]}""".formatted(ID);
    }

    /** That JSON with one part replaced. */
    static String json(String part, String other) {
        String json = json();
        if (!json.contains(part)) {
            throw new IllegalArgumentException(part + " is no part of " + json);
        }
        return json.replaceFirst(java.util.regex.Pattern.quote(part), java.util.regex.Matcher.quoteReplacement(other));
    }
}
