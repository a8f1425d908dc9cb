package vn.sotay.platform.jobs;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** Settings of long work such as imports: section {@code jobs} of {@code sotay.json}. */
@ObjectClassDefinition(name = "Jobs")
@interface JobsConfig {

    @AttributeDefinition(
            description =
                    "Days after which a job is forgotten, with the rows that it staged: it cannot be undone any more")
    int keepDays() default 30;
}
