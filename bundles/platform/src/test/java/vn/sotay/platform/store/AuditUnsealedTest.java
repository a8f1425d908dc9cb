package vn.sotay.platform.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import vn.sotay.api.store.AuditKind;

/** What the sealer need not read again. */
class AuditUnsealedTest {

    private final AuditUnsealed unsealed = new AuditUnsealed(10);

    private static AuditUnsealed.Written written(long first, int count) {
        return new AuditUnsealed.Written(
                first, 5, Collections.nCopies(count, AuditEntry.of(null, AuditKind.WRITE, "note", null, null, null)));
    }

    private Optional<List<Long>> seqs(long after, long to, int most) {
        return unsealed.rows(after, to, most)
                .map(rows -> rows.stream().map(AuditRows.Row::seq).toList());
    }

    @Test
    void givesWhatWasWrittenInItsOrderAndNoMore() {
        // 14 came to nothing, and 15 ended before 11
        unsealed.keep(written(15, 2), 17);
        unsealed.keep(written(11, 3), 17);

        assertThat(seqs(10, 16, 100)).contains(List.of(11L, 12L, 13L, 15L, 16L));
        assertThat(seqs(10, 15, 100)).contains(List.of(11L, 12L, 13L, 15L));
        assertThat(seqs(10, 16, 2)).contains(List.of(11L, 12L));
        assertThat(seqs(12, 16, 2)).contains(List.of(13L, 15L));
        assertThat(seqs(15, 16, 100)).contains(List.of(16L));
        assertThat(seqs(16, 16, 100)).contains(List.of());
    }

    @Test
    void knowsNothingOfWhatAnotherRunWrote() {
        unsealed.keep(written(11, 1), 11);
        assertThat(seqs(9, 11, 100)).isEmpty();
        assertThat(seqs(10, 11, 100)).isPresent();
    }

    @Test
    void forgetsWhatIsSealed() {
        unsealed.keep(written(11, 3), 20);
        unsealed.keep(written(14, 3), 20);
        unsealed.forget(14);
        assertThat(seqs(14, 16, 100)).contains(List.of(15L, 16L));
        unsealed.forget(16);
        assertThat(seqs(16, 20, 100)).contains(List.of());
        // and has room again
        unsealed.keep(written(21, AuditUnsealed.MOST), 30_000);
        assertThat(seqs(20, 30_000, 1)).contains(List.of(21L));
    }

    @Test
    void whatIsTooMuchIsReadFromTheDatabase() {
        unsealed.keep(written(11, AuditUnsealed.MOST), 21_000);
        // while it is written another one has taken the numbers up to 21,003, and ends later
        unsealed.keep(written(20_011, 1), 20_013);
        unsealed.keep(written(20_012, 2), 20_014);
        unsealed.keep(written(20_014, 1), 20_014);

        assertThat(seqs(10, 20_014, 100)).isEmpty();
        assertThat(seqs(20_012, 20_014, 100)).isEmpty();
        assertThat(seqs(20_013, 20_014, 100)).contains(List.of(20_014L));
    }
}
