package vn.sotay.platform.notices;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.AttributeType;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** Settings of notices by e-mail: section {@code mail} of {@code sotay.json}. */
@ObjectClassDefinition(name = "Mail")
@interface MailConfig {

    @AttributeDefinition(description = "host of the SMTP server; empty: nothing is sent by e-mail")
    String host() default "";

    @AttributeDefinition(description = "its port")
    int port() default 587;

    @AttributeDefinition(
            description = "STARTTLS, TLS from the first byte, or NONE, which is for a server on this very machine")
    String security() default "STARTTLS";

    @AttributeDefinition(description = "name by which Sotay signs in there; empty: it does not")
    String user() default "";

    @AttributeDefinition(
            type = AttributeType.PASSWORD,
            description = "its password; better in a file, or in the environment: SOTAY_MAIL_PASSWORD")
    String password() default "";

    @AttributeDefinition(description = "file whose first line is the password")
    String passwordFile() default "";

    @AttributeDefinition(description = "address that the mail comes from, such as sotay@example.vn")
    String from() default "";
}
