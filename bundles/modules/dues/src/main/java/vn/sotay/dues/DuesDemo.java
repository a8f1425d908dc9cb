package vn.sotay.dues;

import java.time.YearMonth;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import vn.sotay.api.access.Caller;
import vn.sotay.api.member.Member;
import vn.sotay.api.member.Members;
import vn.sotay.api.module.Demo;
import vn.sotay.api.module.DemoData;
import vn.sotay.api.store.Store;
import vn.sotay.api.unit.Unit;
import vn.sotay.api.unit.Units;
import vn.sotay.dues.payment.PaymentsDemo;
import vn.sotay.dues.transfer.Account;
import vn.sotay.dues.transfer.Requests;

/** Dues of the demo's two cells: what everybody declares is made up of the number in the cell. */
@Component
public final class DuesDemo implements DemoData {

    private static final int MONTHS = 4;
    private static final int SAYS_NOTHING = 11;

    /** Made up, as all numbers of the demo. */
    private static final Account ACCOUNT = new Account(null, "970418", "9999000000000", "VAN PHONG TINH UY");

    private final Store store;
    private final Units units;
    private final Members members;
    private final Declarations declarations;
    private final Exemptions exemptions;
    private final Assessor assessor;
    private final PaymentsDemo payments;
    private final Requests requests;

    @Activate
    public DuesDemo(
            @Reference Store store,
            @Reference Units units,
            @Reference Members members,
            @Reference Declarations declarations,
            @Reference Exemptions exemptions,
            @Reference Assessor assessor,
            @Reference PaymentsDemo payments,
            @Reference Requests requests) {
        this.store = store;
        this.units = units;
        this.members = members;
        this.declarations = declarations;
        this.exemptions = exemptions;
        this.assessor = assessor;
        this.payments = payments;
        this.requests = requests;
    }

    @Override
    public void fill(Demo demo) {
        YearMonth now = YearMonth.from(demo.today());
        YearMonth first = first(now);
        for (String leader : List.of("secretary", "secretary2")) {
            declare(demo, demo.as(leader), first);
        }
        Caller fisherman = demo.as("fisherman");
        UUID sea = demo.id("dues at sea");
        exemptions.put(fisherman, sea, deferral(fisherman.member().orElseThrow(), now));
        Caller member = demo.as("member");
        exemptions.put(
                member, demo.id("dues in hardship"), relief(member.member().orElseThrow(), now));
        store.change(tx -> {
            for (YearMonth month = first; !month.isAfter(now); month = month.plusMonths(1)) {
                // the month that runs would be assessed for the whole province otherwise
                DuesMonthRows.begin(tx, month.toString(), demo.id("dues month"));
            }
        });
        for (String leader : List.of("secretary", "secretary2")) {
            Unit cell = demo.as(leader).cell().orElseThrow();
            store.change(tx -> members.ofCell(tx, cell.id()).forEach(one -> assessor.again(tx, one, first.toString())));
        }
        payments.fill(demo);
        Unit province = units.path(fisherman.cell().orElseThrow().id()).get(0);
        requests.putAccount(demo.as("officer"), province.id(), ACCOUNT);
    }

    private static YearMonth first(YearMonth now) {
        YearMonth some = now.minusMonths(MONTHS - 1L);
        return some.isBefore(DuesRules.FIRST) ? DuesRules.FIRST : some;
    }

    private void declare(Demo demo, Caller leader, YearMonth from) {
        List<Member> cell =
                store.read(tx -> members.ofCell(tx, leader.cell().orElseThrow().id()));
        for (int i = 0; i < cell.size(); i++) {
            if (i % SAYS_NOTHING != SAYS_NOTHING - 1) {
                declarations.put(leader, demo.id("dues of " + cell.get(i).id()), declaration(cell.get(i), i, from));
            }
        }
    }

    private static Declaration declaration(Member member, int number, YearMonth from) {
        int age = member.birthYear() == null ? 40 : from.getYear() - member.birthYear();
        DuesClass duesClass = age >= 61
                ? number % 2 == 0 ? DuesClass.PENSIONER : DuesClass.UNINSURED_RETIRED
                : number % 7 == 3 ? DuesClass.STUDENT : number % 3 == 0 ? DuesClass.INSURED : DuesClass.UNINSURED;
        @Nullable Long base = duesClass.hasBase() ? Long.valueOf(4_000_000L + number * 150_000L) : null;
        return new Declaration(null, member.id(), duesClass, from.toString(), base, null, null, null, null);
    }

    private static Exemption deferral(UUID member, YearMonth from) {
        return asked(
                member,
                Exemption.Kind.DEFERRAL,
                Exemption.Ground.AT_SEA,
                null,
                from,
                3,
                "Tàu tôi đi ngư trường Hoàng Sa, về bến tôi nộp một lần.");
    }

    private static Exemption relief(UUID member, YearMonth from) {
        return asked(
                member,
                Exemption.Kind.RELIEF,
                Exemption.Ground.HARDSHIP,
                50,
                from,
                6,
                "Nhà tôi bị bão làm tốc mái, đang phải sửa.");
    }

    private static Exemption asked(
            UUID member,
            Exemption.Kind kind,
            Exemption.Ground ground,
            @Nullable Integer percent,
            YearMonth from,
            int months,
            String reason) {
        return new Exemption(
                null,
                member,
                null,
                kind,
                ground,
                percent,
                from.toString(),
                months,
                null,
                reason,
                null,
                null,
                null,
                null,
                null,
                null);
    }
}
