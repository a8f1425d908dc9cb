package vn.sotay.api.module;

import java.time.LocalDate;
import java.util.UUID;
import org.osgi.annotation.versioning.ProviderType;
import vn.sotay.api.access.Caller;

/** The demo province and its people. */
@ProviderType
public interface Demo {

    /** Today in Viet Nam; what is to come is made relative to it. */
    LocalDate today();

    /**
     * One of the demo's people, by login: {@code admin}, {@code editor}, {@code editor2}, {@code officer}, {@code officer2}, {@code officer3}, {@code secretary}, {@code member},
     * {@code fisherman}, {@code secretary2}, {@code member2}.
     *
     * @throws IllegalArgumentException if there is no such login
     */
    Caller as(String login);

    /** A UUID that is the same in each demo province for the same words. */
    UUID id(String words);
}
