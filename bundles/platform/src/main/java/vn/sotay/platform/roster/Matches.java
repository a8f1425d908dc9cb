package vn.sotay.platform.roster;

import java.time.LocalDate;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import vn.sotay.api.job.Finding;
import vn.sotay.api.member.Member;
import vn.sotay.api.member.MemberStatus;

/** Compares a row with the members who are there already. Pure. */
final class Matches {

    private Matches() {}

    /**
     * A member who is there.
     *
     * @param within whether the member's cell lies within the unit that the roster is for
     */
    record Known(Member member, long version, boolean within) {}

    /**
     * What a row means for the members.
     *
     * @param known the member that it is about; null for a new one
     * @param refused why it cannot be taken; null if it can
     */
    record Match(@Nullable Known known, @Nullable Finding refused, List<Finding> warnings) {

        static Match refused(int line, Field field, String rule) {
            return new Match(null, new Finding(line, field.word(), rule), List.of());
        }

        static Match of(Known known, Finding... warnings) {
            return new Match(known, null, List.of(warnings));
        }

        static Match none(Finding... warnings) {
            return new Match(null, null, List.of(warnings));
        }
    }

    /**
     * Finds whom a row is about.
     *
     * @param candidates members with the row's card, with its birthday and a name that is alike, or of its cell and with such a name
     */
    static Match find(int line, Entry entry, List<Known> candidates) {
        String card = entry.cardNumber();
        Known holder = card == null ? null : holder(card, candidates);
        if (holder != null) {
            return byCard(line, entry, holder);
        }
        boolean others = false;
        Known only = null;
        for (Known known : candidates) {
            Member member = known.member();
            if (!known.within() || !isAlike(entry, member)) {
                continue;
            }
            boolean mayBe = member.cell().equals(entry.cell()) && (card == null || member.cardNumber() == null);
            if (mayBe && only == null) {
                only = known;
            } else {
                others = true;
            }
        }
        if (only != null && !others) {
            return same(line, entry, only);
        }
        return others ? Match.none(new Finding(line, Field.NAME.word(), "roster.two-people-member")) : Match.none();
    }

    /** Two days of birth tell people apart; where one is not known, the name must be the very same, and the cell too. */
    private static boolean isAlike(Entry entry, Member member) {
        if (entry.birthDate() != null && member.birthDate() != null) {
            return entry.birthDate().equals(member.birthDate()) && Names.alike(entry.name(), member.name());
        }
        return member.cell().equals(entry.cell())
                && Names.proper(member.name()).equals(entry.name())
                && Objects.equals(entry.birthYear(), birthYear(member));
    }

    /** Who has this card: one who is active goes before one who has left. */
    private static @Nullable Known holder(String card, List<Known> candidates) {
        return candidates.stream()
                .filter(known -> card.equals(known.member().cardNumber()))
                .min(Comparator.comparing(known -> !known.member().status().isActive()))
                .orElse(null);
    }

    private static Match byCard(int line, Entry entry, Known known) {
        // whether it is the same person elsewhere or another one is not told: the caller may not know of that cell
        if (!known.within()) {
            return Match.refused(line, Field.CARD, "roster.card-elsewhere");
        }
        if (!Names.alike(entry.name(), known.member().name())
                || !SeenRows.isSameBirth(birth(entry), birth(known.member()))) {
            return Match.refused(line, Field.CARD, "roster.card-of-member");
        }
        return same(line, entry, known);
    }

    private static Match same(int line, Entry entry, Known known) {
        if (!known.member().status().isActive()) {
            return Match.refused(line, Field.NAME, "roster.member-left");
        }
        boolean moves = !known.member().cell().equals(entry.cell());
        return moves ? Match.of(known, new Finding(line, Field.CELL.word(), "roster.moves")) : Match.of(known);
    }

    private static @Nullable Object birth(Entry entry) {
        return entry.birthDate() != null ? entry.birthDate() : entry.birthYear();
    }

    private static @Nullable Object birth(Member member) {
        return member.birthDate() != null ? member.birthDate() : member.birthYear();
    }

    /** The member as the row makes it, from what it was: only what the row says and says otherwise is changed. */
    static Member merged(Entry entry, Member was) {
        boolean nameSaysNothingNew = Names.proper(was.name()).equals(entry.name())
                || Names.isBare(entry.name()) && Names.alike(entry.name(), was.name());
        boolean birthSaysNothingNew = entry.birthDate() == null
                && (entry.birthYear() == null || Objects.equals(entry.birthYear(), birthYear(was)));
        LocalDate official = or(entry.officialOn(), was.officialOn());
        return new Member(
                was.id(),
                nameSaysNothingNew ? was.name() : entry.name(),
                birthSaysNothingNew ? was.birthDate() : entry.birthDate(),
                birthSaysNothingNew ? was.birthYear() : entry.birthYear(),
                or(entry.gender(), was.gender()),
                or(entry.cardNumber(), was.cardNumber()),
                or(entry.admittedOn(), was.admittedOn()),
                official,
                was.status() == MemberStatus.PROBATIONARY && official != null && was.officialOn() == null
                        ? MemberStatus.OFFICIAL
                        : was.status(),
                entry.cell(),
                or(entry.phone(), was.phone()));
    }

    /** A new member as the row makes it. */
    static Member added(Entry entry, UUID id) {
        return new Member(
                id,
                entry.name(),
                entry.birthDate(),
                entry.birthYear(),
                entry.gender(),
                entry.cardNumber(),
                entry.admittedOn(),
                entry.officialOn(),
                entry.officialOn() == null ? MemberStatus.PROBATIONARY : MemberStatus.OFFICIAL,
                entry.cell(),
                entry.phone());
    }

    private static @Nullable Integer birthYear(Member member) {
        return member.birthDate() != null ? (Integer) member.birthDate().getYear() : member.birthYear();
    }

    private static <T> @Nullable T or(@Nullable T said, @Nullable T known) {
        return said != null ? said : known;
    }
}
