package vn.sotay.dues.payment;

import vn.sotay.api.access.Permission;

/** What one may do with money, as {@code module.json} gives it to roles. */
public final class Rights {

    /** To read what one has paid oneself. */
    public static final Permission READ = new Permission("dues.read");

    /** To take money from members of a cell, and to read what was taken there. */
    public static final Permission COLLECT = new Permission("dues.collect");

    /** To keep a unit's bank account, and to say whose a transfer is. */
    public static final Permission SETTLE = new Permission("dues.settle");

    /** To agree with a member how arrears are paid off, and to read such plans. */
    public static final Permission PLAN = new Permission("dues.plan");

    /** To read sums, without names. */
    public static final Permission COUNT = new Permission("dues.count");

    private Rights() {}
}
