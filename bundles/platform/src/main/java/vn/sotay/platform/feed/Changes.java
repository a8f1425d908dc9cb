package vn.sotay.platform.feed;

import java.util.List;

/**
 * A page of the change feed. Whoever has applied it stands at its token.
 *
 * @param token what to give as {@code since} the next time
 * @param complete whether this was all; else ask again at once
 * @param audiences whose payloads the client gets from now on, and whose it has to forget
 */
record Changes(String token, boolean complete, Audiences audiences, List<Change> changes) {

    /**
     * How the caller's audiences have changed since the token.
     *
     * @param added their payloads come from the beginning
     * @param removed all that came for them is to be forgotten
     */
    record Audiences(List<String> added, List<String> removed) {}
}
