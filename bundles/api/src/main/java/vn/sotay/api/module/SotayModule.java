package vn.sotay.api.module;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.osgi.annotation.bundle.Capability;
import org.osgi.annotation.bundle.Requirement;

/**
 * Makes a bundle a module of Sotay; stands on its root package. The build writes it into the manifest, so that the platform knows
 * the module while its bundle is only installed.
 */
@Target(ElementType.PACKAGE)
@Retention(RetentionPolicy.CLASS)
@Capability(namespace = SotayModule.NAMESPACE, name = "${#value}")
@Requirement(
        namespace = "osgi.extender",
        filter = "(&(osgi.extender=osgi.component)(version>=1.5.0)(!(version>=2.0.0)))")
public @interface SotayModule {

    /** Namespace of the capability that names a module. */
    String NAMESPACE = "vn.sotay.module";

    /**
     * The module's id: a word of lower-case letters, digits and hyphens, unique in the province. The module owns {@code /api/<id>} and
     * all below it.
     */
    String value();
}
