package vn.sotay.meetings;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import vn.sotay.api.access.Audience;
import vn.sotay.api.access.Caller;
import vn.sotay.api.access.Permission;
import vn.sotay.api.access.Reach;
import vn.sotay.api.file.FileInfo;
import vn.sotay.api.file.Files;
import vn.sotay.api.http.FieldError;
import vn.sotay.api.http.Page;
import vn.sotay.api.http.Problem;
import vn.sotay.api.member.Members;
import vn.sotay.api.notice.Notices;
import vn.sotay.api.rule.Rule;
import vn.sotay.api.rule.Rules;
import vn.sotay.api.store.Saved;
import vn.sotay.api.store.Store;
import vn.sotay.api.store.Transaction;
import vn.sotay.api.unit.Unit;
import vn.sotay.api.unit.Units;
import vn.sotay.meetings.Meeting.State;
import vn.sotay.meetings.Meeting.Step;

/**
 * What leaders do with a meeting: plan it, take it from step to step, write its minutes. Each public method is one transaction that asks
 * whether the caller may, does it by SQL, and tells the change feed. What members do is in {@link Answers}, {@link Opinions}, {@link Messages}, {@link Reads} and {@link Roll}; the rules are pure
 * functions in {@link MeetingRules}, to be read next.
 *
 * <p>Every write begins with {@link #take}, which locks the meeting's row: what is asked about the meeting then holds to the commit, so
 * that no answer slips in while it is being closed.
 */
@Component(service = Meetings.class)
public final class Meetings {

    /** Meetings of the cell: plan, documents, steps. */
    static final Permission READ = new Permission("meetings.read");

    static final Permission WRITE = new Permission("meetings.write");

    /** To read what members answered and think, to call the roll, to write down an answer for somebody else. */
    static final Permission RECORD = new Permission("meetings.record");

    /** To answer and give opinions, for oneself. */
    static final Permission ANSWER = new Permission("meetings.answer");

    /** To read the figures. */
    static final Permission COUNT = new Permission("meetings.count");

    /** What is nearer is told at night too. */
    private static final Duration SOON = Duration.ofHours(36);

    private static final int MOST_ITEMS = 30;
    private static final int MOST_DOCUMENTS = 20;

    private final Store store;
    private final Units units;
    private final Rules rules;
    private final Files files;
    private final Members members;
    private final Notices notices;

    @Activate
    public Meetings(
            @Reference Store store,
            @Reference Units units,
            @Reference Rules rules,
            @Reference Files files,
            @Reference Members members,
            @Reference Notices notices) {
        this.store = store;
        this.units = units;
        this.rules = rules;
        this.files = files;
        this.members = members;
        this.notices = notices;
    }

    // ---- reading

    /**
     * Meetings that the caller may read, by their beginning; of one cell and those that were merged into it, or of all if it is
     * null.
     */
    public Page<Meeting> list(
            Caller caller, @Nullable UUID cell, LocalDate from, LocalDate to, int limit, @Nullable List<String> after) {
        Cells cells = cells(caller, cell);
        Cursor begin = Cursor.of(after, start(from));
        return store.read(tx -> {
            List<UUID> ids = tx.handle()
                    .createQuery("select id from meeting where deleted = false and " + cells.sql()
                            + " and starts_at < :end"
                            + " and starts_at >= :start and (starts_at > :start or id > :id)"
                            + " order by starts_at, id fetch first :rows rows only")
                    .bindMap(cells.binds())
                    .bind("end", start(to).plus(Duration.ofDays(1)))
                    .bind("start", begin.startsAt())
                    .bind("id", begin.id())
                    .bind("rows", limit + 1)
                    .mapTo(UUID.class)
                    .list();
            List<Meeting> meetings =
                    MeetingRows.load(tx, ids).stream().map(Saved::value).toList();
            return Page.of(
                    meetings,
                    limit,
                    one -> List.of(Long.toString(one.startsAt().toEpochMilli()), String.valueOf(one.id())));
        });
    }

    /** Whose meetings are asked for, as a condition. */
    private record Cells(String sql, Map<String, Object> binds) {

        Cells(Reach reach) {
            this(reach.sql("cell"), reach.binds());
        }
    }

