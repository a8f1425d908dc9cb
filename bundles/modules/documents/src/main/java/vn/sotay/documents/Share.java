package vn.sotay.documents;

import java.util.List;
import java.util.UUID;

/**
 * How many have acknowledged the edition of a document that is published.
 *
 * @param members active members of the unit and all below it
 * @param acknowledged how many of them have
 * @param parts the same for each unit right below it
 */
public record Share(UUID unit, int members, int acknowledged, List<Part> parts) {

    /** As {@link Share}, of a unit below. */
    public record Part(UUID unit, String name, int members, int acknowledged) {}
}
