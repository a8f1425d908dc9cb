package vn.sotay.dues.transfer;

/**
 * A bank or wallet that takes part in VietQR.
 *
 * @param bin its number, six digits
 * @param code such as {@code VCB}
 * @param shortName what people call it
 * @param name in full
 */
public record Bank(String bin, String code, String shortName, String name) {}
