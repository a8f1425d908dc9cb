package vn.sotay.platform.members;

import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.mapper.RowMapper;
import org.jdbi.v3.core.statement.PreparedBatch;
import org.jdbi.v3.core.statement.Query;
import org.jspecify.annotations.Nullable;
import vn.sotay.api.access.Audience;
import vn.sotay.api.change.ChangeType;
import vn.sotay.api.member.Gender;
import vn.sotay.api.member.Member;
import vn.sotay.api.member.MemberStatus;
import vn.sotay.api.store.Saved;
import vn.sotay.api.store.Transaction;
import vn.sotay.api.text.Folding;
import vn.sotay.platform.store.Plans;

/** The rows of members: the record of today, the words it is found by, and what it was on each day. */
final class MemberRows {

    /** A member in the change feed: for the cell's leaders and the member itself. */
    static final ChangeType<Member> TYPE = new ChangeType<>("member", Member.class);

    /** What {@link #row} reads, by place: looking names up costs Derby as much as reading the row. */
    private static final String READ =
            "select m.id, m.name, m.birth_date, m.birth_year, m.gender, m.card, m.admitted_on, m.official_on, m.status,"
                    + " m.cell, m.phone, m.phone_sealed, m.version from ";

    private static final String MEMBER = "member m";
    private static final String SELECT = READ + MEMBER + " where ";

    /** Members asked for at once. */
    private static final int SLICE = 200;

    private static final String COLUMNS =
            "name, folded, sort_name, birth_date, birth_year, gender, card, active_card, admitted_on, official_on,"
                    + " status, cell, phone_sealed, phone_hash, version, changed_at, id";
    private static final String INSERT = "insert into member (" + COLUMNS + ") values (" + "?, ".repeat(16) + "?)";
    private static final String UPDATE = "update member set phone = null, "
            + COLUMNS.replace(", id", "").replace(",", " = ?,") + " = ? where id = ?";

    /** What no index has but that of the phones: most changes are of a phone number. */
    private static final String UPDATE_REST =
            "update member set gender = ?, admitted_on = ?, official_on = ?, phone = null, phone_sealed = ?,"
                    + " phone_hash = ?, version = ?, changed_at = ? where id = ?";

    private static final String INSERT_WORD = "insert into member_word (word, member, sort_name) values (?, ?, ?)";

    private static final List<String> DELETES = List.of(
            "delete from member_word where member = ?",
            "delete from member_status where member = ?",
            "delete from member_cell where member = ?",
            "delete from member where id = ?");

    /** What a member was from a day to a day: a row of one of the histories. */
    record Span(LocalDate from, @Nullable LocalDate to, String value) {}

    /** A history of members. */
    enum History {
        STATUS("member_status", "status"),
        CELL("member_cell", "cell");

        private final String table;
        private final String column;

        History(String table, String column) {
            this.table = table;
            this.column = column;
        }

        String of(Member member) {
            return this == STATUS ? member.status().name() : member.cell().toString();
        }
    }

    private final Phones phones;

    /** Reads what {@link #READ} names. */
    final RowMapper<Saved<Member>> row = (row, context) -> {
        String id = row.getString(1);
        int year = row.getInt(4);
        Integer birthYear = row.wasNull() ? null : year;
        String gender = row.getString(5);
        return new Saved<>(
                new Member(
                        UUID.fromString(id),
                        row.getString(2),
                        day(row.getString(3)),
                        birthYear,
                        gender == null ? null : Gender.valueOf(gender),
                        row.getString(6),
                        day(row.getString(7)),
                        day(row.getString(8)),
                        MemberStatus.valueOf(row.getString(9)),
                        UUID.fromString(row.getString(10)),
                        phone(id, row.getString(11), row.getString(12))),
                row.getLong(13));
    };

    MemberRows(Phones phones) {
        this.phones = phones;
    }

    Phones phones() {
        return phones;
    }

    /** @param plain is there only where the version before has written it, after anything that was sealed */
    private @Nullable String phone(String id, @Nullable String plain, @Nullable String sealed) {
        return plain != null || sealed == null ? plain : phones.open(id, sealed);
    }

