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

/** What rosters need of the members; a service. Asks nobody's permission. Thread-safe. */
public interface RosterMembers {

    /** A member as stored. */
    record Stored(Member member, long version) {}

    /** Name, folded, and birthday of somebody. */
    record Person(String foldedName, LocalDate birthDate) {}

    /** The members with one of these cards, or with the name and birthday of one of these people. At most 500 of each. */
    List<Stored> find(Transaction tx, Collection<String> cards, Collection<Person> people);

    Optional<Stored> get(Transaction tx, UUID id);

    /**
     * Makes or changes a member from that day on, with its history, and tells the feed.
     *
     * @return its version
     */
    long save(Transaction tx, Member member, LocalDate from);

    /** Everything that is kept of a member, as text for {@link #restore}. */
    String image(Transaction tx, UUID id);

    /** Puts back what {@link #image} gave, and tells the feed. */
    void restore(Transaction tx, UUID id, String image);

    /**
     * Takes a member away as if it had never been, and tells the feed.
     *
     * @return whether it could: not if something else has come to need it
     */
    boolean remove(Transaction tx, UUID id);

    /**
     * The active members within this reach, by cell and name.
     *
     * @param after the last member of the page before; null for the first
     */
    List<Member> page(Transaction tx, Reach reach, @Nullable Member after, int most);
}
