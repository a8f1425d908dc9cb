package vn.sotay.platform.members;

import java.util.List;
import java.util.UUID;
import org.jdbi.v3.core.statement.PreparedBatch;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import vn.sotay.api.store.Transaction;
import vn.sotay.platform.keys.FieldKeys;
import vn.sotay.platform.keys.SealedTable;
import vn.sotay.platform.store.Engine;

/** Seals the members' phones anew, and those that a version before this one has written. */
@Component(service = SealedTable.class, property = "sealed=members")
public final class SealedMembers implements SealedTable {

    private static final String OLD =
            "(phone is not null or phone_sealed is not null and phone_sealed not like :newest)";

    private record Row(
            String id, @Nullable String plain, @Nullable String sealed) {}

    private final Phones phones;

    @Activate
    public SealedMembers(@Reference Engine engine, @Reference FieldKeys keys) {
        this.phones = new Phones(keys);
        engine.payloads().wasPlain(MemberRows.TYPE.name(), "phone");
    }

    /** Whether a version that did not seal phones has written some. */
    public static boolean hasPlain(Transaction tx) {
        return tx.handle()
                .createQuery("select id from member where phone is not null fetch first 1 rows only")
                .mapTo(String.class)
                .findFirst()
                .isPresent();
    }

    @Override
    public long rows(Transaction tx) {
        return tx.handle()
                .createQuery("select count(*) from member where " + OLD)
                .bind("newest", phones.newestMark() + '%')
                .mapTo(Long.class)
                .one();
    }

    @Override
    public Slice seal(Transaction tx, @Nullable String from, int most) {
        List<Row> rows = tx.handle()
                .createQuery("select id, phone, phone_sealed from member where id > :from and " + OLD
                        + " order by id fetch first " + most + " rows only")
                .bind("from", from == null ? "" : from)
                .bind("newest", phones.newestMark() + '%')
                .map((row, context) -> new Row(row.getString(1), row.getString(2), row.getString(3)))
                .list();
        // whoever has changed a phone meanwhile has sealed it
        PreparedBatch plain = tx.handle()
                .prepareBatch(
                        "update member set phone = null, phone_sealed = ?, phone_hash = ? where id = ? and phone = ?");
        PreparedBatch sealed = tx.handle()
                .prepareBatch("update member set phone_sealed = ?, phone_hash = ? where id = ? and phone_sealed = ?");
        for (Row row : rows) {
            boolean isPlain = row.plain() != null;
            String number = isPlain ? row.plain() : phones.open(row.id(), String.valueOf(row.sealed()));
            (isPlain ? plain : sealed)
                    .add(
                            phones.seal(UUID.fromString(row.id()), String.valueOf(number)),
                            phones.hash(String.valueOf(number)),
                            row.id(),
                            isPlain ? row.plain() : row.sealed());
        }
        for (PreparedBatch batch : List.of(plain, sealed)) {
            if (batch.size() > 0) {
                batch.execute();
            }
        }
        return new Slice(rows.size() < most ? null : rows.get(most - 1).id(), rows.size());
    }
}
