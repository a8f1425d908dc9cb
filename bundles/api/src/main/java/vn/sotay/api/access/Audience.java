package vn.sotay.api.access;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Whom a payload of the change feed is for. It is decided when the payload is written, so that a client's next changes can be
 * read without asking any module. Different fields for two audiences are two payloads.
 *
 * @param kind what sort of audience
 * @param id the unit or member; null for {@code EVERYONE} and {@code EDITORS}
 */
public record Audience(Kind kind, @Nullable UUID id) {

    /** Sorts of audiences. */
    public enum Kind {
        /** All who are signed in. */
        EVERYONE,
        /** Those who edit and publish for the province. */
        EDITORS,
        /** The members of a unit and of all units below it. */
        MEMBERS,
        /** Secretary, deputy and helpers of a unit. */
        LEADERS,
        /** Officers who hold a mandate at exactly this unit. */
        OFFICERS,
        /** One member alone. */
        MEMBER,
        /**
         * Secretaries, deputies and helpers of a unit and of all units below it.
         *
         * @since 1.2
         */
        ALL_LEADERS,
        /**
         * Officers who hold a mandate at a unit or one below it.
         *
         * @since 1.2
         */
        ALL_OFFICERS
    }

    public static final Audience EVERYONE = new Audience(Kind.EVERYONE, null);
    public static final Audience EDITORS = new Audience(Kind.EDITORS, null);

    /** @throws IllegalArgumentException if an id is missing, or given where there is none */
    public Audience {
        boolean alone = kind == Kind.EVERYONE || kind == Kind.EDITORS;
        if (alone != (id == null)) {
            throw new IllegalArgumentException("audience " + kind + " with id " + id);
        }
    }

    public static Audience members(UUID unit) {
        return new Audience(Kind.MEMBERS, unit);
    }

    public static Audience leaders(UUID unit) {
        return new Audience(Kind.LEADERS, unit);
    }

    public static Audience officers(UUID unit) {
        return new Audience(Kind.OFFICERS, unit);
    }

    /** @since 1.2 */
    public static Audience allLeaders(UUID unit) {
        return new Audience(Kind.ALL_LEADERS, unit);
    }

    /** @since 1.2 */
    public static Audience allOfficers(UUID unit) {
        return new Audience(Kind.ALL_OFFICERS, unit);
    }

    public static Audience member(UUID member) {
        return new Audience(Kind.MEMBER, member);
    }

    /** Reads what {@link #toString()} wrote. */
    public static Audience parse(String text) {
        int colon = text.indexOf(':');
        return colon < 0
                ? new Audience(Kind.valueOf(text.toUpperCase(java.util.Locale.ROOT)), null)
                : new Audience(
                        Kind.valueOf(text.substring(0, colon).toUpperCase(java.util.Locale.ROOT)),
                        UUID.fromString(text.substring(colon + 1)));
    }

    /** The form used in the database and on the wire: {@code everyone}, {@code members:<unit>}. */
    @Override
    public String toString() {
        String word = kind.name().toLowerCase(java.util.Locale.ROOT);
        return id == null ? word : word + ':' + id;
    }
}
