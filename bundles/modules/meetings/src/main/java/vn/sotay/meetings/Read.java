package vn.sotay.meetings;

import java.time.Instant;
import java.util.UUID;
import vn.sotay.api.change.ChangeType;

/**
 * That a member has opened the page of a meeting (đã xem). Each member says so for itself, so that the leaders know whom the notice has not
 * reached.
 *
 * @param at when the server was first told so: later than it was read, if that was without a network
 */
public record Read(UUID meeting, UUID member, Instant at) {

    static final ChangeType<Read> TYPE = new ChangeType<>("meeting-read", Read.class);
}
