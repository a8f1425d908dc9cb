package vn.sotay.platform.demo;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** Settings of the demo province: section {@code demo} of {@code sotay.json}. */
@ObjectClassDefinition(name = "Demo")
@interface DemoConfig {

    @AttributeDefinition(
            description =
                    "small, full or none; empty: small where there is no province yet. A province that is there is left alone")
    String size() default "";
}
