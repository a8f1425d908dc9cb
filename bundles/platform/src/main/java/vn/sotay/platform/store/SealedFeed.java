package vn.sotay.platform.store;

import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import vn.sotay.api.store.Transaction;
import vn.sotay.platform.keys.SealedTable;

/** Seals the payloads of the feed anew. */
@Component(service = SealedTable.class, property = "sealed=feed")
public final class SealedFeed implements SealedTable {

    private record Row(String id, String type, String audience, long seq, String data) {

        String place() {
            return id + ' ' + type + ' ' + audience;
        }
    }

    private final Payloads payloads;

    @Activate
    public SealedFeed(@Reference Engine engine) {
        this.payloads = engine.payloads();
    }

    @Override
    public long rows(Transaction tx) {
        return tx.handle()
                .createQuery("select count(*) from change_feed where deleted = false")
                .mapTo(Long.class)
                .one();
    }

    @Override
    public Slice seal(Transaction tx, @Nullable String from, int most) {
        String[] place = from == null ? new String[] {"", "", ""} : from.split(" ");
        List<Row> rows = tx.handle()
                .createQuery("select id, type, audience, seq, data from change_feed where deleted = false and id >= :id"
                        + " and (id > :id or type > :type or type = :type and audience > :audience)"
                        + " order by id, type, audience fetch first " + most + " rows only")
                .bind("id", place[0])
                .bind("type", place[1])
                .bind("audience", place[2])
                .map((row, context) ->
                        new Row(row.getString(1), row.getString(2), row.getString(3), row.getLong(4), row.getString(5)))
                .list();
        for (Row row : rows) {
            String renewed = payloads.renewed(row.type(), UUID.fromString(row.id()), row.data());
            if (!renewed.equals(row.data())) {
                // whoever has written it meanwhile gave it another number, and has sealed it
                tx.handle()
                        .execute(
                                "update change_feed set data = ? where id = ? and type = ? and audience = ? and seq = ?",
                                renewed,
                                row.id(),
                                row.type(),
                                row.audience(),
                                row.seq());
            }
        }
        return new Slice(rows.size() < most ? null : rows.get(most - 1).place(), rows.size());
    }
}
