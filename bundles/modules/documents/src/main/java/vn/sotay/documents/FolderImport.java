package vn.sotay.documents;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import vn.sotay.api.access.Audience;
import vn.sotay.api.access.Caller;
import vn.sotay.api.access.Permission;
import vn.sotay.api.file.FileInfo;
import vn.sotay.api.file.Files;
import vn.sotay.api.http.FieldError;
import vn.sotay.api.http.Problem;
import vn.sotay.api.job.Finding;
import vn.sotay.api.job.Job;
import vn.sotay.api.job.JobException;
import vn.sotay.api.job.JobKind;
import vn.sotay.api.job.JobQueue;
import vn.sotay.api.job.JobResult;
import vn.sotay.api.job.JobState;
import vn.sotay.api.store.Store;
import vn.sotay.api.store.Transaction;
import vn.sotay.api.text.Folding;
import vn.sotay.api.unit.Unit;
import vn.sotay.api.unit.Units;
import vn.sotay.documents.Document.Paper;
import vn.sotay.documents.Document.Relation;

/**
 * The import of a folder. First its index is read and checked against the library, and nothing else; then, when somebody says so, each
 * line becomes a document, with an id that follows from job and line: what was made before a restart is there, and is not made again.
 */
@Component(service = {JobKind.class, FolderImport.class})
public final class FolderImport implements JobKind {

    static final String NAME = "documents.import";

    private static final int SLICE = 20;

    private final Store store;
    private final Units units;
    private final Files files;
    private final Documents documents;

