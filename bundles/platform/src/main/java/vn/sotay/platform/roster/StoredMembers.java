package vn.sotay.platform.roster;

import java.time.LocalDate;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import vn.sotay.api.access.Reach;
import vn.sotay.api.member.Member;
import vn.sotay.api.store.Saved;
import vn.sotay.api.store.Transaction;
import vn.sotay.api.text.Folding;
import vn.sotay.platform.members.MemberBook;

/** The members as the platform keeps them. */
@Component
public final class StoredMembers implements RosterMembers {

    private final MemberBook members;

    @Activate
    public StoredMembers(@Reference MemberBook members) {
        this.members = members;
    }

    private static Stored stored(Saved<Member> saved) {
        return new Stored(saved.value(), saved.version());
    }

    @Override
    public List<Stored> find(Transaction tx, Collection<String> cards, Collection<Person> people) {
        Set<String> names = people.stream().map(Person::foldedName).collect(Collectors.toSet());
        return members.find(tx, cards, names).stream()
                .filter(saved -> isAskedFor(saved.value(), cards, people))
                .map(StoredMembers::stored)
                .toList();
    }

    private static boolean isAskedFor(Member member, Collection<String> cards, Collection<Person> people) {
        return member.cardNumber() != null && cards.contains(member.cardNumber())
                || member.birthDate() != null
                        && people.contains(new Person(Folding.fold(member.name()), member.birthDate()));
    }

    @Override
    public Optional<Stored> get(Transaction tx, UUID id) {
        return members.get(tx, id).map(StoredMembers::stored);
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
