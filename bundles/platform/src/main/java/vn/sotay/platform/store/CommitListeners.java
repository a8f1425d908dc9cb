package vn.sotay.platform.store;

import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;

/** Finds the listeners. A component of its own: they use the store, so that the engine cannot wait for them. */
@Component(
        service = {},
        immediate = true)
public final class CommitListeners {

    private final Engine engine;

    @Activate
    public CommitListeners(@Reference Engine engine) {
        this.engine = engine;
    }

    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
    void bindListener(CommitListener listener) {
        engine.listen(listener);
    }

    void unbindListener(CommitListener listener) {
        engine.unlisten(listener);
    }
}
