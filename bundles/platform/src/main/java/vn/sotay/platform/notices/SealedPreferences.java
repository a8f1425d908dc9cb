package vn.sotay.platform.notices;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import vn.sotay.api.store.Transaction;
import vn.sotay.platform.keys.FieldKeys;
import vn.sotay.platform.keys.SealedTable;

/** Seals anew by what members have said that they are reached. */
@Component(service = SealedTable.class, property = "sealed=notice-preferences")
public final class SealedPreferences implements SealedTable {

    private final PreferenceRows rows;

    @Activate
    public SealedPreferences(@Reference FieldKeys keys) {
        this.rows = new PreferenceRows(keys);
    }

    @Override
    public long rows(Transaction tx) {
        return rows.toSeal(tx.handle());
    }

    @Override
    public Slice seal(Transaction tx, @Nullable String from, int most) {
        List<String> members = rows.toSeal(tx.handle(), from == null ? "" : from, most);
        members.forEach(member -> rows.reseal(tx, member));
        return new Slice(members.size() < most ? null : members.get(most - 1), members.size());
    }
}
