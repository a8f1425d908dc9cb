package vn.sotay.platform.jobs;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.metatype.annotations.Designate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import vn.sotay.api.access.Caller;
import vn.sotay.api.http.Problem;
import vn.sotay.api.http.ProblemException;
import vn.sotay.api.job.Finding;
import vn.sotay.api.job.Job;
import vn.sotay.api.job.JobAction;
import vn.sotay.api.job.JobColumn;
import vn.sotay.api.job.JobException;
import vn.sotay.api.job.JobKind;
import vn.sotay.api.job.JobQueue;
import vn.sotay.api.job.JobResult;
import vn.sotay.api.job.JobState;
import vn.sotay.api.store.Store;
import vn.sotay.api.store.Transaction;
import vn.sotay.api.unit.Units;
import vn.sotay.platform.keys.FieldKeys;
import vn.sotay.platform.module.AfterStart;
import vn.sotay.platform.store.Acting;

/**
 * All jobs, and the one thread that works on them, one after the other. What is unfinished when Sotay ends is taken up again when
 * it starts.
 *
 * <p>Thread-safe.
 */
@Component(
        service = {Jobs.class, JobQueue.class},
        configurationPid = "vn.sotay.jobs",
        configurationPolicy = ConfigurationPolicy.REQUIRE)
@Designate(ocd = JobsConfig.class)
public final class Jobs implements JobQueue {

    private static final Logger LOG = LoggerFactory.getLogger(Jobs.class);
    private static final Duration LOOK_AGAIN = Duration.ofMinutes(10);
    private static final Duration COME_AGAIN = Duration.ofSeconds(5);
    private static final Duration LONGEST_SLICE = Duration.ofSeconds(10);
    private static final int FORGOTTEN_AT_ONCE = 20;

    private final Store store;
    private final Units units;
    private final Duration keep;
    private final JobRows rows;
    private final Map<String, JobKind> kinds = new ConcurrentHashMap<>();
    private final Thread worker = new Thread(this::work, "sotay-jobs");
    private final Object doorbell = new Object();
    private boolean rung;
    private @Nullable JobKind at;
    private volatile boolean stopping;

    @Activate
    public Jobs(
            @Reference Store store,
            @Reference Units units,
            @Reference FieldKeys keys,
            @Reference(target = "(sotay=ready)") CompletableFuture<String> ready,
            JobsConfig config) {
        this(store, units, keys, Duration.ofDays(config.keepDays()));
        AfterStart.run(ready, this::start);
    }

    /** For tests, which bind the kinds before they start it. */
    Jobs(Store store, Units units, FieldKeys keys, Duration keep) {
        this.rows = new JobRows(keys);
        this.store = store;
        this.units = units;
        this.keep = keep;
    }

    void start() {
        worker.setDaemon(true);
        worker.start();
    }

    @Deactivate
    void stop() throws InterruptedException {
        // not interrupted: the embedded database does not bear that in the middle of its work
        stopping = true;
        ring();
        worker.join(LONGEST_SLICE.toMillis());
    }

    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
    void bindKind(JobKind kind) {
        kinds.put(kind.name(), kind);
        ring();
    }

