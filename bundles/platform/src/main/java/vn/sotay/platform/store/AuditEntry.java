package vn.sotay.platform.store;

import java.util.UUID;
import org.jspecify.annotations.Nullable;
import vn.sotay.api.store.AuditKind;
import vn.sotay.api.store.Transaction;

/**
 * What is to stand on the audit trail, without its place and time.
 *
 * @param account who did it; null for the system, and for who is not known
 * @param type of the thing, such as {@code member}
 * @param thing its id; null if it has none
 * @param member whom it concerns; null for nobody
 * @param before SHA-256 of what the thing was before, in hexadecimal digits; null if there was none
 * @param after the same of what it has become
 * @param detail some words, never content; null for none
 * @param session by which it was done, as {@code audit_session} has it; null for none
 * @param unit of which the thing is, or the member whom it concerns, as it stood then; null if it is not known, or of none
 */
public record AuditEntry(
        @Nullable UUID account,
        AuditKind kind,
        String type,
        @Nullable String thing,
        @Nullable UUID member,
        @Nullable String before,
        @Nullable String after,
        @Nullable String detail,
        @Nullable UUID session,
        @Nullable UUID unit) {

    private static final int DETAIL_MAX = 200;

    public AuditEntry {
        if (detail != null && detail.length() > DETAIL_MAX) {
            detail = detail.substring(0, DETAIL_MAX);
        }
    }

    /** Without digests, and done by no session. */
    public static AuditEntry of(
            @Nullable UUID account,
            AuditKind kind,
            String type,
            @Nullable Object thing,
            @Nullable UUID member,
            @Nullable String detail) {
        return new AuditEntry(
                account, kind, type, thing == null ? null : thing.toString(), member, null, null, detail, null, null);
    }

    /** What the thread does for whom it works, without digests. */
    public static AuditEntry ofActing(
            AuditKind kind, String type, @Nullable Object thing, @Nullable UUID member, @Nullable String detail) {
        return of(Acting.account(), kind, type, thing, member, detail).by(Acting.session());
    }

    /** The same, done by a session; null for none. */
    public AuditEntry by(@Nullable UUID one) {
        return new AuditEntry(account, kind, type, thing, member, before, after, detail, one, unit);
    }

    /** The same, of a unit; null if it is not known. */
    public AuditEntry at(@Nullable UUID one) {
        return new AuditEntry(account, kind, type, thing, member, before, after, detail, session, one);
    }

    /** Keeps this with the transaction; for what somebody else does than who is signed in, such as signing in. */
    public static void add(Transaction tx, AuditEntry entry) {
        ((StoreTransaction) tx).audit(entry);
    }
}