    /** An ISO day; by its digits, since a formatter takes ten times as long, and a list has a hundred of them. */
    private static @Nullable LocalDate day(@Nullable String text) {
        return text == null
                ? null
                : LocalDate.of(
                        Integer.parseInt(text, 0, 4, 10),
                        Integer.parseInt(text, 5, 7, 10),
                        Integer.parseInt(text, 8, 10, 10));
    }

    Optional<Saved<Member>> find(Handle handle, UUID id) {
        return handle.createQuery(SELECT + "m.id = :id").bind("id", id).map(row).findFirst();
    }

    Optional<Saved<Member>> lock(Handle handle, UUID id) {
        return handle.createQuery(SELECT + "m.id = :id for update")
                .bind("id", id)
                .map(row)
                .findFirst();
    }

    /** Another active member who has this card. */
    static boolean isCardTaken(Handle handle, String card, UUID butBy) {
        return handle.createQuery("select id from member where active_card = :card and id <> :id")
                .bind("card", card)
                .bind("id", butBy)
                .mapTo(String.class)
                .findFirst()
                .isPresent();
    }

    List<Saved<Member>> withCards(Handle handle, Collection<String> cards) {
        return handle.createQuery(READ + MEMBER + by("member_card") + "where m.card in (<cards>)")
                .bindList("cards", padded(cards))
                .map(row)
                .list();
    }

    /** The active members with this phone number, in national form. */
    List<Saved<Member>> withPhone(Handle handle, String number) {
        return handle.createQuery(READ + MEMBER + by("member_phone_hash")
                        + "where m.phone_hash in (<hashes>) and m.status not in ('LEFT', 'DECEASED')")
                .bindList("hashes", padded(phones.hashes(number)))
                .map(row)
                .list();
    }

    /** Of those who were born on these days the ones with one of these names: few share a day, and a second list of values is slow on Derby. */
    List<Saved<Member>> namedAndBorn(Handle handle, Collection<String> foldedNames, Collection<LocalDate> birthDates) {
        return handle
                .createQuery(READ + MEMBER + by("member_born") + "where m.birth_date in (<days>)")
                .bindList(
                        "days",
                        padded(birthDates.stream().map(LocalDate::toString).toList()))
                .map(row)
                .stream()
                .filter(saved -> foldedNames.contains(Folding.fold(saved.value().name())))
                .toList();
    }

    List<Saved<Member>> namedInCells(Handle handle, Collection<UUID> cells, Collection<String> foldedNames) {
        return handle
                .createQuery(READ + MEMBER + by("member_cell_name") + "where m.cell in (<cells>)")
                .bindList("cells", padded(cells.stream().map(UUID::toString).toList()))
                .map(row)
                .stream()
                .filter(saved -> foldedNames.contains(Folding.fold(saved.value().name())))
                .toList();
    }

    /** Tells Derby the index; without that it reads the whole table for many values. A comment to PostgreSQL, which finds the index itself. */
    private static String by(String index) {
        return " --DERBY-PROPERTIES index=" + index + '\n';
    }

    /** The same values, one of them repeated to the next power of two: a statement of each length would have to be compiled. */
    private static List<String> padded(Collection<String> values) {
        List<String> padded = new ArrayList<>(values);
        while (Integer.bitCount(padded.size()) > 1) {
            padded.add(padded.get(0));
        }
        return padded;
    }

    /** Makes members who were not there, and tells the feed. */
    void insert(Transaction tx, List<Member> members, java.util.function.Function<Member, LocalDate> since) {
        Handle handle = tx.handle();
        PreparedBatch rows = handle.prepareBatch(INSERT);
        PreparedBatch words = handle.prepareBatch(INSERT_WORD);
        PreparedBatch statuses = handle.prepareBatch(insert(History.STATUS));
        PreparedBatch cells = handle.prepareBatch(insert(History.CELL));
        for (Member member : members) {
            rows.add(values(member, 1, tx.now()));
            add(words, member);
            LocalDate from = since.apply(member);
            statuses.add(member.id(), from, null, member.status());
            cells.add(member.id(), from, null, member.cell());
            tell(tx, member, 1);
        }
        for (PreparedBatch batch : List.of(rows, words, statuses, cells)) {
            if (batch.size() > 0) {
                batch.execute();
            }
        }
    }

