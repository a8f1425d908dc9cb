package vn.sotay.platform.store;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Instant;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;
import vn.sotay.api.access.Audience;
import vn.sotay.api.change.ChangeType;
import vn.sotay.api.store.AuditKind;
import vn.sotay.api.store.Transaction;

/** Collects what changed; the engine writes it to the feed at the end. */
final class StoreTransaction implements Transaction {

    private static final int MOST_CHARACTERS = 1_000_000;

    private final Handle handle;
    private final ObjectMapper json;
    private final Instant now;
    private final long arrangement;
    private final boolean readsOnly;
    private final Map<String, ChangeLog.Pending> pending = new LinkedHashMap<>();
    private final List<AuditEntry> audits = new ArrayList<>();
    private List<Succession> successions = List.of();
    private Runnable rows = () -> {};
    private @Nullable Runnable published;

    /**
     * Begins.
     *
     * @param arrangement of the units when it began, as {@link ChangeLog#arrangement}
     * @param readsOnly whether nothing may be told to the feed
     */
    StoreTransaction(Handle handle, ObjectMapper json, Instant now, long arrangement, boolean readsOnly) {
        this.handle = handle;
        this.json = json;
        this.now = now;
        this.arrangement = arrangement;
        this.readsOnly = readsOnly;
    }

    @Override
    public Handle handle() {
        return handle;
    }

    @Override
    public Instant now() {
        return now;
    }

    @Override
    public <T> void changed(ChangeType<T> type, UUID id, long version, Map<Audience, ? extends T> payloads) {
        if (readsOnly) {
            throw new IllegalStateException("what only reads tells the feed nothing: use write");
        }
        Map<Audience, String> texts = new LinkedHashMap<>();
        // most often it is one payload for all: it is written once
        Map<Object, String> written = new IdentityHashMap<>();
        payloads.forEach((audience, payload) ->
                texts.put(audience, written.computeIfAbsent(payload, each -> text(type.name(), id, each))));
        pending.put(Readdressing.key(type.name(), id), new ChangeLog.Pending(type.name(), id, version, texts));
    }

    @Override
    public void audited(
            AuditKind kind, String type, @Nullable UUID id, @Nullable UUID member, @Nullable String detail) {
        audit(AuditEntry.ofActing(kind, type, id, member, detail));
    }

    void audit(AuditEntry entry) {
        if (readsOnly) {
            throw new IllegalStateException("what only reads writes nothing on the audit trail: use write");
        }
        audits.add(entry);
    }

    /** What is to stand on the trail besides what the feed is told. */
    List<AuditEntry> audits() {
        return audits;
    }

    private String text(String type, UUID id, Object payload) {
        try {
            String text = Payloads.write(json, type, id, payload);
            if (text.length() > MOST_CHARACTERS) {
                throw new IllegalArgumentException("a payload of the change feed has at most 1 MB");
            }
            return text;
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("not a payload: " + payload.getClass(), e);
        }
    }

    Map<String, ChangeLog.Pending> pending() {
        return pending;
    }

    void announce(List<Succession> all, Runnable atTheEnd, Runnable whenCommitted) {
        successions = List.copyOf(all);
        rows = atTheEnd;
        published = whenCommitted;
    }

    /** Writes what was left to the end. */
    void writeRows() {
        rows.run();
    }

    List<Succession> successions() {
        return successions;
    }

    /** What makes changed units known; null if it changes none. */
    @Nullable Runnable published() {
        return published;
    }

    long arrangement() {
        return arrangement;
    }
}
