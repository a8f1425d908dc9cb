package vn.sotay.dues.transfer;

import io.nayuki.qrcodegen.QrCode;
import java.util.Locale;

/** A QR code as a picture that is drawn sharp at any size: on a screen, saved to a phone's pictures, or on paper. Pure. */
public final class QrPicture {

    /** The quiet zone that a reader needs around a code, in modules. */
    private static final int QUIET = 4;

    private QrPicture() {}

    /**
     * A code with its picture.
     *
     * @param text what it says
     * @param svg as a picture
     */
    public record Code(String text, String svg) {}

    public static Code code(String text) {
        return new Code(text, svg(text));
    }

    /** An SVG, black on white also in the dark, in which about 15 % may be unreadable. */
    public static String svg(String text) {
        QrCode code = QrCode.encodeText(text, QrCode.Ecc.MEDIUM);
        int side = code.size + 2 * QUIET;
        return String.format(
                Locale.ROOT,
                "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %1$d %1$d\" width=\"%2$d\" height=\"%2$d\""
                        + " shape-rendering=\"crispEdges\"><path fill=\"#fff\" d=\"M0 0h%1$dv%1$dH0z\"/><path d=\"%3$s\"/></svg>",
                side,
                side * 8,
                path(code));
    }

    private static String path(QrCode code) {
        StringBuilder path = new StringBuilder();
        for (int y = 0; y < code.size; y++) {
            for (int x = 0; x < code.size; x++) {
                int from = x;
                while (x < code.size && code.getModule(x, y)) {
                    x++;
                }
                if (x > from) {
                    path.append('M')
                            .append(from + QUIET)
                            .append(' ')
                            .append(y + QUIET)
                            .append('h')
                            .append(x - from);
                    path.append("v1h-").append(x - from).append('z');
                }
            }
        }
        return path.toString();
    }
}
