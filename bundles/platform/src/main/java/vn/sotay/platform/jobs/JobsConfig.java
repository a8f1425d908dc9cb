package vn.sotay.platform.jobs;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** Settings of {@code jobs} in {@code sotay.json}. */
@ObjectClassDefinition(pid = "vn.sotay.jobs", name = "Jobs", description = "Long work such as imports")
@interface JobsConfig {

    @AttributeDefinition(
            description =
                    "Days after which a job is forgotten, with the rows that it staged: it cannot be undone any more")
    int keepDays() default 30;
}
