package vn.sotay.api.rule;

import java.time.LocalDate;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Which days are worked in Viet Nam: Monday to Friday but for public holidays, and the days that are worked in their place. What is not
 * known yet of a year to come counts as worked.
 *
 * <p>Thread-safe; answered from memory.
 *
 * @since 1.2
 */
@ProviderType
public interface WorkingDays {

    boolean isWorked(LocalDate day);

    /**
     * The day by whose end so many working days have passed after {@code day}, which does not count itself.
     *
     * @param days at least 0
     */
    LocalDate after(LocalDate day, int days);

    /**
     * How many working days have passed after {@code from} by the end of {@code to}; 0 if that is not later. {@code between(day, after(day,
     * n))} is {@code n}.
     */
    int between(LocalDate from, LocalDate to);
}
