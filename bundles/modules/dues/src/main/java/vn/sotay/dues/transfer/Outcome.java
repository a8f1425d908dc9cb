package vn.sotay.dues.transfer;

/** What a transfer is beside the requests that its memo names. */
public enum Outcome {
    /** It pays what they ask for, to the đồng. */
    MATCHED,
    /** It pays less. */
    UNDER,
    /** It pays more. */
    OVER,
    /** All that it names is paid already. */
    DUPLICATE,
    /** It names none. */
    UNKNOWN
}
