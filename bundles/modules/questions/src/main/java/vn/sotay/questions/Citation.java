package vn.sotay.questions;

import java.util.UUID;
import org.jspecify.annotations.Nullable;
import vn.sotay.api.http.Text;

/**
 * A document, or a place in it, that a question is about or an answer rests on. The library is another module's: what is said here is what
 * its reader saw there.
 *
 * @param document the document's id in the library; null for one that is not there
 * @param number as printed, such as {@code 01-QĐ/TW}
 * @param title what it is called
 * @param place the article or clause, in words: {@code khoản 2 Điều 9}
 */
public record Citation(
        @Nullable UUID document,
        @Nullable @Text(max = 100) String number,
        @Text(max = 500) String title,
        @Nullable @Text(max = 100) String place) {}
