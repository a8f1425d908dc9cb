package vn.sotay.platform.notices;

import java.io.IOException;
import java.io.OutputStream;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import vn.sotay.api.access.Caller;
import vn.sotay.api.access.Permission;
import vn.sotay.api.access.Reach;
import vn.sotay.api.http.Problem;
import vn.sotay.api.member.Member;
import vn.sotay.api.notice.Urgency;
import vn.sotay.api.store.AuditKind;
import vn.sotay.api.store.Store;
import vn.sotay.api.store.Transaction;
import vn.sotay.api.unit.Unit;
import vn.sotay.platform.csv.Csv;
import vn.sotay.platform.keys.FieldKeys;
import vn.sotay.platform.members.MemberBook;
import vn.sotay.platform.module.Module;
import vn.sotay.platform.module.Words;
import vn.sotay.platform.notices.DeliveryRows.Reached;
import vn.sotay.platform.notices.DeliveryRows.ToCall;
import vn.sotay.platform.pdf.FlowingPages;
import vn.sotay.platform.pdf.Paper;
import vn.sotay.platform.units.UnitBook;

/** Whom no channel has reached: who they are, what they are to be told, and that they were; and how many a notice has reached. Thread-safe. */
@Component(service = Calls.class)
public final class Calls {

    /** How many of a unit a notice has reached. */
    static final Permission COUNT = new Permission("notices.count");
    /** Who of a cell is to be told by word of mouth, and that it was done. */
    static final Permission CALL = new Permission("notices.call");

    /** To stop what has not gone out. */
    static final Permission STOP = new Permission("notices.stop");

    private static final int MOST_SENT = 20;

    /** Names of a cell and of two weeks; who has more before him begins with the first of them. */
    private static final int MOST = 500;

    /**
     * Somebody to be told.
     *
     * @param phone of the member's record
     * @param reachedBy by whom else, as the member has said
     */
    record Person(
            UUID member,
            String name,
            @Nullable String phone,
            @Nullable String reachedBy) {

        /** Both, with a comma between them. */
        String contact() {
            return Stream.of(phone, reachedBy).filter(Objects::nonNull).collect(Collectors.joining(", "));
        }
    }

    /** What they are to be told, in the words of {@code notice.<template>} of the module, and who they are. */
    record Call(
            UUID notice,
            String module,
            String template,
            Map<String, String> data,
            String link,
            Urgency urgency,
            Instant sentAt,
            List<Person> people) {}

    /**
     * Something that was told.
     *
     * @param unit whose counts the caller gets of it
     * @param mayStop whether the caller may stop what has not gone out
     * @param mayCall whether the caller has the list of those to be told in person
     */
    record Sent(UUID id, String template, UUID unit, Instant sentAt, boolean mayStop, boolean mayCall) {}

    private final Store store;
    private final UnitBook units;
    private final MemberBook members;
    private final NoticeRules rules;
    private final NoticeRows notices;
    private final PreferenceRows preferences;
    private final DeliveryRows rows;
    private final NoticeWords sentences;
    private final Words words;

    @Activate
    public Calls(
            @Reference Store store,
            @Reference UnitBook units,
            @Reference MemberBook members,
            @Reference NoticeRules rules,
            @Reference FieldKeys keys,
            @Reference Words words) {
        this.store = store;
        this.units = units;
        this.members = members;
        this.rules = rules;
        this.notices = new NoticeRows(keys);
        this.preferences = new PreferenceRows(keys);
        this.rows = new DeliveryRows(preferences, units);
        this.sentences = new NoticeWords(words);
        this.words = words;
    }

    /**
     * What was told about something, of which the caller may know how many it has reached, the newest first.
     *
     * @param about as the module says it, such as {@code news:} and an id
     */
    List<Sent> sent(Caller caller, String about) {
        return store.read(tx -> {
            List<Sent> all = new ArrayList<>();
            for (NoticeRows.Row row : notices.toMany(tx.handle(), about, MOST_SENT)) {
                Unit at = unit(caller, row, null);
                if (caller.may(COUNT, at)) {
                    all.add(new Sent(
                            row.told().id(),
                            row.told().template(),
                            at.id(),
                            row.told().sentAt(),
                            caller.may(STOP, whole(row)),
                            caller.may(CALL, at)));
                }
            }
            return all;
        });
    }

    private Unit whole(NoticeRows.Row row) {
        UUID of = row.unit();
        return of == null ? units.root().orElseThrow() : units.current(of);
    }

    /** The unit's counts of a notice that the caller may know of. */
    Reached reached(Caller caller, UUID id, @Nullable UUID unit) {
        return store.read(tx -> {
            NoticeRows.Row row = notices.find(tx.handle(), id).orElseThrow(Problem::notFound);
            Unit at = unit(caller, row, unit);
            caller.require(COUNT, at);
            return rows.reached(
                    tx.handle(),
                    id,
                    row.audience(),
                    row.told().born(),
                    Times.day(tx.now()),
                    row.told().sentAt(),
                    row.spread(),
                    at);
        });
    }

