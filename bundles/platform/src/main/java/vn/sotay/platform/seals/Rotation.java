package vn.sotay.platform.seals;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import vn.sotay.api.access.Permission;
import vn.sotay.api.job.Job;
import vn.sotay.api.job.JobAction;
import vn.sotay.api.job.JobException;
import vn.sotay.api.job.JobKind;
import vn.sotay.api.job.JobState;
import vn.sotay.api.store.AuditKind;
import vn.sotay.api.store.Store;
import vn.sotay.api.store.Transaction;
import vn.sotay.api.unit.Unit;
import vn.sotay.platform.jobs.Jobs;
import vn.sotay.platform.json.Json;
import vn.sotay.platform.keys.FieldKeys;
import vn.sotay.platform.keys.KeyException;
import vn.sotay.platform.store.Engine;
import vn.sotay.platform.store.KeyRows;

/**
 * Puts a new key in the place of the one before: it seals from the beginning on; what is there is sealed anew, beside everything else; then
 * the key before leaves the file. Cut off, it goes on; cancelled, both keys stay, and the next rotation goes on from there.
 */
@Component(service = {JobKind.class, Rotation.class})
public final class Rotation implements JobKind {

    static final Permission PERMISSION = new Permission("platform.keys");

    private static final Logger LOG = LoggerFactory.getLogger(Rotation.class);
    private static final String NAME = "keys.rotation";

    /** What a rotation keeps for itself: the number of the key that is to be the only one. */
    record Data(int to) {}

    private final Engine engine;
    private final Store store;
    private final FieldKeys keys;
    private final Resealing resealing;
    private final ObjectMapper json = Json.own();

    @Activate
    public Rotation(
            @Reference Engine engine,
            @Reference Store store,
            @Reference FieldKeys keys,
            @Reference SealedTables tables) {
        this.engine = engine;
        this.store = store;
        this.keys = keys;
        this.resealing = new Resealing(store, tables.all());
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Permission permission() {
        return PERMISSION;
    }

    @Override
    public Set<JobAction> actions() {
        return Set.of(JobAction.CANCEL);
    }

    /**
     * Puts a rotation on the list of jobs; it ends the one that was cut off, if there is one.
     *
     * @param root of all units
     * @return the job's id
     */
    UUID begin(Jobs jobs, Unit root, UUID account) {
        UUID id = UUID.randomUUID();
        int to = keys.numbers().size() > 1 ? keys.newest() : keys.newest() + 1;
        store.change(tx -> jobs.add(tx, id, NAME, root.id(), account, write(new Data(to))));
        jobs.ring();
        return id;
    }

    /**
     * As {@link #begin(Jobs, Unit, UUID)}, for who owns the data directory; follows a rotation that is under way.
     *
     * @return the job's id
     */
    UUID begin(Jobs jobs, Unit root) {
        return jobs.working(NAME).map(Job::id).orElseGet(() -> begin(jobs, root, Job.SYSTEM));
    }

    @Override
    public Next work(Run run) throws JobException, InterruptedException {
        int to = read(run.job()).to();
        try {
            if (keys.newest() < to) {
                keys.add();
            }
            Map<Integer, String> all = keys.fingerprints();
            run.slice(0, tx -> {
                KeyRows.remember(tx, all);
                tx.audited(AuditKind.WRITE, "keys", null, null, "key " + to + " seals");
            });
            engine.awaitWriters();
            resealing.run((progress, task) -> run.slice(progress * 9 / 10, task));
            // what was copied meanwhile, as when units are merged, may be sealed by the key before
            engine.awaitWriters();
            resealing.run((progress, task) -> run.slice(90 + progress / 10, task));
            run.slice(99, tx -> {
                KeyRows.finished(tx, keys.newest());
                // before it leaves the file: Sotay does not start without a key that the database knows
                KeyRows.forgetBefore(tx, keys.newest());
                tx.audited(AuditKind.WRITE, "keys", null, null, "key " + to + " is the only one");
            });
            keys.dropOlder();
        } catch (KeyException e) {
            LOG.error("The keys are not changed: {}", e.getMessage());
            throw new JobException("keys.not-written", Map.of());
        }
        engine.forgetTraces();
        LOG.info(
                "All sensitive fields are sealed by the key {}, which is the only one in the key file now: keep a copy",
                to);
        return new Next(JobState.APPLIED, null, null);
    }

    /** Nothing is staged. */
    @Override
    public void discard(Transaction tx, Job job) {}

    private Data read(Job job) {
        try {
            return json.readValue(job.data(), Data.class);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a rotation that cannot be read", e);
        }
    }

    private String write(Data data) {
        try {
            return json.writeValueAsString(data);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a rotation that cannot be written", e);
        }
    }
}
