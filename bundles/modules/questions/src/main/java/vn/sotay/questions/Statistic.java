package vn.sotay.questions;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Questions of a topic that a team answers, in figures: no name, no text.
 *
 * @param team the unit that answers
 * @param topic null for those without one
 * @param asked of all that were asked in the time
 * @param open not answered yet
 * @param overdue of these, those whose day has passed
 * @param median working days that half of the answers took at most; null if there is none
 */
public record Statistic(
        UUID team,
        String teamName,
        @Nullable UUID topic,
        int asked,
        int open,
        int overdue,
        int stale,
        @Nullable Integer median) {}
