package vn.sotay.platform.roster;

import java.util.concurrent.CompletableFuture;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;

/** The heads that rosters of this province have, read beside the rest of the start. Thread-safe. */
@Component(service = ProvinceHeads.class)
public final class ProvinceHeads {

    private final CompletableFuture<Heads> heads;

    @Activate
    public ProvinceHeads(BundleContext context) {
        String configuration = context.getProperty("sotay.config.dir");
        heads = CompletableFuture.supplyAsync(() -> Heads.ofProvince(configuration));
    }

    ProvinceHeads(Heads heads) {
        this.heads = CompletableFuture.completedFuture(heads);
    }

    Heads get() {
        return heads.join();
    }
}