    /** Changes the record of today, and tells the feed; the histories are for {@link #follow}. */
    void update(Transaction tx, Member was, Member member, long version) {
        if (isIndexed(was, member)) {
            tx.handle().execute(UPDATE, values(member, version, tx.now()));
        } else {
            tx.handle()
                    .execute(
                            UPDATE_REST,
                            member.gender(),
                            member.admittedOn(),
                            member.officialOn(),
                            sealed(member),
                            hash(member),
                            version,
                            tx.now(),
                            member.id());
        }
        if (!Folding.byGivenName(member.name()).equals(Folding.byGivenName(was.name()))) {
            tx.handle().execute("delete from member_word where member = ?", member.id());
            PreparedBatch words = tx.handle().prepareBatch(INSERT_WORD);
            add(words, member);
            words.execute();
        }
        tell(tx, member, version);
    }

    /** Whether something changes that an index has: the database would look at each of them for any column that is set. */
    private static boolean isIndexed(Member was, Member member) {
        return !(was.name().equals(member.name())
                && Objects.equals(was.birthDate(), member.birthDate())
                && Objects.equals(was.birthYear(), member.birthYear())
                && Objects.equals(was.cardNumber(), member.cardNumber())
                && was.status() == member.status()
                && was.cell().equals(member.cell()));
    }

    private Object[] values(Member member, long version, Instant now) {
        // a null has no type of its own here, and the untyped one is a text's
        return new Object[] {
            member.name(),
            Folding.fold(member.name()),
            Folding.byGivenName(member.name()),
            member.birthDate(),
            new Year(member.birthYear()),
            member.gender(),
            member.cardNumber(),
            member.status().isActive() ? member.cardNumber() : null,
            member.admittedOn(),
            member.officialOn(),
            member.status(),
            member.cell(),
            sealed(member),
            hash(member),
            version,
            now,
            member.id()
        };
    }

    private @Nullable String sealed(Member member) {
        return member.phone() == null ? null : phones.seal(member.id(), member.phone());
    }

    private @Nullable String hash(Member member) {
        return member.phone() == null ? null : phones.hash(member.phone());
    }

    /** A number that may be missing. */
    private record Year(@Nullable Integer year) implements org.jdbi.v3.core.argument.Argument {
        @Override
        public void apply(
                int position, java.sql.PreparedStatement statement, org.jdbi.v3.core.statement.StatementContext context)
                throws java.sql.SQLException {
            if (year == null) {
                statement.setNull(position, java.sql.Types.INTEGER);
            } else {
                statement.setInt(position, year);
            }
        }
    }

    /** Adds the words of its name. */
    private static void add(PreparedBatch words, Member member) {
        String sortName = Folding.byGivenName(member.name());
        Arrays.stream(Folding.fold(member.name()).split(" "))
                .distinct()
                .sorted()
                .forEach(word -> words.add(word, member.id(), sortName));
    }

    private static void tell(Transaction tx, Member member, long version) {
        if (member.status().isActive()) {
            tx.changed(
                    TYPE,
                    member.id(),
                    version,
                    Map.of(Audience.leaders(member.cell()), member, Audience.member(member.id()), member));
        } else {
            tx.removed(TYPE, member.id(), version);
        }
    }

    /** The active members of these cells, locked for this transaction. */
    List<Saved<Member>> lockCells(Handle handle, Collection<UUID> cells) {
        return handle.createQuery(SELECT + "m.cell in (<cells>)" + " and status not in ('LEFT', 'DECEASED') for update")
                .bindList("cells", cells.stream().map(UUID::toString).toList())
                .map(row)
                .list();
    }

    /**
     * Tells the feed that these members belong to another cell.
     *
     * @return writes their rows, with their history from that day on
     */
    static Runnable transfer(Transaction tx, List<Saved<Member>> who, UUID cell, LocalDate from) {
        Map<UUID, LocalDate> since = since(tx.handle(), who);
        who.forEach(saved -> tell(tx, inCell(saved.value(), cell), saved.version() + 1));
        return () -> transfer(tx, who, since, cell, from);
    }

