package vn.sotay.dues;

import java.time.YearMonth;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import vn.sotay.api.access.Caller;
import vn.sotay.api.http.Page;
import vn.sotay.api.http.Problem;
import vn.sotay.api.member.Member;
import vn.sotay.api.member.Members;
import vn.sotay.api.store.Store;
import vn.sotay.api.store.Transaction;
import vn.sotay.api.unit.Unit;
import vn.sotay.api.unit.Units;
import vn.sotay.dues.AssessmentRows.Row;
import vn.sotay.dues.DuesRules.Arrears;
import vn.sotay.dues.payment.PaymentLines;
import vn.sotay.dues.payment.Plans;

/** What was assessed, for a member and for who leads its cell. Reads alone. */
@Component(service = Assessments.class)
public final class Assessments {

    private final Store store;
    private final Members members;
    private final Assessor assessor;
    private final DuesRights rights;

    @Activate
    public Assessments(
            @Reference Store store, @Reference Members members, @Reference Units units, @Reference Assessor assessor) {
        this.store = store;
        this.members = members;
        this.assessor = assessor;
        this.rights = new DuesRights(members, units);
    }

    /** A member's months, the newest first; or a month of all members of a cell, those of whom nothing is known included. */
    public Page<Assessment> list(
            Caller caller,
            @Nullable UUID member,
            @Nullable UUID cell,
            @Nullable String period,
            int limit,
            @Nullable List<String> after) {
        YearMonth month = period == null
                ? YearMonth.now(DuesRules.ZONE)
                : DuesRules.month(period).orElseThrow(() -> Problem.invalid("period", "month"));
        return store.read(tx -> {
            List<Assessment> all = new ArrayList<>();
            if (cell != null) {
                Unit of = rights.cell(caller, DuesRights.READ, cell);
                DuesRules.Book book = assessor.book(of);
                List<Member> people = members.ofCell(tx, of.id()).stream()
                        .filter(one -> member == null || one.id().equals(member))
                        .toList();
                all.addAll(ofCell(tx, people, month, book));
            } else {
                Member of = rights.member(tx, caller, DuesRights.READ, Declarations.own(caller, member));
                Map<String, Long> paid = PaymentLines.paid(tx, List.of(of.id())).getOrDefault(of.id(), Map.of());
                String first = period == null ? DuesRules.FIRST.toString() : period;
                String last = period == null ? DuesRules.LAST.toString() : period;
                AssessmentRows.of(tx, of.id(), first, last).forEach(row -> all.add(0, told(of, row, paid, null)));
            }
            return Cursor.page(all, limit, after);
        });
    }

    private static List<Assessment> ofCell(Transaction tx, List<Member> people, YearMonth month, DuesRules.Book book) {
        List<UUID> ids = people.stream().map(Member::id).toList();
        Map<UUID, Map<String, Long>> paid = PaymentLines.paid(tx, ids);
        Map<UUID, List<Row>> years = AssessmentRows.of(tx, ids, month.getYear() + "-01", month.toString());
        Map<UUID, Set<String>> kept = Plans.kept(tx, ids);
        return people.stream()
                .map(one -> ofYear(
                        one,
                        month,
                        book,
                        years.getOrDefault(one.id(), List.of()),
                        paid.getOrDefault(one.id(), Map.of()),
                        kept.getOrDefault(one.id(), Set.of())))
                .toList();
    }

    private static Assessment ofYear(
            Member member,
            YearMonth month,
            DuesRules.Book book,
            List<Row> year,
            Map<String, Long> paid,
            Set<String> planned) {
        String now = YearMonth.now(DuesRules.ZONE).toString();
        int open = (int) year.stream()
                .filter(row -> row.period().compareTo(now) < 0 && !row.deferred() && !planned.contains(row.period()))
                .filter(row -> row.due() > paid.getOrDefault(row.period(), 0L))
                .count();
        Integer behind = DuesRules.arrears(open, month.atDay(1), book) == Arrears.NONE ? null : open;
        return year.stream()
                .filter(row -> row.period().equals(month.toString()))
                .map(row -> told(member, row, paid, behind))
                .findFirst()
                .orElseGet(() -> new Assessment(
                        member.id(),
                        member.name(),
                        month.toString(),
                        DuesClass.UNDECLARED,
                        0,
                        0,
                        0,
                        false,
                        paid.getOrDefault(month.toString(), 0L),
                        true,
                        behind,
                        List.of()));
    }

    private static Assessment told(Member member, Row row, Map<String, Long> paid, @Nullable Integer behind) {
        return new Assessment(
                member.id(),
                member.name(),
                row.period(),
                row.duesClass(),
                row.due(),
                row.full(),
                row.reduction(),
                row.deferred(),
                paid.getOrDefault(row.period(), 0L),
                row.rules().isEmpty(),
                behind,
                AssessmentRows.rules(row.rules()));
    }
}
