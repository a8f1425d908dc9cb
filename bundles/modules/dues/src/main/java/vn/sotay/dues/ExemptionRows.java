package vn.sotay.dues;

import java.time.Instant;
import java.time.YearMonth;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.result.RowView;
import vn.sotay.api.access.Reach;
import vn.sotay.api.store.Saved;
import vn.sotay.api.store.Transaction;
import vn.sotay.dues.payment.Ids;

/** Exemptions in the database. */
final class ExemptionRows {

    private final DuesSeals seals;

    ExemptionRows(DuesSeals seals) {
        this.seals = seals;
    }

    Optional<Saved<Exemption>> find(Transaction tx, UUID id) {
        return tx.handle()
                .createQuery("select * from dues_exemption where id = :id")
                .bind("id", id)
                .map(this::read)
                .findFirst();
    }

    /** All of each member, the newest month first; who has none is left out. */
    Map<UUID, List<Saved<Exemption>>> of(Transaction tx, Collection<UUID> members) {
        Map<UUID, List<Saved<Exemption>>> rows = new HashMap<>();
        Ids.forEach(members, ids -> tx.handle()
                .createQuery("select * from dues_exemption --DERBY-PROPERTIES index=dues_exemption_member\n"
                        + " where member in (<ids>) order by from_period desc, id")
                .bindList("ids", ids)
                .map(this::read)
                .forEach(one -> rows.computeIfAbsent(one.value().member(), id -> new ArrayList<>())
                        .add(one)));
        return rows;
    }

    /** Those that wait for these units, by their ids. */
    List<Saved<Exemption>> waiting(Transaction tx, Reach reach, String after, int most) {
        return tx.handle()
                .createQuery("select * from dues_exemption where state = 'APPLIED' and "
                        + reach.sql("decided_by_unit") + " and id > :after order by id fetch first " + most
                        + " rows only")
                .bindMap(reach.binds())
                .bind("after", after)
                .map(this::read)
                .list();
    }

    void insert(Transaction tx, UUID id, Exemption one, UUID cell, UUID decides, String rules) {
        tx.handle()
                .createUpdate("insert into dues_exemption (id, member, cell, kind, percent, from_period, to_period,"
                        + " state, ground_sealed, reason_sealed, applied_at, entered_by, decided_by_unit, rules, version)"
                        + " values (:id, :member, :cell, :kind, :percent, :from, :to, 'APPLIED', :ground, :reason, :now,"
                        + " :recordedBy, :decides, :rules, 1)")
                .bind("id", id)
                .bind("member", one.member())
                .bind("cell", cell)
                .bind("kind", one.kind())
                .bind("percent", one.percentOff())
                .bind("from", one.from())
                .bind("to", last(one.from(), one.months()))
                .bind("ground", seals.sealed(DuesSeals.GROUND, id, one.ground()))
                .bind("reason", seals.sealed(DuesSeals.REASON, id, one.reason()))
                .bind("now", tx.now())
                .bind("recordedBy", one.recordedBy())
                .bind("decides", decides)
                .bind("rules", rules)
                .execute();
    }

    void decide(Transaction tx, Exemption one, Exemption.Decision decision, UUID account) {
        UUID id = Objects.requireNonNull(one.id());
        int percent = decision.percent() == null || one.kind() == Exemption.Kind.DEFERRAL
                ? one.percentOff()
                : decision.percent();
        int months = decision.months() == null ? one.months() : decision.months();
        tx.handle()
                .createUpdate("update dues_exemption set state = :state, percent = :percent, to_period = :to,"
                        + " decided_by = :account, decided_at = :now, message_sealed = :message,"
                        + " version = version + 1 where id = :id")
                .bind("state", decision.granted() ? Exemption.State.GRANTED : Exemption.State.REFUSED)
                .bind("percent", percent)
                .bind("to", last(one.from(), months))
                .bind("account", account)
                .bind("now", tx.now())
                .bind("message", seals.sealed(DuesSeals.MESSAGE, id, decision.message()))
                .bind("id", id)
                .execute();
    }

    private static String last(String from, int months) {
        return DuesRules.lastMonth(YearMonth.parse(from), months).toString();
    }

    private Saved<Exemption> read(RowView row) {
        UUID id = row.getColumn("id", UUID.class);
        Exemption.Kind kind = row.getColumn("kind", Exemption.Kind.class);
        String from = row.getColumn("from_period", String.class);
        String to = row.getColumn("to_period", String.class);
        String ground = seals.opened(DuesSeals.GROUND, id, row.getColumn("ground_sealed", String.class));
        return new Saved<>(
                new Exemption(
                        id,
                        row.getColumn("member", UUID.class),
                        null,
                        kind,
                        // taken away when the person was deleted
                        ground == null ? Exemption.Ground.HARDSHIP : Exemption.Ground.valueOf(ground),
                        kind == Exemption.Kind.DEFERRAL ? null : row.getColumn("percent", Integer.class),
                        from,
                        (int) ChronoUnit.MONTHS.between(YearMonth.parse(from), YearMonth.parse(to)) + 1,
                        to,
                        seals.opened(DuesSeals.REASON, id, row.getColumn("reason_sealed", String.class)),
                        row.getColumn("state", Exemption.State.class),
                        row.getColumn("applied_at", Instant.class),
                        row.getColumn("entered_by", UUID.class),
                        row.getColumn("decided_by_unit", UUID.class),
                        row.getColumn("decided_at", Instant.class),
                        seals.opened(DuesSeals.MESSAGE, id, row.getColumn("message_sealed", String.class))),
                row.getColumn("version", Long.class));
    }
}
