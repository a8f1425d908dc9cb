package vn.sotay.platform.store;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import vn.sotay.api.store.AuditKind;
import vn.sotay.api.store.Store;
import vn.sotay.platform.store.AuditVerdict.Fault;
import vn.sotay.platform.store.AuditVerdict.Kind;

/**
 * Looks the audit trail through once, seal by seal, each in a read of its own: nobody waits for it, and it needs the memory of one seal
 * and of the faults. Not thread-safe.
 */
final class AuditCheck {

    private static final int MOST_FAULTS = 1_000;

    /** A row that is not what was sealed in its place. */
    private record Odd(long seq, String expected, String found, long at) {}

    private final Store store;
    private final List<AuditHead.Mark> marks;
    private final List<Fault> faults = new ArrayList<>();
    private final List<Odd> odd = new ArrayList<>();
    private long rows;
    private long seals;
    private long open;
    private @Nullable AuditSeal first;
    private @Nullable AuditSeal before;

    /** The newest row that tells up to which seal old ones were deleted. */
    private AuditRows.@Nullable Row retention;

    AuditCheck(Store store, List<AuditHead.Mark> marks) {
        this.store = store;
        this.marks = marks;
    }

    AuditVerdict run() {
        Map<Long, String> kept = new HashMap<>();
        Set<Long> marked = new HashSet<>();
        marks.forEach(mark -> marked.add(mark.number()));
        for (Optional<AuditSeal> next = next(); next.isPresent(); next = next()) {
            AuditSeal seal = next.get();
            look(seal);
            if (marked.contains(seal.number())) {
                kept.put(seal.number(), seal.hash());
            }
            before = seal;
        }
        lookAtOpen();
        tellOdd();
        lookAtBeginning();
        lookAtEnd(kept);
        return new AuditVerdict(faults.isEmpty(), rows, seals, open, faults);
    }

    private void fault(Kind kind, long seq, @Nullable Long other, @Nullable Long at) {
        if (faults.size() < MOST_FAULTS) {
            faults.add(new Fault(kind, seq, other, at == null ? null : Instant.ofEpochMilli(at)));
        }
    }

    private Optional<AuditSeal> next() {
        long number = before == null ? 0 : before.number();
        return store.read(tx -> tx.handle()
                .createQuery("select " + AuditSeal.COLUMNS + " from " + AuditSeal.BY_KEY
                        + " where number > :number order by number fetch first 1 rows only")
                .bind("number", number)
                .map(AuditSeal.ROW)
                .findFirst());
    }

    private void look(AuditSeal seal) {
        seals++;
        if (!seal.hash().equals(seal.computed())) {
            fault(Kind.SEAL_CHANGED, seal.first(), null, seal.sealedAt());
        }
        long after = 0;
        if (before == null) {
            first = seal;
            after = seal.number() == 1 ? 0 : seal.first() - 1;
        } else {
            after = before.last();
            if (seal.number() != before.number() + 1) {
                fault(Kind.SEALS_REMOVED, before.last() + 1, null, before.sealedAt());
                after = seal.first() - 1;
            } else if (!seal.before().equals(before.hash())) {
                fault(Kind.SEAL_CHANGED, seal.first(), null, seal.sealedAt());
            }
        }
        TreeMap<Long, String> sealed = seal.hashes();
        long from = after;
        while (true) {
            long begin = from;
            List<AuditRows.Row> some = store.read(tx -> AuditSealer.rows(tx, begin, seal.last(), AuditSeal.MOST));
            some.forEach(row -> look(row, sealed.remove(row.seq())));
            if (some.size() < AuditSeal.MOST) {
                break;
            }
            from = some.get(some.size() - 1).seq();
        }
        sealed.keySet().forEach(seq -> fault(Kind.REMOVED, seq, null, seal.sealedAt()));
    }

    private void look(AuditRows.Row row, @Nullable String expected) {
        rows++;
        remember(row);
        if (expected == null) {
            fault(Kind.ADDED, row.seq(), null, row.at());
            return;
        }
        String found = HexFormat.of().formatHex(row.hash());
        if (!found.equals(expected) && odd.size() < MOST_FAULTS) {
            odd.add(new Odd(row.seq(), expected, found, row.at()));
        }
    }

    private void remember(AuditRows.Row row) {
        if (row.kind().equals(AuditKind.RETENTION.name())) {
            retention = row;
        }
    }

    /** What came after the last seal. */
    private void lookAtOpen() {
        long from = before == null ? 0 : before.last();
        while (true) {
            long begin = from;
            List<AuditRows.Row> some = store.read(tx -> AuditSealer.rows(tx, begin, Long.MAX_VALUE, AuditSeal.MOST));
            some.forEach(this::remember);
            open += some.size();
            if (some.size() < AuditSeal.MOST) {
                return;
            }
            from = some.get(some.size() - 1).seq();
        }
    }

    /** Tells of two rows that are each what the other should be, that they were swapped. */
    private void tellOdd() {
        Map<String, Odd> byExpected = new HashMap<>();
        odd.forEach(one -> byExpected.put(one.expected(), one));
        for (Odd one : odd) {
            Odd other = byExpected.get(one.found());
            if (other != null && other.found().equals(one.expected())) {
                fault(Kind.SWAPPED, one.seq(), other.seq(), one.at());
            } else {
                fault(Kind.CHANGED, one.seq(), null, one.at());
            }
        }
    }

    /** The first seal is number one, or follows what a row of the trail says was deleted in its time. */
    private void lookAtBeginning() {
        String last = retention == null ? AuditSeal.NOTHING : String.valueOf(retention.after());
        long number = 0;
        try {
            number = retention == null ? 0 : Long.parseLong(String.valueOf(retention.thing()));
        } catch (NumberFormatException e) {
            number = -1;
        }
        if (first == null) {
            return;
        }
        if (first.number() != number + 1) {
            fault(Kind.SEALS_REMOVED, 1, null, null);
        } else if (!first.before().equals(last)) {
            fault(Kind.SEAL_CHANGED, first.first(), null, first.sealedAt());
        }
    }

    private void lookAtEnd(Map<Long, String> kept) {
        long from = first == null ? 1 : first.number();
        for (AuditHead.Mark mark : marks) {
            String hash = kept.get(mark.number());
            if (hash == null && mark.number() >= from) {
                fault(Kind.SEALS_REMOVED, mark.first(), null, null);
            } else if (hash != null && !hash.equals(mark.hash())) {
                fault(Kind.SEAL_CHANGED, mark.first(), null, null);
            }
        }
    }
}
