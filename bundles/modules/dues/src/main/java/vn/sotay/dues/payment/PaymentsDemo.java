package vn.sotay.dues.payment;

import java.util.List;
import java.util.UUID;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import vn.sotay.api.access.Caller;
import vn.sotay.api.member.Member;
import vn.sotay.api.member.Members;
import vn.sotay.api.module.Demo;
import vn.sotay.api.module.DemoData;
import vn.sotay.api.store.Store;

/** Cash of the demo's fishing hamlet: some have paid two months, some one, one was mistaken for another; the others still owe. */
@Component(service = PaymentsDemo.class)
public final class PaymentsDemo implements DemoData {

    /** 0.3 % of the lowest regional wage of 2026. */
    private static final long MONTH = 11_100;

    private final Store store;
    private final Members members;
    private final Payments payments;

    @Activate
    public PaymentsDemo(@Reference Store store, @Reference Members members, @Reference Payments payments) {
        this.store = store;
        this.members = members;
        this.payments = payments;
    }

    @Override
    public void fill(Demo demo) {
        Caller secretary = demo.as("secretary");
        List<Member> cell = store.read(
                tx -> members.ofCell(tx, secretary.cell().orElseThrow().id()));
        for (int i = 0; i < cell.size(); i++) {
            int months = i % 3;
            if (months > 0) {
                take(demo, secretary, cell.get(i), String.valueOf(i), months * MONTH);
            }
        }
        Payment mistaken = take(demo, secretary, cell.get(0), "mistaken", MONTH);
        payments.put(
                secretary,
                demo.id("payment taken back"),
                Payment.reversalOf(mistaken, demo.today(), "Ghi nhầm người đóng"));
        elsewhere(demo);
    }

    private void elsewhere(Demo demo) {
        UUID id = demo.as("member2").member().orElseThrow();
        Member member = store.read(tx -> members.find(tx, id)).orElseThrow();
        take(demo, demo.as("secretary2"), member, "elsewhere", MONTH);
    }

    private Payment take(Demo demo, Caller secretary, Member member, String words, long amount) {
        Payment cash = Payment.of(member.id(), amount, demo.today(), Payment.Channel.CASH, null, null, null);
        return payments.put(secretary, demo.id("payment " + words), cash).value();
    }
}
