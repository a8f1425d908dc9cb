package vn.sotay.platform.http;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import vn.sotay.api.access.Caller;
import vn.sotay.api.store.AuditKind;
import vn.sotay.platform.store.AuditEntry;
import vn.sotay.platform.store.AuditReads;

/** Which answers of routes that are {@code audited} go on the audit trail. Thread-safe. */
final class ReadLog {

    /** A list that is turned over, or looked at again and again, is one read. */
    private static final Duration SAME = Duration.ofMinutes(1);

    private static final int MOST_KEPT = 10_000;

    private record Read(UUID account, String type, @Nullable String thing) {}

    private final AuditReads trail;
    private final Map<Read, Long> lists = new LinkedHashMap<>();

    ReadLog(AuditReads trail) {
        this.trail = trail;
    }

    /** Keeps it; empty if there is nothing to keep. */
    Optional<CompletionStage<Void>> keep(RouteTable.Match match, Map<String, String> queries, Caller caller) {
        RouteSpec route = match.route();
        String type = String.valueOf(route.audited);
        String id = match.variables().get("id");
        String account = match.variables().get("account");
        String thing = id != null ? id : account != null ? account : queries.get("unit");
        UUID member = member(type, match.variables().get("member"), id);
        if (member != null && caller.member().filter(member::equals).isPresent()) {
            return Optional.empty();
        }
        // who is a member and nothing else gets by such a route what is its own
        if (member == null
                && caller.mandates().stream().allMatch(mandate -> mandate.role().equals("MEMBER"))) {
            return Optional.empty();
        }
        if (route.givesPage && isKnown(new Read(caller.account(), type, thing))) {
            return Optional.empty();
        }
        AuditKind kind = route.givesBytes ? AuditKind.EXPORT : AuditKind.READ;
        String detail = route.givesPage ? "list" : null;
        return Optional.of(trail.keep(AuditEntry.of(caller.account(), kind, type, thing, member, detail)));
    }

    private static @Nullable UUID member(String type, @Nullable String member, @Nullable String id) {
        String named = member == null && type.equals("member") ? id : member;
        // the handler has answered, so that it is an id
        return named == null ? null : UUID.fromString(named);
    }

    private synchronized boolean isKnown(Read read) {
        long now = System.nanoTime();
        Long before = lists.get(read);
        if (before != null && now - before < SAME.toNanos()) {
            return true;
        }
        lists.remove(read);
        lists.put(read, now);
        var eldest = lists.entrySet().iterator();
        while (lists.size() > MOST_KEPT) {
            eldest.next();
            eldest.remove();
        }
        return false;
    }
}