    private Cells cells(Caller caller, @Nullable UUID cell) {
        if (cell == null) {
            return new Cells(caller.reach(READ));
        }
        Unit unit = units.current(cell);
        caller.require(READ, unit);
        return unit.id().equals(cell)
                ? new Cells(new Reach(List.of(unit), List.of()))
                : new Cells("cell = :cell", Map.of("cell", cell.toString()));
    }

    /** Where a page begins. */
    private record Cursor(Instant startsAt, String id) {

        static Cursor of(@Nullable List<String> after, Instant first) {
            try {
                return after == null
                        ? new Cursor(first, "")
                        : new Cursor(Instant.ofEpochMilli(Long.parseLong(after.get(0))), after.get(1));
            } catch (NumberFormatException | IndexOutOfBoundsException e) {
                throw Problem.invalid("after", "cursor");
            }
        }
    }

    private static Instant start(LocalDate day) {
        LocalDate within = day.isBefore(MeetingRules.FIRST_DAY)
                ? MeetingRules.FIRST_DAY
                : day.isAfter(MeetingRules.LAST_DAY) ? MeetingRules.LAST_DAY.plusDays(1) : day;
        return within.atStartOfDay(MeetingRules.ZONE).toInstant();
    }

    public Saved<Meeting> get(Caller caller, UUID id) {
        return store.read(tx -> readable(tx, caller, id));
    }

    /** The meeting, if the caller may read it. */
    Saved<Meeting> readable(Transaction tx, Caller caller, UUID id) {
        Saved<Meeting> meeting = MeetingRows.find(tx, id).orElseThrow(Problem::notFound);
        caller.require(READ, cell(meeting));
        return meeting;
    }

    /** The unit whose meeting it is: the one that met, or its successor if that one was merged into another. */
    Unit cell(Saved<Meeting> meeting) {
        return units.current(meeting.value().cell());
    }

    // ---- planning

    /** Schedules a meeting or changes it. The same plan again changes nothing. */
    public Saved<Meeting> put(Caller caller, UUID id, Meeting body, OptionalLong ifMatch) {
        check(body);
        return store.write(tx -> {
            Optional<Saved<Meeting>> there = take(tx, id);
            return there.isPresent()
                    ? change(tx, caller, there.get(), body, ifMatch)
                    : schedule(tx, caller, id, body, ifMatch);
        });
    }

    private static void check(Meeting body) {
        List<FieldError> errors = new ArrayList<>();
        if (!MeetingRules.isSensible(body.startsAt())) {
            errors.add(new FieldError("startsAt", "out-of-range", Map.of("min", 2000, "max", 2099)));
        }
        Set<UUID> seen = new HashSet<>();
        for (int i = 0; i < body.items().size(); i++) {
            if (!seen.add(body.items().get(i).id())) {
                errors.add(new FieldError("items[" + i + "].id", "duplicate"));
            }
        }
        if (!errors.isEmpty()) {
            throw Problem.invalid(errors);
        }
    }

    private Saved<Meeting> schedule(Transaction tx, Caller caller, UUID id, Meeting body, OptionalLong ifMatch) {
        Unit cell = units.current(body.cell());
        caller.require(WRITE, cell);
        if (!cell.id().equals(body.cell())) {
            throw Problem.invalid("cell", "cell-closed");
        }
        if (!units.isCell(cell)) {
            throw Problem.invalid("cell", "not-a-cell");
        }
        Optional<UUID> deleted = deletedFrom(tx, id);
        if (deleted.isPresent()) {
            // of another cell: nothing of it is told
            caller.require(WRITE, units.current(deleted.get()));
            throw Problem.other(410, "meeting.deleted");
        }
        expect(ifMatch, null);
        Rule rule = documentsRule(tx, cell);
        tx.handle()
                .createUpdate(
                        "insert into meeting (id, cell, kind, starts_at, place, title, documents_due, planned_by, planned_at,"
                                + " version, deleted) values (:meeting, :cell, :kind, :startsAt, :place, :title, :due,"
                                + " :plannedBy, :now, 1, false)")
                .bindMethods(body)
                .bind("meeting", id)
                .bind("plannedBy", planner(caller))
                .bind("now", tx.now())
                .bind("due", MeetingRules.lastDayBefore(body.startsAt(), rule.integer()))
                .execute();
        writeItems(tx, caller, id, body, rule, Map.of());
        return tell(tx, id, true);
    }

