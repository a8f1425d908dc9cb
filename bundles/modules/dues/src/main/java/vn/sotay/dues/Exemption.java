package vn.sotay.dues;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import vn.sotay.api.http.Range;
import vn.sotay.api.http.Text;

/**
 * That a member owes less for some months, or may pay late or ahead: asked for, then decided where the rule says. What the server sets is not looked at when a
 * client sends it.
 *
 * @param name the member's, for who decides; the server's
 * @param percent what is taken off, 100 for all; null for {@code DEFERRAL}
 * @param from first month
 * @param months how many
 * @param to last month; the server's
 * @param reason in the asker's words
 * @param decidedBy the unit that decides, or has decided; the server's
 * @param message of who decided
 */
public record Exemption(
        @Nullable UUID id,
        UUID member,
        @Nullable String name,
        Kind kind,
        Ground ground,
        @Nullable @Range(min = 1, max = 100) Integer percent,
        @Text(max = 7) String from,
        @Range(min = 1, max = 120) int months,
        @Nullable String to,
        @Nullable @Text(max = 1000, lines = true) String reason,
        @Nullable State state,
        @Nullable Instant at,
        @Nullable UUID recordedBy,
        @Nullable UUID decidedBy,
        @Nullable Instant decidedAt,
        @Nullable @Text(max = 1000, lines = true) String message) {

    /** What it does. */
    public enum Kind {
        /** Takes percent off. */
        RELIEF,
        /** Lets a member who is far away pay late, or ahead. */
        DEFERRAL
    }

    /** Why. */
    public enum Ground {
        SOCIAL_PENSION,
        POOR_HOUSEHOLD,
        ILLNESS,
        HARDSHIP,
        AT_SEA,
        FAR_AWAY;

        Kind kind() {
            return this == AT_SEA || this == FAR_AWAY ? Kind.DEFERRAL : Kind.RELIEF;
        }
    }

    /** How far it has come. */
    public enum State {
        APPLIED,
        GRANTED,
        REFUSED
    }

    /**
     * What was decided.
     *
     * @param percent if it is another than was asked for
     * @param months if they are others than were asked for
     */
    public record Decision(
            boolean granted,
            @Nullable @Range(min = 1, max = 100) Integer percent,
            @Nullable @Range(min = 1, max = 120) Integer months,
            @Nullable @Text(max = 1000, lines = true) String message) {}

    int percentOff() {
        return kind == Kind.DEFERRAL || percent == null ? 0 : percent;
    }
}
