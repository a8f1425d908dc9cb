package vn.sotay.dues;

import java.util.UUID;

/**
 * A month of a unit, in figures.
 *
 * @param unit the unit, or one directly below it
 * @param members active members today
 * @param assessed of whom it is known what they owe
 * @param exempt of these, who owe nothing
 * @param reduced of these, who owe less
 * @param due in đồng
 * @param paid of it
 * @param open how many have not paid all of it
 * @param collected đồng that were taken in that month by the unit and all below it, by the days of their books, for whatever months
 * @param passed đồng that the unit itself passed up in that month
 */
public record MonthCount(
        UUID unit,
        String name,
        String period,
        int members,
        int assessed,
        int exempt,
        int reduced,
        long due,
        long paid,
        int open,
        long collected,
        long passed) {}
