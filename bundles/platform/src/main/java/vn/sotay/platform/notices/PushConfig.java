package vn.sotay.platform.notices;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;
import vn.sotay.platform.push.PushServices;

/** Settings of notices on phones and computers while the handbook is closed: section {@code push} of {@code sotay.json}. */
@ObjectClassDefinition(name = "Web Push")
@interface PushConfig {

    @AttributeDefinition(
            description = "where push services reach who runs this, such as mailto:sotay@example.vn or an address that"
                    + " begins with https://; empty: nothing is sent to phones")
    String contact() default "";

    @AttributeDefinition(
            description = "file of the keys by which push services know this Sotay, made at the first start; empty:"
                    + " keys/push in the data directory")
    String keyFile() default "";

    @AttributeDefinition(
            description = "push services that may be asked, with commas between them: a host, .example.vn for all"
                    + " below it, or a whole origin")
    String services() default PushServices.USUAL;
}
