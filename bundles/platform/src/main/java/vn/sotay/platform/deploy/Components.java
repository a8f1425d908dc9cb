package vn.sotay.platform.deploy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.Bundle;
import org.osgi.service.component.runtime.ServiceComponentRuntime;
import org.osgi.service.component.runtime.dto.ComponentConfigurationDTO;
import org.osgi.service.component.runtime.dto.ComponentDescriptionDTO;
import org.osgi.service.component.runtime.dto.ReferenceDTO;
import org.osgi.service.component.runtime.dto.UnsatisfiedReferenceDTO;

/** Asks whether the components of a bundle can work, and why not. Thread-safe. */
public final class Components {

    private static final String PREFIX = "vn.sotay.";
    private static final String CAUSE = "Caused by: ";
    private static final long LOOK_AGAIN_MS = 10;

    private final ServiceComponentRuntime runtime;

    public Components(ServiceComponentRuntime runtime) {
        this.runtime = runtime;
    }

    /** How a trouble stands to others, the one to look at first. */
    public enum Kind {
        /** It failed: waiting longer changes nothing. */
        FAILURE,
        /** It lacks a section of {@code sotay.json}. */
        CONFIGURATION,
        /** It lacks what nobody here makes. */
        CAUSE,
        /** Declarative Services have not come to it yet, since another takes its time. */
        COMING,
        /** It waits for another component of the same bundle. */
        EFFECT
    }

    /**
     * A component that cannot work.
     *
     * @param why such as {@code waits for the service …}, for the operator
     */
    public record Trouble(Kind kind, String component, String why) {

        @Override
        public String toString() {
            return "its component " + component + ' ' + why;
        }
    }

    /** Waits until all components of the bundle can work; what is wrong, if nothing came on for so long. */
    public Optional<Trouble> await(Bundle bundle, Duration limit) throws InterruptedException {
        long end = System.nanoTime() + limit.toNanos();
        List<Trouble> before = List.of();
        while (true) {
            List<Trouble> troubles = troubles(bundle);
            if (troubles.isEmpty()) {
                return Optional.empty();
            }
            if (!troubles.equals(before) || troubles.get(0).kind() == Kind.COMING) {
                end = System.nanoTime() + limit.toNanos();
            }
            before = troubles;
            if (troubles.get(0).kind() == Kind.FAILURE || System.nanoTime() > end) {
                return Optional.of(troubles.get(0));
            }
            Thread.sleep(LOOK_AGAIN_MS);
        }
    }

    /** What is wrong now, causes before effects. */
    public List<Trouble> troubles(Bundle bundle) {
        var descriptions = runtime.getComponentDescriptionDTOs(bundle);
        if (descriptions.isEmpty() && bundle.getHeaders().get("Service-Component") != null) {
            return List.of(
                    new Trouble(Kind.COMING, bundle.getSymbolicName(), "is not known to Declarative Services yet"));
        }
        Set<String> own = descriptions.stream()
                .flatMap(description -> Stream.of(description.serviceInterfaces))
                .collect(Collectors.toSet());
        List<Trouble> troubles = new ArrayList<>();
        for (ComponentDescriptionDTO description : descriptions) {
            if (description.defaultEnabled && description.factory == null) {
                troubles.addAll(troubles(description, own));
            }
        }
        troubles.sort(Comparator.comparing(Trouble::kind));
        return troubles;
    }

    private List<Trouble> troubles(ComponentDescriptionDTO description, Set<String> own) {
        var configurations = runtime.getComponentConfigurationDTOs(description);
        if (configurations.isEmpty()) {
            return List.of(
                    description.configurationPolicy.equals("require")
                            ? configuration(description)
                            : new Trouble(Kind.COMING, name(description), "is not enabled yet"));
        }
        return configurations.stream()
                .flatMap(configuration -> Stream.ofNullable(trouble(description, configuration, own)))
                .toList();
    }

    private static String name(ComponentDescriptionDTO description) {
        return description.implementationClass.substring(description.implementationClass.lastIndexOf('.') + 1);
    }

    private static @Nullable Trouble trouble(
            ComponentDescriptionDTO description, ComponentConfigurationDTO configuration, Set<String> own) {
        String name = name(description);
        return switch (configuration.state) {
            case ComponentConfigurationDTO.FAILED_ACTIVATION ->
                new Trouble(Kind.FAILURE, name, "failed: " + cause(String.valueOf(configuration.failure)));
            case ComponentConfigurationDTO.UNSATISFIED_CONFIGURATION -> configuration(description);
            case ComponentConfigurationDTO.UNSATISFIED_REFERENCE ->
                // what was missing may have come since the state was read
                configuration.unsatisfiedReferences.length == 0
                        ? new Trouble(Kind.COMING, name, "is coming up")
                        : missing(description, name, configuration.unsatisfiedReferences[0], own);
            default -> null;
        };
    }

    private static Trouble configuration(ComponentDescriptionDTO description) {
        return new Trouble(
                Kind.CONFIGURATION,
                name(description),
                "waits for its configuration: add the section \""
                        + description.configurationPid[0].replaceFirst("^" + PREFIX, "") + "\" to sotay.json");
    }

    private static Trouble missing(
            ComponentDescriptionDTO description, String name, UnsatisfiedReferenceDTO missing, Set<String> own) {
        ReferenceDTO reference = Stream.of(description.references)
                .filter(one -> one.name.equals(missing.name))
                .findFirst()
                .orElseThrow();
        String target = missing.target == null ? "" : " " + missing.target;
        return own.contains(reference.interfaceName)
                ? new Trouble(Kind.EFFECT, name, "waits for " + reference.interfaceName)
                : new Trouble(
                        Kind.CAUSE,
                        name,
                        "waits for the service " + reference.interfaceName + target + ", which nobody offers here");
    }

    /** The innermost cause of a stack trace, on one line. */
    private static String cause(String trace) {
        int last = trace.lastIndexOf(CAUSE);
        String from = last < 0 ? trace : trace.substring(last + CAUSE.length());
        int end = from.indexOf("\n\tat ");
        return (end < 0 ? from : from.substring(0, end)).strip().replaceAll("\\s+", " ");
    }
}
