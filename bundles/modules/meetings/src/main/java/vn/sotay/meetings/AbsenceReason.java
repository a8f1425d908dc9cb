package vn.sotay.meetings;

/** Why a member cannot come. */
public enum AbsenceReason {
    ILLNESS,
    AT_SEA,
    DUTY_TRIP,
    STUDY,
    FAMILY,
    OTHER
}
