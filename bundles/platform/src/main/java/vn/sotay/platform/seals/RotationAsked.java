package vn.sotay.platform.seals;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import vn.sotay.api.job.Job;
import vn.sotay.api.job.JobState;
import vn.sotay.api.unit.Unit;
import vn.sotay.platform.jobs.Jobs;
import vn.sotay.platform.keys.FieldKeys;
import vn.sotay.platform.store.Asked;
import vn.sotay.platform.units.UnitBook;

/**
 * Answers {@code keys rotate} of the command line: puts a rotation on the list of jobs, or follows the one that is under way, and tells
 * what came of it. What is asked stays asked until then, also if Sotay ends meanwhile.
 */
@Component(service = RotationAsked.class, immediate = true)
public final class RotationAsked {

    private static final Logger LOG = LoggerFactory.getLogger(RotationAsked.class);
    private static final long LOOK_MS = 500;
    private static final long END_MS = 10_000;

    private final Asked asked;
    private final Rotation rotation;
    private final Jobs jobs;
    private final UnitBook units;
    private final FieldKeys keys;
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "sotay-keys-asked");
        thread.setDaemon(true);
        return thread;
    });

    private @Nullable UUID job;

    @Activate
    public RotationAsked(
            BundleContext context,
            @Reference Rotation rotation,
            @Reference Jobs jobs,
            @Reference UnitBook units,
            @Reference FieldKeys keys) {
        this.asked = new Asked(Path.of(context.getProperty("sotay.data"), "keys"));
        this.rotation = rotation;
        this.jobs = jobs;
        this.units = units;
        this.keys = keys;
        timer.scheduleWithFixedDelay(this::look, LOOK_MS, LOOK_MS, TimeUnit.MILLISECONDS);
    }

    @Deactivate
    void stop() throws InterruptedException {
        timer.shutdown();
        if (!timer.awaitTermination(END_MS, TimeUnit.MILLISECONDS)) {
            LOG.debug("still looking");
        }
    }

    private void look() {
        try {
            Optional<String> id = asked.id();
            if (id.isEmpty()) {
                job = null;
            } else {
                List<String> lines = lines();
                if (!lines.isEmpty()) {
                    asked.answer(id.get(), lines);
                    job = null;
                }
            }
        } catch (RuntimeException e) {
            // the database is away: the next time
            LOG.debug("keys rotate waits", e);
        }
    }

    /** The exit code and what the operator reads; empty while it goes on. */
    private List<String> lines() {
        UUID followed = job;
        if (followed == null) {
            Optional<Unit> root = units.root();
            if (root.isEmpty()) {
                return List.of("1", "There are no units yet, and no member's data that are sealed: the key stays");
            }
            job = rotation.begin(jobs, root.get());
            return List.of();
        }
        Optional<Job> found = jobs.find(followed);
        JobState state = found.map(Job::state).orElse(JobState.CANCELLED);
        return switch (state) {
            case APPLIED ->
                List.of(
                        "0",
                        "All sensitive fields are sealed by the key " + keys.newest()
                                + ", which is the only one in the key file now: keep a copy of that file");
            case FAILED ->
                List.of(
                        "1",
                        "The keys " + keys.numbers()
                                + " stay in the key file, since not all could be sealed anew: the log says why. Run it again");
            case CANCELLED ->
                List.of(
                        "2",
                        "An administrator has cancelled it, and the keys " + keys.numbers()
                                + " stay in the key file: run it again, and it goes on");
            default -> List.of();
        };
    }
}
