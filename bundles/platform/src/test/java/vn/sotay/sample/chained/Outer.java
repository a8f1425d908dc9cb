package vn.sotay.sample.chained;

import java.util.concurrent.Executor;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Waits for a component that waits for what nobody offers. */
@Component(service = Outer.class)
public final class Outer {

    private final Inner inner;

    @Activate
    public Outer(@Reference Inner inner) {
        this.inner = inner;
    }

    public Inner inner() {
        return inner;
    }

    /** The one that is to blame. */
    @Component(service = Inner.class)
    public static final class Inner {

        private final Executor executor;

        @Activate
        public Inner(@Reference Executor executor) {
            this.executor = executor;
        }

        public Executor executor() {
            return executor;
        }
    }
}
