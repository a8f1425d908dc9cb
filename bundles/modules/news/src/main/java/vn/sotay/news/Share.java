package vn.sotay.news;

import java.util.List;
import java.util.UUID;

/**
 * How many have read the edition of a piece of news that is published.
 *
 * @param members active members of the unit and all below it whom it is for
 * @param read how many of them have
 * @param parts the same for each unit right below it
 */
public record Share(UUID unit, int members, int read, List<Part> parts) {

    /** As {@link Share}, of a unit below. */
    public record Part(UUID unit, String name, int members, int read) {}
}
