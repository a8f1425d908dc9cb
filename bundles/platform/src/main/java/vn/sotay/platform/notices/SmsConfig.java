package vn.sotay.platform.notices;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.AttributeType;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** Settings of notices by text message, through any gateway that speaks HTTP: section {@code sms} of {@code sotay.json}. */
@ObjectClassDefinition(name = "Text messages")
@interface SmsConfig {

    @AttributeDefinition(
            description =
                    "address of the gateway; empty: no text messages are sent. Like the body it may have {number},"
                            + " {international}, {text}, {key} and {secret}")
    String url() default "";

    @AttributeDefinition(description = "POST, PUT or GET")
    String method() default "POST";

    @AttributeDefinition(
            description = "headers, each \"name: value\" on a line of its own, with the same names in braces")
    String[] headers() default {};

    @AttributeDefinition(
            description = "body; a value is escaped as its type asks, which is that of the header Content-Type")
    String body() default "{\"to\": \"{number}\", \"text\": \"{text}\", \"id\": \"{key}\"}";

    @AttributeDefinition(description = "type of the body: application/json or application/x-www-form-urlencoded")
    String type() default "application/json";

    @AttributeDefinition(
            description =
                    "regular expression that is to be found in the first 64 kB of the reply of a gateway that answers"
                            + " 200 to what it does not take too, such as \"CodeResult\":\"100\"; empty: the status alone says it")
    String accepted() default "";

    @AttributeDefinition(
            type = AttributeType.PASSWORD,
            description = "what the gateway knows Sotay by; better in a file, or in the environment: SOTAY_SMS_SECRET")
    String secret() default "";

    @AttributeDefinition(description = "file whose first line is the secret")
    String secretFile() default "";

    @AttributeDefinition(
            description = "whether marks are taken off the letters, so that a message costs one and not three")
    boolean plain() default true;
}
