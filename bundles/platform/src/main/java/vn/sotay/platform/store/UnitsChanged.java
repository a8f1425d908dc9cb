package vn.sotay.platform.store;

/** A transaction has addressed a unit that was closed or moved while it ran: it runs again, and meets the units as they are. */
final class UnitsChanged extends RuntimeException {

    private static final long serialVersionUID = 1L;

    UnitsChanged() {
        super("a unit was closed or moved meanwhile", null, false, false);
    }
}
