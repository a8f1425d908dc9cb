package vn.sotay.platform.members;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import vn.sotay.api.access.Explained;
import vn.sotay.api.member.Member;
import vn.sotay.api.member.PersonalData;
import vn.sotay.api.store.Transaction;
import vn.sotay.platform.members.MemberRows.History;
import vn.sotay.platform.members.MemberRows.Span;

/** A member's record for the member itself, and who may read it. */
@Component(service = {PersonalData.class, Explained.class})
public final class MemberData implements PersonalData, Explained {

    private final MemberBook members;

    @Activate
    public MemberData(@Reference MemberBook members) {
        this.members = members;
    }

    @Override
    public String resource() {
        return "member";
    }

    @Override
    public Optional<Subject> find(Transaction tx, UUID id) {
        return members.find(tx, id).map(member -> new Subject(MemberBook.READ, member.cell(), id));
    }

    @Override
    public List<Part> of(Transaction tx, UUID id) {
        return members.find(tx, id).stream()
                .flatMap(member -> Stream.of(
                        new Part("shell.member", List.of(record(member))),
                        new Part("shell.statuses", spans(tx, History.STATUS, id, "status")),
                        new Part("shell.cells", spans(tx, History.CELL, id, "cell"))))
                .toList();
    }

    private static Map<String, Object> record(Member member) {
        Map<String, Object> record = new LinkedHashMap<>();
        put(record, "name", member.name());
        put(record, "birthDate", member.birthDate());
        put(record, "birthYear", member.birthYear());
        put(record, "gender", member.gender());
        put(record, "cardNumber", member.cardNumber());
        put(record, "admittedOn", member.admittedOn());
        put(record, "officialOn", member.officialOn());
        put(record, "phone", member.phone());
        return record;
    }

    private static List<Map<String, Object>> spans(Transaction tx, History history, UUID id, String field) {
        return MemberRows.spans(tx.handle(), history, id).stream()
                .map(span -> span(span, field))
                .toList();
    }

    private static Map<String, Object> span(Span span, String field) {
        Map<String, Object> record = new LinkedHashMap<>();
        record.put(field, span.value());
        record.put("from", span.from());
        put(record, "to", span.to());
        return record;
    }

    private static void put(Map<String, Object> record, String name, @Nullable Object value) {
        if (value != null) {
            record.put(name, value);
        }
    }
}
