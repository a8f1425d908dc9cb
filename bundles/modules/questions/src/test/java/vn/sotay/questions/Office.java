package vn.sotay.questions;

import java.nio.file.Path;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.UUID;
import java.util.function.BiConsumer;
import java.util.function.BiPredicate;
import vn.sotay.api.access.Audience;
import vn.sotay.api.access.Caller;
import vn.sotay.api.access.Mandate;
import vn.sotay.api.access.Permission;
import vn.sotay.api.access.Reach;
import vn.sotay.api.http.Problem;
import vn.sotay.api.member.Member;
import vn.sotay.api.member.MemberStatus;
import vn.sotay.api.member.Members;
import vn.sotay.api.notice.Notice;
import vn.sotay.api.notice.Notices;
import vn.sotay.api.rule.Rule;
import vn.sotay.api.rule.Rules;
import vn.sotay.api.rule.WorkingDays;
import vn.sotay.api.store.Store;
import vn.sotay.api.store.Transaction;
import vn.sotay.api.unit.Unit;
import vn.sotay.platform.store.TestStore;
import vn.sotay.platform.store.TestWorld;
import vn.sotay.testkit.Database;

/**
 * A small world for the tests of this module: see {@link TestWorld}; members, rules and working days in memory. A province with two editors, a
 * commune with an officer, and a cell with two members.
 */
final class Office extends TestWorld implements Members, Rules, WorkingDays, Notices {

    static final OptionalLong ANY = OptionalLong.empty();

    /** Of the topics that the module brings: one that communes answer. */
    static final UUID DUES = UUID.fromString("6f1c1d7e-0001-7000-8000-000000000004");

    private final Map<UUID, Member> membersById = new LinkedHashMap<>();

    final Unit province = unit(null, "PROVINCE", "38");
    final Unit commune = unit(province, "COMMUNE", "38.168");
    final Unit cell = unit(commune, "CELL", "38.168.053.000.001");

    final Person editor = new Person(UUID.randomUUID(), province, false);
    final Person editor2 = new Person(UUID.randomUUID(), province, false);
    final Person officer = new Person(UUID.randomUUID(), commune, false);
    final Person member = new Person(member("Trần Văn Bình"), cell, true);
    final Person other = new Person(member("Lê Thị Mới"), cell, true);

    final TestStore database;
    final Questions questions;
    final Answers answers;
    final Messages messages;
    final Entries entries;
    final Escalations escalations;
    final Ratings ratings;
    final Statistics statistics;

    Office(Database kind) {
        database = open(kind, "questions");
        Store store = database.store();
        entries = new Entries(store, this);
        questions = new Questions(
                store,
                this,
                this,
                this,
                this,
                database.seals("questions", Path.of("src/main/resources/sotay/module.json")),
                entries,
                new QuestionNotices(this, this));
        answers = new Answers(store, this, this, this, questions, entries);
        messages = new Messages(store, this, questions);
        escalations = new Escalations(store, questions);
        ratings = new Ratings(store, questions);
        statistics = new Statistics(store, this);
    }

    private UUID member(String name) {
        UUID id = UUID.randomUUID();
        membersById.put(
                id, new Member(id, name, null, 1980, null, null, null, null, MemberStatus.OFFICIAL, cell.id(), null));
        return id;
    }

    /** @param topic null for none */
    UUID ask(Person who, UUID topic, String text) {
        UUID id = UUID.randomUUID();
        questions.put(
                who,
                id,
                new Question(null, topic, text, null, true, null, null, null, null, null, null, null, null, null));
        return id;
    }

    /** As the platform does it by {@code personal-data.json}. */
    void erase(Person who) {
        membersById.remove(who.account());
        database.store().change(tx -> {
            tx.handle().execute("update question set text_sealed = null where asker = ?", who.account());
            for (String table : List.of("question_answer", "question_citation")) {
                tx.handle().execute("delete from " + table + " where asker = ?", who.account());
            }
        });
    }

    /** Writes an answer and releases it. */
    void give(UUID id, String text) {
        answers.put(editor, id, answer(text), ANY);
        answers.release(editor2, id, ANY);
    }

