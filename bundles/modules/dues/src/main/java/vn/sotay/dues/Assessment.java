package vn.sotay.dues;

import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import vn.sotay.api.rule.Rule;

/**
 * What a member owes for a month, and why.
 *
 * @param name the member's
 * @param duesClass {@code UNDECLARED} if nothing is declared
 * @param due what is due, in đồng
 * @param full what it were without reduction
 * @param reduction percent that is taken off
 * @param deferred whether it may be paid late
 * @param paid of it, in đồng
 * @param missing whether it could not be reckoned: nothing is declared, or a rule waits to be confirmed
 * @param behind months of this year that have ended and are not paid, from the number on of which the secretary is to be told; null for the member itself, and below that
 * @param rules by which it was reckoned
 */
public record Assessment(
        UUID member,
        String name,
        String period,
        DuesClass duesClass,
        long due,
        long full,
        int reduction,
        boolean deferred,
        long paid,
        boolean missing,
        @Nullable Integer behind,
        List<Rule> rules) {}
