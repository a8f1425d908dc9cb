package vn.sotay.platform.store;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** Settings of the audit trail: section {@code audit} of {@code sotay.json}. */
@ObjectClassDefinition(name = "Audit")
@interface AuditConfig {

    @AttributeDefinition(description = "days that the trail is kept, 30 at least")
    int keepDays() default 1825;
}
