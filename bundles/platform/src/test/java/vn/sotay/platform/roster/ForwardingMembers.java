package vn.sotay.platform.roster;

import java.time.LocalDate;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import vn.sotay.api.access.Reach;
import vn.sotay.api.member.Member;
import vn.sotay.api.store.Transaction;

/** Members as others keep them, for tests that look in between. */
class ForwardingMembers implements RosterMembers {

    private final RosterMembers members;

    ForwardingMembers(RosterMembers members) {
        this.members = members;
    }

    @Override
    public List<Stored> find(Transaction tx, Collection<String> cards, Collection<Person> people) {
        return members.find(tx, cards, people);
    }

    @Override
    public Optional<Stored> get(Transaction tx, UUID id) {
        return members.get(tx, id);
    }

    @Override
    public long save(Transaction tx, Member member, LocalDate from) {
        return members.save(tx, member, from);
    }

    @Override
    public String image(Transaction tx, UUID id) {
        return members.image(tx, id);
    }

    @Override
    public void restore(Transaction tx, UUID id, String image) {
        members.restore(tx, id, image);
    }

    @Override
    public boolean remove(Transaction tx, UUID id) {
        return members.remove(tx, id);
    }

    @Override
    public List<Member> page(Transaction tx, Reach reach, @Nullable Member after, int most) {
        return members.page(tx, reach, after, most);
    }
}
