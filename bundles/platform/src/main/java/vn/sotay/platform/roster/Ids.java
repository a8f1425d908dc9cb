package vn.sotay.platform.roster;

import java.security.SecureRandom;
import java.util.UUID;

/** Makes ids that sort by when they were made (UUID version 7), which keeps the rows of an import together in the database. */
final class Ids {

    private static final SecureRandom RANDOM = new SecureRandom();

    private Ids() {}

    static UUID next() {
        long random = RANDOM.nextLong();
        long high = System.currentTimeMillis() << 16 | 0x7000 | random >>> 52;
        long low = RANDOM.nextLong() & 0x3fff_ffff_ffff_ffffL | 0x8000_0000_0000_0000L;
        return new UUID(high, low);
    }
}
