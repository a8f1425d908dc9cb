package vn.sotay.platform.seals;

import java.util.List;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import vn.sotay.platform.keys.SealedTable;

/** All tables with sealed values. Each is named here: one that a rotation does not know would be lost with the key before. */
@Component(service = SealedTables.class)
public final class SealedTables {

    private final List<SealedTable> all;

    @Activate
    public SealedTables(
            @Reference(target = "(sealed=members)") SealedTable members,
            @Reference(target = "(sealed=feed)") SealedTable feed,
            @Reference(target = "(sealed=jobs)") SealedTable jobs,
            @Reference(target = "(sealed=imports)") SealedTable imports,
            @Reference(target = "(sealed=factors)") SealedTable factors,
            @Reference(target = "(sealed=corrections)") SealedTable corrections,
            @Reference(target = "(sealed=modules)") SealedTable modules) {
        this.all = List.of(members, feed, jobs, imports, factors, corrections, modules);
    }

    List<SealedTable> all() {
        return all;
    }
}
