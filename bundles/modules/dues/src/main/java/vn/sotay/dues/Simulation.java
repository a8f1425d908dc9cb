package vn.sotay.dues;

import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What changes between two months by the rules alone, over the members as they are and what they have declared.
 *
 * @param members of whom it is known what they owe in both
 * @param unknown of whom it is not
 * @param before in đồng
 * @param after in đồng
 * @param changed how many owe another amount
 * @param parts the units directly below
 * @param people who owes another amount, for leaders of the cell; null for others
 */
public record Simulation(
        String from,
        String to,
        int members,
        int unknown,
        long before,
        long after,
        int changed,
        List<Part> parts,
        @Nullable List<Person> people) {

    /** A unit directly below. */
    public record Part(UUID unit, String name, int members, int changed, long before, long after) {}

    /** A member. */
    public record Person(UUID member, String name, long before, long after) {}
}
