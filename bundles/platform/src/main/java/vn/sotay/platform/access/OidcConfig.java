package vn.sotay.platform.access;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.AttributeType;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** Settings of signing in by a province's own identity provider: section {@code oidc} of {@code sotay.json}. */
@ObjectClassDefinition(name = "OpenID Connect")
@interface OidcConfig {

    @AttributeDefinition(
            description = "address of the provider, as it names itself, such as https://id.example.vn; empty for none")
    String issuer() default "";

    @AttributeDefinition(description = "by which the provider knows Sotay")
    String clientId() default "";

    @AttributeDefinition(
            type = AttributeType.PASSWORD,
            description = "what Sotay proves itself by to the provider; better in a file, or in the environment:"
                    + " SOTAY_OIDC_SECRET")
    String clientSecret() default "";

    @AttributeDefinition(description = "file whose first line is the client's secret")
    String clientSecretFile() default "";

    @AttributeDefinition(
            description =
                    "address by which people open Sotay, such as https://sotay.example.vn; empty for the one that the"
                            + " browser asks for. The provider sends people back to its page /provider")
    String address() default "";

    @AttributeDefinition(description = "words on the button of the first page; empty for the usual ones")
    String title() default "";

    @AttributeDefinition(description = "scopes that are asked for, between blanks")
    String scopes() default "openid profile";

    @AttributeDefinition(description = "claim that says whose account it is")
    String claim() default "";

    @AttributeDefinition(description = "what the claim holds: LOGIN, CARD (number of the Party card) or PHONE")
    String holds() default "LOGIN";

    @AttributeDefinition(
            description =
                    "values of the claim acr, between commas, by which the provider says that it has asked for a second"
                            + " factor; empty: Sotay asks for its own")
    String acr() default "";

    @AttributeDefinition(description = "the same of the claim amr, such as mfa")
    String amr() default "";

    @AttributeDefinition(
            description =
                    "further hosts, between commas, at which the provider has endpoints; all others than its own are"
                            + " never asked")
    String hosts() default "";
}
