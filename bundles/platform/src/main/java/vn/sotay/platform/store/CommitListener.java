package vn.sotay.platform.store;

import java.util.Set;
import vn.sotay.api.access.Audience;

/** Told after each commit what the transaction told the feed: caches are renewed here, waiting clients are woken. A service. */
public interface CommitListener {

    /**
     * Called in the writer's thread after the commit has returned. Must be quick and not throw.
     *
     * @param types names of the change types that changed
     * @param audiences those for whom something changed
     */
    void committed(Set<String> types, Set<Audience> audiences);
}
