package vn.sotay.platform.jobs;

import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.UUID;
import vn.sotay.api.access.Caller;
import vn.sotay.api.job.Job;
import vn.sotay.api.job.JobAction;
import vn.sotay.api.job.JobKind;
import vn.sotay.api.job.JobState;
import vn.sotay.api.store.Store;
import vn.sotay.api.unit.Units;
import vn.sotay.platform.keys.FieldKeys;

/** Jobs with one kind, and somebody who may do anything with them. */
public final class JobsHarness implements AutoCloseable {

    public static final UUID ACCOUNT = UUID.fromString("00000000-0000-7000-8000-00000000000a");

    private static final Duration LONGEST = Duration.ofSeconds(60);

    private final Jobs jobs;
    private final Caller caller = (Caller) Proxy.newProxyInstance(
            Caller.class.getClassLoader(), new Class<?>[] {Caller.class}, (proxy, method, arguments) -> {
                return switch (method.getName()) {
                    case "account" -> ACCOUNT;
                    case "may" -> true;
                    default -> throw new UnsupportedOperationException(method.getName());
                };
            });

    public JobsHarness(Store store, Units units, FieldKeys keys, JobKind kind) {
        jobs = new Jobs(store, units, keys, Duration.ofDays(30));
        jobs.bindKind(kind);
        jobs.start();
    }

    /** What a function may throw in a test. */
    @FunctionalInterface
    public interface Data {
        String of(Job job) throws Exception;
    }

    public Jobs jobs() {
        return jobs;
    }

    public Job find(UUID id) {
        return jobs.get(caller, id);
    }

    public void apply(UUID id) {
        jobs.act(caller, id, JobAction.APPLY);
    }

    public void undo(UUID id) {
        jobs.act(caller, id, JobAction.UNDO);
    }

    public void cancel(UUID id) {
        jobs.act(caller, id, JobAction.CANCEL);
    }

    public void confirm(UUID id, Data data) {
        jobs.confirm(caller, id, job -> {
            try {
                return data.of(job);
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        });
    }

    /** Waits until the job has come to this state. */
    public Job await(UUID id, JobState state) throws InterruptedException {
        long end = System.nanoTime() + LONGEST.toNanos();
        Job job = find(id);
        while (job.state() != state) {
            if (System.nanoTime() > end || job.state() == JobState.FAILED) {
                throw new AssertionError("the job is " + job);
            }
            Thread.sleep(5);
            job = find(id);
        }
        return job;
    }

    @Override
    public void close() {
        try {
            jobs.stop();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
