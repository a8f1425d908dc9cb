package vn.sotay.dues;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.result.RowView;
import vn.sotay.api.store.Saved;
import vn.sotay.api.store.Transaction;
import vn.sotay.dues.payment.Ids;

/** Declarations in the database. */
final class DeclarationRows {

    private final DuesSeals seals;

    DeclarationRows(DuesSeals seals) {
        this.seals = seals;
    }

    Optional<Saved<Declaration>> find(Transaction tx, UUID id) {
        return tx.handle()
                .createQuery("select * from dues_declaration where id = :id")
                .bind("id", id)
                .map(this::read)
                .findFirst();
    }

    /** All of each member, the newest month first; who has none is left out. */
    Map<UUID, List<Saved<Declaration>>> of(Transaction tx, Collection<UUID> members) {
        Map<UUID, List<Saved<Declaration>>> rows = new HashMap<>();
        Ids.forEach(members, ids -> tx.handle()
                .createQuery("select * from dues_declaration --DERBY-PROPERTIES index=dues_declaration_member\n"
                        + " where member in (<ids>) order by from_period desc, declared_at desc, id")
                .bindList("ids", ids)
                .map(this::read)
                .forEach(one -> rows.computeIfAbsent(one.value().member(), id -> new ArrayList<>())
                        .add(one)));
        return rows;
    }

    void insert(Transaction tx, UUID id, Declaration one) {
        tx.handle()
                .createUpdate("insert into dues_declaration (id, member, dues_class, from_period, base_sealed,"
                        + " pay_sealed, declared_at, entered_by, withdrawn, version) values (:id, :member, :duesClass,"
                        + " :from, :base, :pay, :now, :recordedBy, false, 1)")
                .bind("id", id)
                .bind("member", one.member())
                .bind("duesClass", one.duesClass())
                .bind("from", one.from())
                .bind("base", seals.sealed(DuesSeals.BASE, id, one.base()))
                .bind("pay", seals.sealed(DuesSeals.PAY, id, one.pay()))
                .bind("now", tx.now())
                .bind("recordedBy", one.recordedBy())
                .execute();
    }

    void withdraw(Transaction tx, UUID id) {
        tx.handle().execute("update dues_declaration set withdrawn = true, version = version + 1 where id = ?", id);
    }

    /** Some member who has declared something. */
    static Optional<UUID> first(Transaction tx) {
        return tx.handle()
                .createQuery("select member from dues_declaration fetch first 1 rows only")
                .mapTo(UUID.class)
                .findFirst();
    }

    private Saved<Declaration> read(RowView row) {
        UUID id = row.getColumn("id", UUID.class);
        return new Saved<>(
                new Declaration(
                        id,
                        row.getColumn("member", UUID.class),
                        row.getColumn("dues_class", DuesClass.class),
                        row.getColumn("from_period", String.class),
                        seals.amount(DuesSeals.BASE, id, row.getColumn("base_sealed", String.class)),
                        seals.amount(DuesSeals.PAY, id, row.getColumn("pay_sealed", String.class)),
                        row.getColumn("declared_at", Instant.class),
                        row.getColumn("entered_by", UUID.class),
                        row.getColumn("withdrawn", Boolean.class)),
                row.getColumn("version", Long.class));
    }
}
