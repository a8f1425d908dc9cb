package vn.sotay.platform.personal;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import vn.sotay.api.access.Audience;
import vn.sotay.api.change.ChangeType;
import vn.sotay.api.store.Transaction;
import vn.sotay.platform.personal.Register.Entry;
import vn.sotay.platform.seals.SealedModules;

/** Takes a member out of all tables of the register, and out of what devices were told. */
final class Erasing {

    private static final String MEMBER_AUDIENCE = "member:";

    private final Register register;
    private final SealedModules sealed;

    Erasing(Register register, SealedModules sealed) {
        this.register = register;
        this.sealed = sealed;
    }

    /**
     * What of one purpose would become of somebody's rows.
     *
     * @param module whose tables they are
     * @param purpose what they are for
     * @param removed rows that go
     * @param cleared rows that stay without what tells of somebody
     * @param kept rows that stay as they are: ids alone
     */
    record Rows(String module, String purpose, long removed, long cleared, long kept) {

        private Rows and(PersonalTable.Erased erased, long rows) {
            return switch (erased) {
                case REMOVED -> new Rows(module, purpose, removed + rows, cleared, kept);
                case CLEARED -> new Rows(module, purpose, removed, cleared + rows, kept);
                case KEPT -> new Rows(module, purpose, removed, cleared, kept + rows);
            };
        }
    }

    private record Thing(String type, UUID id) {}

    private record Told(String audience, long version) {}

    /** What {@link #erase} would do; purposes without rows are left out. */
    List<Rows> preview(Transaction tx, UUID member) {
        List<UUID> accounts = accounts(tx, member);
        Map<String, Rows> byPurpose = new LinkedHashMap<>();
        for (Entry entry : register.all(tx)) {
            PersonalTable of = entry.of();
            if (of.person() == null) {
                continue;
            }
            long rows = 0;
            for (UUID person : of.member() == null ? accounts : List.of(member)) {
                rows += tx.handle()
                        .createQuery("select count(*) from " + entry.table() + " where " + of.person() + " = :person")
                        .bind("person", person)
                        .mapTo(Long.class)
                        .one();
            }
            if (rows > 0 && of.erased() != null) {
                String purpose = of.purposes().get(0);
                byPurpose.put(
                        entry.module() + '/' + purpose,
                        byPurpose
                                .getOrDefault(
                                        entry.module() + '/' + purpose, new Rows(entry.module(), purpose, 0, 0, 0))
                                .and(of.erased(), rows));
            }
        }
        return new ArrayList<>(byPurpose.values());
    }

    private static List<UUID> accounts(Transaction tx, UUID member) {
        return tx.handle()
                .createQuery("select id from account where member = :member")
                .bind("member", member)
                .mapTo(UUID.class)
                .list();
    }

    /** Does it, in this transaction; some members at once, since not every table has an index for it. */
    void erase(Transaction tx, List<UUID> members) {
        List<UUID> accounts = new ArrayList<>();
        for (UUID member : members) {
            tellDevices(tx, member);
            accounts.addAll(accounts(tx, member));
        }
        for (Entry entry : register.all(tx)) {
            PersonalTable of = entry.of();
            List<UUID> people = of.member() == null ? accounts : members;
            if (of.person() != null && !people.isEmpty()) {
                end(tx, entry, of.person() + " in (" + "?, ".repeat(people.size() - 1) + "?)", people.toArray());
            }
        }
    }

    /**
     * Ends what was kept for long enough.
     *
     * @param before milliseconds
     */
    void end(Transaction tx, Entry entry, long before) {
        end(tx, entry, since(entry) + " < ?", before);
    }

    /** How many rows {@link #end} would end. */
    long ending(Transaction tx, Entry entry, long before) {
        return tx.handle()
                .createQuery("select count(*) from " + entry.table() + " where " + since(entry) + " < :before")
                .bind("before", before)
                .mapTo(Long.class)
                .one();
    }

    private static String since(Entry entry) {
        PersonalTable.Kept kept = entry.of().kept();
        if (kept == null) {
            throw new IllegalArgumentException(entry.table() + " is kept as long as what it belongs to");
        }
        return kept.since();
    }

    private void end(Transaction tx, Entry entry, String condition, Object... values) {
        if (entry.of().erased() == PersonalTable.Erased.REMOVED) {
            tx.handle().execute("delete from " + entry.table() + " where " + condition, values);
        }
        Map<String, @Nullable String> cleared = entry.of().cleared();
        if (cleared != null) {
            cleared.forEach((column, instead) -> {
                // what is empty stays so: an absence without a reason does not get one
                String where = " where " + condition + " and " + column + " is not null";
                if (instead == null) {
                    tx.handle().execute("update " + entry.table() + " set " + column + " = null" + where, values);
                } else if (!sealed.replace(tx, entry.table(), column, instead, condition, values)) {
                    Object[] all =
                            Stream.concat(Stream.of(instead), Stream.of(values)).toArray();
                    tx.handle().execute("update " + entry.table() + " set " + column + " = ?" + where, all);
                }
            });
        }
    }

    /**
     * What was told to a member's own devices is about that member: it goes from those of the leaders too. Some was taken from the
     * member's own when the member left.
     */
    private static void tellDevices(Transaction tx, UUID member) {
        String own = Audience.member(member).toString();
        List<Thing> things = tx.handle()
                .createQuery("select distinct type, id from change_feed where audience = :own or id = :member")
                .bind("own", own)
                .bind("member", member)
                .map((row, context) -> new Thing(row.getString(1), UUID.fromString(row.getString(2))))
                .list();
        for (Thing thing : things) {
            List<Told> told = tx.handle()
                    .createQuery("select audience, version from change_feed where type = :type and id = :id")
                    .bind("type", thing.type())
                    .bind("id", thing.id())
                    .map((row, context) -> new Told(row.getString(1), row.getLong(2)))
                    .list();
            boolean isShared = told.stream()
                    .anyMatch(one -> one.audience().startsWith(MEMBER_AUDIENCE)
                            && !one.audience().equals(own));
            if (isShared) {
                // it is about others as well: nobody reads this member's copy any more
                tx.handle()
                        .execute(
                                "update change_feed set deleted = true, data = null where type = ? and id = ?"
                                        + " and audience = ?",
                                thing.type(),
                                thing.id(),
                                own);
            } else {
                long version = told.stream().mapToLong(Told::version).max().orElse(0);
                tx.removed(new ChangeType<>(thing.type(), Object.class), thing.id(), version + 1);
            }
        }
    }
}
