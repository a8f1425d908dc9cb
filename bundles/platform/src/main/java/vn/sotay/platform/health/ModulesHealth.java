package vn.sotay.platform.health;

import java.util.List;
import java.util.stream.Collectors;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import vn.sotay.platform.deploy.ModuleManager;
import vn.sotay.platform.deploy.ModuleState;
import vn.sotay.platform.deploy.ModuleStatus;

/**
 * Whether each module runs, with the line of each that was refused. A broken module warns and no more: the others answer, and a
 * balancer that took the whole node away would make it worse.
 */
@Component
public final class ModulesHealth implements HealthCheck {

    private static final String NAME = "modules";

    private final ModuleManager manager;

    @Activate
    public ModulesHealth(@Reference ModuleManager manager) {
        this.manager = manager;
    }

    @Override
    public Result look() {
        return judge(manager.modules());
    }

    static Result judge(List<ModuleStatus> modules) {
        String problems = modules.stream()
                .flatMap(module -> java.util.stream.Stream.ofNullable(module.problem()))
                .collect(Collectors.joining(" | "));
        if (!problems.isEmpty()) {
            return new Result(NAME, Status.WARN, problems);
        }
        String running = modules.stream()
                .filter(module -> module.state() == ModuleState.RUNNING)
                .map(module -> module.id() + ' ' + module.version())
                .collect(Collectors.joining(", "));
        String stopped = modules.stream()
                .filter(module -> module.state() == ModuleState.STOPPED)
                .map(ModuleStatus::id)
                .collect(Collectors.joining(", "));
        return new Result(
                NAME,
                Status.UP,
                (running.isEmpty() ? "none runs" : running + " run")
                        + (stopped.isEmpty() ? "" : "; stopped by an administrator: " + stopped));
    }
}
