package vn.sotay.dues.transfer;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import vn.sotay.api.http.Text;

/**
 * Money that came to a unit's account, as a bank's statement says.
 *
 * @param unit whose account it is
 * @param memo as the bank has it
 * @param outcome beside the requests that the memo names, as it stands now
 * @param suggestions whom it would pay for and how much, or for whom it was taken; empty if nobody is known
 */
public record Transfer(
        UUID id,
        UUID unit,
        String reference,
        LocalDate day,
        long amount,
        String memo,
        Outcome outcome,
        State state,
        List<Share> suggestions) {

    /** What became of it. */
    public enum State {
        /** Nobody has looked at it yet. */
        OPEN,
        /** It was taken as dues. */
        TAKEN,
        /** It was left: it is something else. */
        LEFT
    }

    /**
     * A part of it.
     *
     * @param name of the member
     * @param amount đồng
     */
    public record Share(UUID member, String name, long amount) {}

    /**
     * What becomes of a transfer.
     *
     * @param take whether it is dues
     * @param member whose they are, where the memo does not say; else null
     */
    public record Decision(boolean take, @Nullable UUID member) {}

    /** Why what was taken is taken back. */
    public record Reversal(@Text(max = 200) String reason) {}

    /**
     * A statement that was sent.
     *
     * @param transfers how many lines of money that came it has
     * @param added how many of them were not known before
     * @param open how many of these nobody has looked at yet
     * @param sentAt when it was sent, UTC
     */
    public record Statement(
            UUID id, UUID unit, @Text(max = 200) String name, int transfers, int added, int open, Instant sentAt) {}

    public Transfer {
        suggestions = List.copyOf(suggestions);
    }
}