    private Saved<Meeting> change(
            Transaction tx, Caller caller, Saved<Meeting> before, Meeting body, OptionalLong ifMatch) {
        caller.require(WRITE, cell(before));
        UUID id = id(before);
        Meeting there = before.value().plan();
        if (body.plan().equals(there)) {
            if (body.base() != null && body.base().of(there.cell()).equals(there)) {
                // who has seen both and plans the same again stays with it
                Conflicts.settle(tx, id, Conflicts.open(tx, id));
            }
            return before;
        }
        if (!body.cell().equals(before.value().cell())) {
            throw Problem.invalid("cell", "unchangeable");
        }
        expect(ifMatch, before);
        requireNotClosed(before);
        Meeting.Plan base = body.base();
        PlanMerge.Result merged = base == null
                ? new PlanMerge.Result(body.plan(), Map.of(), Set.of())
                : PlanMerge.of(base, there, body.plan());
        Meeting plan = merged.plan();
        if (plan.equals(there)) {
            return before;
        }
        requireNotTooMuch(before, plan);
        requireOpinionsKept(tx, id, plan);
        merged.lost().forEach((field, value) -> keep(tx, before, field, value));
        Conflicts.settle(tx, id, merged.chosen());
        Rule rule = documentsRule(tx, cell(before));
        tx.handle()
                .createUpdate("update meeting set kind = :kind, starts_at = :startsAt, place = :place, title = :title,"
                        + " documents_due = :due, planned_by = :plannedBy, planned_at = :now, version = version + 1"
                        + " where id = :meeting")
                .bindMethods(plan)
                .bind("meeting", id)
                .bind("plannedBy", planner(caller))
                .bind("now", tx.now())
                .bind("due", MeetingRules.lastDayBefore(plan.startsAt(), rule.integer()))
                .execute();
        Map<String, Instant> posted = new HashMap<>();
        before.value().documents().forEach(one -> posted.put(one.file(), Objects.requireNonNull(one.postedAt())));
        writeItems(tx, caller, id, plan, rule, posted);
        Saved<Meeting> after = tell(tx, id, false);
        boolean elsewhere =
                !plan.startsAt().equals(there.startsAt()) || !plan.place().equals(there.place());
        if (elsewhere && isExpected(tx, before, after)) {
            notices.send(tx, MeetingNotices.moved(cell(after).id(), after, isSoon(tx, before, after)));
        }
        return after;
    }

    /** Whether members were told of it, and it is still to come or was until now. */
    private static boolean isExpected(Transaction tx, Saved<Meeting> before, Saved<Meeting> after) {
        Set<State> done = before.value().done();
        return done.contains(State.NOTIFIED)
                && !done.contains(State.OPEN)
                && (before.value().startsAt().isAfter(tx.now())
                        || after.value().startsAt().isAfter(tx.now()));
    }

    /** Whether somebody might go to the wrong place before the morning after next. */
    private static boolean isSoon(Transaction tx, Saved<Meeting> before, Saved<Meeting> after) {
        Instant limit = tx.now().plus(SOON);
        return before.value().startsAt().isBefore(limit)
                || after.value().startsAt().isBefore(limit);
    }

    private static @Nullable String planner(Caller caller) {
        return caller.member().map(UUID::toString).orElse(null);
    }

    /** What two have added may be more than one may send. */
    private static void requireNotTooMuch(Saved<Meeting> before, Meeting plan) {
        if (plan.items().size() > MOST_ITEMS
                || plan.items().stream().anyMatch(item -> item.papers().size() > MOST_DOCUMENTS)) {
            throw Problem.changedMeanwhile(before);
        }
    }

    private void keep(Transaction tx, Saved<Meeting> meeting, String field, String value) {
        UUID id = id(meeting);
        Conflict conflict = tx.handle()
                .createQuery("select planned_by, planned_at from meeting where id = :id")
                .bind("id", id)
                .map(row -> new Conflict(
                        id,
                        field,
                        value,
                        row.getColumn("planned_by", UUID.class),
                        row.getColumn("planned_at", Instant.class)))
                .one();
        Conflicts.keep(tx, Audience.leaders(cell(meeting).id()), conflict);
    }

