package vn.sotay.sample.waiting;

import java.util.concurrent.Executor;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Waits for a service that nobody offers. */
@Component(immediate = true, service = Waiting.class)
public final class Waiting {

    private final Executor executor;

    @Activate
    public Waiting(@Reference Executor executor) {
        this.executor = executor;
    }

    public Executor executor() {
        return executor;
    }
}
