package vn.sotay.news.text;

import org.jspecify.annotations.Nullable;
import vn.sotay.api.http.Text;

/**
 * Words of a block that look alike.
 *
 * @param text as it is read, never markup; a line break is one
 * @param strong null for no
 * @param emphasis null for no
 * @param link where it leads, as {@link Links#isSafe} allows; null for nowhere
 */
public record Span(
        @Text(max = 16_000, min = 0, lines = true) String text,
        @Nullable Boolean strong,
        @Nullable Boolean emphasis,
        @Nullable @Text(max = 2_000) String link) {}
