package vn.sotay.platform.roster;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import vn.sotay.api.access.Permission;
import vn.sotay.api.job.Finding;
import vn.sotay.api.job.Job;
import vn.sotay.api.job.JobColumn;
import vn.sotay.api.job.JobException;
import vn.sotay.api.job.JobKind;
import vn.sotay.api.job.JobState;
import vn.sotay.api.member.Member;
import vn.sotay.api.store.Saved;
import vn.sotay.api.store.Store;
import vn.sotay.api.store.Transaction;
import vn.sotay.api.text.Folding;
import vn.sotay.api.unit.Unit;
import vn.sotay.api.unit.Units;
import vn.sotay.platform.jobs.Jobs;
import vn.sotay.platform.json.Json;
import vn.sotay.platform.keys.FieldKeys;
import vn.sotay.platform.members.MemberBook;
import vn.sotay.platform.roster.ImportRows.Row;
import vn.sotay.platform.roster.ImportRows.State;

/**
 * The import of a roster. First its rows are read, checked and staged, and nothing else; then, when somebody says so, they are applied
 * in slices, each row with the member as it was before; until it is forgotten, all of that can be undone. It never deletes: a member who is
 * missing from a roster stays.
 */
@Component(service = {JobKind.class, RosterImport.class})
public final class RosterImport implements JobKind {

    static final String NAME = "members.import";
    static final Permission PERMISSION = new Permission("members.import");
    static final ZoneId VIET_NAM = ZoneId.of("Asia/Ho_Chi_Minh");

    private static final int SLICE = 500;
    private static final int MOST_ROWS = 200_000;

    /**
     * What an import keeps for itself.
     *
     * @param file its name
     * @param table where its rows stand; null before it was looked at
     * @param confirmed whether the columns need no confirmation any more
     */
    record Data(String file, @Nullable Table table, boolean confirmed) {}

    private final Store store;
    private final Units units;
    private final MemberBook members;
    private final ProvinceHeads heads;
    private final Uploads uploads;
    private final Clock clock;
    private final ImportRows rows;
    private final ObjectMapper json = Json.own();

    @Activate
    public RosterImport(
            @Reference Store store,
            @Reference Units units,
            @Reference MemberBook members,
            @Reference FieldKeys keys,
            @Reference ProvinceHeads heads) {
        this(store, units, members, keys, heads, Clock.systemUTC());
    }

