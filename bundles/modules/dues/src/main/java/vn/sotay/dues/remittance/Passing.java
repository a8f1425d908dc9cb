package vn.sotay.dues.remittance;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What a unit has, and would pass on now. In đồng.
 *
 * @param superior that would get it; null for the root
 * @param collected what the unit itself took from members, ever
 * @param acknowledged what came from the units below it, ever
 * @param awaited what they have passed on and it has not acknowledged
 * @param passed what it passed on, ever
 * @param kept what it kept, ever
 * @param received what came in since it passed on the last time
 * @param keeps what it would keep of that; null while no share is confirmed
 * @param amount what it would pass on of it; null while no share is confirmed
 * @param percent what is kept; null while no share is confirmed
 * @param citation where that stands; null while no share is confirmed
 */
public record Passing(
        UUID unit,
        @Nullable UUID superior,
        long collected,
        long acknowledged,
        long awaited,
        long passed,
        long kept,
        long received,
        @Nullable Long keeps,
        @Nullable Long amount,
        @Nullable String percent,
        @Nullable String citation) {}
