package vn.sotay.platform.module;

/**
 * A piece of the platform that takes part when a module comes, is replaced or goes: migrations, texts, permissions, rules, pages. Each
 * is a service; the deployment calls all of them, in order of {@code service.ranking}, highest first.
 */
public interface ModulePart {

    /**
     * Looks at the module's files while its bundle is only installed and another version of it may be running. Changes nothing. A start
     * does not ask it of a jar that the same platform took in before on the same data.
     *
     * @throws ModuleException if they are wrong: the module is refused
     */
    default void check(Module module) throws ModuleException {}

    /**
     * Takes the module in, after the version before it has stopped and before this one starts. Called again for the version before if
     * this one fails, so it replaces what it took from another version.
     *
     * @throws ModuleException if it cannot be taken in: the version before comes back
     */
    void add(Module module) throws ModuleException;

    /**
     * Looks at the module, which has started with all its components, before the first request reaches it.
     *
     * @throws ModuleException if something of it could not be taken: the version before comes back
     */
    default void started(Module module) throws ModuleException {}

    /**
     * Whether {@link #add} only looks at the database and writes there: then a start does not ask it either of such a jar.
     */
    default boolean isPersistent() {
        return false;
    }

    /** Forgets the module, whose jar was taken away. Its data stay. */
    default void remove(Module module) {}
}
