package vn.sotay.platform.store;

import java.util.Set;

/** Told after each commit what the transaction told the feed: caches are renewed here, waiting clients are woken. A service. */
public interface CommitListener {

    /**
     * Called in the writer's thread after the commit has returned. Must be quick and not throw.
     *
     * @param types names of the change types that changed
     */
    void committed(Set<String> types);
}