    /** An item on which somebody has given an opinion stays on the agenda. */
    private static void requireOpinionsKept(Transaction tx, UUID id, Meeting body) {
        Set<UUID> kept = body.items().stream().map(AgendaItem::id).collect(Collectors.toSet());
        boolean lost = tx
                .handle()
                .createQuery("select distinct item from meeting_opinion where meeting = :id and withdrawn = false")
                .bind("id", id)
                .mapTo(UUID.class)
                .stream()
                .anyMatch(item -> !kept.contains(item));
        if (lost) {
            throw Problem.conflict("meeting.item-has-opinions");
        }
    }

    /** How many days before the meeting documents are due, by what is in force today. */
    private Rule documentsRule(Transaction tx, Unit cell) {
        return rules.on(MeetingRules.day(tx.now()), cell, MeetingRules.DOCUMENTS_DAYS);
    }

    /**
     * Writes the agenda anew. Whether a document is late is decided again each time, since the meeting may have been moved.
     *
     * @param posted when the meeting first had a file, by hash
     */
    private void writeItems(
            Transaction tx, Caller caller, UUID id, Meeting body, Rule rule, Map<String, Instant> posted) {
        Handle handle = tx.handle();
        handle.execute("delete from meeting_document where meeting = ?", id);
        handle.execute("delete from meeting_item where meeting = ?", id);
        for (int i = 0; i < body.items().size(); i++) {
            AgendaItem item = body.items().get(i);
            handle.execute(
                    "insert into meeting_item (meeting, id, position, title) values (?, ?, ?, ?)",
                    id,
                    item.id(),
                    i,
                    item.title());
            for (int j = 0; j < item.papers().size(); j++) {
                Document document = item.papers().get(j);
                String field = "items[" + i + "].documents[" + j + "].file";
                FileInfo file = files.find(tx, document.file(), caller)
                        .orElseThrow(() -> Problem.invalid(field, "file-missing"));
                Instant postedAt = posted.getOrDefault(document.file(), tx.now());
                boolean late = MeetingRules.isLateBefore(postedAt, body.startsAt(), rule.integer());
                handle.execute(
                        "insert into meeting_document"
                                + " (meeting, item, position, file, name, type, size, posted_at, late, rule)"
                                + " values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                        id,
                        item.id(),
                        j,
                        document.file(),
                        document.name(),
                        file.type(),
                        file.size(),
                        postedAt,
                        late,
                        rule.citation());
            }
        }
    }

    /** Takes back a meeting that has not begun, with all that was answered. Its id is not used again. */
    public void delete(Caller caller, UUID id, OptionalLong ifMatch) {
        store.change(tx -> {
            Optional<Saved<Meeting>> there = take(tx, id);
            if (there.isEmpty()) {
                caller.require(WRITE, units.current(deletedFrom(tx, id).orElseThrow(Problem::notFound)));
                return;
            }
            Saved<Meeting> meeting = there.get();
            caller.require(WRITE, cell(meeting));
            expect(ifMatch, meeting);
            if (meeting.value().done().contains(State.OPEN)
                    || meeting.value().done().contains(State.CLOSED)) {
                throw Problem.conflict("meeting.begun");
            }
            tx.handle().execute("update meeting set deleted = true, version = version + 1 where id = ?", id);
            files.hold(tx, Meeting.TYPE.name(), id, Set.of(), Set.of());
            tx.removed(Meeting.TYPE, id, meeting.version() + 1);
            if (isExpected(tx, meeting, meeting)) {
                notices.send(tx, MeetingNotices.cancelled(cell(meeting).id(), meeting, isSoon(tx, meeting, meeting)));
            } else {
                UUID cell = cell(meeting).id();
                MeetingNotices.gone(tx, notices, id, cell, members.ofCell(tx, cell));
            }
            Answers.forget(tx, id);
            Opinions.forget(tx, id);
            Reads.forget(tx, id);
            Messages.forget(tx, id);
            Conflicts.forget(tx, id);
        });
    }

