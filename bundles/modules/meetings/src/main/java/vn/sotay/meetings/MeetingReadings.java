package vn.sotay.meetings;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import org.jdbi.v3.core.statement.Query;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Component;
import vn.sotay.api.notice.Readings;
import vn.sotay.api.store.Transaction;

/** Meetings that members were told of, and who has opened them. */
@Component(service = Readings.class)
public final class MeetingReadings implements Readings {

    private record Opened(UUID meeting, UUID cell, @Nullable UUID member) {}

    @Override
    public String name() {
        return "meetings";
    }

    @Override
    public void forEach(Transaction tx, Instant since, @Nullable Collection<UUID> members, Visitor visitor) {
        Query query = tx.handle()
                .createQuery("select m.id, m.cell, r.member from meeting m join meeting_step s on s.meeting = m.id and"
                        + " s.state = 'NOTIFIED' and s.reached_at >= :since left join meeting_read r on"
                        + " r.meeting = m.id" + (members == null ? "" : " and r.member in (<members>)")
                        + " where m.deleted = false order by m.id")
                .bind("since", since);
        if (members != null) {
            query.bindList("members", members.stream().map(UUID::toString).toList());
        }
        List<Opened> all = query.map(row -> new Opened(
                        row.getColumn("id", UUID.class),
                        row.getColumn("cell", UUID.class),
                        row.getColumn("member", UUID.class)))
                .list();
        UUID before = null;
        for (Opened one : all) {
            if (!one.meeting().equals(before)) {
                visitor.asked(one.cell(), null);
                before = one.meeting();
            }
            if (one.member() != null) {
                visitor.read(one.member());
            }
        }
    }
}
