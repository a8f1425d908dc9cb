package vn.sotay.api.member;

/** Gender as the member's card states it. */
public enum Gender {
    MALE,
    FEMALE
}
