package vn.sotay.platform.privacy;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import vn.sotay.api.member.Member;
import vn.sotay.api.member.PersonalData;
import vn.sotay.api.store.Transaction;
import vn.sotay.platform.keys.FieldKeys;
import vn.sotay.platform.members.MemberBook;
import vn.sotay.platform.privacy.CorrectionRows.Row;

/** A member's requests for corrections, and what it has agreed to. */
@Component
public final class PrivacyData implements PersonalData {

    private final CorrectionRows corrections;
    private final MemberBook members;
    private final Consents consents;

    @Activate
    public PrivacyData(@Reference FieldKeys keys, @Reference MemberBook members, @Reference Consents consents) {
        this.members = members;
        this.corrections = new CorrectionRows(keys);
        this.consents = consents;
    }

    @Override
    public List<Part> of(Transaction tx, UUID member) {
        return List.of(
                new Part(
                        "shell.corrections",
                        corrections.of(tx.handle(), member).stream()
                                .map(row -> record(tx, row))
                                .toList()),
                new Part("shell.consents", consents.history(tx, member)));
    }

    private Map<String, Object> record(Transaction tx, Row row) {
        Map<String, Object> record = new LinkedHashMap<>();
        record.put("correction", row.field());
        record.put("wanted", row.content().wanted());
        record.put("why", row.content().reason());
        record.put("state", row.state().name());
        record.put("asked", row.askedAt());
        if (row.recordedBy() != null) {
            record.put(
                    "recordedBy",
                    members.find(tx, row.recordedBy())
                            .map(Member::name)
                            .orElse(row.recordedBy().toString()));
        }
        if (row.decidedAt() != null) {
            record.put("decided", row.decidedAt());
        }
        if (row.content().answer() != null) {
            record.put("answer", row.content().answer());
        }
        return record;
    }
}