    private static void transfer(
            Transaction tx, List<Saved<Member>> who, Map<UUID, LocalDate> since, UUID cell, LocalDate from) {
        Handle handle = tx.handle();
        PreparedBatch rows =
                handle.prepareBatch("update member set cell = ?, version = ?, changed_at = ? where id = ?");
        PreparedBatch ends = handle.prepareBatch("update member_cell set to_day = ? where member = ? and from_day = ?");
        PreparedBatch begins = handle.prepareBatch(insert(History.CELL));
        PreparedBatch mends = handle.prepareBatch("update member_cell set cell = ? where member = ? and from_day = ?");
        for (Saved<Member> saved : who) {
            UUID id = saved.value().id();
            rows.add(cell, saved.version() + 1, tx.now(), id);
            LocalDate last = since.getOrDefault(id, from);
            if (from.isAfter(last)) {
                ends.add(from.minusDays(1), id, last);
                begins.add(id, from, null, cell);
            } else {
                mends.add(cell, id, last);
            }
        }
        for (PreparedBatch batch : List.of(rows, ends, begins, mends)) {
            if (batch.size() > 0) {
                batch.execute();
            }
        }
    }

    /** Since when each is in the cell of today. */
    private static Map<UUID, LocalDate> since(Handle handle, List<Saved<Member>> who) {
        Map<UUID, LocalDate> since = new HashMap<>();
        for (int from = 0; from < who.size(); from += SLICE) {
            handle.createQuery("select member, from_day from member_cell where to_day is null and member in (<ids>)")
                    .bindList(
                            "ids",
                            who.subList(from, Math.min(from + SLICE, who.size())).stream()
                                    .map(saved -> saved.value().id().toString())
                                    .toList())
                    .map((row, context) ->
                            Map.entry(UUID.fromString(row.getString(1)), LocalDate.parse(row.getString(2))))
                    .forEach(entry -> since.put(entry.getKey(), entry.getValue()));
        }
        return since;
    }

    private static Member inCell(Member member, UUID cell) {
        return new Member(
                member.id(),
                member.name(),
                member.birthDate(),
                member.birthYear(),
                member.gender(),
                member.cardNumber(),
                member.admittedOn(),
                member.officialOn(),
                member.status(),
                cell,
                member.phone());
    }

    private static String insert(History history) {
        return "insert into " + history.table + " (member, from_day, to_day, " + history.column
                + ") values (?, ?, ?, ?)";
    }

    /** Lets the history follow a change that counts from that day. */
    static void follow(Handle handle, History history, Member member, LocalDate from) {
        Span last = spans(handle, history, member.id()).stream()
                .filter(span -> span.to() == null)
                .findFirst()
                .orElseThrow();
        if (last.value().equals(history.of(member))) {
            return;
        }
        String where = " where member = ? and from_day = ?";
        if (from.isAfter(last.from())) {
            handle.execute(
                    "update " + history.table + " set to_day = ?" + where, from.minusDays(1), member.id(), last.from());
            handle.execute(insert(history), member.id(), from, null, history.of(member));
        } else {
            // two changes on one day: the later one is what counts
            handle.execute(
                    "update " + history.table + " set " + history.column + " = ?" + where,
                    history.of(member),
                    member.id(),
                    last.from());
        }
    }

    /** What the member was, oldest first. */
    static List<Span> spans(Handle handle, History history, UUID member) {
        return handle.createQuery("select from_day, to_day, " + history.column + " from " + history.table
                        + " where member = :member order by from_day")
                .bind("member", member)
                .map((row, context) ->
                        new Span(LocalDate.parse(row.getString(1)), day(row.getString(2)), row.getString(3)))
                .list();
    }

    /** Puts a history back as it was. */
    static void restore(Handle handle, History history, UUID member, List<Span> spans) {
        handle.execute("delete from " + history.table + " where member = ?", member);
        spans.forEach(span -> handle.execute(insert(history), member, span.from(), span.to(), span.value()));
    }

    /** Takes members away with all that is kept of them; the feed is told by the caller. */
    static void delete(Handle handle, Collection<UUID> ids) {
        for (String statement : DELETES) {
            PreparedBatch batch = handle.prepareBatch(statement);
            ids.forEach(batch::add);
            batch.execute();
        }
    }

