package vn.sotay.documents;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.osgi.service.component.annotations.Component;
import vn.sotay.api.member.PersonalData;
import vn.sotay.api.store.Transaction;

/** What the library keeps of a member: what it has acknowledged. Thread-safe. */
@Component
public final class DocumentData implements PersonalData {

    @Override
    public List<Part> of(Transaction tx, UUID member) {
        return List.of(new Part(
                "documents.acknowledgements",
                tx.handle()
                        .createQuery("select d.number, d.title, x.edition, x.acknowledged_at"
                                + " from document_acknowledgement x join document d on d.id = x.document"
                                + " where x.member = :member order by x.acknowledged_at desc")
                        .bind("member", member)
                        .map(row -> {
                            Map<String, Object> record = new LinkedHashMap<>();
                            String number = row.getColumn("number", String.class);
                            if (number != null) {
                                record.put("number", number);
                            }
                            record.put("title", row.getColumn("title", String.class));
                            record.put("edition", row.getColumn("edition", Integer.class));
                            record.put("at", row.getColumn("acknowledged_at", Instant.class));
                            return record;
                        })
                        .list()));
    }
}
