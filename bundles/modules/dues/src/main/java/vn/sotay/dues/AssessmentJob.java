package vn.sotay.dues;

import java.time.YearMonth;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import vn.sotay.api.access.Caller;
import vn.sotay.api.access.Permission;
import vn.sotay.api.http.Problem;
import vn.sotay.api.job.Finding;
import vn.sotay.api.job.Job;
import vn.sotay.api.job.JobAction;
import vn.sotay.api.job.JobKind;
import vn.sotay.api.job.JobQueue;
import vn.sotay.api.job.JobResult;
import vn.sotay.api.job.JobState;
import vn.sotay.api.member.Member;
import vn.sotay.api.member.Members;
import vn.sotay.api.store.Store;
import vn.sotay.api.store.Transaction;
import vn.sotay.api.unit.Unit;
import vn.sotay.api.unit.Units;
import vn.sotay.dues.AssessmentRound.Outcome;

/**
 * The assessment of a month, for all members of a unit and below it, some cells at a time. Done again it writes only what has changed, so that it goes on from the
 * beginning after a restart.
 */
@Component(service = {JobKind.class, AssessmentJob.class})
public final class AssessmentJob implements JobKind {

    static final String NAME = "dues.assessment";

    /** Members in a transaction, but for a single cell that has more. */
    private static final int SLICE = 500;

    private final Store store;
    private final Members members;
    private final Units units;
    private final Assessor assessor;
    private final JobQueue jobs;

    @Activate
    public AssessmentJob(
            @Reference Store store,
            @Reference Members members,
            @Reference Units units,
            @Reference Assessor assessor,
            @Reference JobQueue jobs) {
        this.store = store;
        this.members = members;
        this.units = units;
        this.assessor = assessor;
        this.jobs = jobs;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Permission permission() {
        return DuesRights.ASSESS;
    }

    /** What was assessed stays: it is right, and would be made again. */
    @Override
    public Set<JobAction> actions() {
        return EnumSet.of(JobAction.CANCEL);
    }

    /**
     * An officer has a month assessed.
     *
     * @return the job's id
     */
    UUID begin(Caller caller, UUID unit, YearMonth period) {
        Unit of = units.get(unit);
        caller.require(DuesRights.ASSESS, of);
        if (period.isAfter(YearMonth.now(DuesRules.ZONE).plusMonths(1))) {
            throw Problem.invalid("period", "month-to-come");
        }
        UUID job = UUID.randomUUID();
        store.change(tx -> add(tx, job, of, period, caller.account()));
        jobs.ring();
        return job;
    }

    /** A new month has begun; whoever comes second finds it begun. */
    void beginItself(Unit root, YearMonth period) {
        UUID job = UUID.randomUUID();
        store.change(tx -> {
            if (!DuesMonthRows.isThere(tx, period.toString())) {
                add(tx, job, root, period, Job.SYSTEM);
            }
        });
        jobs.ring();
    }

    private void add(Transaction tx, UUID job, Unit unit, YearMonth period, UUID account) {
        if (unit.parent() == null) {
            DuesMonthRows.begin(tx, period.toString(), job);
        }
        jobs.add(tx, job, NAME, unit.id(), account, period.toString());
    }

    @Override
    public Next work(Run run) {
        YearMonth period = YearMonth.parse(run.job().data());
        Unit unit = units.current(run.job().unit());
        List<List<UUID>> slices = slices(unit);
        Map<Integer, Map<Outcome, Integer>> done = new HashMap<>();
        for (int i = 0; i < slices.size(); i++) {
            int number = i;
            // a slice may run again: what it counted before is replaced
            run.slice(
                    Math.min(99, i * 100 / slices.size()),
                    tx -> done.put(number, slice(tx, slices.get(number), period)));
        }
        Map<Outcome, Integer> sum = new EnumMap<>(Outcome.class);
        done.values().forEach(one -> one.forEach((outcome, count) -> sum.merge(outcome, count, Integer::sum)));
        int missing = sum.getOrDefault(Outcome.MISSING, 0);
        int all = sum.values().stream().mapToInt(Integer::intValue).sum();
        store.change(tx -> DuesMonthRows.end(tx, period.toString(), run.job().id(), all, missing));
        return new Next(JobState.APPLIED, result(sum, all, missing), null);
    }

    private static JobResult result(Map<Outcome, Integer> sum, int all, int missing) {
        List<Finding> warnings =
                missing == 0 ? List.of() : List.of(new Finding(0, "", "undeclared", Map.of("count", missing)));
        return new JobResult(
                all - missing,
                sum.getOrDefault(Outcome.ADDED, 0),
                sum.getOrDefault(Outcome.CHANGED, 0),
                sum.getOrDefault(Outcome.UNCHANGED, 0),
                List.of(),
                0,
                warnings,
                missing,
                List.of(),
                null);
    }

    private List<List<UUID>> slices(Unit unit) {
        Map<UUID, Integer> sizes = new TreeMap<>();
        sizes.putAll(store.read(tx -> members.countBelow(tx, unit)));
        List<List<UUID>> slices = new ArrayList<>();
        int size = SLICE;
        for (Map.Entry<UUID, Integer> cell : sizes.entrySet()) {
            if (size + cell.getValue() > SLICE) {
                slices.add(new ArrayList<>());
                size = 0;
            }
            size += cell.getValue();
            slices.get(slices.size() - 1).add(cell.getKey());
        }
        return slices;
    }

    private Map<Outcome, Integer> slice(Transaction tx, List<UUID> cells, YearMonth period) {
        List<Member> people = new ArrayList<>();
        // two that were merged meanwhile are one
        cells.stream()
                .map(id -> units.current(id).id())
                .distinct()
                .forEach(id -> people.addAll(members.ofCell(tx, id)));
        return assessor.assess(tx, people, period);
    }

    @Override
    public void discard(Transaction tx, Job job) {
        // what it assessed stays
    }
}
