package vn.sotay.platform.jobs;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import vn.sotay.api.store.Transaction;
import vn.sotay.platform.keys.FieldKeys;
import vn.sotay.platform.keys.SealedTable;

/** Seals anew what jobs keep and tell. */
@Component(service = SealedTable.class, property = "sealed=jobs")
public final class SealedJobs implements SealedTable {

    private static final int MOST = 20;

    private final JobRows rows;

    @Activate
    public SealedJobs(@Reference FieldKeys keys) {
        this.rows = new JobRows(keys);
    }

    @Override
    public long rows(Transaction tx) {
        return rows.toSeal(tx);
    }

    @Override
    public Slice seal(Transaction tx, @Nullable String from, int most) {
        // a result has up to a thousand lines
        int few = Math.min(most, MOST);
        List<String> ids = rows.seal(tx, from == null ? "" : from, few);
        return new Slice(ids.size() < few ? null : ids.get(few - 1), ids.size());
    }
}
