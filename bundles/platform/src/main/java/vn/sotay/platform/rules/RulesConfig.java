package vn.sotay.platform.rules;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** Settings of the rules: section {@code rules} of {@code sotay.json}. */
@ObjectClassDefinition(name = "Rules")
@interface RulesConfig {

    @AttributeDefinition(
            description =
                    "Ids of rule packs that the province has confirmed, parted by commas; without it a pack that says confirm is not in force")
    String confirmed() default "";
}
