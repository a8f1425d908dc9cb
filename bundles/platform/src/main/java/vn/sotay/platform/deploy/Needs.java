package vn.sotay.platform.deploy;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.framework.Version;
import org.osgi.framework.namespace.BundleNamespace;
import org.osgi.framework.namespace.ExecutionEnvironmentNamespace;
import org.osgi.framework.namespace.HostNamespace;
import org.osgi.framework.namespace.PackageNamespace;
import org.osgi.framework.wiring.BundleRequirement;
import org.osgi.framework.wiring.BundleRevision;
import org.osgi.framework.wiring.FrameworkWiring;
import vn.sotay.platform.module.ModuleException;

/**
 * Compares what a module's bundle asks for with what this Sotay has, before the framework does: the framework's own message names
 * bundle numbers and filters, ours what to do. A module may import the API, Jdbi, SLF4J, OSGi and the JDK; anything else it brings
 * along, so that one module's library is no other's trouble.
 */
final class Needs {

    private static final List<String> OFFERED =
            List.of("vn.sotay.api", "org.jdbi.v3.core", "org.jspecify.annotations", "org.slf4j", "org.osgi");
    private static final Pattern PACKAGE = Pattern.compile("\\(osgi\\.wiring\\.package=([^)]+)\\)");
    private static final Pattern FLOOR = Pattern.compile("(?<!\\(!)\\(version(>=|=)([^)]+)\\)");
    private static final Pattern CEILING = Pattern.compile("\\(!\\(version(>=|=)([^)]+)\\)\\)");
    private static final Set<String> JDK = ModuleLayer.boot().modules().stream()
            .filter(java.lang.Module::isNamed)
            .flatMap(module -> module.getPackages().stream())
            .collect(Collectors.toUnmodifiableSet());

    private final Bundle[] bundles;
    private final FrameworkWiring framework;

    Needs(BundleContext context) {
        this.bundles = context.getBundles();
        this.framework = context.getBundle(Constants.SYSTEM_BUNDLE_LOCATION).adapt(FrameworkWiring.class);
    }

    /** Refuses a bundle that asks for what is not here, or offers something to others; resolves it if all is well. */
    void check(Bundle bundle) throws ModuleException {
        BundleRevision revision = bundle.adapt(BundleRevision.class);
        var exported = revision.getDeclaredCapabilities(PackageNamespace.PACKAGE_NAMESPACE);
        if (!exported.isEmpty()) {
            throw new ModuleException("it exports "
                    + exported.get(0).getAttributes().get(PackageNamespace.PACKAGE_NAMESPACE)
                    + ": a module exports nothing, so build it without Export-Package");
        }
        for (BundleRequirement requirement : revision.getDeclaredRequirements(null)) {
            String effective = requirement.getDirectives().getOrDefault(Constants.EFFECTIVE_DIRECTIVE, "resolve");
            if (effective.equals(Constants.EFFECTIVE_RESOLVE)) {
                check(requirement);
            }
        }
        if (!areMet(bundle)) {
            throw new ModuleException("it cannot be joined to the bundles that are here, though each of its needs"
                    + " is met alone: build it against the API of this Sotay, without other versions of it inside");
        }
    }

    /** Whether all that the bundle asks for is here; it is resolved then. Says nothing of what it must not ask for. */
    boolean areMet(Bundle bundle) {
        return framework.resolveBundles(Set.of(bundle));
    }

