package vn.sotay.platform.http;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import vn.sotay.api.access.Caller;
import vn.sotay.api.access.Mandate;
import vn.sotay.api.store.AuditKind;
import vn.sotay.platform.store.AuditEntry;
import vn.sotay.platform.store.AuditReads;

/** Which answers of routes that are {@code audited} go on the audit trail. Thread-safe. */
final class ReadLog {

    /** A list that is turned over, or looked at again and again, is one read. */
    private static final Duration SAME = Duration.ofMinutes(1);

    private static final int MOST_KEPT = 10_000;

    private record Read(
            UUID account,
            @Nullable UUID session,
            String type,
            @Nullable String thing) {}

    private final AuditReads trail;
    private final Map<Read, Long> lists = new LinkedHashMap<>();

    ReadLog(AuditReads trail) {
        this.trail = trail;
    }

    /** Keeps it; empty if there is nothing to keep. */
    Optional<CompletionStage<Void>> keep(
            RouteTable.Match match, Map<String, String> queries, Caller caller, @Nullable UUID session) {
        RouteSpec route = match.route();
        String type = String.valueOf(route.audited);
        String id = match.variables().get("id");
        String account = match.variables().get("account");
        String named = route.template.startsWith("/api/units/{id}")
                ? id
                : match.variables().get("unit");
        String unit = named != null ? named : queries.get("unit");
        String thing = id != null ? id : account != null ? account : unit;
        UUID member = member(type, match.variables().get("member"), id);
        if (member != null && caller.member().filter(member::equals).isPresent()) {
            return Optional.empty();
        }
        // who is a member and nothing else gets by such a route what is its own
        if (member == null
                && caller.mandates().stream().allMatch(mandate -> mandate.role().equals("MEMBER"))) {
            return Optional.empty();
        }
        if (route.givesPage && isKnown(new Read(caller.account(), session, type, thing))) {
            return Optional.empty();
        }
        AuditKind kind = route.givesBytes ? AuditKind.EXPORT : AuditKind.READ;
        String detail = route.givesPage ? "list" : null;
        UUID at = null;
        if (unit != null) {
            at = UUID.fromString(unit);
        } else if (thing == null && member == null) {
            at = onlyUnit(caller);
        }
        return Optional.of(trail.keep(AuditEntry.of(caller.account(), kind, type, thing, member, detail)
                .by(session)
                .at(at)));
    }

    /** Where the caller has its mandates, if that is one unit: of it is a list of all that it may read. */
    private static @Nullable UUID onlyUnit(Caller caller) {
        List<UUID> held = caller.mandates().stream()
                .filter(mandate -> !mandate.role().equals("MEMBER"))
                .map(Mandate::unit)
                .distinct()
                .toList();
        return held.size() == 1 ? held.get(0) : null;
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
