package vn.sotay.tests;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.condition.DisabledIfSystemProperty;

/** A test of the pages, by a browser. What pages see of the database is the API, which is tested on each; so one is enough here. */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@DisabledIfSystemProperty(
        named = "sotay.test.database",
        matches = "postgresql",
        disabledReason = "pages are tested with the embedded database alone")
@interface PageTest {}
