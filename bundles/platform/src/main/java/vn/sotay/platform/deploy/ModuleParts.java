package vn.sotay.platform.deploy;

import java.util.Comparator;
import java.util.List;
import org.osgi.service.component.ComponentServiceObjects;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import vn.sotay.platform.module.ModulePart;

/**
 * The parts in the order of their ranking. They are got when they are needed and not before: some of them wait, by a chain of others,
 * for the endpoints of modules, which wait for the manager.
 */
@Component(service = ModuleParts.class)
public class ModuleParts {

    @Reference(
            service = ModulePart.class,
            cardinality = ReferenceCardinality.MULTIPLE,
            policy = ReferencePolicy.DYNAMIC)
    private volatile List<ComponentServiceObjects<ModulePart>> found = List.of();

    /** All that are here now, highest ranking first. */
    List<ModulePart> all() {
        return found.stream()
                .sorted(Comparator.<ComponentServiceObjects<ModulePart>, Comparable<Object>>comparing(
                                ComponentServiceObjects::getServiceReference)
                        .reversed())
                .map(ComponentServiceObjects::getService)
                .toList();
    }
}