    @Activate
    public FolderImport(
            @Reference Store store, @Reference Units units, @Reference Files files, @Reference Documents documents) {
        this.store = store;
        this.units = units;
        this.files = files;
        this.documents = documents;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Permission permission() {
        return Documents.EDIT;
    }

    /**
     * Puts an import on the list of jobs.
     *
     * @param found files by their paths in the folder, in the order in which they were named
     * @return the job's id
     */
    UUID begin(JobQueue jobs, Caller caller, Unit unit, String index, Map<String, String> found) {
        caller.require(Documents.EDIT, unit);
        UUID id = UUID.randomUUID();
        store.change(tx -> {
            Map<String, Paper> papers = new TreeMap<>();
            List<FieldError> missing = new ArrayList<>();
            found.forEach((path, sha256) -> {
                FileInfo file = files.find(tx, sha256, caller).orElse(null);
                if (file == null) {
                    int number = papers.size() + missing.size();
                    missing.add(new FieldError("files[" + number + "].file", "file-missing"));
                } else {
                    papers.put(path, new Paper(sha256, FolderOrder.name(path), file.type(), file.size()));
                }
            });
            if (!missing.isEmpty()) {
                throw Problem.invalid(missing);
            }
            FolderOrder order = new FolderOrder(papers, audiences(caller, unit, index), index);
            hold(tx, id, papers.values().stream().map(Paper::file).collect(Collectors.toSet()));
            jobs.add(tx, id, NAME, unit.id(), caller.account(), order.write());
        });
        jobs.ring();
        return id;
    }

    /** The units that a line may name; whom the caller may not write for is not among them. */
    private Map<String, UUID> audiences(Caller caller, Unit own, String index) {
        Map<String, UUID> known = new HashMap<>();
        known.put("", own.id());
        try {
            for (IndexRow row : FolderIndex.read(index).rows()) {
                String code = row.audience();
                if (code != null) {
                    units.byCode(code)
                            .filter(unit -> caller.may(Documents.EDIT, unit))
                            .ifPresent(unit -> known.put(code, unit.id()));
                }
            }
        } catch (JobException e) {
            // the job tells that
            return known;
        }
        return known;
    }

    /** They are not cleared away while the job waits. */
    private void hold(Transaction tx, UUID job, Set<String> sha256s) {
        files.hold(tx, NAME, job, sha256s, Set.of(Audience.EDITORS));
    }

    @Override
    public Next work(Run run) throws Exception {
        Work work = new Work(run.job());
        return switch (run.job().state()) {
            case RUNNING -> new Next(JobState.STAGED, work.check(run), null);
            case APPLYING -> new Next(JobState.APPLIED, work.apply(run), null);
            case UNDOING -> new Next(JobState.UNDONE, work.undo(run), null);
            default ->
                throw new IllegalStateException("nothing to do in " + run.job().state());
        };
    }

    @Override
    public void clearUp(Transaction tx, Job job, Next next) {
        if (next.state() == JobState.APPLIED || next.state() == JobState.UNDONE) {
            hold(tx, job.id(), Set.of());
        }
    }

    @Override
    public void discard(Transaction tx, Job job) {
        hold(tx, job.id(), Set.of());
    }

    /** The id of the document of a line. */
    private static UUID idOf(UUID job, int line) {
        return UUID.nameUUIDFromBytes((job + " " + line).getBytes(StandardCharsets.UTF_8));
    }

    /** One piece of work on a job. */
    private final class Work {

        private final Job job;
        private final FolderOrder order;
        private final FolderIndex index;
        private final Map<Integer, List<Finding>> twice;

        Work(Job job) throws JobException {
            this.job = job;
            this.order = FolderOrder.read(job.data());
            this.index = FolderIndex.read(order.index());
            this.twice = twice(index.rows());
        }

        JobResult check(Run run) {
            Tally tally = new Tally();
            tally.warnings.addAll(index.warnings());
            tally.warnings.addAll(notListed());
            slices(run, (tx, row) -> tally.of(row, refused(tx, row)));
            return tally.result();
        }

        JobResult apply(Run run) {
            Tally tally = new Tally();
            slices(run, (tx, row) -> {
                UUID id = idOf(job.id(), row.line());
                List<Finding> refused = DocumentRows.isKnown(tx, id) ? List.of() : refused(tx, row);
                if (refused.isEmpty() && !DocumentRows.isKnown(tx, id)) {
                    documents.add(tx, job.account(), id, document(tx, row));
                }
                tally.of(row, refused);
            });
            return tally.result();
        }

        JobResult undo(Run run) {
            JobResult before = Objects.requireNonNullElse(job.result(), JobResult.NOTHING);
            Map<Integer, Finding> kept = new TreeMap<>();
            slices(run, (tx, row) -> {
                UUID id = idOf(job.id(), row.line());
                if (!documents.takeBack(tx, job.account(), id)) {
                    kept.put(row.line(), new Finding(row.line(), "", "import.changed-since"));
                }
            });
            return new JobResult(
                    before.taken(),
                    before.added(),
                    before.changed(),
                    before.unchanged(),
                    before.refused(),
                    before.refusedLines(),
                    before.warnings(),
                    before.warnedLines(),
                    List.copyOf(kept.values()),
                    null);
        }

        /** A slice may run again: what is said of a line replaces what was said of it before. */
        private void slices(Run run, RowWork work) {
            List<IndexRow> rows = index.rows();
            for (int from = 0; from < rows.size(); from += SLICE) {
                List<IndexRow> slice = rows.subList(from, Math.min(rows.size(), from + SLICE));
                run.slice(Math.min(99, from * 100 / rows.size()), tx -> {
                    for (IndexRow row : slice) {
                        work.on(tx, row);
                    }
                });
            }
        }

        private List<Finding> refused(Transaction tx, IndexRow row) {
            List<Finding> refused = new ArrayList<>(row.refused());
            refused.addAll(twice.getOrDefault(row.line(), List.of()));
            row.files().stream()
                    .filter(path -> paper(path) == null)
                    .forEach(path ->
                            refused.add(new Finding(row.line(), "file", "import.file-missing", Map.of("text", path))));
            row.files().stream()
                    .map(this::paper)
                    .filter(Objects::nonNull)
                    .map(paper -> DocumentRules.nameRule(paper.name(), Objects.requireNonNull(paper.type())))
                    .filter(Objects::nonNull)
                    .forEach(rule -> refused.add(new Finding(row.line(), "file", rule, Map.of())));
            if (unit(row) == null) {
                refused.add(new Finding(
                        row.line(), "audience", "import.audience", Map.of("text", String.valueOf(row.audience()))));
            }
            UUID id = idOf(job.id(), row.line());
            String key = DocumentRules.numberKey(row.number());
            if (!key.isEmpty() && DocumentRows.isTaken(tx, id, key, row.issuer())) {
                refused.add(new Finding(
                        row.line(), "number", "import.number-taken", Map.of("text", String.valueOf(row.number()))));
            }
            row.files().stream()
                    .map(this::paper)
                    .filter(Objects::nonNull)
                    .flatMap(paper -> DocumentRows.withFile(tx, paper.file(), id).stream())
                    .filter(other -> !isOfThisJob(other.id()))
                    .findFirst()
                    .ifPresent(other -> refused.add(
                            new Finding(row.line(), "file", "import.file-taken", Map.of("text", other.title()))));
            for (String number : row.replaces()) {
                if (other(tx, row, Relation.Kind.REPLACES, number) == null) {
                    refused.add(new Finding(row.line(), "replaces", "import.replaces-unknown", Map.of("text", number)));
                }
            }
            return refused;
        }

        private boolean isOfThisJob(@Nullable UUID id) {
            return index.rows().stream()
                    .anyMatch(row -> idOf(job.id(), row.line()).equals(id));
        }

        private Document document(Transaction tx, IndexRow row) {
            List<Relation> relations = new ArrayList<>();
            row.replaces()
                    .forEach(number ->
                            relations.add(Objects.requireNonNull(other(tx, row, Relation.Kind.REPLACES, number))));
            row.others()
                    .forEach(one -> relations.add(Objects.requireNonNullElse(
                            other(tx, row, one.kind(), Objects.requireNonNull(one.number())), one)));
            List<Paper> papers = row.files().stream()
                    .map(path -> Objects.requireNonNull(paper(path)))
                    .toList();
            return row.document(Objects.requireNonNull(unit(row)), relations, papers);
        }

        private @Nullable UUID unit(IndexRow row) {
            return order.units().get(row.audience() == null ? "" : row.audience());
        }

        /** As the index names it, or by the end of its path: a ZIP may have packed the folder or what is in it. */
        private @Nullable Paper paper(String path) {
            Paper exact = order.files().get(path.replace('\\', '/'));
            if (exact != null) {
                return exact;
            }
            List<Paper> ends = order.files().entrySet().stream()
                    .filter(one -> one.getKey().endsWith("/" + path.replace('\\', '/')))
                    .map(Map.Entry::getValue)
                    .toList();
            return ends.size() == 1 ? ends.get(0) : null;
        }

        /** A document of the library, or of a line of the same index; null if it is in neither. */
        private @Nullable Relation other(Transaction tx, IndexRow row, Relation.Kind kind, String number) {
            String key = DocumentRules.numberKey(number);
            for (IndexRow one : index.rows()) {
                if (one.line() != row.line()
                        && DocumentRules.numberKey(one.number()).equals(key)
                        && one.refused().isEmpty()) {
                    return new Relation(kind, idOf(job.id(), one.line()), one.number());
                }
            }
            UUID unit = unit(row);
            if (unit == null || key.isEmpty()) {
                return null;
            }
            Set<UUID> path =
                    units.path(units.current(unit).id()).stream().map(Unit::id).collect(Collectors.toSet());
            return DocumentRows.withNumber(tx, key).stream()
                    .filter(one -> one.unit().equals(unit)
                            || one.state() == Document.State.PUBLISHED && path.contains(one.unit()))
                    .findFirst()
                    .map(one -> new Relation(kind, one.id(), one.number()))
                    .orElse(null);
        }

        private List<Finding> notListed() {
            Set<Paper> listed = index.rows().stream()
                    .flatMap(row -> row.files().stream())
                    .map(this::paper)
                    .filter(Objects::nonNull)
                    .collect(Collectors.toSet());
            return order.files().entrySet().stream()
                    .filter(one -> !listed.contains(one.getValue()))
                    .map(one -> new Finding(0, "file", "import.not-listed", Map.of("text", one.getKey())))
                    .toList();
        }

        /** Lines whose number or file stands in a line before. */
        private Map<Integer, List<Finding>> twice(List<IndexRow> rows) {
            Map<Integer, List<Finding>> found = new HashMap<>();
            Map<String, Integer> numbers = new HashMap<>();
            Map<String, Integer> contents = new HashMap<>();
            for (IndexRow row : rows) {
                List<Finding> findings = new ArrayList<>();
                String key = DocumentRules.numberKey(row.number());
                Integer before =
                        key.isEmpty() ? null : numbers.putIfAbsent(key + ' ' + Folding.fold(row.issuer()), row.line());
                if (before != null) {
                    findings.add(new Finding(row.line(), "number", "import.number-twice", Map.of("line", before)));
                }
                for (String path : row.files()) {
                    Paper paper = paper(path);
                    Integer same = paper == null ? null : contents.putIfAbsent(paper.file(), row.line());
                    if (same != null) {
                        findings.add(new Finding(row.line(), "file", "import.file-twice", Map.of("line", same)));
                    }
                }
                found.put(row.line(), findings);
            }
            return found;
        }
    }

    /** What is done with one line in the transaction of its slice. */
    @FunctionalInterface
    private interface RowWork {
        void on(Transaction tx, IndexRow row);
    }

    /** What came out, line by line. */
    private static final class Tally {

        private final List<Finding> warnings = new ArrayList<>();
        private final Map<Integer, List<Finding>> byLine = new TreeMap<>();

        void of(IndexRow row, List<Finding> refused) {
            byLine.put(row.line(), refused);
        }

        JobResult result() {
            List<List<Finding>> refused =
                    byLine.values().stream().filter(one -> !one.isEmpty()).toList();
            int taken = byLine.size() - refused.size();
            return new JobResult(
                    taken,
                    taken,
                    0,
                    0,
                    refused.stream()
                            .flatMap(List::stream)
                            .limit(JobResult.MOST_FINDINGS)
                            .toList(),
                    refused.size(),
                    warnings.stream().limit(JobResult.MOST_FINDINGS).toList(),
                    warnings.size(),
                    List.of(),
                    null);
        }
    }
}
