package vn.sotay.platform.access;

/** What one can be at a unit. Everything that a role may do is data: see {@link Permissions}. */
public enum Role {
    /** Every member at its cell, without a mandate. */
    MEMBER,
    SECRETARY,
    DEPUTY,
    /** Records for members who cannot do it themselves. */
    HELPER,
    /** Works for a committee on its subtree. */
    OFFICER,
    EDITOR,
    ADMINISTRATOR,
    /** Reads until midnight what an administrator must see in an emergency; taken by {@link Emergencies} alone. */
    INSPECTOR;

    boolean leads() {
        return this == SECRETARY || this == DEPUTY || this == HELPER;
    }
}
