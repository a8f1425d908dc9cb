package vn.sotay.platform.store;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;
import vn.sotay.api.access.Audience;
import vn.sotay.api.store.AuditKind;

/**
 * Of which unit the things on the audit trail are, for its officers: by whom the change feed tells of them. What was read is looked up
 * when it is written, many at once; a write knows it.
 */
final class AuditPlaces {

    private static final int AT_ONCE = 256;

    /** Whoever signs in does so nowhere. */
    private static final Set<AuditKind> PLACED =
            EnumSet.of(AuditKind.WRITE, AuditKind.READ, AuditKind.EXPORT, AuditKind.ACCOUNT, AuditKind.MANDATE);

    private static final Set<AuditKind> READS = EnumSet.of(AuditKind.READ, AuditKind.EXPORT);

    private static final List<Audience.Kind> UNIT_KINDS = List.of(
            Audience.Kind.LEADERS,
            Audience.Kind.MEMBERS,
            Audience.Kind.OFFICERS,
            Audience.Kind.ALL_LEADERS,
            Audience.Kind.ALL_OFFICERS);

    /** What the feed may tell the unit of. */
    private record Thing(String type, UUID id) {}

    private AuditPlaces() {}

    /** A thing's: itself if it is a unit, else that whose leaders are told of it, or members, or officers; null if of none, or many. */
    static @Nullable UUID of(String type, UUID id, Iterable<Audience> told) {
        if (type.equals("unit")) {
            return id;
        }
        for (Audience.Kind kind : UNIT_KINDS) {
            UUID unit = null;
            int found = 0;
            for (Audience audience : told) {
                if (audience.kind() == kind) {
                    unit = audience.id();
                    found++;
                }
            }
            if (found > 0) {
                return found == 1 ? unit : null;
            }
        }
        return null;
    }

    /** The same entries with their units, as far as they are known. */
    static List<AuditEntry> placed(Handle handle, List<AuditEntry> entries) {
        Map<String, Set<UUID>> asked = new HashMap<>();
        for (AuditEntry entry : entries) {
            thing(entry).ifPresent(thing -> asked.computeIfAbsent(thing.type(), type -> new LinkedHashSet<>())
                    .add(thing.id()));
        }
        if (asked.isEmpty()) {
            return entries;
        }
        Map<Thing, UUID> units = new HashMap<>();
        asked.forEach((type, ids) -> {
            List<UUID> all = List.copyOf(ids);
            for (int from = 0; from < all.size(); from += AT_ONCE) {
                FeedRows.audiences(handle, type, all.subList(from, Math.min(from + AT_ONCE, all.size())))
                        .forEach((id, told) -> {
                            UUID unit = of(type, id, told);
                            if (unit != null) {
                                units.put(new Thing(type, id), unit);
                            }
                        });
            }
        });
        List<AuditEntry> placed = new ArrayList<>(entries.size());
        entries.forEach(entry -> placed.add(thing(entry)
                .flatMap(thing -> Optional.ofNullable(units.get(thing)))
                .map(entry::at)
                .orElse(entry)));
        return placed;
    }

    /** By what the unit is found: the member whom it concerns, else what was read, such as the meeting whose answers were. */
    private static Optional<Thing> thing(AuditEntry entry) {
        if (entry.unit() != null || !PLACED.contains(entry.kind())) {
            return Optional.empty();
        }
        if (entry.member() != null) {
            return Optional.of(new Thing("member", entry.member()));
        }
        String id = entry.thing();
        if (id == null || !READS.contains(entry.kind())) {
            return Optional.empty();
        }
        try {
            return Optional.of(new Thing(entry.type().split("-", 2)[0], UUID.fromString(id)));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
