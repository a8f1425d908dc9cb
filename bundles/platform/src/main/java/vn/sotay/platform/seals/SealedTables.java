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
    private final SealedTable feed;

    @Activate
    public SealedTables(
            @Reference(target = "(sealed=members)") SealedTable members,
            @Reference(target = "(sealed=feed)") SealedTable feed,
            @Reference(target = "(sealed=jobs)") SealedTable jobs,
            @Reference(target = "(sealed=imports)") SealedTable imports,
            @Reference(target = "(sealed=factors)") SealedTable factors,
            @Reference(target = "(sealed=corrections)") SealedTable corrections,
            @Reference(target = "(sealed=replies)") SealedTable replies,
            @Reference(target = "(sealed=notices)") SealedTable notices,
            @Reference(target = "(sealed=notice-preferences)") SealedTable preferences,
            @Reference(target = "(sealed=push-subscriptions)") SealedTable subscriptions,
            @Reference(target = "(sealed=modules)") SealedTable modules) {
        this.feed = feed;
        this.all = List.of(
                members,
                feed,
                jobs,
                imports,
                factors,
                corrections,
                replies,
                notices,
                preferences,
                subscriptions,
                modules);
    }

    /** The payloads of the change feed. */
    SealedTable feed() {
        return feed;
    }

    List<SealedTable> all() {
        return all;
    }
}
