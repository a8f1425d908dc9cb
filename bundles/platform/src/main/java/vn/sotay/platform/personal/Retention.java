package vn.sotay.platform.personal;

import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
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
import vn.sotay.api.job.JobKind;
import vn.sotay.api.job.JobState;
import vn.sotay.api.rule.Rules;
import vn.sotay.api.store.Store;
import vn.sotay.api.store.Transaction;
import vn.sotay.api.unit.Unit;
import vn.sotay.platform.access.Accounts;
import vn.sotay.platform.jobs.Jobs;
import vn.sotay.platform.personal.Register.Entry;
import vn.sotay.platform.seals.SealedModules;
import vn.sotay.platform.units.UnitBook;

/**
 * Ends what was kept for long enough: names the former members who are to be deleted, deletes those whose day has come, and the rows of
 * tables that are kept for some days. Cut off, it goes on.
 */
@Component(service = {JobKind.class, Retention.class})
public final class Retention implements JobKind {

    static final Permission PERMISSION = new Permission("platform.retention");
    static final String NAME = "personal.retention";

    private static final Logger LOG = LoggerFactory.getLogger(Retention.class);
    private static final int SLICE = 50;
    private static final String FORMER = "privacy.keep.former-members.days";

    /**
     * A table whose rows are kept for some days.
     *
     * @param purpose what they are for
     * @param days how long, by the rule of today
     * @param rows that would go now
     */
    record Ending(String module, String table, String purpose, int days, long rows) {}

    /**
     * What the next run does.
     *
     * @param former members who were kept for long enough, and get a day on which they are deleted
     * @param waiting those who have one
     * @param due those whose day has come
     * @param leftOut tables and columns that stand in no register, so that nobody is deleted from them
     */
    record Plan(long former, long waiting, long due, List<Ending> tables, List<String> leftOut) {}

    private final Store store;
    private final UnitBook units;
    private final Rules rules;
    private final Register register;
    private final Erasures erasures;
    private final Accounts accounts;
    private final Erasing erasing;

    @Activate
    public Retention(
            @Reference Store store,
            @Reference UnitBook units,
            @Reference Rules rules,
            @Reference Register register,
            @Reference Erasures erasures,
            @Reference Accounts accounts,
            @Reference SealedModules sealed) {
        this.store = store;
        this.units = units;
        this.rules = rules;
        this.register = register;
        this.erasures = erasures;
        this.accounts = accounts;
        this.erasing = new Erasing(register, sealed);
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

    /** Puts a run on the list of jobs, if none is there; its id. */
    UUID begin(Jobs jobs, Unit root, UUID account) {
        Optional<Job> working = jobs.working(NAME);
        if (working.isPresent()) {
            return working.get().id();
        }
        UUID id = UUID.randomUUID();
        store.change(tx -> jobs.add(tx, id, NAME, root.id(), account, "{}"));
        jobs.ring();
        return id;
    }

    /** Changes nothing. */
    Plan plan(Unit root) {
        return store.read(tx -> {
            LocalDate today = LocalDate.ofInstant(tx.now(), Erasures.ZONE);
            List<Ending> tables = new ArrayList<>();
            for (Entry entry : register.all(tx)) {
                OptionalInt days = days(entry, today, root);
                if (days.isPresent()) {
                    tables.add(new Ending(
                            entry.module(),
                            entry.table(),
                            entry.of().purposes().stream().findFirst().orElse(""),
                            days.getAsInt(),
                            erasing.ending(tx, entry, before(tx, days.getAsInt()))));
                }
            }
            long waiting = tx.handle()
                    .createQuery("select count(*) from erasure where done_at is null and stopped_at is null")
                    .mapTo(Long.class)
                    .one();
            return new Plan(
                    erasures.former(tx, former(today, root)),
                    waiting,
                    erasures.due(tx, today, 10_000).size(),
                    tables,
                    register.leftOut(tx));
        });
    }

    private LocalDate former(LocalDate today, Unit root) {
        return today.minusDays(rules.on(today, root, FORMER).integer());
    }

    /** How long the rows of a table are kept; empty if they are kept as long as what they belong to. */
    private OptionalInt days(Entry entry, LocalDate today, Unit root) {
        PersonalTable.Kept kept = entry.of().kept();
        if (kept == null) {
            return OptionalInt.empty();
        }
        try {
            return OptionalInt.of(rules.on(today, root, kept.rule()).integer());
        } catch (IllegalStateException e) {
            // the module is stopped, and its rules with it
            LOG.debug("{} is kept: {}", entry.table(), e.getMessage());
            return OptionalInt.empty();
        }
    }

    private static long before(Transaction tx, int days) {
        return tx.now().minus(Duration.ofDays(days)).toEpochMilli();
    }

    @Override
    public Next work(Run run) throws InterruptedException {
        Unit root = units.root().orElseThrow();
        int[] counts = new int[2];
        int[] found = new int[1];
        do {
            run.slice(10, tx -> {
                LocalDate today = LocalDate.ofInstant(tx.now(), Erasures.ZONE);
                found[0] = erasures.propose(tx, former(today, root), SLICE);
            });
            counts[0] += found[0];
        } while (found[0] == SLICE);
        List<UUID> due;
        do {
            due = store.read(tx -> erasures.due(tx, LocalDate.ofInstant(tx.now(), Erasures.ZONE), SLICE));
            List<UUID> some = due;
            run.slice(50, tx -> erasures.erase(tx, some));
            // a session of somebody who is gone is known no more
            accounts.forget();
            counts[1] += due.size();
        } while (due.size() == SLICE);
        for (Entry entry : store.read(register::all)) {
            run.slice(90, tx -> days(entry, LocalDate.ofInstant(tx.now(), Erasures.ZONE), root)
                    .ifPresent(days -> erasing.end(tx, entry, before(tx, days))));
        }
        if (counts[0] + counts[1] > 0) {
            LOG.info(
                    "{} former members were kept for long enough and get a day on which they are deleted; {} are deleted",
                    counts[0],
                    counts[1]);
        }
        return new Next(JobState.APPLIED, null, null);
    }

    /** Nothing is staged. */
    @Override
    public void discard(Transaction tx, Job job) {}
}
