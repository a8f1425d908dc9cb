package vn.sotay.documents;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import vn.sotay.api.member.PersonalData;
import vn.sotay.api.store.Transaction;

/** What the library keeps of a member: what it has acknowledged, and what it thinks of drafts. Thread-safe. */
@Component
public final class DocumentData implements PersonalData {

    private static final int ALL = Integer.MAX_VALUE;

    private final Opinions opinions;

    @Activate
    public DocumentData(@Reference Opinions opinions) {
        this.opinions = opinions;
    }

    @Override
    public List<Part> of(Transaction tx, UUID member) {
        return List.of(acknowledged(tx, member), opinions(tx, member));
    }

    private Part opinions(Transaction tx, UUID member) {
        return new Part(
                "documents.opinions",
                opinions.rows().own(tx, member, null, ALL, null).stream()
                        .map(DocumentData::record)
                        .toList());
    }

    private static Map<String, Object> record(Opinion opinion) {
        Map<String, Object> record = new LinkedHashMap<>();
        record.put("title", String.valueOf(opinion.title()));
        record.put("stance", opinion.stance().name());
        if (opinion.text() != null) {
            record.put("text", opinion.text());
        }
        if (opinion.wording() != null) {
            record.put("wording", opinion.wording());
        }
        if (opinion.quote() != null) {
            record.put("quote", opinion.quote());
        }
        record.put("at", Objects.requireNonNull(opinion.at()));
        return record;
    }

    private static Part acknowledged(Transaction tx, UUID member) {
        return new Part(
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
                        .list());
    }
}
