package vn.sotay.platform.store;

import java.util.Set;
import vn.sotay.api.access.Audience;

/** Told of each commit by which the feed changed: caches are renewed here. See {@link Engine#listen}. */
public interface CommitListener {

    /**
     * Called in the writer's thread after the commit has returned, and before anybody is woken by it or can see in the feed that there is
     * something new. Must be quick and not throw.
     *
     * @param types names of the change types that changed
     * @param audiences those for whom something changed
     */
    void committed(Set<String> types, Set<Audience> audiences);

    /**
     * Called in the writer's thread when the feed knows of it, unless another transaction is about to commit before it. Must be quick and
     * not throw.
     *
     * @param types names of the change types that changed
     */
    default void told(Set<String> types) {}
}