    private Unit unit(Caller caller, NoticeRows.Row row, @Nullable UUID asked) {
        Unit whole = whole(row);
        Unit at;
        if (asked == null) {
            // of what a unit above has said, a leader sees the own cell, and an officer what it works for
            Reach reach = caller.reach(COUNT);
            at = caller.may(COUNT, whole)
                    ? whole
                    : Stream.concat(reach.trees().stream(), reach.units().stream())
                            .filter(one -> one.isWithin(whole))
                            .findFirst()
                            .orElse(whole);
        } else {
            at = units.find(asked).orElseThrow(Problem::notFound);
        }
        if (!at.isWithin(whole) && !whole.isWithin(at)) {
            // it is for others: nothing of it is told
            throw Problem.notFound();
        }
        return at;
    }

    List<Call> list(Caller caller, UUID cell) {
        Unit unit = units.find(cell).orElseThrow(Problem::notFound);
        caller.require(CALL, unit);
        return store.read(tx -> {
            Map<UUID, List<Person>> people = new LinkedHashMap<>();
            Map<UUID, Person> known = new LinkedHashMap<>();
            for (ToCall one : rows.toCall(tx.handle(), unit.id(), rules.callsSince(tx.now()), MOST)) {
                Person person = known.computeIfAbsent(one.member(), id -> person(tx, id));
                people.computeIfAbsent(one.notice(), id -> new ArrayList<>()).add(person);
            }
            List<Call> calls = new ArrayList<>();
            people.forEach((id, of) -> notices.find(tx.handle(), id).ifPresent(row -> calls.add(call(row.told(), of))));
            return calls;
        });
    }

    private Person person(Transaction tx, UUID id) {
        Member member = members.find(tx, id).orElseThrow(Problem::notFound);
        String reachedBy =
                preferences.find(tx.handle(), id).map(Preference::reachedBy).orElse(null);
        return new Person(id, member.name(), member.phone(), reachedBy);
    }

    private static Call call(Told told, List<Person> people) {
        return new Call(
                told.id(),
                told.module(),
                told.template(),
                told.data(),
                told.link(),
                told.urgency(),
                told.sentAt(),
                people);
    }

    /**
     * Somebody has told a member, or has not.
     *
     * @param on the day; null: it was a mistake
     */
    void told(Caller caller, UUID notice, UUID member, @Nullable LocalDate on) {
        store.change(tx -> {
            // of another cell's members and notices one learns no more than of those that never were
            Member of = members.find(tx, member)
                    .filter(one -> caller.may(CALL, units.current(one.cell())))
                    .orElseThrow(Problem::notFound);
            if (on != null && on.isAfter(Times.day(tx.now()))) {
                throw Problem.invalid("on", "not-in-future");
            }
            UUID by = caller.member().orElse(caller.account());
            if (!rows.told(tx, notice, member, on == null ? null : by, on)) {
                throw Problem.notFound();
            }
            tx.audited(AuditKind.WRITE, "notice-call", notice, member, on == null ? "undone" : null);
        });
    }

    /**
     * What has not gone out to phones, by mail and text message does not go out any more; lists of those to be told in person stay. It is one
     * row that is written, however many it is for.
     */
    int stop(Caller caller, UUID id) {
        return store.write(tx -> {
            NoticeRows.Row row = notices.find(tx.handle(), id).orElseThrow(Problem::notFound);
            if (!caller.may(STOP, whole(row))) {
                throw Problem.notFound();
            }
            tx.audited(AuditKind.WRITE, "notice-stop", id, null, null);
            return rows.stop(tx, id);
        });
    }

    // ---- on paper

    private String say(String key, Map<String, ?> values) {
        return words.say(Module.PLATFORM, Paper.LANGUAGE, key, values);
    }

    private List<String> heads() {
        return List.of(
                say("calls.name", Map.of()),
                say("calls.phone", Map.of()),
                say("calls.by", Map.of()),
                say("calls.on", Map.of()));
    }

    byte[] sheet(Caller caller, UUID cell) {
        List<Call> calls = list(caller, cell);
        String title = say("calls.title", Map.of("cell", units.get(cell).name()));
        return FlowingPages.write(FlowingPages.Size.A4, title, title, pages -> {
            pages.text(say(calls.isEmpty() ? "calls.none" : "calls.lead", Map.of()));
            for (Call call : calls) {
                NoticeWords.Said said = said(call);
                pages.heading(said.title());
                pages.text(said.text());
                pages.table(
                        heads(),
                        call.people().stream()
                                .map(person -> List.of("[   ] " + person.name(), person.contact(), "", ""))
                                .toList());
            }
        });
    }

    private NoticeWords.Said said(Call call) {
        return sentences.say(
                new Told(
                        call.notice(),
                        call.module(),
                        call.template(),
                        call.data(),
                        call.link(),
                        call.urgency(),
                        call.sentAt(),
                        null),
                Paper.LANGUAGE);
    }

    void table(Caller caller, UUID cell, OutputStream out) throws IOException {
        List<Call> calls = list(caller, cell);
        try (Csv csv = new Csv(out)) {
            csv.row(
                    say("calls.what", Map.of()),
                    say("calls.text", Map.of()),
                    say("calls.name", Map.of()),
                    say("calls.phone", Map.of()),
                    say("calls.reached-by", Map.of()));
            for (Call call : calls) {
                NoticeWords.Said said = said(call);
                call.people()
                        .forEach(person ->
                                csv.row(said.title(), said.text(), person.name(), person.phone(), person.reachedBy()));
            }
        }
    }
}
