package vn.sotay.platform.health;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import vn.sotay.api.store.Store;
import vn.sotay.platform.store.Engine;

/** Whether the database answers, and how fast. */
@Component
public final class DatabaseHealth implements HealthCheck {

    private static final String NAME = "database";
    private static final Duration LIMIT = Duration.ofSeconds(3);

    private final Supplier<Optional<String>> trouble;
    private final Store store;
    private final ExecutorService thread = Executors.newSingleThreadExecutor(task -> {
        Thread made = new Thread(task, "health");
        made.setDaemon(true);
        return made;
    });
    private @Nullable Future<?> asked;

    @Activate
    public DatabaseHealth(@Reference Engine engine, @Reference Store store) {
        this(engine::trouble, store);
    }

    DatabaseHealth(Supplier<Optional<String>> trouble, Store store) {
        this.trouble = trouble;
        this.store = store;
    }

    @Override
    public synchronized Result look() {
        Optional<String> known = trouble.get();
        if (known.isPresent()) {
            return new Result(NAME, Status.DOWN, known.get());
        }
        long began = System.nanoTime();
        // one that hangs is not asked again until it has answered
        Future<?> question = asked == null || asked.isDone() ? thread.submit(this::ask) : asked;
        asked = question;
        try {
            question.get(LIMIT.toMillis(), TimeUnit.MILLISECONDS);
            return new Result(
                    NAME, Status.UP, "answers in " + TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - began) + " ms");
        } catch (TimeoutException e) {
            return new Result(
                    NAME,
                    Status.DOWN,
                    "has not answered within " + LIMIT.toSeconds() + " s: look whether it runs and is not overloaded");
        } catch (ExecutionException e) {
            return new Result(
                    NAME, Status.DOWN, "cannot be asked: look whether it runs and can be reached; the log says more");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Result(NAME, Status.DOWN, "was not asked: Sotay is stopping");
        }
    }

    private void ask() {
        store.read(tx -> tx.handle()
                .createQuery("select count(*) from module_version")
                .mapTo(Integer.class)
                .one());
    }

    @Deactivate
    void close() {
        thread.shutdownNow();
    }
}
