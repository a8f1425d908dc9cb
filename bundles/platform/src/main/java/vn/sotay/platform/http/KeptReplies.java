package vn.sotay.platform.http;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import vn.sotay.api.access.Audience;
import vn.sotay.api.access.Caller;
import vn.sotay.api.access.Mandate;
import vn.sotay.api.http.Reply;
import vn.sotay.platform.store.ChangeLog;
import vn.sotay.platform.store.Engine;

/**
 * Replies as they were written, until something is committed for the audiences that they were made from: whether that has happened is
 * known without the database. What was asked for longest ago goes first when there is no more room. Thread-safe.
 */
@Component(service = KeptReplies.class)
public final class KeptReplies {

    private static final long ROOM = 16L * 1024 * 1024;
    private static final int LARGEST = 256 * 1024;

    /**
     * Who asked what of which module. Mandates too, since a session outlives them.
     *
     * @param module that answers
     */
    record Question(String module, String pathAndQuery, UUID account, List<Mandate> mandates) {

        static Question of(String module, String pathAndQuery, Caller caller) {
            return new Question(module, pathAndQuery, caller.account(), caller.mandates());
        }
    }

    /**
     * An answer.
     *
     * @param heads the newest number of each audience before it was read, so that it holds at least what had been committed by then
     */
    private record Kept(List<Long> heads, String etag, byte[] json) {

        Reply reply() {
            return Reply.json(json).header("ETag", etag);
        }
    }

    private final Function<Audience, @Nullable Long> head;
    private final Map<Question, Kept> replies = new LinkedHashMap<>(64, 0.75f, true);
    private long size;

    /** For the framework. */
    @Activate
    public KeptReplies(@Reference Engine engine) {
        this(engine.changes());
    }

    private KeptReplies(ChangeLog changes) {
        this(changes::head);
    }

    KeptReplies(Function<Audience, @Nullable Long> head) {
        this.head = head;
    }

    /** What was answered to this question, if it still holds; otherwise {@code written}, kept. */
    Reply reply(Question question, Set<Audience> audiences, Supplier<byte[]> written) {
        List<Long> heads = heads(audiences);
        Kept kept = find(question);
        if (kept == null || !kept.heads().equals(heads)) {
            byte[] json = written.get();
            kept = new Kept(heads, etag(json), json);
            keep(question, kept);
        }
        return kept.reply();
    }

    private List<Long> heads(Set<Audience> audiences) {
        List<Long> heads = new ArrayList<>(audiences.size());
        for (Audience audience : audiences) {
            Long newest = head.apply(audience);
            heads.add(newest == null ? 0 : newest);
        }
        return heads;
    }

    private synchronized @Nullable Kept find(Question question) {
        return replies.get(question);
    }

    private synchronized void keep(Question question, Kept kept) {
        if (kept.json().length > LARGEST) {
            return;
        }
        Kept before = replies.put(question, kept);
        size += kept.json().length - (before == null ? 0 : before.json().length);
        var eldest = replies.values().iterator();
        while (size > ROOM) {
            size -= eldest.next().json().length;
            eldest.remove();
        }
    }

    /** Forgets what this module answered: its new version may write the same things in another way. */
    synchronized void forget(String module) {
        replies.entrySet().removeIf(kept -> {
            boolean goes = kept.getKey().module().equals(module);
            size -= goes ? kept.getValue().json().length : 0;
            return goes;
        });
    }

    /** Of the content, so that it is the same after a restart. */
    private static String etag(byte[] json) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(json);
            return '"' + Base64.getUrlEncoder().withoutPadding().encodeToString(Arrays.copyOf(hash, 12)) + '"';
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java knows SHA-256", e);
        }
    }
}
