package vn.sotay.api.notice;

import java.time.Instant;
import java.util.Collection;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.osgi.annotation.versioning.ConsumerType;
import vn.sotay.api.member.Born;
import vn.sotay.api.store.Transaction;

/**
 * What of a module members were asked to read, and who has given the sign that was asked for. A Declarative Services component, at most one
 * a module. The platform makes counts by unit of it, for those who look where help is needed; it keeps and shows nobody's name.
 *
 * @since 1.3
 */
@ConsumerType
public interface Readings {

    /** Letters and hyphens, such as {@code "documents"}. The page calls it by {@code readings.<name>} of the module's texts. */
    String name();

    /**
     * Goes through what members were asked to read since then and still are: each thing, then those who have read it.
     *
     * @param since when the asking began, or later
     * @param members whose signs are wanted; null for everybody's
     */
    void forEach(Transaction tx, Instant since, @Nullable Collection<UUID> members, Visitor visitor);

    /** Is told of them. */
    interface Visitor {

        /**
         * Of one more thing.
         *
         * @param unit as it was when this was written: its members and those of all below were asked
         * @param born of these those alone who may be born in these days; null for all
         */
        void asked(UUID unit, @Nullable Born born);

        /** Of somebody who has read that thing. */
        void read(UUID member);
    }
}
