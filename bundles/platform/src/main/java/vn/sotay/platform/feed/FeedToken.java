package vn.sotay.platform.feed;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import vn.sotay.api.access.Audience;

/**
 * How far a client has read: for each audience the number up to which it knows all. In text it is base64url of the form's number, the
 * generation, and the audiences grouped by cursor, since most cursors are equal: about 170 characters for a member.
 *
 * @param generation of the database that the numbers belong to
 * @param cursors 0 for an audience of which nothing was read yet
 */
record FeedToken(UUID generation, Map<Audience, Long> cursors) {

    private static final byte FORM = 1;
    private static final int MOST_CHARACTERS = 16_000;
    private static final Audience.Kind[] KINDS = Audience.Kind.values();

    FeedToken {
        cursors = Collections.unmodifiableMap(cursors);
    }

    /** The token as a client keeps it. */
    String text() {
        TreeMap<Long, List<Audience>> byCursor = new TreeMap<>();
        cursors.forEach((audience, cursor) ->
                byCursor.computeIfAbsent(cursor, none -> new ArrayList<>()).add(audience));
        ByteBuffer bytes = ByteBuffer.allocate(17 + byCursor.size() * 20 + cursors.size() * 17);
        bytes.put(FORM).putLong(generation.getMostSignificantBits()).putLong(generation.getLeastSignificantBits());
        byCursor.forEach((cursor, audiences) -> {
            putNumber(bytes, cursor);
            putNumber(bytes, audiences.size());
            audiences.sort(Comparator.comparing(Audience::toString));
            for (Audience audience : audiences) {
                bytes.put((byte) audience.kind().ordinal());
                UUID id = audience.id();
                if (id != null) {
                    bytes.putLong(id.getMostSignificantBits()).putLong(id.getLeastSignificantBits());
                }
            }
        });
        bytes.flip();
        return new String(
                Base64.getUrlEncoder().withoutPadding().encode(bytes).array(),
                java.nio.charset.StandardCharsets.US_ASCII);
    }

    /** Reads what {@link #text} wrote; empty for anything else, such as the form of a later version. */
    static Optional<FeedToken> parse(String text) {
        if (text.length() > MOST_CHARACTERS) {
            return Optional.empty();
        }
        try {
            ByteBuffer bytes = ByteBuffer.wrap(Base64.getUrlDecoder().decode(text));
            if (bytes.get() != FORM) {
                return Optional.empty();
            }
            UUID generation = new UUID(bytes.getLong(), bytes.getLong());
            Map<Audience, Long> cursors = new LinkedHashMap<>();
            while (bytes.hasRemaining()) {
                long cursor = number(bytes);
                for (long left = number(bytes); left > 0; left--) {
                    cursors.put(audience(bytes), cursor);
                }
            }
            return Optional.of(new FeedToken(generation, cursors));
        } catch (IllegalArgumentException | BufferUnderflowException | ArrayIndexOutOfBoundsException e) {
            return Optional.empty();
        }
    }

    private static Audience audience(ByteBuffer bytes) {
        Audience.Kind kind = KINDS[bytes.get()];
        return switch (kind) {
            case EVERYONE, EDITORS -> new Audience(kind, null);
            case MEMBERS, LEADERS, OFFICERS, MEMBER, ALL_LEADERS, ALL_OFFICERS ->
                new Audience(kind, new UUID(bytes.getLong(), bytes.getLong()));
        };
    }

    /** Seven bits a byte, the highest bit says that more follow. */
    private static void putNumber(ByteBuffer bytes, long number) {
        long left = number;
        while (left > 0x7f) {
            bytes.put((byte) (left & 0x7f | 0x80));
            left >>>= 7;
        }
        bytes.put((byte) left);
    }

    private static long number(ByteBuffer bytes) {
        long number = 0;
        for (int shift = 0; shift < 63; shift += 7) {
            byte next = bytes.get();
            number |= (next & 0x7fL) << shift;
            if (next >= 0) {
                return number;
            }
        }
        throw new IllegalArgumentException("too long a number");
    }
}
