package vn.sotay.platform.access;

import io.nayuki.qrcodegen.QrCode;

/** QR codes, as what a page or a printer draws. */
final class QrCodes {

    /**
     * A code.
     *
     * @param size modules on each side, without the quiet zone of four that belongs around it
     * @param path its dark modules as the {@code d} of an SVG path, one unit a module
     */
    record Drawn(int size, String path) {}

    private QrCodes() {}

    static Drawn draw(String text) {
        QrCode code = QrCode.encodeText(text, QrCode.Ecc.MEDIUM);
        StringBuilder path = new StringBuilder();
        for (int y = 0; y < code.size; y++) {
            for (int x = 0; x < code.size; x++) {
                int from = x;
                while (x < code.size && code.getModule(x, y)) {
                    x++;
                }
                if (x > from) {
                    path.append('M')
                            .append(from)
                            .append(' ')
                            .append(y)
                            .append('h')
                            .append(x - from)
                            .append("v1h-")
                            .append(x - from)
                            .append('z');
                }
            }
        }
        return new Drawn(code.size, path.toString());
    }
}
