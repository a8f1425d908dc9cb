package vn.sotay.documents;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * How far a cell is with its opinion on a draft: for its leaders.
 *
 * @param until the last day on which the cell sums up and sends
 * @param open whether it still may
 * @param gave how many of its members have given an opinion
 * @param missing who has not
 * @param sentAt when it was sent to those above; null if it is not
 * @param places anchors of the paragraphs of which its members have said anything, in the order of the draft
 * @param opinions what the cell says, in the order of the draft
 */
public record CellState(
        UUID document,
        UUID cell,
        LocalDate until,
        boolean open,
        int members,
        int gave,
        List<Missing> missing,
        @Nullable Instant sentAt,
        List<String> places,
        List<CellOpinion> opinions) {

    /** @param sent false to take it back, so that it can be changed */
    public record Sent(boolean sent) {}
}
