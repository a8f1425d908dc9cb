package vn.sotay.platform.roster;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import vn.sotay.api.access.Audience;
import vn.sotay.api.access.Reach;
import vn.sotay.api.change.ChangeType;
import vn.sotay.api.member.Member;
import vn.sotay.api.store.Store;
import vn.sotay.api.store.Transaction;
import vn.sotay.api.text.Folding;
import vn.sotay.platform.json.Json;

/** Members in one table of the test's own, so that rosters are tested without what members are besides. */
final class PlainMembers implements RosterMembers {

    static final ChangeType<Member> TYPE = new ChangeType<>("member", Member.class);

    private final ObjectMapper json = Json.mapper();

    PlainMembers(Store store) {
        store.change(tx -> {
            tx.handle()
                    .execute("create table plain_member (id varchar(36) not null primary key, card varchar(20),"
                            + " person varchar(200), json varchar(4000) not null, version bigint not null)");
            tx.handle().execute("create index plain_member_card on plain_member (card)");
            tx.handle().execute("create index plain_member_person on plain_member (person)");
        });
    }

    @Override
    public List<Stored> find(Transaction tx, Collection<String> cards, Collection<Person> people) {
        List<Stored> found = new ArrayList<>(find(tx, "card", List.copyOf(cards)));
        found.addAll(find(
                tx,
                "person",
                people.stream()
                        .map(person -> person.foldedName() + '|' + person.birthDate())
                        .toList()));
        return found;
    }

    private List<Stored> find(Transaction tx, String column, List<String> values) {
        return values.isEmpty()
                ? List.of()
                : tx.handle()
                        .createQuery("select * from plain_member where " + column + " in (<values>)")
                        .bindList("values", values)
                        .map((row, context) -> stored(row))
                        .list();
    }

    @Override
    public Optional<Stored> get(Transaction tx, UUID id) {
        return tx.handle()
                .createQuery("select * from plain_member where id = :id")
                .bind("id", id)
                .map((row, context) -> stored(row))
                .findOne();
    }

    @Override
    public long save(Transaction tx, Member member, LocalDate from) {
        long version = get(tx, member.id()).map(Stored::version).orElse(0L) + 1;
        delete(tx, member.id());
        tx.handle()
                .createUpdate("insert into plain_member values (:id, :card, :person, :json, :version)")
                .bind("id", member.id())
                .bind("card", member.cardNumber())
                .bind("person", Folding.fold(member.name()) + '|' + member.birthDate())
                .bind("json", write(member))
                .bind("version", version)
                .execute();
        tx.changed(TYPE, member.id(), version, Audience.member(member.id()), member);
        return version;
    }

    @Override
    public String image(Transaction tx, UUID id) {
        return write(get(tx, id).orElseThrow().member());
    }

    @Override
    public void restore(Transaction tx, UUID id, String image) {
        save(tx, read(image), LocalDate.EPOCH);
    }

    @Override
    public boolean remove(Transaction tx, UUID id) {
        long version = get(tx, id).orElseThrow().version() + 1;
        delete(tx, id);
        tx.removed(TYPE, id, version);
        return true;
    }

    @Override
    public List<Member> page(Transaction tx, Reach reach, @Nullable Member after, int most) {
        return tx.handle()
                .createQuery(
                        "select * from plain_member where id > :after order by id fetch first " + most + " rows only")
                .bind("after", after == null ? "" : after.id().toString())
                .map((row, context) -> stored(row).member())
                .list();
    }

    private static void delete(Transaction tx, UUID id) {
        tx.handle()
                .createUpdate("delete from plain_member where id = :id")
                .bind("id", id)
                .execute();
    }

    private Stored stored(ResultSet row) throws SQLException {
        return new Stored(read(row.getString("json")), row.getLong("version"));
    }

    private Member read(String text) {
        try {
            return json.readValue(text, Member.class);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    private String write(Member member) {
        try {
            return json.writeValueAsString(member);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }
}
