package vn.sotay.documents;

import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What members and cells of a unit say of a draft, put together by paragraph and by the units right below. Nobody's name is in it.
 *
 * @param edition the newest that was published
 * @param gave how many members have given an opinion
 * @param cells how many cells there are
 * @param sent how many of them have sent theirs
 * @param withheld whether what members say is left out, since so few could have said it that it would tell who
 * @param parts the same for each unit right below
 * @param lines the draft as a whole first, then the paragraphs of which somebody has said anything, in their order
 */
public record OpinionReport(
        UUID document,
        String title,
        int edition,
        UUID unit,
        String name,
        int members,
        int gave,
        int cells,
        int sent,
        boolean withheld,
        List<Part> parts,
        List<Line> lines) {

    /** As {@link OpinionReport}, of a unit right below. */
    public record Part(UUID unit, String name, int members, int gave, int cells, int sent, boolean withheld) {}

    /**
     * What is said of a paragraph.
     *
     * @param edition the newest in which it stands like that
     * @param current whether it stands in the newest edition of the draft like that
     * @param text null for the draft as a whole
     * @param counts of members; null where they are withheld
     * @param byPart counts of members of the units right below of which somebody has said anything, but where they are withheld
     * @param cells what cells that have sent theirs say
     * @param said what members say, without names and in no order that tells of them
     * @param more how many texts of members are left out
     */
    public record Line(
            String anchor,
            int edition,
            boolean current,
            @Nullable String text,
            @Nullable Counts counts,
            Counts ofCells,
            List<PartCounts> byPart,
            List<OfCell> cells,
            List<Said> said,
            int more) {}

    /** How many agree, want it changed, are against it. */
    public record Counts(int agree, int amend, int against) {

        static final Counts NONE = new Counts(0, 0, 0);

        Counts plus(Opinion.Stance stance) {
            return switch (stance) {
                case AGREE -> new Counts(agree + 1, amend, against);
                case AMEND -> new Counts(agree, amend + 1, against);
                case AGAINST -> new Counts(agree, amend, against + 1);
            };
        }
    }

    /** Counts of a unit right below. */
    public record PartCounts(UUID unit, String name, Counts counts) {}

    /** What a cell says. */
    public record OfCell(
            UUID cell,
            String name,
            Opinion.Stance stance,
            @Nullable String text,
            @Nullable String wording) {}

    /** What a member says. */
    public record Said(
            Opinion.Stance stance,
            @Nullable String text,
            @Nullable String wording) {}
}
