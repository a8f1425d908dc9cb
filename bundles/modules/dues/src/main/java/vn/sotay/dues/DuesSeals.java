package vn.sotay.dues;

import java.util.UUID;
import org.jspecify.annotations.Nullable;
import vn.sotay.api.store.Seals;

/** What of dues is sealed in the database: {@code sealed} of {@code module.json} names the columns. The key is each row's id. */
final class DuesSeals {

    static final String BASE = "declaration-base";
    static final String PAY = "declaration-pay";
    static final String GROUND = "exemption-ground";
    static final String REASON = "exemption-reason";
    static final String MESSAGE = "exemption-message";

    private final Seals seals;

    DuesSeals(Seals seals) {
        this.seals = seals;
    }

    @Nullable String sealed(String field, UUID id, @Nullable Object value) {
        return value == null ? null : seals.seal(field, id.toString(), value.toString());
    }

    /** @return null if nothing is there, or it was taken away when the person was deleted */
    @Nullable String opened(String field, UUID id, @Nullable String sealed) {
        return sealed == null || sealed.isEmpty() ? null : seals.open(field, id.toString(), sealed);
    }

    /** An amount in đồng; null if nothing is there. */
    @Nullable Long amount(String field, UUID id, @Nullable String sealed) {
        String opened = opened(field, id, sealed);
        return opened == null ? null : Long.valueOf(opened);
    }
}
