package vn.sotay.platform.keys;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** Settings of the keys of sensitive fields: section {@code keys} of {@code sotay.json}. */
@ObjectClassDefinition(name = "Keys")
@interface KeysConfig {

    @AttributeDefinition(
            description = "The file of the keys, made at the first start; empty for keys/fields in the data directory")
    String file() default "";
}
