package vn.sotay.dues.remittance;

import java.util.List;
import java.util.UUID;

/**
 * What a unit took of its members in a year and passed on (sổ thu, nộp đảng phí). In đồng, by the days of its books.
 *
 * @param rows members, by name
 * @param collected the sum of the rows
 * @param remittances what was passed on in that year and not withdrawn, by day
 */
public record Ledger(UUID unit, String name, int year, List<Row> rows, long collected, List<Remittance> remittances) {

    public Ledger {
        rows = List.copyOf(rows);
        remittances = List.copyOf(remittances);
    }

    /**
     * A member.
     *
     * @param months for January to December of that year
     * @param other for months of other years, ahead, and given of one's own will
     * @param total all of it
     */
    public record Row(UUID member, String name, List<Long> months, long other, long total) {

        public Row {
            months = List.copyOf(months);
        }
    }
}
