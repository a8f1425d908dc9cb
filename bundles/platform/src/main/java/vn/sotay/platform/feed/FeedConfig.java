package vn.sotay.platform.feed;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** Settings of {@code feed} in {@code sotay.json}. */
@ObjectClassDefinition(name = "Change feed", description = "What phones and pages follow")
@interface FeedConfig {

    @AttributeDefinition(
            description = "Days after which it is forgotten that something was taken away:"
                    + " who did not ask for so long reads everything anew")
    int tombstoneDays() default 180;
}
