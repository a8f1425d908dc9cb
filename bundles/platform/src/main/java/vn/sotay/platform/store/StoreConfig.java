package vn.sotay.platform.store;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.AttributeType;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** Settings of the database: section {@code store} of {@code sotay.json}. */
@ObjectClassDefinition(name = "Store")
@interface StoreConfig {

    @AttributeDefinition(description = "jdbc:postgresql://…; empty for the embedded database in the data directory")
    String url() default "";

    @AttributeDefinition(description = "user of the PostgreSQL database; empty when the URL names it")
    String user() default "";

    @AttributeDefinition(description = "file whose first line is the user's password")
    String passwordFile() default "";

    @AttributeDefinition(
            type = AttributeType.PASSWORD,
            description = "the password itself; better in a file, or in the environment as SOTAY_DATABASE_PASSWORD")
    String password() default "";

    @AttributeDefinition(description = "connections at most")
    int poolSize() default 16;
}
