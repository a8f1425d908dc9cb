package vn.sotay.news;

import java.time.Instant;
import java.time.LocalDate;
import java.util.Collection;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Component;
import vn.sotay.api.member.Born;
import vn.sotay.api.notice.Readings;
import vn.sotay.api.store.Transaction;

/** News that ask members whether they have read them; what is for leaders or officers is not for all members of a unit. */
@Component(service = Readings.class)
public final class NewsReadings implements Readings {

    private record Asking(
            UUID id, UUID unit, int edition, @Nullable Born born) {}

    @Override
    public String name() {
        return "news";
    }

    @Override
    public void forEach(Transaction tx, Instant since, @Nullable Collection<UUID> members, Visitor visitor) {
        tx.handle()
                .createQuery("select id, target_unit, edition, born_from, born_to from news where state = 'PUBLISHED'"
                        + " and deleted = false and asks is not null and target_group = 'MEMBERS'"
                        + " and published_at >= :since")
                .bind("since", since)
                .map(row -> {
                    LocalDate from = row.getColumn("born_from", LocalDate.class);
                    LocalDate to = row.getColumn("born_to", LocalDate.class);
                    return new Asking(
                            row.getColumn("id", UUID.class),
                            row.getColumn("target_unit", UUID.class),
                            row.getColumn("edition", Integer.class),
                            from == null && to == null ? null : new Born(from, to));
                })
                .list()
                .forEach(one -> {
                    visitor.asked(one.unit(), one.born());
                    Receipts.of(tx, one.id(), one.edition(), members).forEach(visitor::read);
                });
    }
}
