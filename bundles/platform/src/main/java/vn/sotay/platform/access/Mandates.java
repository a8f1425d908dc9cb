package vn.sotay.platform.access;

import java.time.LocalDate;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.mapper.RowMapper;
import org.jdbi.v3.core.statement.PreparedBatch;
import org.jdbi.v3.core.statement.Query;
import org.jspecify.annotations.Nullable;
import vn.sotay.api.access.Mandate;
import vn.sotay.api.store.AuditKind;
import vn.sotay.api.store.Transaction;
import vn.sotay.platform.store.AuditEntry;

/** What becomes of the mandates at units that are closed. Inside the transaction that closes them; asks nobody's permission. */
public final class Mandates {

    /**
     * A mandate with who holds it.
     *
     * @param member null for an account of the system
     * @param holder the member's name, or the login of an account of the system
     */
    public record Held(UUID id, UUID account, @Nullable UUID member, String holder, Mandate mandate) {}

    private static final RowMapper<Held> HELD = (row, context) -> {
        String name = row.getString(8);
        String member = row.getString(9);
        return new Held(
                UUID.fromString(row.getString(1)),
                UUID.fromString(row.getString(2)),
                member == null ? null : UUID.fromString(member),
                name == null ? row.getString(7) : name,
                new Mandate(
                        row.getString(3),
                        UUID.fromString(row.getString(4)),
                        LocalDate.parse(row.getString(5)),
                        day(row.getString(6))));
    };

    private Mandates() {}

    /** The mandates at these units that are held on that day or later. */
    public static List<Held> at(Handle handle, Collection<UUID> units, LocalDate day) {
        return units.isEmpty()
                ? List.of()
                : query(handle, "m.unit in (<units>) and (m.to_day is null or m.to_day >= :day)")
                        .bindList("units", units.stream().map(UUID::toString).toList())
                        .bind("day", day)
                        .map(HELD)
                        .list();
    }

    /** The mandates with these ids, whether they are held or not. */
    public static List<Held> find(Handle handle, Collection<UUID> ids) {
        return ids.isEmpty()
                ? List.of()
                : query(handle, "m.id in (<ids>)")
                        .bindList("ids", ids.stream().map(UUID::toString).toList())
                        .map(HELD)
                        .list();
    }

    /** How many hold a role on a day, wherever. */
    static long count(Handle handle, Role role, LocalDate day) {
        return handle.createQuery("select count(distinct account) from mandate where role = :role and from_day <= :day"
                        + " and (to_day is null or to_day >= :day)")
                .bind("role", role.name())
                .bind("day", day)
                .mapTo(Long.class)
                .one();
    }

    private static Query query(Handle handle, String condition) {
        return handle.createQuery("select m.id, m.account, m.role, m.unit, m.from_day, m.to_day, a.login, p.name, p.id"
                + " from mandate m join account a on a.id = m.account left join member p on p.id = a.member where "
                + condition + " order by m.id");
    }

    private static @Nullable LocalDate day(@Nullable String text) {
        return text == null ? null : LocalDate.parse(text);
    }

    /** Ends mandates: that day is the last. One that was to begin later never begins. */
    public static void end(Transaction tx, Collection<Held> ended, LocalDate lastDay) {
        PreparedBatch ends = tx.handle().prepareBatch("update mandate set to_day = ? where id = ?");
        ended.forEach(held -> {
            ends.add(lastDay, held.id());
            AuditEntry.add(
                    tx,
                    AuditEntry.ofActing(
                                    AuditKind.MANDATE,
                                    "mandate",
                                    held.id(),
                                    null,
                                    "ended " + held.mandate().role() + " of " + held.account() + " at "
                                            + held.mandate().unit())
                            .at(held.mandate().unit()));
        });
        if (ends.size() > 0) {
            ends.execute();
        }
    }

    /** Lets who held these hold the same at another unit from that day on, unless they do already. */
    public static void carry(Transaction tx, Collection<Held> carried, UUID unit, LocalDate from) {
        List<Held> there = at(tx.handle(), List.of(unit), from);
        for (Held held : carried) {
            String role = held.mandate().role();
            boolean has = there.stream()
                    .anyMatch(other -> other.account().equals(held.account())
                            && other.mandate().role().equals(role));
            if (!has) {
                LocalDate begun = held.mandate().from();
                AccountRows.insert(
                        tx,
                        UUID.randomUUID(),
                        held.account(),
                        new Mandate(
                                role,
                                unit,
                                begun.isAfter(from) ? begun : from,
                                held.mandate().to()));
            }
        }
    }
}
