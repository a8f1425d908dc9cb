package vn.sotay.dues;

import org.jspecify.annotations.Nullable;

/** What a member pays dues of. Which share of it, and how much at least, is in the rule packs. */
public enum DuesClass {
    /** 1 % of the wage that compulsory social insurance is paid of. */
    INSURED("dues.rate.insured"),
    /** Of the allowance of social insurance. */
    SICK_LEAVE("dues.rate.sick-leave"),
    /** Of the pension, and of pay beside it. */
    PENSIONER("dues.rate.pensioner"),
    /** Of the minimum wage at the cell's place, below retirement age. */
    UNINSURED("dues.rate.uninsured"),
    /** Of the minimum wage at the cell's place, past retirement age. */
    UNINSURED_RETIRED("dues.rate.uninsured-retired"),
    /** A fixed amount. */
    STUDENT(null),
    /** Of the living allowance. */
    ABROAD_POSTED("dues.rate.abroad-posted"),
    /** A fixed amount within bounds, which the base is. */
    ABROAD(null),
    /** Nothing was declared, and nothing needs to be: nobody declares this. */
    UNDECLARED(null);

    private final @Nullable String rateKey;

    DuesClass(@Nullable String rateKey) {
        this.rateKey = rateKey;
    }

    /** The rule with the percentage; null where it is a fixed amount. */
    @Nullable String rateKey() {
        return rateKey;
    }

    /** Whether a declaration must say an amount. */
    boolean hasBase() {
        return this == INSURED || this == SICK_LEAVE || this == PENSIONER || this == ABROAD_POSTED || this == ABROAD;
    }

    boolean isOfMinimumWage() {
        return this == UNINSURED || this == UNINSURED_RETIRED;
    }
}
