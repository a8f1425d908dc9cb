package vn.sotay.api.store;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * A component of a record that nobody may read who has the database alone, such as a phone number or an income: it is sealed in the
 * change feed, and opened for those whom a payload is addressed to. In the module's own tables it is the module's to seal, by {@link Seals}.
 */
@Target(ElementType.RECORD_COMPONENT)
@Retention(RetentionPolicy.RUNTIME)
public @interface Sensitive {}
