package vn.sotay.platform.outbox;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import vn.sotay.api.store.Transaction;
import vn.sotay.platform.keys.FieldKeys;
import vn.sotay.platform.keys.SealedTable;

/** Seals anew what commands were answered. */
@Component(service = SealedTable.class, property = "sealed=replies")
public final class SealedReplies implements SealedTable {

    /** A reply has up to 64 kB. */
    private static final int MOST = 50;

    private final ReplyRows rows;

    @Activate
    public SealedReplies(@Reference FieldKeys keys) {
        this.rows = new ReplyRows(keys);
    }

    @Override
    public long rows(Transaction tx) {
        return rows.toSeal(tx);
    }

    @Override
    public Slice seal(Transaction tx, @Nullable String from, int most) {
        int few = Math.min(most, MOST);
        List<ReplyRows.Place> places = rows.toSeal(tx, from == null ? null : ReplyRows.Place.of(from), few);
        places.forEach(place -> rows.reseal(tx, place));
        return new Slice(places.size() < few ? null : places.get(few - 1).id(), places.size());
    }
}
