package vn.sotay.platform.roster;

import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import vn.sotay.api.store.Store;
import vn.sotay.api.store.Transaction;
import vn.sotay.platform.keys.FieldKeys;
import vn.sotay.platform.keys.SealedTable;

/** Seals anew what imports have staged, and their files. */
@Component(service = SealedTable.class, property = "sealed=imports")
public final class SealedImports implements SealedTable {

    private static final String FILES = "file";
    private static final String ROWS = "row";

    private final ImportRows rows;
    private final Uploads uploads;

    @Activate
    public SealedImports(@Reference Store store, @Reference FieldKeys keys) {
        this.rows = new ImportRows(keys);
        this.uploads = new Uploads(store, keys);
    }

    @Override
    public long rows(Transaction tx) {
        return rows.toSeal(tx) + uploads.count(tx);
    }

    @Override
    public Slice seal(Transaction tx, @Nullable String from, int most) {
        String[] place = from == null ? new String[] {FILES} : from.split(" ");
        boolean isBegin = place.length == 1;
        if (place[0].equals(FILES)) {
            Optional<Uploads.Place> part = uploads.seal(
                    tx, isBegin ? null : new Uploads.Place(UUID.fromString(place[1]), Integer.parseInt(place[2])));
            return part.map(each -> new Slice(FILES + ' ' + each.job() + ' ' + each.part(), 1))
                    .orElse(new Slice(ROWS, 0));
        }
        List<ImportRows.Place> sealed = rows.seal(
                tx, isBegin ? null : new ImportRows.Place(UUID.fromString(place[1]), Integer.parseInt(place[2])), most);
        if (sealed.size() < most) {
            return new Slice(null, sealed.size());
        }
        ImportRows.Place last = sealed.get(most - 1);
        return new Slice(ROWS + ' ' + last.job() + ' ' + last.line(), sealed.size());
    }
}