    /** Returns when no code of the kind runs any more: its module may be about to go. What it was at goes on when it is back. */
    void unbindKind(JobKind kind) {
        kinds.remove(kind.name(), kind);
        synchronized (doorbell) {
            long until = System.nanoTime() + LONGEST_SLICE.toNanos();
            try {
                while (at == kind && System.nanoTime() < until) {
                    doorbell.wait(Math.max(
                            1, Duration.ofNanos(until - System.nanoTime()).toMillis()));
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    @Override
    public void add(Transaction tx, UUID id, String kind, UUID unit, UUID account, String data) {
        rows.insert(tx, id, kind, unit, account, data);
    }

    @Override
    public List<Job> working(Transaction tx, String kind) {
        return rows.working(tx, kind);
    }

    @Override
    public void ring() {
        synchronized (doorbell) {
            rung = true;
            doorbell.notifyAll();
        }
    }

    /** The jobs that the caller has started, newest first. */
    List<Job> own(Caller caller, @Nullable Instant before, @Nullable String beforeId, int most) {
        return store.read(tx -> rows.ofAccount(tx, caller.account(), before, beforeId, most));
    }

    /**
     * A job, if the caller may know of it.
     *
     * @throws vn.sotay.api.http.ProblemException 404 otherwise
     */
    public Job get(Caller caller, UUID id) {
        return store.read(tx -> rows.find(tx, id))
                .filter(job -> job.account().equals(caller.account()) || mayAct(caller, job))
                .orElseThrow(Problem::notFound);
    }

    /**
     * Applies, undoes or cancels a job.
     *
     * @throws vn.sotay.api.http.ProblemException 404 if the caller may not know of it, 403 if it may not act on it any more, 409
     *     in another state
     */
    Job act(Caller caller, UUID id, JobAction action) {
        requireToAct(caller, id);
        Job acted = store.write(tx -> {
            Job job = rows.lock(tx, id).orElseThrow(Problem::notFound);
            JobState to = actions(job).contains(action) ? action.from(job.state(), job.failedIn()) : null;
            if (to == null) {
                throw Problem.conflict("job." + action.name().toLowerCase(java.util.Locale.ROOT));
            }
            if (to == job.state()) {
                return job;
            }
            if (job.state().isWorking()) {
                rows.ask(tx, id, to);
            } else {
                if (to == JobState.CANCELLED) {
                    kind(job).ifPresent(kind -> kind.discard(tx, job));
                }
                rows.become(tx, id, to, null);
            }
            return rows.find(tx, id).orElseThrow(Problem::notFound);
        });
        ring();
        return acted;
    }

    /**
     * Lets a job go on that waits for its columns.
     *
     * @param data what its kind shall keep, from the job as it stands
     * @throws vn.sotay.api.http.ProblemException as {@link #act}
     */
    public Job confirm(Caller caller, UUID id, Function<Job, String> data) {
        requireToAct(caller, id);
        Job confirmed = store.write(tx -> {
            Job job = rows.lock(tx, id).orElseThrow(Problem::notFound);
            if (job.state() != JobState.COLUMNS) {
                throw Problem.conflict("job.confirm");
            }
            rows.data(tx, id, data.apply(job));
            rows.become(tx, id, JobState.RUNNING, null);
            return rows.find(tx, id).orElseThrow(Problem::notFound);
        });
        ring();
        return confirmed;
    }

    /** A job, whoever asks: for the system itself. */
    public Optional<Job> find(UUID id) {
        return store.read(tx -> rows.find(tx, id));
    }

    /** The job of this kind that is at work or waits for it; empty if there is none. */
    public Optional<Job> working(String kind) {
        return store.read(tx -> rows.nextToWork(tx, Set.of(kind)));
    }

    /** When the newest job of this kind was put on the list; empty if none is known. */
    public Optional<Instant> lastBegun(String kind) {
        return store.read(tx -> rows.lastBegun(tx, kind));
    }

    private void requireToAct(Caller caller, UUID id) {
        if (!mayAct(caller, get(caller, id))) {
            throw Problem.forbidden();
        }
    }

    private boolean mayAct(Caller caller, Job job) {
        return kind(job).isPresent() && caller.may(kind(job).orElseThrow().permission(), units.current(job.unit()));
    }

    List<JobColumn> columns(Job job) {
        return job.state() == JobState.COLUMNS
                ? kind(job).map(kind -> kind.columns(job)).orElse(List.of())
                : List.of();
    }

    /** What may be asked of a job at all; nothing of a kind that is not there. */
    Set<JobAction> actions(Job job) {
        return kind(job).map(JobKind::actions).orElse(Set.of());
    }

    private Optional<JobKind> kind(Job job) {
        return Optional.ofNullable(kinds.get(job.kind()));
    }

    private void work() {
        while (!stopping) {
            try {
                Optional<Job> next = store.read(tx -> rows.nextToWork(tx, kinds.keySet()));
                if (next.isPresent()) {
                    Job job = next.get();
                    Acting.as(job.account().equals(Job.SYSTEM) ? null : job.account(), job.session(), () -> {
                        work(job);
                        return true;
                    });
                } else {
                    forget();
                    await();
                }
            } catch (ProblemException e) {
                LOG.debug("jobs wait for the database", e);
                pause();
            } catch (RuntimeException e) {
                if (!stopping) {
                    LOG.error("Jobs cannot be worked on; trying again later", e);
                    await();
                }
            }
        }
    }

    /** The database is away or full: the job goes on from where it was, as after a restart. */
    private void pause() {
        synchronized (doorbell) {
            if (!stopping) {
                try {
                    doorbell.wait(COME_AGAIN.toMillis());
                } catch (InterruptedException e) {
                    stopping = true;
                }
            }
        }
    }

    private void await() {
        synchronized (doorbell) {
            if (!rung && !stopping) {
                try {
                    doorbell.wait(LOOK_AGAIN.toMillis());
                } catch (InterruptedException e) {
                    stopping = true;
                }
            }
            rung = false;
        }
    }

    private void work(Job job) {
        JobKind kind = begin(job);
        if (kind == null) {
            return;
        }
        try {
            Working working = new Working(job, kind);
            working.slice(job.progress(), tx -> {});
            JobKind.Next next = kind.work(working);
            working.slice(100, tx -> {
                kind.clearUp(tx, job, next);
                rows.become(tx, job.id(), next.state(), null);
                rows.result(tx, job.id(), next.result());
                if (next.data() != null) {
                    rows.data(tx, job.id(), next.data());
                }
            });
        } catch (JobKind.Cancelled e) {
            cancelled(job, kind);
        } catch (Stopped e) {
            LOG.info("{} {} goes on when it is back", job.kind(), job.id());
        } catch (JobException e) {
            failed(job, kind, e.why());
        } catch (Exception e) {
            if (e instanceof ProblemException problem && problem.problem().status() >= 500) {
                throw problem;
            }
            if (!stopping) {
                LOG.error("{} {} failed", job.kind(), job.id(), e);
                failed(job, kind, new Finding(0, "", "job.failed", Map.of("job", job.id())));
            }
        } finally {
            synchronized (doorbell) {
                at = null;
                doorbell.notifyAll();
            }
        }
    }

    private @Nullable JobKind begin(Job job) {
        synchronized (doorbell) {
            at = kinds.get(job.kind());
            return at;
        }
    }

    private void cancelled(Job job, JobKind kind) {
        store.change(tx -> {
            Optional<JobState> to = rows.asked(tx, job.id());
            if (to.isEmpty()) {
                return;
            }
            if (to.get() == JobState.CANCELLED) {
                kind.discard(tx, job);
                rows.result(tx, job.id(), null);
            }
            rows.become(tx, job.id(), to.get(), null);
        });
    }

    private void failed(Job job, JobKind kind, Finding why) {
        store.change(tx -> {
            if (job.state() == JobState.RUNNING) {
                // it changed nothing, and will not go on
                kind.discard(tx, job);
            }
            JobResult result = rows.find(tx, job.id()).map(Job::result).orElse(null);
            rows.become(tx, job.id(), JobState.FAILED, job.state());
            rows.result(tx, job.id(), (result == null ? JobResult.NOTHING : result).failed(why));
        });
    }

    /** What is old is deleted: staged rows are personal data. */
    private void forget() {
        List<Job> old = store.read(tx -> rows.restingSince(tx, tx.now().minus(keep), FORGOTTEN_AT_ONCE));
        for (Job job : old) {
            JobKind kind = kinds.get(job.kind());
            if (kind != null) {
                store.change(tx -> {
                    kind.discard(tx, job);
                    rows.delete(tx, job.id());
                });
            }
        }
    }

    /** Sotay or the kind's module ends; the job stays as it is. */
    private static final class Stopped extends RuntimeException {

        private static final long serialVersionUID = 1L;

        Stopped() {
            super("stopped", null, false, false);
        }
    }

    private final class Working implements JobKind.Run {

        private final Job job;
        private final JobKind kind;

        Working(Job job, JobKind kind) {
            this.job = job;
            this.kind = kind;
        }

        @Override
        public Job job() {
            return job;
        }

        @Override
        public <X extends Exception> void slice(int progress, Store.Task<X> task) throws X {
            if (stopping || kinds.get(job.kind()) != kind) {
                throw new Stopped();
            }
            store.<X>change(tx -> {
                task.run(tx);
                // last, so that nobody who looks at the job waits for the whole slice
                if (!rows.progress(tx, job.id(), progress)) {
                    throw new JobKind.Cancelled();
                }
            });
        }
    }
}