    private void check(BundleRequirement requirement) throws ModuleException {
        String filter = String.valueOf(requirement.getDirectives().get(Constants.FILTER_DIRECTIVE));
        String resolution = requirement.getDirectives().getOrDefault(Constants.RESOLUTION_DIRECTIVE, "mandatory");
        switch (requirement.getNamespace()) {
            case PackageNamespace.PACKAGE_NAMESPACE -> checkPackage(requirement, filter, resolution);
            case BundleNamespace.BUNDLE_NAMESPACE, HostNamespace.HOST_NAMESPACE ->
                throw new ModuleException(
                        "it requires a bundle by its name: import packages instead, without Require-Bundle");
            case ExecutionEnvironmentNamespace.EXECUTION_ENVIRONMENT_NAMESPACE -> {
                if (framework.findProviders(requirement).isEmpty()) {
                    throw new ModuleException("it needs Java " + find(FLOOR, 2, filter) + ", and this is Java "
                            + Runtime.version().feature()
                            + ": run Sotay with that Java, or build the module for an older one");
                }
            }
            default -> {
                if (!resolution.equals(Constants.RESOLUTION_OPTIONAL)
                        && framework.findProviders(requirement).isEmpty()) {
                    throw new ModuleException("it needs " + requirement.getNamespace() + " " + filter
                            + ", which this Sotay does not have: use a release of the module for this Sotay");
                }
            }
        }
    }

    private void checkPackage(BundleRequirement requirement, String filter, String resolution) throws ModuleException {
        String name = String.valueOf(find(PACKAGE, 1, filter));
        if (resolution.equals(PackageNamespace.RESOLUTION_DYNAMIC)) {
            throw new ModuleException("it imports " + name
                    + " while it runs: import what it uses by name, without DynamicImport-Package");
        }
        List<Version> here = versions(name);
        boolean optional = resolution.equals(Constants.RESOLUTION_OPTIONAL);
        if (optional && here.isEmpty()) {
            return;
        }
        if (!isOffered(name)) {
            throw new ModuleException("it imports " + name
                    + ", which Sotay does not offer to modules: nest that library in the bundle, or do without it");
        }
        if (optional || !framework.findProviders(requirement).isEmpty()) {
            return;
        }
        if (here.isEmpty()) {
            throw new ModuleException(
                    "it imports " + name + range(filter) + ", and this Sotay has no such package: use a newer"
                            + " Sotay, or a release of the module for this one");
        }
        String floor = find(FLOOR, 2, filter);
        boolean tooNew =
                floor != null && here.stream().allMatch(version -> version.compareTo(Version.parseVersion(floor)) < 0);
        throw new ModuleException("it imports " + name + range(filter) + ", and this Sotay has "
                + here.stream().map(Version::toString).collect(Collectors.joining(", "))
                + (tooNew
                        ? ": use a newer Sotay, or an older release of the module"
                        : ": use a newer release of the module"));
    }

    private static boolean isOffered(String name) {
        return JDK.contains(name)
                || OFFERED.stream().anyMatch(offered -> name.equals(offered) || name.startsWith(offered + '.'));
    }

    private List<Version> versions(String name) {
        return Stream.of(bundles)
                .flatMap(bundle -> Stream.ofNullable(bundle.adapt(BundleRevision.class)))
                .flatMap(revision -> revision.getDeclaredCapabilities(PackageNamespace.PACKAGE_NAMESPACE).stream())
                .map(capability -> capability.getAttributes())
                .filter(attributes -> name.equals(attributes.get(PackageNamespace.PACKAGE_NAMESPACE)))
                .map(attributes -> attributes.get(PackageNamespace.CAPABILITY_VERSION_ATTRIBUTE))
                .map(version -> version instanceof Version known ? known : Version.emptyVersion)
                .collect(Collectors.toCollection(TreeSet::new))
                .stream()
                .toList();
    }

    /** The range of versions that a filter asks for, as it stood in the manifest; empty if any will do. */
    private static String range(String filter) {
        String floor = find(FLOOR, 2, filter);
        String ceiling = find(CEILING, 2, filter);
        if (floor == null) {
            return "";
        }
        return ceiling == null ? " from " + floor : " [" + floor + "," + ceiling + ")";
    }

    private static @Nullable String find(Pattern pattern, int group, String filter) {
        Matcher matcher = pattern.matcher(filter);
        return matcher.find() ? matcher.group(group) : null;
    }
}