    /** Those of these members as whom an account signs in. */
    static Set<UUID> withAccounts(Handle handle, Collection<UUID> ids) {
        return handle.createQuery("select member from account" + by("account_member") + "where member in (<ids>)")
                .bindList("ids", padded(ids.stream().map(UUID::toString).toList()))
                .mapTo(UUID.class)
                .collect(Collectors.toSet());
    }

    /**
     * Where a search for members {@code m} begins. Derby is told so, since it makes its plans while the tables are small, and would read
     * and sort all members of a province for one page. To PostgreSQL it is a comment: it begins there by itself.
     */
    enum Begin {
        /** With the names in their order: what is asked for is met soon. */
        NAMES(MEMBER + by("member_name")),
        /** With the names of a cell; the condition says which. */
        CELL(MEMBER + by("member_cell_name")),
        /** With the units {@code u}; the condition says which, and that {@code m.cell = u.id}. */
        UNITS(" --DERBY-PROPERTIES joinOrder=FIXED\n unit u, " + MEMBER
                + " --DERBY-PROPERTIES joinStrategy=NESTEDLOOP, index=member_cell_name\n"),
        /** With a range of card numbers. */
        CARDS(MEMBER + by("member_card")),
        /** With the hashes of a phone number. */
        PHONES(MEMBER + by("member_phone_hash")),
        /** With the words {@code w} of {@code :word} to {@code :wordEnd}. */
        WORDS(
                " --DERBY-PROPERTIES joinOrder=FIXED\n (select distinct w.member from member_word w"
                        + " where w.word >= :word and w.word < :wordEnd) hit, " + MEMBER + "\n",
                "m.id = hit.member"),
        /** With those who have the very word {@code :word}, in their order. */
        WORD(
                " --DERBY-PROPERTIES joinOrder=FIXED\n member_word w" + by("member_word_name") + ", " + MEMBER + "\n",
                "w.word = :word and m.id = w.member");

        private final String from;
        private final String condition;

        Begin(String from) {
            this(from, "");
        }

        Begin(String from, String condition) {
            this.from = from;
            this.condition = condition.isEmpty() ? "" : condition + " and ";
        }

        /** What the result is sorted by, and by {@link #byId} where that is equal. */
        String byName() {
            return this == WORD ? "w.sort_name" : "m.sort_name";
        }

        String byId() {
            return this == WORD ? "w.member" : "m.id";
        }
    }

    /** The words that begin so, each found by one look into the index: to read all who have one would be to read half of a province. */
    static List<String> words(Handle handle, String beginning) {
        List<String> words = new ArrayList<>();
        Optional<String> next = word(handle, ">=", beginning, beginning);
        while (next.isPresent()) {
            words.add(next.get());
            next = word(handle, ">", next.get(), beginning);
        }
        return words;
    }

    private static Optional<String> word(Handle handle, String comparison, String from, String beginning) {
        return handle.createQuery("select w.word from member_word w" + by("member_word_name") + "where w.word "
                        + comparison + " :from and w.word < :end order by w.word fetch first 1 rows only")
                .bind("from", from)
                .bind("end", beginning + MemberSearch.LAST)
                .mapTo(String.class)
                .findFirst();
    }

    /** The condition that a member has a word of a range, looked up for each member. */
    static String hasWord(String from, String end) {
        return "exists (select 1 from member_word w" + by("member_word_member")
                + "where w.member = m.id and w.word >= :" + from + " and w.word < :" + end + ')';
    }

    /** The members {@code m} of whom this holds, by name; its values are bound before it is read. */
    static Query query(Handle handle, Begin begin, String condition, int most) {
        return query(handle, begin, condition, begin.byName() + ", " + begin.byId(), most);
    }

    /** As above, in another order. */
    static Query query(Handle handle, Begin begin, String condition, String order, int most) {
        String found = begin.from + " where " + begin.condition + condition + " order by " + order + " fetch first "
                + most + " rows only";
        if (begin == Begin.CELL) {
            return handle.createQuery(READ + found);
        }
        return Plans.eachTime(handle.createQuery(
                begin == Begin.NAMES
                        // found by the index alone; then only their rows are read
                        ? READ + " --DERBY-PROPERTIES joinOrder=FIXED\n (select m.id as named from " + found + ") hit, "
                                + MEMBER + " where m.id = hit.named order by " + order
                        : READ + found));
    }
}
