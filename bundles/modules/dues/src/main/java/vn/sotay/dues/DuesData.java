package vn.sotay.dues;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import vn.sotay.api.member.Member;
import vn.sotay.api.member.Members;
import vn.sotay.api.member.PersonalData;
import vn.sotay.api.store.Seals;
import vn.sotay.api.store.Transaction;

/** What is kept of a member about what it owes and why. Thread-safe. */
@Component
public final class DuesData implements PersonalData {

    /** What a record calls a column, where that is another name. */
    private static final Map<String, String> NAMES = Map.of(
            "dues_class", "class",
            "from_period", "from",
            "to_period", "to",
            "full_amount", "full",
            "declared_at", "at",
            "assessed_at", "at",
            "made_at", "at",
            "applied_at", "at",
            "agreed_at", "at",
            "decided_at", "decidedAt");

    /** The fields that are sealed, by what a record calls them. */
    private static final Map<String, String> SEALED = Map.of(
            "base", DuesSeals.BASE,
            "pay", DuesSeals.PAY,
            "ground", DuesSeals.GROUND,
            "reason", DuesSeals.REASON,
            "message", DuesSeals.MESSAGE);

    private final Members members;
    private final Seals seals;

    @Activate
    public DuesData(@Reference Members members, @Reference Seals seals) {
        this.members = members;
        this.seals = seals;
    }

    @Override
    public List<Part> of(Transaction tx, UUID member) {
        return List.of(
                part(
                        tx,
                        "dues.declarations",
                        "select id, dues_class, from_period, base_sealed, pay_sealed, declared_at, entered_by, withdrawn"
                                + " from dues_declaration where member = :member order by from_period desc, id",
                        member),
                part(
                        tx,
                        "dues.assessments",
                        "select period, dues_class, amount, correction, full_amount, reduction, assessed_at"
                                + " from dues_assessment where member = :member order by period desc",
                        member),
                part(
                        tx,
                        "dues.corrections",
                        "select period, amount, made_at from dues_correction where member = :member"
                                + " order by made_at desc, id",
                        member),
                part(
                        tx,
                        "dues.exemptions",
                        "select id, kind, percent, from_period, to_period, state, ground_sealed, reason_sealed,"
                                + " applied_at, entered_by, decided_by, decided_at, message_sealed from dues_exemption"
                                + " where member = :member order by from_period desc, id",
                        member),
                part(
                        tx,
                        "dues.plans",
                        "select l.day, l.amount, p.periods, p.agreed_on as agreed, p.agreed_at, p.agreed_by, p.ended, p.reason"
                                + " from dues_plan p join dues_plan_line l on l.plan = p.id where p.member = :member"
                                + " order by l.day desc, l.plan",
                        member));
    }

    private Part part(Transaction tx, String what, String sql, UUID member) {
        return new Part(
                what,
                tx.handle()
                        .createQuery(sql)
                        .bind("member", member)
                        .mapToMap()
                        .map(row -> record(tx, row))
                        .list());
    }

    /** A row without what is empty; sealed columns opened, those that tell when as instants, leaders by name. */
    private Map<String, Object> record(Transaction tx, Map<String, Object> row) {
        Map<String, Object> record = new LinkedHashMap<>();
        row.forEach((column, value) -> {
            if (value != null && !column.equals("id")) {
                String name = name(column);
                record.put(name, told(tx, row.get("id"), column, name, value));
            }
        });
        return record;
    }

    private static String name(String column) {
        return column.endsWith("_sealed")
                ? column.substring(0, column.length() - "_sealed".length())
                : column.equals("decided_by")
                        ? "decidedBy"
                        : column.endsWith("_by") ? "recordedBy" : NAMES.getOrDefault(column, column);
    }

    private Object told(Transaction tx, @Nullable Object id, String column, String name, Object value) {
        if (column.endsWith("_sealed")) {
            String sealed = value.toString();
            return sealed.isEmpty() ? "" : seals.open(SEALED.getOrDefault(name, name), String.valueOf(id), sealed);
        }
        if (column.endsWith("_at")) {
            return Instant.ofEpochMilli(((Number) value).longValue());
        }
        return column.endsWith("_by") ? nameOf(tx, UUID.fromString(value.toString())) : value;
    }

    private String nameOf(Transaction tx, UUID leader) {
        return members.find(tx, leader).map(Member::name).orElse(leader.toString());
    }
}