    RosterImport(Store store, Units units, MemberBook members, FieldKeys keys, ProvinceHeads heads, Clock clock) {
        this.store = store;
        this.units = units;
        this.members = members;
        this.heads = heads;
        this.uploads = new Uploads(store, keys);
        this.rows = new ImportRows(keys);
        this.clock = clock;
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
    public Next work(Run run) throws Exception {
        return switch (run.job().state()) {
            case RUNNING -> read(run);
            case APPLYING -> apply(run);
            case UNDOING -> undo(run);
            default ->
                throw new IllegalStateException("nothing to do in " + run.job().state());
        };
    }

    /** The file is read again from its beginning if that was cut off, so it stays until its rows are staged. */
    @Override
    public void clearUp(Transaction tx, Job job, Next next) {
        if (next.state() == JobState.STAGED) {
            uploads.delete(tx, job.id());
        }
    }

    @Override
    public void discard(Transaction tx, Job job) {
        rows.delete(tx, job.id());
        uploads.delete(tx, job.id());
    }

    @Override
    public List<JobColumn> columns(Job job) {
        Table table = data(job).table();
        return table == null
                ? List.of()
                : table.heads().columns().stream()
                        .map(column -> new JobColumn(column.column(), column.head(), column.field(), column.certain()))
                        .toList();
    }

    /**
     * Puts the import of a file on the list of jobs.
     *
     * @param name of the file
     * @return the job's id
     */
    UUID begin(Jobs jobs, Unit unit, UUID account, String name, InputStream content) throws IOException {
        UUID id = Ids.next();
        try {
            uploads.keep(id, content);
            store.change(tx -> jobs.add(tx, id, NAME, unit.id(), account, write(new Data(name, null, false))));
        } catch (IOException | RuntimeException e) {
            store.change(tx -> uploads.delete(tx, id));
            throw e;
        }
        jobs.ring();
        return id;
    }

    /** What an import keeps once its columns are confirmed. */
    String confirmed(Job job, List<Heads.Column> columns) {
        Data data = data(job);
        Table table = data.table();
        if (table == null) {
            throw new IllegalStateException("no columns to confirm");
        }
        return write(new Data(data.file(), table.with(columns), true));
    }

    private LocalDate today() {
        return LocalDate.now(clock.withZone(VIET_NAM));
    }

    // reading

    private Next read(Run run) throws IOException, JobException {
        try (RosterFile file = RosterFile.open(uploads.content(run.job().id()))) {
            Data data = data(run.job());
            Table table = data.table() == null ? Table.find(file, heads.get()) : data.table();
            if (!data.confirmed() && !table.heads().isCertain()) {
                return new Next(JobState.COLUMNS, null, write(new Data(data.file(), table, false)));
            }
            int all = count(file, table);
            new Reading(run, table, all).read(file);
            return new Next(
                    JobState.STAGED,
                    store.read(tx -> rows.result(tx, run.job().id())),
                    write(new Data(data.file(), table, true)));
        } catch (RosterFile.UnreadableException e) {
            throw new JobException(e.rule(), Map.of());
        }
    }

    private static int count(RosterFile file, Table table) throws IOException, JobException {
        int[] count = {0};
        table.read(file, row -> ++count[0] <= MOST_ROWS);
        if (count[0] > MOST_ROWS) {
            throw new JobException("roster.too-long", Map.of("max", MOST_ROWS));
        }
        return count[0];
    }

    /** One reading of a file, from its first row: what a reading before it has staged is dropped. */
    private final class Reading {

        private final Run run;
        private final Table table;
        private final int all;
        private final Unit unit;
        private final CellNames cells;
        private final LocalDate today = today();
        private final SeenRows seen = new SeenRows();
        private final Map<UUID, Integer> lineOfMember = new HashMap<>();
        private final Map<Field, Integer> columns;
        private final List<RowChecks.Checked> waiting = new ArrayList<>();
        private final List<Row> staged = new ArrayList<>();
        private int done;

        Reading(Run run, Table table, int all) throws JobException {
            this.run = run;
            this.table = table;
            this.all = all;
            this.columns = table.columns();
            this.unit = units.find(run.job().unit()).orElseThrow(() -> new JobException("roster.unit-gone", Map.of()));
            this.cells = new CellNames(units, unit);
        }

        void read(RosterFile file) throws IOException {
            run.slice(0, tx -> {
                rows.delete(tx, run.job().id());
                rows.insert(tx, run.job().id(), otherSheets());
            });
            table.<IOException>read(file, row -> {
                done++;
                row(row);
                if (waiting.size() + staged.size() >= SLICE) {
                    stage();
                }
                return true;
            });
            stage();
        }

        private List<Row> otherSheets() {
            List<Row> left = new ArrayList<>();
            for (String sheet : table.otherSheets()) {
                // lines of the file begin at 1: these stand before them
                int line = -left.size();
                Finding finding = new Finding(0, "", "roster.sheet-left-out", Map.of("sheet", sheet));
                left.add(new Row(line, State.LEFT_OUT, null, null, null, List.of(finding), null));
            }
            return left;
        }

        private void row(RawRow row) {
            Map<Field, Value> fields = RowChecks.fields(row, columns);
            if (RowChecks.isNoMember(row, fields)) {
                return;
            }
            if (RowChecks.isRatherNoMember(fields)) {
                Finding finding = new Finding(row.line(), "", "roster.row-left-out");
                staged.add(new Row(row.line(), State.LEFT_OUT, null, null, null, List.of(finding), null));
                return;
            }
            waiting.add(RowChecks.check(row.line(), fields, cells, today));
        }

        private void stage() {
            Known known = store.read(tx -> known(tx, entries(), unit));
            for (RowChecks.Checked checked : waiting) {
                staged.add(decide(checked, known));
            }
            List<Row> slice = List.copyOf(staged);
            run.slice(
                    all == 0 ? 99 : Math.min(99, done * 100 / all),
                    tx -> rows.insert(tx, run.job().id(), slice));
            waiting.clear();
            staged.clear();
        }

        private List<Entry> entries() {
            List<Entry> entries = new ArrayList<>();
            for (RowChecks.Checked checked : waiting) {
                if (checked.entry() != null) {
                    entries.add(checked.entry());
                }
            }
            return entries;
        }

        private Row decide(RowChecks.Checked checked, Known known) {
            int line = checked.line();
            Entry entry = checked.entry();
            if (entry == null) {
                return new Row(line, State.REFUSED, null, null, null, checked.refused(), null);
            }
            SeenRows.Duplicate duplicate = seen.find(line, entry);
            if (duplicate != null && duplicate.refused()) {
                return refused(line, duplicate.finding());
            }
            Matches.Match match = Matches.find(line, entry, known.candidates(entry));
            if (match.refused() != null) {
                return refused(line, match.refused());
            }
            List<Finding> warnings = new ArrayList<>(checked.warnings());
            if (duplicate != null) {
                warnings.add(duplicate.finding());
            }
            warnings.addAll(match.warnings());
            Matches.Known matched = match.known();
            if (matched == null) {
                seen.add(line, entry);
                return new Row(line, State.ADD, Ids.next(), null, entry, warnings, null);
            }
            Integer before = lineOfMember.putIfAbsent(matched.member().id(), line);
            if (before != null) {
                return refused(
                        line, new Finding(line, Field.NAME.word(), "roster.same-person", Map.of("line", before)));
            }
            seen.add(line, entry);
            boolean same = Matches.merged(entry, matched.member()).equals(matched.member());
            return new Row(
                    line,
                    same ? State.SAME : State.CHANGE,
                    matched.member().id(),
                    matched.version(),
                    entry,
                    warnings,
                    null);
        }

        private Row refused(int line, Finding why) {
            return new Row(line, State.REFUSED, null, null, null, List.of(why), null);
        }
    }

    /** The members whom the entries of a slice may be about. */
    private Known known(Transaction tx, List<Entry> entries, Unit unit) {
        Set<String> cards = new HashSet<>();
        Set<String> names = new HashSet<>();
        Set<LocalDate> birthDates = new HashSet<>();
        Set<UUID> cells = new HashSet<>();
        Set<String> namesInCells = new HashSet<>();
        for (Entry entry : entries) {
            if (entry.cardNumber() != null) {
                cards.add(entry.cardNumber());
            }
            if (entry.birthDate() != null) {
                names.add(Folding.fold(entry.name()));
                birthDates.add(entry.birthDate());
            }
            if (entry.cardNumber() == null || entry.birthDate() == null) {
                cells.add(entry.cell());
                namesInCells.add(Folding.fold(entry.name()));
            }
        }
        Known known = new Known();
        Map<UUID, Saved<Member>> found = new LinkedHashMap<>();
        members.find(tx, cards, names, birthDates)
                .forEach(saved -> found.put(saved.value().id(), saved));
        members.find(tx, cells, namesInCells)
                .forEach(saved -> found.put(saved.value().id(), saved));
        for (Saved<Member> saved : found.values()) {
            boolean within = units.find(saved.value().cell())
                    .filter(cell -> cell.isWithin(unit))
                    .isPresent();
            known.add(new Matches.Known(saved.value(), saved.version(), within));
        }
        return known;
    }

    private static final class Known {

        private final Map<String, List<Matches.Known>> byKey = new HashMap<>();

        void add(Matches.Known known) {
            Member member = known.member();
            if (member.cardNumber() != null) {
                add("card " + member.cardNumber(), known);
            }
            if (member.birthDate() != null) {
                add(person(member.name(), member.birthDate()), known);
            }
            add(inCell(member.name(), member.cell()), known);
        }

        private void add(String key, Matches.Known known) {
            byKey.computeIfAbsent(key, each -> new ArrayList<>()).add(known);
        }

        List<Matches.Known> candidates(Entry entry) {
            List<Matches.Known> candidates = new ArrayList<>();
            if (entry.cardNumber() != null) {
                candidates.addAll(byKey.getOrDefault("card " + entry.cardNumber(), List.of()));
            }
            if (entry.birthDate() != null) {
                candidates.addAll(byKey.getOrDefault(person(entry.name(), entry.birthDate()), List.of()));
            }
            candidates.addAll(byKey.getOrDefault(inCell(entry.name(), entry.cell()), List.of()));
            return candidates.stream().distinct().toList();
        }

        private static String inCell(String name, UUID cell) {
            return "cell " + cell + ' ' + Folding.fold(name);
        }

        private static String person(String name, LocalDate birth) {
            return "person " + Folding.fold(name) + ' ' + birth;
        }
    }

    // applying

    private Next apply(Run run) {
        UUID job = run.job().id();
        Set<State> todo = EnumSet.of(State.ADD, State.CHANGE);
        Progress progress = new Progress(job, todo, EnumSet.of(State.ADDED, State.CHANGED));
        LocalDate today = today();
        int line = Integer.MIN_VALUE;
        while (true) {
            int from = line;
            List<Row> slice = store.read(tx -> rows.after(tx, job, todo, from, SLICE));
            if (slice.isEmpty()) {
                return new Next(JobState.APPLIED, store.read(tx -> rows.result(tx, job)), null);
            }
            run.slice(progress.after(slice.size()), tx -> apply(tx, job, slice, today));
            line = slice.get(slice.size() - 1).line();
        }
    }

    private void apply(Transaction tx, UUID job, List<Row> slice, LocalDate today) {
        Map<String, UUID> holders = holders(tx, slice);
        List<Row> applied = new ArrayList<>();
        List<Member> added = new ArrayList<>();
        for (Row row : slice) {
            Entry entry = row.entry();
            UUID id = row.member();
            if (entry == null || id == null) {
                throw new IllegalStateException("line " + row.line() + " was not taken");
            }
            UUID holder = entry.cardNumber() == null ? null : holders.get(entry.cardNumber());
            boolean cardIsTaken = holder != null && !holder.equals(id);
            if (cardIsTaken || units.find(entry.cell()).isEmpty()) {
                applied.add(changedSinceStaged(row));
            } else if (row.state() == State.ADD) {
                added.add(Matches.added(entry, id));
                applied.add(row.applied(State.ADDED, 1, null));
            } else {
                applied.add(change(tx, row, entry, id, today));
            }
        }
        members.add(tx, added, each -> today);
        rows.update(tx, job, applied);
    }

    /** The active members who have the cards of these rows. */
    private Map<String, UUID> holders(Transaction tx, List<Row> slice) {
        Set<String> cards = new HashSet<>();
        for (Row row : slice) {
            Entry entry = row.entry();
            if (entry != null && entry.cardNumber() != null) {
                cards.add(entry.cardNumber());
            }
        }
        Map<String, UUID> holders = new HashMap<>();
        for (Saved<Member> saved : members.find(tx, cards, List.of(), List.of())) {
            Member member = saved.value();
            if (member.cardNumber() != null && member.status().isActive()) {
                holders.put(member.cardNumber(), member.id());
            }
        }
        return holders;
    }

    private Row change(Transaction tx, Row row, Entry entry, UUID id, LocalDate today) {
        Saved<Member> saved = members.get(tx, id).orElse(null);
        if (saved == null || row.version() == null || saved.version() != row.version()) {
            return changedSinceStaged(row);
        }
        String image = members.image(tx, id);
        long version = members.save(tx, Matches.merged(entry, saved.value()), today);
        return row.applied(State.CHANGED, version, image);
    }

    private static Row changedSinceStaged(Row row) {
        return row.refused(new Finding(row.line(), "", "roster.changed-since-staged"));
    }

    // undoing

    private Next undo(Run run) {
        UUID job = run.job().id();
        Set<State> todo = EnumSet.of(State.ADDED, State.CHANGED);
        Progress progress = new Progress(job, todo, EnumSet.of(State.UNDONE, State.KEPT));
        // no member is in two rows, so the order does not matter
        int line = Integer.MIN_VALUE;
        while (true) {
            int from = line;
            List<Row> slice = store.read(tx -> rows.after(tx, job, todo, from, SLICE));
            if (slice.isEmpty()) {
                return new Next(JobState.UNDONE, store.read(tx -> rows.result(tx, job)), null);
            }
            run.slice(progress.after(slice.size()), tx -> rows.update(tx, job, undo(tx, slice)));
            line = slice.get(slice.size() - 1).line();
        }
    }

    private List<Row> undo(Transaction tx, List<Row> slice) {
        List<Row> undone = new ArrayList<>();
        List<Row> added = new ArrayList<>();
        List<Saved<Member>> toRemove = new ArrayList<>();
        for (Row row : slice) {
            UUID id = row.member();
            if (id == null || row.version() == null) {
                throw new IllegalStateException("line " + row.line() + " was not applied");
            }
            Saved<Member> saved = members.lock(tx, id).orElse(null);
            if (saved == null || saved.version() != row.version()) {
                undone.add(row.kept(new Finding(row.line(), "", "roster.changed-since-applied")));
            } else if (row.state() == State.ADDED) {
                added.add(row);
                toRemove.add(saved);
            } else if (row.image() == null) {
                throw new IllegalStateException("line " + row.line() + " has no image");
            } else {
                undone.add(
                        members.restore(tx, id, row.image())
                                ? row.undone()
                                : row.kept(new Finding(row.line(), "", "roster.cell-closed-since")));
            }
        }
        Set<UUID> needed = members.remove(tx, toRemove);
        for (Row row : added) {
            undone.add(
                    needed.contains(row.member())
                            ? row.kept(new Finding(row.line(), "", "roster.needed-since-applied"))
                            : row.undone());
        }
        return undone;
    }

    /** How far a job is, by its rows; what was done before a restart counts. */
    private final class Progress {

        private final int all;
        private int done;

        Progress(UUID job, Set<State> todo, Set<State> finished) {
            Map<State, Integer> count = store.read(tx -> rows.count(tx, job));
            this.done = finished.stream()
                    .mapToInt(state -> count.getOrDefault(state, 0))
                    .sum();
            this.all = done
                    + todo.stream()
                            .mapToInt(state -> count.getOrDefault(state, 0))
                            .sum();
        }

        int after(int more) {
            done += more;
            return all == 0 ? 99 : Math.min(99, done * 100 / all);
        }
    }

    private Data data(Job job) {
        try {
            return json.readValue(job.data(), Data.class);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("an import that cannot be read", e);
        }
    }

    private String write(Data data) {
        try {
            return json.writeValueAsString(data);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("an import that cannot be written", e);
        }
    }
}
