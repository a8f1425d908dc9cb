package vn.sotay.platform.demo;

import java.nio.charset.StandardCharsets;
import java.util.UUID;

/** Ids that are the same in each demo province. */
final class DemoIds {

    /** 1 November 2026: what was made up has a time of its own in its ids, so that they lie together in an index. */
    private static final long EPOCH = 1_793_491_200_000L;

    private DemoIds() {}

    static UUID of(String words) {
        return UUID.nameUUIDFromBytes(("sotay demo " + words).getBytes(StandardCharsets.UTF_8));
    }

    /** As UUIDv7 has it: ordered by number. */
    static UUID numbered(String kind, int number) {
        UUID hash = of(kind + ' ' + number);
        return new UUID(
                EPOCH + number << 16 | 0x7000 | hash.getMostSignificantBits() & 0xfff,
                hash.getLeastSignificantBits() & 0x3fff_ffff_ffff_ffffL | Long.MIN_VALUE);
    }
}
