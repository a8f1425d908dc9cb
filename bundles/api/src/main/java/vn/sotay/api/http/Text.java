package vn.sotay.api.http;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Limits of a text in a body; text without it may have 200 characters. Checked before the handler runs, and said in the API's description. */
@Target(ElementType.RECORD_COMPONENT)
@Retention(RetentionPolicy.RUNTIME)
public @interface Text {

    /** Characters at most. */
    int max();

    /** Characters at least, after blanks at both ends were cut off. */
    int min() default 1;

    /** Whether it may have several lines. */
    boolean lines() default false;

    /** A regular expression that it must match; any when empty. */
    String pattern() default "";
}