    private static Optional<UUID> deletedFrom(Transaction tx, UUID id) {
        return tx.handle()
                .createQuery("select cell from meeting where id = :id and deleted = true")
                .bind("id", id)
                .mapTo(UUID.class)
                .findFirst();
    }

    // ---- steps

    /** Takes a meeting a step further: told, opened, closed, published, reported. The same step again changes nothing. */
    public Saved<Meeting> reach(Caller caller, UUID id, State step, OptionalLong ifMatch) {
        return store.write(tx -> {
            Saved<Meeting> before = take(tx, id).orElseThrow(Problem::notFound);
            caller.require(WRITE, cell(before));
            if (before.value().done().contains(step)) {
                return before;
            }
            expect(ifMatch, before);
            Optional<Saved<Minutes>> minutes = findMinutes(tx, id);
            String obstacle = MeetingRules.obstacle(step, before.value().done(), minutes.isPresent());
            if (obstacle != null) {
                throw Problem.conflict(obstacle);
            }
            Step made = judge(before, step, tx.now());
            tx.handle()
                    .createUpdate("insert into meeting_step (meeting, state, reached_at, account, late, rule)"
                            + " values (:meeting, :state, :at, :account, :late, :rule)")
                    .bindMethods(made)
                    .bind("meeting", id)
                    .bind("account", caller.account())
                    .execute();
            tx.handle().execute("update meeting set version = version + 1 where id = ?", id);
            Saved<Meeting> after = tell(tx, id, false);
            if (step == State.NOTIFIED && after.value().startsAt().isAfter(tx.now())) {
                notices.send(tx, MeetingNotices.called(cell(after).id(), after));
            }
            minutes.ifPresent(text -> tellMinutes(tx, after, text));
            return after;
        });
    }

    /** The step with what the rules in force today say of its time. */
    private Step judge(Saved<Meeting> meeting, State step, Instant now) {
        String key =
                switch (step) {
                    case NOTIFIED -> MeetingRules.NOTICE_DAYS;
                    case PUBLISHED -> MeetingRules.PUBLISH_DAYS;
                    case REPORTED -> MeetingRules.REPORT_DAYS;
                    default -> null;
                };
        if (key == null) {
            return new Step(step, now, false, null);
        }
        Rule rule = rules.on(MeetingRules.day(now), cell(meeting), key);
        boolean late = step == State.NOTIFIED
                ? MeetingRules.isLateBefore(now, meeting.value().startsAt(), rule.integer())
                : MeetingRules.isLateAfter(now, MeetingRules.closedAt(meeting.value()), rule.integer());
        return new Step(step, now, late, rule.citation());
    }

    /** What of a meeting is still to be done, by the rules in force today. */
    List<Summary.Deadline> deadlines(Transaction tx, Saved<Meeting> meeting) {
        Unit cell = cell(meeting);
        return MeetingRules.deadlines(
                meeting.value(),
                findMinutes(tx, id(meeting)).isPresent(),
                key -> rules.on(MeetingRules.day(tx.now()), cell, key));
    }

    // ---- minutes

    public Saved<Minutes> minutes(Caller caller, UUID id) {
        return store.read(tx -> {
            Saved<Meeting> meeting = readable(tx, caller, id);
            if (!meeting.value().isClosed() && !caller.may(RECORD, cell(meeting))) {
                throw Problem.notFound();
            }
            return findMinutes(tx, id).orElseThrow(Problem::notFound);
        });
    }

    public Saved<Minutes> putMinutes(Caller caller, UUID id, Minutes body, OptionalLong ifMatch) {
        return store.write(tx -> {
            Saved<Meeting> meeting = take(tx, id).orElseThrow(Problem::notFound);
            caller.require(WRITE, cell(meeting));
            Optional<Saved<Minutes>> before = findMinutes(tx, id);
            if (before.isPresent() && before.get().value().text().equals(body.text())) {
                return before.get();
            }
            expect(ifMatch, before.orElse(null));
            requireNotClosed(meeting);
            long version = before.map(Saved::version).orElse(0L) + 1;
            Minutes minutes = new Minutes(id, body.text(), tx.now(), self(caller));
            tx.handle()
                    .createUpdate(
                            before.isPresent()
                                    ? "update meeting_minutes set text = :text, written_at = :at, written_by = :by,"
                                            + " version = :version where meeting = :meeting"
                                    : "insert into meeting_minutes (meeting, text, written_at, written_by, version)"
                                            + " values (:meeting, :text, :at, :by, :version)")
                    .bindMethods(minutes)
                    .bind("version", version)
                    .execute();
            Saved<Minutes> saved = new Saved<>(minutes, version, before.isEmpty());
            tellMinutes(tx, meeting, saved);
            return saved;
        });
    }

