package vn.sotay.dues.transfer;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.regex.Pattern;

/** What a banking app reads from a VietQR code (EMVCo, merchant presented): a transfer that is filled in already. Pure. */
final class VietQr {

    private static final Pattern BIN = Pattern.compile("[0-9]{6}");
    private static final Pattern ACCOUNT = Pattern.compile("[0-9A-Z]{1,19}");
    private static final Pattern MEMO = Pattern.compile("[A-Z0-9 ]{1,25}");

    private static final String SERVICE = "A000000727";
    private static final String TO_ACCOUNT = "QRIBFTTA";
    private static final String DONG = "704";

    private VietQr() {}

    /**
     * The text of the code.
     *
     * @param bin the bank's number, six digits
     * @param account at most 19 digits and upper-case letters
     * @param amount đồng, more than nothing
     * @param memo at most 25 of A to Z, digits and blanks
     * @throws IllegalArgumentException for anything else
     */
    static String payload(String bin, String account, long amount, String memo) {
        require(BIN, bin);
        require(ACCOUNT, account);
        require(MEMO, memo);
        if (amount <= 0) {
            throw new IllegalArgumentException("no amount: " + amount);
        }
        String beneficiary = field(0, bin) + field(1, account);
        String open = field(0, "01")
                + field(1, "12")
                + field(38, field(0, SERVICE) + field(1, beneficiary) + field(2, TO_ACCOUNT))
                + field(53, DONG)
                + field(54, Long.toString(amount))
                + field(58, "VN")
                + field(62, field(8, memo))
                + "6304";
        return open + String.format(Locale.ROOT, "%04X", crc(open));
    }

    private static void require(Pattern form, String text) {
        if (!form.matcher(text).matches()) {
            throw new IllegalArgumentException("not of the form " + form + ": " + text);
        }
    }

    private static String field(int tag, String value) {
        return String.format(Locale.ROOT, "%02d%02d%s", tag, value.length(), value);
    }

    /** CRC-16/CCITT-FALSE. */
    static int crc(String text) {
        int crc = 0xffff;
        for (byte one : text.getBytes(StandardCharsets.US_ASCII)) {
            crc ^= (one & 0xff) << 8;
            for (int bit = 0; bit < 8; bit++) {
                crc = (crc & 0x8000) == 0 ? crc << 1 : crc << 1 ^ 0x1021;
            }
            crc &= 0xffff;
        }
        return crc;
    }
}
