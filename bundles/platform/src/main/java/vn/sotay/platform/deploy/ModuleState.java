package vn.sotay.platform.deploy;

/** What a module is at. */
public enum ModuleState {
    /** Its endpoints answer. */
    RUNNING,
    /** An administrator stopped it; it stays so until an administrator starts it. */
    STOPPED,
    /** No version of it can run; its problem says why. */
    BROKEN
}
