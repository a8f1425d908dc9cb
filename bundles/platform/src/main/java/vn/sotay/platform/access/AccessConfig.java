package vn.sotay.platform.access;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** Settings of signing in: section {@code access} of {@code sotay.json}. */
@ObjectClassDefinition(name = "Access")
@interface AccessConfig {

    @AttributeDefinition(description = "days after its last use when a session ends")
    int sessionDays() default 30;

    @AttributeDefinition(
            description = "hours when a login card ends that nobody has opened, unless another time is asked for")
    int cardHours() default 24;

    @AttributeDefinition(
            description =
                    "roles, parted by commas, that must sign in with a second factor: without one they can do nothing"
                            + " but set it up; not in a demo province; empty for none")
    String factorRoles() default "ADMINISTRATOR,OFFICER,EDITOR";

    @AttributeDefinition(
            description =
                    "name of the host or domain for which passkeys are made, such as sotay.example.vn; empty for the host"
                            + " that the browser asks for. Passkeys that were made for another one are of no use")
    String passkeyHost() default "";

    @AttributeDefinition(
            description =
                    "whether the browser may send its cookie by HTTPS alone: always, never, or auto, which is by what"
                            + " the page itself came")
    String secureCookie() default "auto";
}
