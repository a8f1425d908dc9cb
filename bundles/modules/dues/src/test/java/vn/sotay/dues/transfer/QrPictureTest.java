package vn.sotay.dues.transfer;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.zxing.BinaryBitmap;
import com.google.zxing.DecodeHintType;
import com.google.zxing.NotFoundException;
import com.google.zxing.RGBLuminanceSource;
import com.google.zxing.common.HybridBinarizer;
import com.google.zxing.qrcode.QRCodeReader;
import java.util.Arrays;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The picture is drawn by one library and read by another. */
class QrPictureTest {

    private static final int SCALE = 8;
    private static final Pattern RUN = Pattern.compile("M(\\d+) (\\d+)h(\\d+)v1h-\\d+z");

    @ParameterizedTest
    @ValueSource(
            strings = {
                "00020101021238570010A00000072701270006970418011399990000000010208QRIBFTTA53037045405468005802VN62170813DP0926 K7M3QX6304BB77",
                "SOTAY/1/0198A5B3E7A17C1E9A2B3F0C5D6E7F80/CP26-A-000123/20261128/46800/0123456789ABCDEF",
            })
    void anotherLibraryReadsWhatWasDrawn(String text) throws Exception {
        assertThat(read(QrPicture.svg(text))).isEqualTo(text);
    }

    /** Paints the rectangles of the path, as a browser does. */
    static String read(String svg) throws Exception {
        Matcher box = Pattern.compile("viewBox=\"0 0 (\\d+) \\d+\"").matcher(svg);
        if (!box.find()) {
            throw NotFoundException.getNotFoundInstance();
        }
        int side = Integer.parseInt(box.group(1)) * SCALE;
        int[] pixels = new int[side * side];
        Arrays.fill(pixels, 0xffffff);
        Matcher run = RUN.matcher(svg);
        while (run.find()) {
            int left = Integer.parseInt(run.group(1)) * SCALE;
            int top = Integer.parseInt(run.group(2)) * SCALE;
            int width = Integer.parseInt(run.group(3)) * SCALE;
            for (int y = top; y < top + SCALE; y++) {
                Arrays.fill(pixels, y * side + left, y * side + left + width, 0);
            }
        }
        var bitmap = new BinaryBitmap(new HybridBinarizer(new RGBLuminanceSource(side, side, pixels)));
        return new QRCodeReader()
                .decode(bitmap, Map.of(DecodeHintType.TRY_HARDER, true))
                .getText();
    }
}
