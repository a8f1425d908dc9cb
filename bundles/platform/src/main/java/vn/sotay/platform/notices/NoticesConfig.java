package vn.sotay.platform.notices;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** Settings of notices that leave the handbook: section {@code notices} of {@code sotay.json}. */
@ObjectClassDefinition(name = "Notices")
@interface NoticesConfig {

    @AttributeDefinition(
            description = "address by which people open Sotay, such as https://sotay.example.vn, for the links in mail"
                    + " and text messages; empty: they have none")
    String address() default "";

    @AttributeDefinition(
            description = "seconds until what was not taken is tried again; five times as long after each further try")
    int retrySeconds() default 60;
}
