package vn.sotay.documents;

import java.time.Instant;
import java.util.Collection;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Component;
import vn.sotay.api.notice.Readings;
import vn.sotay.api.store.Transaction;

/** Documents of which members are asked to say that they have read and understood them. */
@Component(service = Readings.class)
public final class DocumentReadings implements Readings {

    private record Asking(UUID id, UUID unit, int edition) {}

    @Override
    public String name() {
        return "documents";
    }

    @Override
    public void forEach(Transaction tx, Instant since, @Nullable Collection<UUID> members, Visitor visitor) {
        tx.handle()
                .createQuery("select id, unit, edition from document where state = 'PUBLISHED' and deleted = false"
                        + " and acknowledge = true and published_at >= :since")
                .bind("since", since)
                .map(row -> new Asking(
                        row.getColumn("id", UUID.class),
                        row.getColumn("unit", UUID.class),
                        row.getColumn("edition", Integer.class)))
                .list()
                .forEach(one -> {
                    visitor.asked(one.unit(), null);
                    Acknowledgements.of(tx, one.id(), one.edition(), members).forEach(visitor::read);
                });
    }
}
