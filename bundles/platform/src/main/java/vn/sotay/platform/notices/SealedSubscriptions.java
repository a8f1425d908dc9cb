package vn.sotay.platform.notices;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import vn.sotay.api.store.Transaction;
import vn.sotay.platform.keys.FieldKeys;
import vn.sotay.platform.keys.SealedTable;

/** Seals anew where browsers are reached. */
@Component(service = SealedTable.class, property = "sealed=push-subscriptions")
public final class SealedSubscriptions implements SealedTable {

    private final PushRows rows;

    @Activate
    public SealedSubscriptions(@Reference FieldKeys keys) {
        this.rows = new PushRows(keys);
    }

    @Override
    public long rows(Transaction tx) {
        return rows.toSeal(tx.handle());
    }

    @Override
    public Slice seal(Transaction tx, @Nullable String from, int most) {
        List<String> ids = rows.toSeal(tx.handle(), from == null ? "" : from, most);
        ids.forEach(id -> rows.reseal(tx, id));
        return new Slice(ids.size() < most ? null : ids.get(most - 1), ids.size());
    }
}
