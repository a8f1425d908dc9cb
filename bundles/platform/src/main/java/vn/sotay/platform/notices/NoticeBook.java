package vn.sotay.platform.notices;

import java.time.Instant;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.BiPredicate;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import vn.sotay.api.access.Audience;
import vn.sotay.api.access.Caller;
import vn.sotay.api.http.Page;
import vn.sotay.api.http.Problem;
import vn.sotay.api.member.Born;
import vn.sotay.api.member.Member;
import vn.sotay.api.member.Members;
import vn.sotay.api.notice.Notice;
import vn.sotay.api.notice.Urgency;
import vn.sotay.api.store.Store;
import vn.sotay.api.store.Transaction;
import vn.sotay.platform.keys.FieldKeys;
import vn.sotay.platform.module.Words;

/** The notices: what was told to whom, and how far each has looked. Thread-safe. */
@Component(service = NoticeBook.class)
public final class NoticeBook {

    private static final long VERSION = 1;

    private static final Locale VIETNAMESE = new Locale("vi");

    /**
     * A notice as its reader lists it.
     *
     * @param module whose texts it is made of, {@code notice.<template>.title} and {@code .text}
     * @param data what the texts name in braces; an instant or a day in ISO form is to be shown as people say it
     * @param seen whether the caller has had it on the screen
     */
    record Listed(
            UUID id,
            String module,
            String template,
            Map<String, String> data,
            String link,
            Urgency urgency,
            Instant sentAt,
            boolean seen) {

        static Listed of(Told told, @Nullable Instant until) {
            return new Listed(
                    told.id(),
                    told.module(),
                    told.template(),
                    told.data(),
                    told.link(),
                    told.urgency(),
                    told.sentAt(),
                    until != null && !told.sentAt().isAfter(until));
        }
    }

    private final Store store;
    private final Members members;
    private final Words words;
    private final NoticeRows rows;

    @Activate
    public NoticeBook(
            @Reference Store store, @Reference Members members, @Reference Words words, @Reference FieldKeys keys) {
        this.store = store;
        this.members = members;
        this.words = words;
        this.rows = new NoticeRows(keys);
    }

    // ---- for modules

    void send(Transaction tx, String module, Notice notice) {
        requireTexts(module, notice.template());
        if (rows.exists(tx.handle(), notice.id())) {
            return;
        }
        String about = notice.about();
        if (about != null) {
            rows.about(tx.handle(), module, notice.audience(), about).forEach(before -> remove(tx, before));
        }
        Told told = new Told(
                notice.id(),
                module,
                notice.template(),
                notice.data(),
                notice.link(),
                notice.urgency(),
                tx.now(),
                notice.born());
        rows.insert(tx, told, notice, member(notice.audience()), unit(tx, notice.audience()));
        tx.changed(Told.TYPE, told.id(), VERSION, notice.audience(), told);
    }

    private void requireTexts(String module, String template) {
        for (String part : List.of("title", "text")) {
            String key = "notice." + template + '.' + part;
            if (words.say(module, VIETNAMESE, key, Map.of()).equals(key)) {
                throw new IllegalArgumentException("the texts of " + module + " have no " + key);
            }
        }
    }

    private static @Nullable UUID member(Audience audience) {
        return audience.kind() == Audience.Kind.MEMBER ? audience.id() : null;
    }

    private @Nullable UUID unit(Transaction tx, Audience audience) {
        UUID id = audience.id();
        if (id == null || audience.kind() != Audience.Kind.MEMBER) {
            return id;
        }
        return members.find(tx, id).map(Member::cell).orElse(null);
    }

    void withdraw(Transaction tx, String module, UUID id) {
        rows.find(tx.handle(), id)
                .filter(row -> row.told().module().equals(module))
                .ifPresent(row -> remove(tx, row));
    }

    void withdraw(
            Transaction tx, String module, Collection<Audience> audiences, BiPredicate<Audience, String> settled) {
        rows.subjects(tx.handle(), module, audiences).stream()
                .filter(one -> settled.test(one.audience(), one.about()))
                .forEach(one -> remove(tx, one.notice(), one.version()));
    }

    private void remove(Transaction tx, NoticeRows.Row row) {
        remove(tx, row.told().id(), row.version());
    }

    private void remove(Transaction tx, UUID notice, long version) {
        rows.withdraw(tx, notice);
        tx.removed(Told.TYPE, notice, version + 1);
    }

    // ---- for readers

    Page<Listed> list(Caller caller, @Nullable List<String> after, int limit) {
        return store.read(tx -> {
            Told before = null;
            if (after != null) {
                // of a notice that is gone meanwhile the page begins anew: its place is not known any more
                before = rows.find(tx.handle(), id(after.get(0)))
                        .map(NoticeRows.Row::told)
                        .orElse(null);
            }
            Instant seen = rows.seen(tx.handle(), caller.account()).orElse(null);
            List<Listed> found =
                    rows.newest(tx.handle(), audiences(tx, caller), born(tx, caller), before, limit + 1).stream()
                            .map(told -> Listed.of(told, seen))
                            .toList();
            return Page.of(found, limit, one -> List.of(one.id().toString()));
        });
    }

    /** Null for who is no member, and is told whatever the age. */
    private @Nullable Born born(Transaction tx, Caller caller) {
        return caller.member().flatMap(id -> members.find(tx, id)).map(Born::of).orElse(null);
    }

    private static UUID id(String cursor) {
        try {
            return UUID.fromString(cursor);
        } catch (IllegalArgumentException e) {
            throw Problem.invalid("after", "cursor");
        }
    }

    /** Also those of units that were merged into the caller's: they were told before that. */
    private Set<Audience> audiences(Transaction tx, Caller caller) {
        Set<Audience> all = new HashSet<>(caller.audiences());
        List<String> ids = all.stream()
                .filter(one -> one.id() != null && one.kind() != Audience.Kind.MEMBER)
                .map(one -> String.valueOf(one.id()))
                .distinct()
                .toList();
        if (!ids.isEmpty()) {
            tx.handle()
                    .createQuery("select id, parent from unit where closed_at is not null and parent in (<ids>)")
                    .bindList("ids", ids)
                    .map((row, context) ->
                            Map.entry(UUID.fromString(row.getString(1)), UUID.fromString(row.getString(2))))
                    .forEach(merged -> caller.audiences().stream()
                            .filter(one -> merged.getValue().equals(one.id()))
                            .forEach(one -> all.add(new Audience(one.kind(), merged.getKey()))));
        }
        return all;
    }

    /** The caller has looked at all that was sent until then; a time to come counts as now. */
    void see(Caller caller, Instant until) {
        store.change(tx -> {
            Instant then = until.isAfter(tx.now()) ? tx.now() : until;
            Optional<UUID> member = caller.member();
            if (rows.see(tx, caller.account(), then) && member.isPresent()) {
                tx.changed(Seen.TYPE, member.get(), then.toEpochMilli(), Audience.member(member.get()), new Seen(then));
            }
        });
    }
}
