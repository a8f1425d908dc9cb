package vn.sotay.dues.remittance;

import java.util.List;
import java.util.UUID;

/**
 * What a committee got of dues in a year, kept and passed up (sổ thu, nộp đảng phí), in đồng, by the days of books and remittances. It
 * names units, and nobody.
 *
 * @param below what each unit below passed on and the committee acknowledged, by name; units that passed on nothing are left out
 * @param months January to December
 */
public record CommitteeLedger(UUID unit, String name, int year, List<Row> below, List<Month> months) {

    public CommitteeLedger {
        below = List.copyOf(below);
        months = List.copyOf(months);
    }

    /**
     * A unit below.
     *
     * @param months for January to December
     */
    public record Row(UUID unit, String name, List<Long> months, long total) {

        public Row {
            months = List.copyOf(months);
        }
    }

    /**
     * A month, and the year up to its end.
     *
     * @param received what came from below
     * @param collected what the committee took of members itself
     * @param kept what it kept by the remittances of that month
     * @param passed what it passed up by them
     * @param receivedToDate received and collected since January
     */
    public record Month(
            String period,
            long received,
            long collected,
            long kept,
            long passed,
            long receivedToDate,
            long keptToDate,
            long passedToDate) {}
}
