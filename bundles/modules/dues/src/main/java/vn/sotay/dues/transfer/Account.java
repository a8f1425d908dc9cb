package vn.sotay.dues.transfer;

import java.util.UUID;
import org.jspecify.annotations.Nullable;
import vn.sotay.api.http.Text;

/**
 * The bank account to which a unit's dues go.
 *
 * @param unit whose account it is; the server's
 * @param bin the bank's number
 * @param number of the account, digits and upper-case letters
 * @param holder as the bank has it, upper case without marks
 */
public record Account(
        @Nullable UUID unit,
        @Text(min = 6, max = 6, pattern = "[0-9]{6}") String bin,
        @Text(min = 4, max = 19, pattern = "[0-9A-Z]{4,19}") String number,
        @Text(max = 100) String holder) {}
