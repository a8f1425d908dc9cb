package vn.sotay.platform.access;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import vn.sotay.api.store.Transaction;
import vn.sotay.platform.keys.SealedTable;

/** Seals the secrets of second factors anew. */
@Component(service = SealedTable.class, property = "sealed=factors")
public final class SealedFactors implements SealedTable {

    private final Factors factors;

    @Activate
    public SealedFactors(@Reference Factors factors) {
        this.factors = factors;
    }

    @Override
    public long rows(Transaction tx) {
        return tx.handle()
                .createQuery("select count(*) from account_factor")
                .mapTo(Long.class)
                .one();
    }

    @Override
    public Slice seal(Transaction tx, @Nullable String from, int most) {
        List<String> accounts = factors.toSeal(tx, from == null ? "" : from, most);
        accounts.forEach(account -> factors.reseal(tx, account));
        return new Slice(accounts.size() < most ? null : accounts.get(most - 1), accounts.size());
    }
}
