package vn.sotay.dues;

import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * What dues are reckoned of, for one member and month.
 *
 * @param base wage, allowance or pension in đồng, or the fixed amount of somebody abroad; null where the class needs none
 * @param pay what a pensioner earns beside the pension; null for nothing
 * @param admittedOn from which Party age counts; null if it is not known
 * @param relief percent that an exemption takes off, 0 to 100
 */
record Basis(
        DuesClass duesClass,
        @Nullable Long base,
        @Nullable Long pay,
        @Nullable LocalDate admittedOn,
        int relief) {}