    Answer answer(String text, Citation... citations) {
        return new Answer(text, List.of(citations), null, null, null, null);
    }

    /** What the module's feed has told somebody. */
    List<TestStore.Fed> told(Person who) {
        return database.feed(Audience.member(who.account()));
    }

    // ---- notices, members, rules, working days

    /** Who was told what, in order. */
    final List<String> sent = new ArrayList<>();

    @Override
    public void send(Transaction tx, Notice notice) {
        sent.add(notice.template() + ' ' + notice.audience());
    }

    @Override
    public void withdraw(Transaction tx, UUID notice) {
        throw new UnsupportedOperationException("nothing that was said of a question is taken back");
    }

    @Override
    public void withdraw(Transaction tx, Collection<Audience> audiences, BiPredicate<Audience, String> settled) {
        throw new UnsupportedOperationException("nothing that was said of a question is taken back");
    }

    @Override
    public Optional<Member> find(Transaction tx, UUID id) {
        return Optional.ofNullable(membersById.get(id));
    }

    @Override
    public List<Member> ofCell(Transaction tx, UUID cellId) {
        return List.copyOf(membersById.values());
    }

    @Override
    public void forEachBelow(Transaction tx, Unit unit, BiConsumer<UUID, UUID> each) {
        throw new UnsupportedOperationException("questions count by team");
    }

    @Override
    public List<Rule> anywhere(LocalDate day, String key) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Optional<Rule> find(LocalDate day, Unit unit, String key) {
        return Optional.of(on(day, unit, key));
    }

    @Override
    public Rule on(LocalDate day, Unit unit, String key) {
        String value =
                switch (key) {
                    case QuestionRules.DAYS -> "10";
                    case QuestionRules.DAYS_ABOVE -> "5";
                    default -> "2";
                };
        return new Rule(key, value, "test", "rule " + key);
    }

    /** Tết of 2027 is free. */
    @Override
    public boolean isWorked(LocalDate day) {
        boolean isTet = !day.isBefore(LocalDate.of(2027, 2, 5)) && !day.isAfter(LocalDate.of(2027, 2, 11));
        return !isTet && day.getDayOfWeek() != DayOfWeek.SATURDAY && day.getDayOfWeek() != DayOfWeek.SUNDAY;
    }

    @Override
    public LocalDate after(LocalDate day, int days) {
        LocalDate last = day;
        for (int left = days; left > 0; left -= isWorked(last) ? 1 : 0) {
            last = last.plusDays(1);
        }
        return last;
    }

    @Override
    public int between(LocalDate from, LocalDate to) {
        return (int) from.plusDays(1)
                .datesUntil(to.plusDays(1))
                .filter(this::isWorked)
                .count();
    }

    /** A member of a cell, or somebody who answers for a unit. */
    record Person(UUID account, Unit at, boolean asks) implements Caller {

        @Override
        public Optional<UUID> member() {
            return asks ? Optional.of(account) : Optional.empty();
        }

        @Override
        public Optional<Unit> cell() {
            return asks ? Optional.of(at) : Optional.empty();
        }

        @Override
        public List<Mandate> mandates() {
            return List.of(new Mandate("TEST", at.id(), LocalDate.EPOCH, null));
        }

        @Override
        public Set<Audience> audiences() {
            return Set.of();
        }

        @Override
        public Reach reach(Permission permission) {
            boolean has = permission.equals(Questions.READ) || !asks && !permission.equals(Questions.ASK);
            return new Reach(has ? List.of(at) : List.of(), List.of());
        }

        @Override
        public boolean may(Permission permission, Unit unit) {
            return reach(permission).covers(unit);
        }

        @Override
        public boolean mayForSelf(Permission permission, UUID who) {
            return asks && permission.equals(Questions.ASK) && account.equals(who);
        }

        @Override
        public boolean sees(Unit unit) {
            return at.isWithin(unit);
        }

        @Override
        public void require(Permission permission, Unit unit) {
            if (!may(permission, unit)) {
                throw sees(unit) ? Problem.forbidden() : Problem.notFound();
            }
        }
    }
}
