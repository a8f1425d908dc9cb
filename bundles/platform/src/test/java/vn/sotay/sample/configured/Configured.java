package vn.sotay.sample.configured;

import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;

/** Cannot work without a configuration. */
@Component(
        service = Configured.class,
        configurationPid = "vn.sotay.sample",
        configurationPolicy = ConfigurationPolicy.REQUIRE)
public final class Configured {}
