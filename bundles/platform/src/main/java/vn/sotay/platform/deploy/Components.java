package vn.sotay.platform.deploy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
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

    /**
     * A component that cannot work.
     *
     * @param why such as {@code waits for the service …}, for the operator
     * @param isFinal whether waiting longer changes nothing
     */
    public record Trouble(String component, String why, boolean isFinal) {

        @Override
        public String toString() {
            return "its component " + component + ' ' + why;
        }
    }

    /** Waits until all components of the bundle can work; what is wrong, if they cannot in time. */
    public Optional<Trouble> await(Bundle bundle, Duration limit) throws InterruptedException {
        long end = System.nanoTime() + limit.toNanos();
        while (true) {
            List<Trouble> troubles = troubles(bundle);
            if (troubles.isEmpty()) {
                return Optional.empty();
            }
            if (troubles.get(0).isFinal() || System.nanoTime() > end) {
                return Optional.of(troubles.get(0));
            }
            Thread.sleep(LOOK_AGAIN_MS);
        }
    }

    /** What is wrong now, causes before effects. */
    public List<Trouble> troubles(Bundle bundle) {
        var descriptions = runtime.getComponentDescriptionDTOs(bundle);
        if (descriptions.isEmpty() && bundle.getHeaders().get("Service-Component") != null) {
            return List.of(new Trouble(bundle.getSymbolicName(), "is not known to Declarative Services yet", false));
        }
        List<Trouble> troubles = new ArrayList<>();
        for (ComponentDescriptionDTO description : descriptions) {
            if (description.defaultEnabled) {
                for (ComponentConfigurationDTO configuration : runtime.getComponentConfigurationDTOs(description)) {
                    Trouble trouble = trouble(description, configuration);
                    if (trouble != null) {
                        troubles.add(trouble);
                    }
                }
            }
        }
        troubles.sort(Comparator.comparing(trouble -> !trouble.isFinal()));
        return troubles;
    }

    private static @Nullable Trouble trouble(
            ComponentDescriptionDTO description, ComponentConfigurationDTO configuration) {
        String name = description.implementationClass.substring(description.implementationClass.lastIndexOf('.') + 1);
        return switch (configuration.state) {
            case ComponentConfigurationDTO.FAILED_ACTIVATION ->
                new Trouble(name, "failed: " + cause(String.valueOf(configuration.failure)), true);
            case ComponentConfigurationDTO.UNSATISFIED_CONFIGURATION ->
                new Trouble(
                        name,
                        "waits for its configuration: add the section \""
                                + description.configurationPid[0].replaceFirst("^" + PREFIX, "") + "\" to sotay.json",
                        false);
            case ComponentConfigurationDTO.UNSATISFIED_REFERENCE ->
                new Trouble(name, "waits for " + missing(description, configuration), false);
            default -> null;
        };
    }

    private static String missing(ComponentDescriptionDTO description, ComponentConfigurationDTO configuration) {
        UnsatisfiedReferenceDTO missing = configuration.unsatisfiedReferences[0];
        return Stream.of(description.references)
                .filter(reference -> reference.name.equals(missing.name))
                .findFirst()
                .map(reference -> service(reference, missing.target))
                .orElse(missing.name);
    }

    private static String service(ReferenceDTO reference, @Nullable String target) {
        return "the service " + reference.interfaceName + (target == null ? "" : " " + target)
                + ", which nobody offers here";
    }

    /** The innermost cause of a stack trace, on one line. */
    private static String cause(String trace) {
        int last = trace.lastIndexOf(CAUSE);
        String from = last < 0 ? trace : trace.substring(last + CAUSE.length());
        int end = from.indexOf("\n\tat ");
        return (end < 0 ? from : from.substring(0, end)).strip().replaceAll("\\s+", " ");
    }
}
