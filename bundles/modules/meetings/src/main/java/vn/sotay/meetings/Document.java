package vn.sotay.meetings;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import vn.sotay.api.http.Text;

/**
 * A document for an item. The client puts its bytes at {@code /api/files/{sha256}} first; size and type are those of the stored file,
 * whatever the client says.
 *
 * @param file SHA-256 of its content
 * @param name as its reader sees it
 * @param postedAt when this meeting first had the file
 * @param late whether that was later before the meeting than the rule wants: marked, not refused
 * @param rule where that rule stands
 */
public record Document(
        @Text(max = 64, pattern = "[0-9a-f]{64}") String file,
        @Text(max = 200) String name,
        @Nullable @Text(max = 200) String type,
        @Nullable Long size,
        @Nullable Instant postedAt,
        @Nullable Boolean late,
        @Nullable @Text(max = 500) String rule) {

    Document plan() {
        return new Document(file, name, null, null, null, null, null);
    }
}
