package vn.sotay.sample.failing;

import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;

/** Fails when it is activated. */
@Component(immediate = true, service = Failing.class)
public final class Failing {

    @Activate
    public Failing() {
        throw new IllegalStateException("the seal is missing");
    }
}
