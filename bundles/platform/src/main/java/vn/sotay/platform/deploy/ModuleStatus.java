package vn.sotay.platform.deploy;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A module as it stands.
 *
 * @param id the module's; the name of the file, if that brings no module
 * @param version of what runs or would run; empty if there is none
 * @param problem the operator's line on the jar that was refused last; null if all is well. A module may run with a problem: the version
 *     before goes on
 * @param names by language; empty if they are not known
 * @param sync what becomes of what two phones write of one thing, by change type; empty if it is not known
 */
public record ModuleStatus(
        String id,
        String version,
        ModuleState state,
        @Nullable String problem,
        Map<String, String> names,
        Map<String, String> sync) {

    public ModuleStatus {
        names = Map.copyOf(names);
        sync = Map.copyOf(sync);
    }
}