    private static Optional<Saved<Minutes>> findMinutes(Transaction tx, UUID id) {
        return tx.handle()
                .createQuery("select text, written_at, written_by, version from meeting_minutes where meeting = :id")
                .bind("id", id)
                .map(row -> new Saved<>(
                        new Minutes(
                                id,
                                row.getColumn("text", String.class),
                                row.getColumn("written_at", Instant.class),
                                row.getColumn("written_by", UUID.class)),
                        row.getColumn("version", Long.class)))
                .findFirst();
    }

    /** Leaders have the minutes while they write them, all readers of the meeting once it is closed. */
    private void tellMinutes(Transaction tx, Saved<Meeting> meeting, Saved<Minutes> minutes) {
        Unit cell = cell(meeting);
        Set<Audience> readers = meeting.value().isClosed() ? readers(cell) : Set.of(Audience.leaders(cell.id()));
        tx.changed(Minutes.TYPE, id(meeting), minutes.version(), each(readers, minutes.value()));
    }

    // ---- what all of these share

    /** Locks the meeting for this transaction and returns it; empty if there is none. */
    Optional<Saved<Meeting>> take(Transaction tx, UUID id) {
        tx.handle().execute("update meeting set version = version where id = ?", id);
        return MeetingRows.find(tx, id);
    }

    /** Reads the meeting as it is now, and tells it to those who may read it, with its files. */
    private Saved<Meeting> tell(Transaction tx, UUID id, boolean made) {
        Saved<Meeting> meeting = MeetingRows.find(tx, id).orElseThrow();
        Set<Audience> readers = readers(cell(meeting));
        Set<String> hashes =
                meeting.value().documents().stream().map(Document::file).collect(Collectors.toSet());
        tx.changed(Meeting.TYPE, id, meeting.version(), each(readers, meeting.value()));
        files.hold(tx, Meeting.TYPE.name(), id, hashes, readers);
        return new Saved<>(meeting.value(), meeting.version(), made);
    }

    /** The cell, who leads it, and the officers of the committees above it; not of the province's, which would get every meeting. */
    private Set<Audience> readers(Unit cell) {
        Set<Audience> readers = new LinkedHashSet<>(List.of(Audience.members(cell.id()), Audience.leaders(cell.id())));
        for (Unit above : units.path(cell.id())) {
            if (above.parent() != null && !above.id().equals(cell.id())) {
                readers.add(Audience.officers(above.id()));
            }
        }
        return readers;
    }

    /** The same payload for each of these. */
    static <T> Map<Audience, T> each(Set<Audience> audiences, T payload) {
        return audiences.stream().collect(Collectors.toMap(audience -> audience, audience -> payload));
    }

    private static UUID id(Saved<Meeting> meeting) {
        return Objects.requireNonNull(meeting.value().id());
    }

    /** Passes while the meeting may still be worked on. */
    static void requireNotClosed(Saved<Meeting> meeting) {
        if (meeting.value().isClosed()) {
            throw Problem.conflict("meeting.closed");
        }
    }

    /** Passes if the caller replaces what it has read, or does not care. */
    static void expect(OptionalLong ifMatch, @Nullable Saved<?> current) {
        if (ifMatch.isPresent() && current == null) {
            throw Problem.other(412, "changed-meanwhile");
        }
        if (current != null && ifMatch.orElse(current.version()) != current.version()) {
            throw Problem.changedMeanwhile(current);
        }
    }

    /** The member who asks; an account of the system has no part in a cell. */
    static UUID self(Caller caller) {
        return caller.member().orElseThrow(Problem::forbidden);
    }
}
