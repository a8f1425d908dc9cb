package vn.sotay.platform.store;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.BiPredicate;
import vn.sotay.api.access.Audience;
import vn.sotay.api.notice.Notice;
import vn.sotay.api.notice.Notices;
import vn.sotay.api.store.Transaction;

/** What was sent, by its id: the same again is nothing. */
public final class Sent implements Notices {

    private final Set<UUID> ids = new HashSet<>();
    private final List<Notice> all = new ArrayList<>();

    @Override
    public void send(Transaction tx, Notice notice) {
        if (ids.add(notice.id())) {
            all.add(notice);
        }
    }

    @Override
    public void withdraw(Transaction tx, UUID notice) {
        all.removeIf(one -> one.id().equals(notice));
    }

    @Override
    public void withdraw(Transaction tx, Collection<Audience> audiences, BiPredicate<Audience, String> settled) {
        all.removeIf(one ->
                audiences.contains(one.audience()) && one.about() != null && settled.test(one.audience(), one.about()));
    }

    /** Of each that was not withdrawn: its template, whom it tells, and one of its data. */
    public List<String> told(String key) {
        return all.stream()
                .map(one -> one.template()
                        + ' '
                        + one.audience().id()
                        + ' '
                        + one.data().get(key))
                .toList();
    }
}
